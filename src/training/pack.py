"""Write the model pack that ships with the package."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from training.attribution_gold import LABELS, read_jsonl
from training.graph import build, save_int8

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


def write(  # noqa: PLR0913 - one for each argument of the command line
    run: Path, gold: Path, tokenizer: Path, out: Path, name: str, *, whole: bool
) -> None:
    """Export a training run's averaged weights to a pack folder."""
    state = torch.load(run / "mean.pt", weights_only=True, map_location="cpu")
    encoder = {
        k.removeprefix("encoder."): v.numpy() for k, v in state.items() if k.startswith("encoder.")
    }
    model = build(encoder, outputs(state), attention_heads=12)
    out.mkdir(parents=True, exist_ok=True)
    if whole:
        onnx.save(model, out / "model.onnx")
    else:
        save_int8(model, out / "model.onnx", list(outputs(state)))
    (out / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    settings = json.loads((run / "settings.json").read_text())
    described = {
        "name": name,
        "labels": LABELS,
        "window": settings["window"],
        "link": settings["link"],
        "gaps": np.round(state["gaps"].numpy().astype(float), 5).tolist(),
        "no_source": round(float(state["none"]), 5),
        "introducers": INTRODUCERS,
        "cue_words": cue_words(gold),
        "sha256": {
            file: sha256((out / file).read_bytes()).hexdigest()
            for file in ("model.onnx", "tokenizer.json")
        },
    }
    (out / "pack.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--run", "--gold", "--tokenizer", "--out"):
        parser.add_argument(flag, type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--whole", action="store_true", help="float32, to measure what int8 costs")
    a = parser.parse_args()
    write(a.run, a.gold, a.tokenizer, a.out, a.name, whole=a.whole)


if __name__ == "__main__":
    main()
