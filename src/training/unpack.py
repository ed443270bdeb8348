"""Take the weights back out of a pack, so that training can go on from it.

The float weights of a training are too large to keep; the int8 ones times their scales are within
rounding of them. Writes what a training run leaves: `mean.pt` and `settings.json`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.attribution_gold import LABELS
from training.course import Settings
from training.network import Shape
from training.train_attribution import FORBIDDEN, Model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]


def floats(path: Path) -> Weights:
    """Every weight of an ONNX graph by its name there, dequantised, as float32."""
    model = onnx.load(path)
    raw = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    found = {k: v for k, v in raw.items() if v.dtype == np.float32 and not k.endswith("_scale")}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            centred = value.astype(np.float32) - raw[f"{stem}_zero_point"].astype(np.float32)
            found[stem] = centred * raw[f"{stem}_scale"]
    return found


def encoder_state(w: Weights) -> dict[str, NDArray[np.float32]]:
    """The encoder's state of `network.Encoder`; torch keeps a dense layer's weight transposed."""
    state = {f"{n}.weight": w[n] for n in ("pieces", "positions", "case", "gap", "quote")}
    state |= {"norm.weight": w["norm.gamma"], "norm.bias": w["norm.beta"]}
    for i in range(Shape().layers):
        name = f"layers.{i}"
        state[f"{name}.qkv.weight"] = w[f"{name}.qkv"].T
        state[f"{name}.qkv.bias"] = w[f"{name}.qkv.bias"]
        state[f"{name}.widen.bias"] = w[f"{name}.widen.bias"]
        for dense in ("out", "widen", "narrow"):
            state[f"{name}.{dense}.weight"] = w[f"{name}.{dense}.weight"].T
        for norm, dense in (("norm_attention", "out"), ("norm_output", "narrow")):
            state[f"{name}.{norm}.weight"] = w[f"{name}.{norm}.gamma"]
            state[f"{name}.{norm}.bias"] = w[f"{name}.{norm}.beta"]
            state[f"{name}.{dense}.bias"] = w[f"{name}.{norm}.skip"]
    return state


def attribution_state(w: Weights, described: dict[str, Any]) -> dict[str, NDArray[np.float32]]:
    """The state of the attribution heads; the pair scores hold the single ones and the prior."""
    labels = len(LABELS)
    bias = w["scores.bias"].copy()
    bias[bias < FORBIDDEN / 10] = 0  # what is forbidden is forbidden anew
    return {
        "heads.score.weight": np.zeros((labels, Shape().width), dtype=np.float32),
        "heads.score.bias": np.zeros(labels, dtype=np.float32),
        "heads.pair.weight": w["scores.weight"].T,
        "heads.pair.bias": bias,
        "heads.link.weight": w["links.weight"].T,
        "heads.link.bias": w["links.bias"],
        "transitions": np.zeros((labels, labels), dtype=np.float32),
        "gaps": np.array(described["gaps"], dtype=np.float32),
        "none": np.array([described["no_source"]], dtype=np.float32),
    }


def unpack(pack: Path, out: Path) -> None:
    """Write the weights of a pack as those of a finished training run."""
    described = json.loads((pack / "pack.json").read_text("utf-8"))
    w = floats(pack / "model.onnx")
    state = {f"encoder.{k}": v for k, v in encoder_state(w).items()}
    state |= attribution_state(w, described)
    model = Model(Shape(), described["link"])
    tensors = {k: torch.tensor(np.ascontiguousarray(v)) for k, v in state.items()}
    model.load_state_dict(tensors)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "mean.pt")
    settings = Settings(link=described["link"], window=described["window"])
    (out / "settings.json").write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of a run")
    a = parser.parse_args()
    unpack(a.pack, a.out)


if __name__ == "__main__":
    main()
