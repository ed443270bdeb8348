"""Write the model pack that ships with the package."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from allegedly.encoder.model import READING
from training.attribution_gold import LABELS, read_jsonl
from training.graph import build, build_reading, save_int8
from training.labelled import ENTITIES, MENTIONS
from training.reading_heads import SIDE
from training.train_reading import SHARED, under
from training.treebank_gold import RELATIONS, TAGS

COMMON_CUES = 3  # a word opening fewer cues than this in training is no sign of one
INTRODUCERS = ["that", "what", "whether"]  # open a content, and no attribution within it
CUE_SHARE = 0.1  # nor is one that opens a cue in less than this share of its uses


def outputs(state: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Weight and bias of each output; the chain's three kinds of score become one dense layer."""
    count = len(LABELS)
    single, pair = state["heads.score.weight"], state["heads.pair.weight"]
    prior = state["transitions"].clone()
    for role in range(3):
        inside = 2 + 2 * role
        closed = [i for i in range(count) if i not in (inside - 1, inside)]
        prior[closed, inside] = -1e4
    weight = pair + single.repeat(count, 1)
    bias = state["heads.pair.bias"] + state["heads.score.bias"].repeat(count) + prior.flatten()
    return {
        "scores": (weight.numpy(), bias.numpy()),
        "links": (state["heads.link.weight"].numpy(), state["heads.link.bias"].numpy()),
    }


def reading_outputs(state: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Weight and bias of each output of the branch."""
    return {
        name: tuple(state[f"reading.{name}.{end}"].numpy() for end in ("weight", "bias"))
        for name in READING
    }


def branch(state: dict[str, Any]) -> dict[str, Any]:
    """The layers of the branch, by the names that the graph knows layers by."""
    return {
        f"layers.{k.removeprefix('branch.')}": v.numpy()
        for k, v in state.items()
        if k.startswith("branch.")
    }


def heads(state: dict[str, Any]) -> dict[str, Any]:
    """What the pack says of the heads beside the attribution heads."""

    def rounded(name: str) -> Any:  # noqa: ANN401 - nested lists of any depth
        return np.round(state[f"reading.{name}"].numpy().astype(float), 5).tolist()

    return {
        "entities": ENTITIES,
        "mentions": MENTIONS,
        "relations": RELATIONS,
        "tags": TAGS,
        "side": SIDE,
        "near": rounded("near"),
        "same": rounded("same")[0],
        "before": rounded("before"),
    }


def cue_words(gold: Path) -> list[str]:
    """Words that open or are a cue often enough for a content to be read again for them."""
    cues: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for row in read_jsonl(gold):
        uses.update(row["text"].lower().replace("\n", " ").split(" "))
        for attribution in row["attributions"]:
            for start, end in attribution["cue"]:
                cues.update(row["text"][start:end].lower().split())
    return sorted(
        w
        for w, n in cues.items()
        if w.isalpha() and n >= COMMON_CUES and n / max(1, uses[w]) >= CUE_SHARE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a pack is made of: two training runs, the gold of the first, a tokenizer, a name."""

    run: Path
    reading: Path
    gold: Path
    tokenizer: Path
    name: str


def save(model: Any, path: Path, keep: list[str], *, whole: bool) -> None:  # noqa: ANN401
    """Write a graph, its weights int8 or, with `whole`, as they are."""
    if whole:
        onnx.save(model, path)
    else:
        save_int8(model, path, keep)


def write(parts: Parts, out: Path, *, whole: bool) -> None:
    """Export two training runs' averaged weights to a pack folder."""
    state, reading = (
        torch.load(run / "mean.pt", weights_only=True, map_location="cpu")
        for run in (parts.run, parts.reading)
    )
    encoder = {k: v.numpy() for k, v in under(state, "encoder.").items()}
    out.mkdir(parents=True, exist_ok=True)
    attribution = build(encoder, outputs(state), attention_heads=12, shared=SHARED)
    save(attribution, out / "model.onnx", list(outputs(state)), whole=whole)
    other = build_reading(branch(reading), reading_outputs(reading), attention_heads=12)
    save(other, out / "reading.onnx", list(READING), whole=whole)
    (out / "tokenizer.json").write_bytes(parts.tokenizer.read_bytes())
    settings = json.loads((parts.run / "settings.json").read_text())
    described = {
        "name": parts.name,
        "labels": LABELS,
        "window": settings["window"],
        "link": settings["link"],
        "gaps": np.round(state["gaps"].numpy().astype(float), 5).tolist(),
        "no_source": round(float(state["none"]), 5),
        "introducers": INTRODUCERS,
        "cue_words": cue_words(parts.gold),
        "heads": heads(reading),
        "sha256": {
            file: sha256((out / file).read_bytes()).hexdigest()
            for file in ("model.onnx", "reading.onnx", "tokenizer.json")
        },
    }
    (out / "pack.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--run", "--reading", "--gold", "--tokenizer", "--out"):
        parser.add_argument(flag, type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--whole", action="store_true", help="float32, to measure what int8 costs")
    a = vars(parser.parse_args())
    out, whole = a.pop("out"), a.pop("whole")
    write(Parts(**a), out, whole=whole)


if __name__ == "__main__":
    main()
