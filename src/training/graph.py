"""The trained weights written as an ONNX graph of fused operators, float and int8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

MICROSOFT = "com.microsoft"  # ONNX Runtime's fused operators


class Graph:
    """Nodes and weights under construction."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        self.weights.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, operator: str, inputs: list[str], name: str, **attributes: Any) -> str:  # noqa: ANN401
        """Add a node with one output of its own name and return that name."""
        domain = attributes.pop("domain", "")
        self.nodes.append(
            helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes)
        )
        return name

    def linear(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any] | None) -> str:
        """A dense layer; torch keeps its weight transposed."""
        y = self.node("MatMul", [x, self.weight(f"{name}.weight", weight.T)], f"{name}.product")
        if bias is None:
            return y
        return self.node("Add", [y, self.weight(f"{name}.bias", bias)], name)

    def added_norm(self, x: str, y: str, name: str, w: Weights, bias: NDArray[Any]) -> str:
        """Layer normalisation of x + y + bias."""
        inputs = [x, y, self.weight(f"{name}.gamma", w[f"{name}.weight"])]
        inputs += [
            self.weight(f"{name}.beta", w[f"{name}.bias"]),
            self.weight(f"{name}.skip", bias),
        ]
        return self.node("SkipLayerNormalization", inputs, name, domain=MICROSOFT, epsilon=1e-12)


def embed(g: Graph, w: Weights) -> str:
    """Pieces, positions and marks, summed and normalised."""
    pieces = g.node("Gather", [g.weight("pieces", w["pieces.weight"]), "ids"], "pieces.of")
    length = g.node("Shape", ["ids"], "length", start=1, end=2)
    zero = g.weight("zero", np.array([0], dtype=np.int64))
    table = g.weight("positions", w["positions.weight"])
    x = g.node("Add", [pieces, g.node("Slice", [table, zero, length], "positions.of")], "x.places")
    for i, mark in enumerate(("case", "gap", "quote")):
        column = g.weight(f"{mark}.column", np.array(i, dtype=np.int64))
        index = g.node("Gather", ["marks", column], f"{mark}.index", axis=2)
        rows = g.node("Gather", [g.weight(mark, w[f"{mark}.weight"]), index], f"{mark}.of")
        x = g.node("Add", [x, rows], f"x.{mark}")
    gamma, beta = g.weight("norm.gamma", w["norm.weight"]), g.weight("norm.beta", w["norm.bias"])
    return g.node("LayerNormalization", [x, gamma, beta], "embedded", axis=-1, epsilon=1e-12)


def layer(g: Graph, x: str, i: int, w: Weights, attention_heads: int) -> str:
    """One transformer layer."""
    name = f"layers.{i}"
    inputs = [x, g.weight(f"{name}.qkv", w[f"{name}.qkv.weight"].T)]
    inputs += [g.weight(f"{name}.qkv.bias", w[f"{name}.qkv.bias"]), "mask"]
    mixed = g.node(
        "Attention", inputs, f"{name}.attention", domain=MICROSOFT, num_heads=attention_heads
    )
    out = g.linear(mixed, f"{name}.out", w[f"{name}.out.weight"], None)
    x = g.added_norm(x, out, f"{name}.norm_attention", w, w[f"{name}.out.bias"])
    wide = g.linear(x, f"{name}.widen", w[f"{name}.widen.weight"], None)
    bias = g.weight(f"{name}.widen.bias", w[f"{name}.widen.bias"])
    wide = g.node("BiasGelu", [wide, bias], f"{name}.gelu", domain=MICROSOFT)
    narrow = g.linear(wide, f"{name}.narrow", w[f"{name}.narrow.weight"], None)
    return g.added_norm(x, narrow, f"{name}.norm_output", w, w[f"{name}.narrow.bias"])


SHARED = "shared"
"""The output of the attribution graph that the reading graph goes on from."""
Outputs = dict[str, tuple["NDArray[Any]", "NDArray[Any]"]]


def build(encoder: Weights, outputs: Outputs, attention_heads: int, shared: int) -> Any:  # noqa: ANN401
    """The attribution model; `outputs` maps a name to the weight and bias of its dense layer.

    Inputs: ids (batch, pieces) and marks (batch, pieces, 3) int64, mask (batch, pieces) int32.
    Outputs: (batch, pieces, rows of the output's weight) float32 each, and `SHARED`, the vectors
    (batch, pieces, width) after so many layers.
    """
    g = Graph()
    x = embed(g, encoder)
    for i in range(sum(name.endswith(".qkv.weight") for name in encoder)):
        x = layer(g, x, i, encoder, attention_heads)
        if i + 1 == shared:
            g.node("Identity", [x], SHARED)
    sizes = dense(g, x, outputs)
    sizes[SHARED] = encoder["positions.weight"].shape[1]
    shape = ["batch", "pieces"]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
        helper.make_tensor_value_info("marks", TensorProto.INT64, [*shape, 3]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
    ]
    return whole(g, inputs, sizes)


def build_reading(branch: Weights, outputs: Outputs, attention_heads: int) -> Any:  # noqa: ANN401
    """The branch of the other heads: `SHARED` vectors and mask in, each head's output out."""
    g = Graph()
    x = SHARED
    for i in range(sum(name.endswith(".qkv.weight") for name in branch)):
        x = layer(g, x, i, branch, attention_heads)
    sizes = dense(g, x, outputs)
    shape = ["batch", "pieces"]
    width = branch["layers.0.norm_output.weight"].shape[0]
    inputs = [
        helper.make_tensor_value_info(SHARED, TensorProto.FLOAT, [*shape, width]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
    ]
    return whole(g, inputs, sizes)


def dense(g: Graph, x: str, outputs: Outputs) -> dict[str, int]:
    """Add the dense layer of each output; their sizes."""
    for name, (weight, bias) in outputs.items():
        g.linear(x, name, weight, bias)
    return {name: len(bias) for name, (_, bias) in outputs.items()}


def whole(g: Graph, inputs: list[Any], sizes: dict[str, int]) -> Any:  # noqa: ANN401
    """The model of a finished graph."""
    results = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "pieces", size])
        for name, size in sizes.items()
    ]
    graph = helper.make_graph(g.nodes, "allegedly", inputs, results, g.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def save_int8(model: Any, path: Path, keep: list[str]) -> None:  # noqa: ANN401
    """Write a model with int8 weights and activations quantised as it runs.

    The outputs named in `keep` stay float: they are small, and their scores are summed over words.
    """
    whole = path.with_suffix(".float.onnx")
    onnx.save(model, whole)
    quantize_dynamic(
        whole,
        path,
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        nodes_to_exclude=[f"{name}.product" for name in keep],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    whole.unlink()
