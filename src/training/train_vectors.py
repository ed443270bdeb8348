"""Train the sentence vectors by which claims are compared; resumable, deterministic given a seed.

Usage: python -m training.train_vectors --feeds FEEDS --base BASE --tokenizer FILE --out RUN \
  --epochs 4.5 --rate 6e-5 --layer-decay 1 --average 0

Mentions of the further events alone (`link_events.json`): those of one claim are drawn together and
from those of other claims apart, by a supervised contrastive loss (Khosla et al. 2020). The lower
layers stay as they are. `training.vectors --run RUN` averages what came of it with the untrained
weights, and writes the graph.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from training.course import Course, add_settings, begin, run
from training.link_gold import further_events
from training.network import Encoder, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tokenizers import Tokenizer

    from training.course import Settings
    from training.link_gold import Labelled

TOGETHER: Final = 32  # mentions of one event that are compared at once
TEMPERATURE: Final = 0.07  # as in the paper
CUT: Final = 0.25  # of the mentions, that are read without source and cue
FROZEN: Final = 3  # layers from the bottom, and what is below them, that are not trained
LONGEST: Final = 96  # pieces of a text that are read, as when claims are linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention in pieces: with source and cue, and its content alone; `claim` tells its claim."""

    frame: tuple[int, ...]
    content: tuple[int, ...]
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Mentions of one event: ids and mask (mentions, pieces), and each one's claim as a number."""

    ids: Tensor
    mask: Tensor
    claims: Tensor


class Model(nn.Module):
    """An encoder of which the lower layers are left as they are, and marks tell nothing."""

    def __init__(self, shape: Shape, frozen: int = FROZEN) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        for marks in (self.encoder.case, self.encoder.gap, self.encoder.quote):
            nn.init.zeros_(marks.weight)
        kept = [f"layers.{i}." for i in range(frozen, shape.layers)]
        for name, weight in self.encoder.named_parameters():
            weight.requires_grad_(any(name.startswith(start) for start in kept))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Vectors of length 1, (mentions, width): the mean over a text's pieces."""
        hidden = self.encoder(ids, ids.new_zeros((*ids.shape, 3)), mask)
        weight = mask[..., None].to(hidden.dtype)
        return normalize((hidden * weight).sum(1) / weight.sum(1), dim=-1)


def contrast(vectors: Tensor, claims: Tensor) -> Tensor:
    """How far mentions of one claim are from standing out among all; nought where none has two."""
    own = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(own, -1e4)
    likely = scores - torch.logsumexp(scores, dim=1, keepdim=True)
    same = (claims[:, None] == claims[None, :]) & ~own
    several = same.any(1)
    if not several.any():
        return vectors.sum() * 0
    mean = (likely * same).sum(1)[several] / same.sum(1)[several]
    return -mean.mean()


def mentions(tokenizer: Tokenizer, events: Iterable[Labelled]) -> list[list[Mention]]:
    """The mentions of each event, in pieces."""
    return [
        [
            Mention(
                frame=_pieces(tokenizer, own.frame),
                content=_pieces(tokenizer, own.words),
                claim=claim,
            )
            for own, claim in zip(event.profiles, event.claims, strict=True)
        ]
        for event in events
    ]


def _pieces(tokenizer: Tokenizer, text: str) -> tuple[int, ...]:
    ids: list[int] = tokenizer.encode(text).ids
    return tuple(ids[:LONGEST])


def batches(events: Sequence[Sequence[Mention]], seed: tuple[int, int]) -> list[list[Mention]]:
    """Mentions of one event at a time, in another order each epoch, some cut to their content."""
    chance = np.random.default_rng(seed)
    found = []
    for event in events:
        order = [event[i] for i in chance.permutation(len(event))]
        parts = max(1, round(len(order) / TOGETHER))
        for some in np.array_split(np.arange(len(order)), parts):
            cut = chance.random(len(some)) < CUT
            found.append([_cut(order[i], bare=bool(c)) for i, c in zip(some, cut, strict=True)])
    return [found[i] for i in chance.permutation(len(found))]


def _cut(own: Mention, *, bare: bool) -> Mention:
    return replace(own, frame=own.content) if bare else own


def collate(rows: Sequence[Mention]) -> Batch:
    """Mentions as arrays, padded to the longest."""
    longest = max(len(own.frame) for own in rows)
    ids = torch.zeros((len(rows), longest), dtype=torch.long)
    mask = torch.zeros((len(rows), longest), dtype=torch.bool)
    for row, own in enumerate(rows):
        ids[row, : len(own.frame)] = torch.tensor(own.frame)
        mask[row, : len(own.frame)] = True
    number = {claim: i for i, claim in enumerate(dict.fromkeys(own.claim for own in rows))}
    claims = torch.tensor([number[own.claim] for own in rows])
    return Batch(ids=ids, mask=mask, claims=claims)


def train(model: Model, events: Sequence[Sequence[Mention]], s: Settings, out: Path) -> None:
    """Train, save a checkpoint now and then, and go on from the last one found."""

    def epoch(number: int) -> list[list[Mention]]:
        return batches(events, (s.seed, number))

    def losses(rows: list[Mention]) -> dict[str, Tensor]:
        batch = collate(rows)
        return {"contrast": contrast(model(batch.ids, batch.mask), batch.claims)}

    run(model, Course(epoch=epoch, losses=losses, weights={"contrast": 1.0}, clip=1.0), s, out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=Path, required=True, help="folder of feed entries")
    parser.add_argument("--base", type=Path, required=True, help="safetensors of all-MiniLM-L6-v2")
    add_settings(parser)
    a = vars(parser.parse_args())
    s, tokenizer = begin(a)
    model = Model(replace(Shape(), dropout=s.dropout))
    base = model.encoder
    base.load_base(a["base"])
    train(model, mentions(tokenizer, further_events(a["feeds"])), s, a["out"])


if __name__ == "__main__":
    main()
