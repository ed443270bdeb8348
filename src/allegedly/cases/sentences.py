"""The sentence vectors by which stories are compared beside their words."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from allegedly.linking.events import Encode

_MODULE: Final = "allegedly.encoder.vectors"


class ShippedVectors:
    """Makes vectors with the package's own sentence encoder, loaded with the first story."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length one, shape (texts, width)."""
        made: NDArray[np.float32] = import_module(_MODULE).packed_sentences().vectors(texts)
        return made


def shipped_vectors() -> Encode | None:
    """What makes the vectors; None in a build without a sentence encoder."""
    return ShippedVectors() if find_spec(_MODULE) is not None else None
