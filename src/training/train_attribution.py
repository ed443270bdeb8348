"""Train the encoder with its attribution heads; resumable, deterministic given a seed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.attribution_gold import LABELS, Example, Story, read_jsonl, story, with_labels
from training.batches import Batch, batches, collate
from training.course import Course, Settings, add_settings, begin, run
from training.links import GAPS, link_loss
from training.network import (
    TEACHER,
    AttributionHeads,
    Encoder,
    Shape,
    chosen,
    expected,
    partition,
)

FORBIDDEN = -1e4


class Model(nn.Module):
    """Encoder, attribution heads and the prior scores of the label chain."""

    def __init__(self, shape: Shape, link: int) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.heads = AttributionHeads(shape.width, len(LABELS), link)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.gaps = nn.Parameter(torch.zeros(2, GAPS))
        self.none = nn.Parameter(torch.zeros(1))


def allowed() -> Tensor:
    """Scores that forbid an inside label after anything but its own role."""
    table = torch.zeros(len(LABELS), len(LABELS))
    for role in range(3):
        inside = 2 + 2 * role
        table[:, inside] = FORBIDDEN
        table[[inside - 1, inside], inside] = 0
    return table


def start_transitions(stories: list[Story], weight: float) -> Tensor:
    """Log transition probabilities of the corpus times a weight."""
    counts = np.ones((len(LABELS), len(LABELS)))
    for s in stories:
        np.add.at(counts, (np.append(0, s.tags[:-1]), s.tags), 1)
    return torch.tensor(weight * np.log(counts / counts.sum(1, keepdims=True)), dtype=torch.float32)


def kind(x: Tensor) -> str:
    """The kind of device, as autocast names it."""
    return "cuda" if x.is_cuda else "cpu"


def forward(model: Model, batch: Batch) -> tuple[Tensor, Tensor]:
    """Chain scores (batch, words, labels, labels) and link vectors (batch, words, 4 * link)."""
    x = model.encoder(batch.ids, batch.marks, batch.mask)
    index = batch.words[..., None].expand(-1, -1, x.shape[-1])
    words = x.float().gather(1, index)
    with torch.autocast(kind(x), enabled=False):
        scores, links = model.heads(words)
        return scores + model.transitions + allowed().to(x.device), links


def loss_of(model: Model, batch: Batch, s: Settings) -> tuple[Tensor, Tensor]:
    """The chain's loss per twenty words and the link head's loss."""
    with torch.autocast(kind(batch.ids), dtype=torch.bfloat16):
        scores, links = forward(model, batch)
    mask = batch.word_mask
    reached = chosen(scores, batch.tags, mask)
    if batch.soft is not None:
        weight = torch.where(batch.gold, s.soft_weight, 1.0)
        target = batch.soft.unflatten(-1, (len(LABELS), len(LABELS)))
        reached = reached * (1 - weight) + expected(scores, target, mask) * weight
    chain = partition(scores, mask) - reached
    arcs = link_loss(model.gaps, model.none, links, batch.segments)
    return chain.sum() / mask.sum() * 20, arcs


def train(model: Model, stories: list[Story], s: Settings, out: Path) -> None:
    """Train, save a checkpoint now and then, and go on from the last one found."""

    def epoch(number: int) -> list[list[Example]]:
        return list(batches(stories, s.window, s.pieces, (s.seed, number)))

    def losses(rows: list[Example]) -> dict[str, Tensor]:
        chain, arcs = loss_of(model, collate(rows).to(model.none.device), s)
        return {"chain": chain, "link": arcs}

    weights = {"chain": 1.0, "link": s.link_weight}
    run(model, Course(epoch=epoch, losses=losses, weights=weights, clip=1.0), s, out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="PolNeAR-style JSON Lines")
    parser.add_argument("--base", type=Path, required=True, help="safetensors to start from")
    parser.add_argument("--start", type=Path, help="mean.pt of a run to go on from")
    parser.add_argument(
        "--soft", type=Path, help="folder of a teacher's labels, see training.label"
    )
    add_settings(parser)
    a = vars(parser.parse_args())
    s, tokenizer = begin(a)
    stories = [story(tokenizer, r) for r in read_jsonl(a["gold"])]
    shape = TEACHER if s.teacher else Shape()
    model = Model(replace(shape, dropout=s.dropout), s.link)
    model.encoder.load_base(a["base"])
    model.encoder.compute = torch.bfloat16
    model.transitions.data = start_transitions(stories, s.transition_weight)
    if a["start"]:
        model.load_state_dict(torch.load(a["start"], weights_only=True, map_location="cpu"))
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    if a["soft"]:
        stories = with_labels(stories, tokenizer, a["soft"])
    train(model, stories, s, a["out"])


if __name__ == "__main__":
    main()
