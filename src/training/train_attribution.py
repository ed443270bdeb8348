"""Train the encoder with its attribution heads; resumable, deterministic given a seed."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.attribution_gold import LABELS, Story, read_jsonl, story, with_labels
from training.batches import Batch, batches, collate
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a training run depends on."""

    epochs: float = 6.0
    pieces: int = 3000
    window: int = 254
    teacher: int = 0
    soft_weight: float = 0.0
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    average: float = 0.997
    link: int = 64
    link_weight: float = 0.3
    transition_weight: float = 0.3
    save_every: int = 100
    seed: int = 1


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


def groups(model: nn.Module, s: Settings) -> list[dict[str, Any]]:
    """Parameter groups with a lower rate for lower layers; what is frozen is in none."""
    top = model.encoder.shape.layers
    found: dict[tuple[float, float], list[Tensor]] = {}
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        decay = 0.0 if p.ndim == 1 or "norm" in name else s.weight_decay
        if name.startswith("encoder.layers."):
            rate = s.rate * s.layer_decay ** (top - 1 - int(name.split(".")[2]))
        elif name.startswith("branch."):
            rate = s.rate
        elif name.startswith("encoder."):
            rate = s.rate * s.layer_decay**top
            if any(m in name for m in ("case", "gap", "quote")):
                rate = s.head_rate
        else:
            rate = s.head_rate
        found.setdefault((rate, decay), []).append(p)
    return [{"params": p, "lr": r, "weight_decay": d} for (r, d), p in found.items()]


def schedule(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then linear decay to zero."""
    rise = max(1, int(warmup * steps))
    return step / rise if step < rise else max(0.0, (steps - step) / (steps - rise))


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
    steps = round(s.epochs * len(list(batches(stories, s.window, s.pieces, (s.seed, 0)))))
    optimiser = torch.optim.AdamW(groups(model, s))
    rates = [g["lr"] for g in optimiser.param_groups]
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step = epoch = done = 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True, map_location=model.none.device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        mean, step, epoch, done = (state[k] for k in ("mean", "step", "epoch", "done"))
    began = time.time()
    device = model.none.device
    model.train()
    while step < steps:
        rows_of_epoch = list(batches(stories, s.window, s.pieces, (s.seed, epoch)))
        for rows in rows_of_epoch[done:]:
            torch.manual_seed(s.seed * 1_000_003 + step)
            for g, r in zip(optimiser.param_groups, rates, strict=True):
                g["lr"] = r * schedule(step, steps, s.warmup)
            tags, arcs = loss_of(model, collate(rows).to(device), s)
            optimiser.zero_grad()
            (tags + s.link_weight * arcs).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step, done = step + 1, done + 1
            average(mean, model, min(s.average, (1 + step) / (10 + step)))
            if step % 20 == 0:
                spent = time.time() - began
                print(f"{step}/{steps} chain {tags:.3f} link {arcs:.3f} {spent:.0f} s", flush=True)
            if step % s.save_every == 0 or step == steps:
                state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                torch.save(
                    {**state, "mean": mean, "step": step, "epoch": epoch, "done": done}, checkpoint
                )
            if step == steps:
                break
        epoch, done = epoch + 1, 0
    torch.save(mean, out / "mean.pt")


@torch.no_grad()
def average(mean: dict[str, Tensor], model: nn.Module, rate: float) -> None:
    """Move the running mean of all weights towards the weights of now."""
    for name, value in model.named_parameters():
        if value.requires_grad:
            mean[name].lerp_(value, 1 - rate)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="PolNeAR-style JSON Lines")
    parser.add_argument("--base", type=Path, required=True, help="safetensors to start from")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of MiniLM")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoint and weights")
    parser.add_argument("--start", type=Path, help="mean.pt of a run to go on from")
    parser.add_argument(
        "--soft", type=Path, help="folder of a teacher's labels, see training.label"
    )
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    a = vars(parser.parse_args())
    s = Settings(**{k: a[k] for k in asdict(Settings())})
    a["out"].mkdir(parents=True, exist_ok=True)
    (a["out"] / "settings.json").write_text(json.dumps(asdict(s), indent=1))
    torch.manual_seed(s.seed)
    tokenizer = Tokenizer.from_file(str(a["tokenizer"]))
    tokenizer.no_truncation()
    tokenizer.no_padding()
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
