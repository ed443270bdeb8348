"""Write the sentence encoder of the pack, int8: all-MiniLM-L6-v2 as it is, or mixed with a run's.

Usage: python -m training.vectors --base BASE --pack FOLDER --name NAME [--run RUN]

Without a run nothing is trained. With one of `training.train_vectors` its weights are averaged with
the untrained ones (Wortsman et al. 2022), 0.7 to 0.3 unless told otherwise.
"""

from __future__ import annotations

import argparse
import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper
from safetensors.numpy import load_file

from training.graph import Graph, layer, save_int8, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

FILE = "vectors.onnx"
OUTPUT = "vectors"
ATTENTION_HEADS = 12
LAYERS = 6
SHARE = 0.7  # tried 1: less on cases that training had not seen
_DENSE = {
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm_attention",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "norm_output",
}


def renamed(raw: Weights) -> Weights:
    """The base's weights under the names that the graph knows; BERT's naming comes in."""
    w = {f"norm.{end}": raw[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")}
    w["pieces"] = raw["embeddings.word_embeddings.weight"]
    token_type = raw["embeddings.token_type_embeddings.weight"][0]
    w["positions"] = raw["embeddings.position_embeddings.weight"] + token_type
    for i in range(LAYERS):
        theirs = f"encoder.layer.{i}"
        for end in ("weight", "bias"):
            qkv = [raw[f"{theirs}.attention.self.{n}.{end}"] for n in ("query", "key", "value")]
            w[f"layers.{i}.qkv.{end}"] = np.concatenate(qkv)
            for name, ours in _DENSE.items():
                w[f"layers.{i}.{ours}.{end}"] = raw[f"{theirs}.{name}.{end}"]
    return w


def mixed(base: Weights, run: Path, share: float) -> Weights:
    """Weights of which `share` are a run's and the rest the base's, by the names of `renamed`."""
    import torch  # noqa: PLC0415 - for a run alone

    kept = torch.load(run / "mean.pt", weights_only=True, map_location="cpu")
    trained = {k.removeprefix("encoder."): v.float().numpy() for k, v in kept.items()}
    whole = {"pieces": "pieces.weight", "positions": "positions.weight"}
    return {
        name: share * trained[whole.get(name, name)] + (1 - share) * own
        for name, own in base.items()
    }


def build(w: Weights, attention_heads: int = ATTENTION_HEADS) -> Any:  # noqa: ANN401
    """Inputs ids (batch, pieces) int64, mask (batch, pieces) int32; output (batch, pieces, 384)."""
    g = Graph()
    pieces = g.node("Gather", [g.weight("pieces", w["pieces"]), "ids"], "pieces.of")
    length = g.node("Shape", ["ids"], "length", start=1, end=2)
    zero = g.weight("zero", np.array([0], dtype=np.int64))
    table = g.weight("positions", w["positions"])
    x = g.node("Add", [pieces, g.node("Slice", [table, zero, length], "positions.of")], "x.places")
    norm = [g.weight(f"norm.{end}", w[f"norm.{end}"]) for end in ("weight", "bias")]
    x = g.node("LayerNormalization", [x, *norm], "embedded", axis=-1, epsilon=1e-12)
    for i in range(sum(name.endswith(".qkv.weight") for name in w)):
        x = layer(g, x, i, w, attention_heads)
    g.node("Identity", [x], OUTPUT)
    shape = ["batch", "pieces"]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
        helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
    ]
    return whole(g, inputs, {OUTPUT: w["positions"].shape[1]})


def write(weights: Weights, pack: Path, name: str) -> None:
    """Write the graph into a pack, and its name and checksum beside it."""
    save_int8(build(weights), pack / FILE, [])
    digest = sha256((pack / FILE).read_bytes()).hexdigest()
    described = {"name": name, "size": weights["positions"].shape[1], "sha256": digest}
    text = json.dumps(described, indent=1) + "\n"
    (pack / "vectors.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--run", type=Path, help="folder of a run of training.train_vectors")
    parser.add_argument("--share", type=float, default=SHARE, help="of the run's weights")
    a = parser.parse_args()
    weights = renamed(load_file(a.base))
    write(mixed(weights, a.run, a.share) if a.run else weights, a.pack, a.name)


if __name__ == "__main__":
    main()
