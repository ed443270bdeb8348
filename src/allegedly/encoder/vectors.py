"""Sentence vectors of the pack, by which claims of different stories are compared.

The model is a file of its own that reading a story never loads. See docs/links.md for how it was
chosen and trained.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from allegedly.encoder.model import PackError
from allegedly.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]

LONGEST: Final = 96  # pieces of a text that are read; a claim with its source has 20
SCALE: Final = 127 * 4
"""Steps of a stored vector's numbers: of 384 that make length 1 hardly one is above a quarter."""


class SentenceEncoder:
    """The model of sentence vectors with its tokenizer; safe to share between threads.

    Each text goes through it alone: the numbers of an int8 model depend on all that it is given at
    once (two batches give one text vectors with a cosine of 0.99), and a claim must not be another
    in other company. A core does as many so as in batches, whose padding and size cost it more.
    """

    def __init__(self, folder: Path) -> None:
        """Load it; raises PackError where a file is missing or differs from its checksum."""
        try:
            described = json.loads((folder / "vectors.json").read_text("utf-8"))
            model = (folder / "vectors.onnx").read_bytes()
        except (OSError, ValueError) as error:
            raise PackError(f"the sentence vectors in {folder} cannot be read: {error}") from error
        if sha256(model).hexdigest() != described["sha256"]:
            raise PackError("the model pack is damaged: vectors.onnx differs from its checksum")
        self.name: str = described["name"]
        self.size: int = described["size"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )

    def vectors(self, texts: Sequence[str], *, threads: int | None = None) -> Floats:
        """Vectors of length 1, of shape (texts, size); the mean over a text's pieces.

        By default a thread to each core reads them.
        """
        different = list(dict.fromkeys(texts))
        pieces = [e.ids for e in self._tokenizer.encode_batch(different)]
        means = side_by_side(self._mean, pieces, threads=threads)
        made = dict(zip(different, means, strict=True))
        found = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row] = made[text]
        length = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Floats = found / np.maximum(length, np.float32(1e-9))
        return unit

    def _mean(self, pieces: Sequence[int]) -> Floats:
        ids = np.array([pieces], dtype=np.int64)
        mask = np.ones(ids.shape, dtype=np.int32)
        (hidden,) = self._session.run(["vectors"], {"ids": ids, "mask": mask})
        mean: Floats = hidden[0].mean(axis=0)
        return mean


def packed(vectors: Floats) -> NDArray[np.int8]:
    """Vectors as they are stored: a byte for each number."""
    return np.clip(np.rint(vectors * SCALE), -127, 127).astype(np.int8)


def unpacked(stored: NDArray[np.int8]) -> Floats:
    """Vectors of length 1 from stored ones."""
    found = stored.astype(np.float32)
    length = np.linalg.norm(found, axis=-1, keepdims=True)
    unit: Floats = found / np.maximum(length, np.float32(1e-9))
    return unit


@cache
def packed_sentences() -> SentenceEncoder:
    """The sentence encoder of the pack that ships with the package, loaded on first use."""
    return SentenceEncoder(Path(str(files("allegedly.encoder") / "pack")))
