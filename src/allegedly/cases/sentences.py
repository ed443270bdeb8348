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


def shipped_vectors() -> Encode | None:
    """What makes vectors of the package's own sentence encoder; None in a build without one.

    The model is loaded when the first story is encoded.
    """
    return _encode if find_spec(_MODULE) is not None else None


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    made: NDArray[np.float32] = import_module(_MODULE).packed_sentences().vectors(texts)
    return made
