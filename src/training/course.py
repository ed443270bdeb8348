"""The course of a training run: resumable, and deterministic given a seed."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence

Batch = TypeVar("Batch")

REPORT = 20
"""Steps from one printed line to the next."""


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


@dataclass(slots=True, kw_only=True)
class _State:
    """Where a run stands: steps done, the optimiser's memory, the running mean of the weights."""

    optimiser: torch.optim.Optimizer
    mean: dict[str, Tensor]
    step: int = 0


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The options that all runs have: where the run is kept, the tokenizer, and each setting."""
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of MiniLM")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoint and weights")
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)


def begin(options: Mapping[str, Any]) -> tuple[Settings, Tokenizer]:
    """The settings of a run, written into its folder, and the tokenizer; seeds chance."""
    s = Settings(**{name: options[name] for name in asdict(Settings())})
    options["out"].mkdir(parents=True, exist_ok=True)
    (options["out"] / "settings.json").write_text(json.dumps(asdict(s), indent=1))
    torch.manual_seed(s.seed)
    tokenizer = Tokenizer.from_file(str(options["tokenizer"]))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return s, tokenizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Generic[Batch]):
    """What is learnt from: `epoch(n)` are the batches of epoch n, the same whenever it is asked.

    `losses` are those of one batch by name, summed by `weights`; gradients are clipped to the norm
    `clip`.
    """

    epoch: Callable[[int], Sequence[Batch]]
    losses: Callable[[Batch], dict[str, Tensor]]
    weights: Mapping[str, float]
    clip: float


def run(model: nn.Module, course: Course[Batch], s: Settings, out: Path) -> None:
    """Train a model; saves now and then, and goes on from the checkpoint in `out`.

    `mean.pt` there is the running mean of the weights.
    """
    steps = round(s.epochs * len(course.epoch(0)))
    optimiser = torch.optim.AdamW(groups(model, s))
    rates = [group["lr"] for group in optimiser.param_groups]
    state = _resumed(model, optimiser, out / "checkpoint.pt")
    told, began = dict[str, list[float]](), time.time()
    model.train()
    rest = _endless(course.epoch, state.step)
    while state.step < steps:
        torch.manual_seed(s.seed * 1_000_003 + state.step)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * schedule(state.step, steps, s.warmup)
        found = course.losses(next(rest))
        optimiser.zero_grad()
        weighed = [course.weights[name] * value for name, value in found.items()]
        torch.stack(weighed).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), course.clip)
        optimiser.step()
        state.step += 1
        average(state.mean, model, min(s.average, (1 + state.step) / (10 + state.step)))
        for name, value in found.items():
            told.setdefault(name, []).append(float(value.detach()))
        if state.step % REPORT == 0:
            shown = " ".join(f"{name} {np.mean(v):.3f}" for name, v in sorted(told.items()))
            print(f"{state.step}/{steps} {shown} {time.time() - began:.0f} s", flush=True)
            told = {}
        if state.step % s.save_every == 0 or state.step == steps:
            _save(model, state, out)
    torch.save(state.mean, out / "mean.pt")


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


@torch.no_grad()
def average(mean: dict[str, Tensor], model: nn.Module, rate: float) -> None:
    """Move the running mean of all weights towards the weights of now."""
    for name, value in model.named_parameters():
        if value.requires_grad:
            mean[name].lerp_(value, 1 - rate)


def _endless(epoch: Callable[[int], Sequence[Batch]], skip: int) -> Iterator[Batch]:
    """Batches of epoch after epoch, the first `skip` left out."""
    number = 0
    while True:
        batches = epoch(number)
        yield from batches[skip:]
        skip, number = max(0, skip - len(batches)), number + 1


def _resumed(model: nn.Module, optimiser: torch.optim.Optimizer, checkpoint: Path) -> _State:
    """A run at its beginning, or where its checkpoint left it."""
    state = _State(
        optimiser=optimiser, mean={k: v.detach().clone() for k, v in model.state_dict().items()}
    )
    if checkpoint.exists():
        kept = torch.load(
            checkpoint, weights_only=True, map_location=next(model.parameters()).device
        )
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        state.mean, state.step = kept["mean"], kept["step"]
    return state


def _save(model: nn.Module, state: _State, out: Path) -> None:
    kept = {"model": model.state_dict(), "optimiser": state.optimiser.state_dict()}
    torch.save({**kept, "mean": state.mean, "step": state.step}, out / "checkpoint.pt")
