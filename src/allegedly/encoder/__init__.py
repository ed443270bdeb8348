"""The one folder that runs the model: text becomes scores and vectors, and they what they say."""

from allegedly.encoder.chain import Posteriors, posteriors
from allegedly.encoder.model import (
    Encoded,
    Encoder,
    HeadLabels,
    Heads,
    Pack,
    PackError,
    packed_encoder,
)
from allegedly.encoder.names import Name, names, softmax
from allegedly.encoder.references import Head, chains
from allegedly.encoder.trees import Tree, tree

__all__ = [
    "Encoded",
    "Encoder",
    "Head",
    "HeadLabels",
    "Heads",
    "Name",
    "Pack",
    "PackError",
    "Posteriors",
    "Tree",
    "chains",
    "names",
    "packed_encoder",
    "posteriors",
    "softmax",
    "tree",
]
