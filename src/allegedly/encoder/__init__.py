"""The one folder that runs the model: text becomes label scores and vectors."""

from allegedly.encoder.chain import Posteriors, posteriors
from allegedly.encoder.model import Encoded, Encoder, Pack, PackError, packed_encoder

__all__ = [
    "Encoded",
    "Encoder",
    "Pack",
    "PackError",
    "Posteriors",
    "packed_encoder",
    "posteriors",
]
