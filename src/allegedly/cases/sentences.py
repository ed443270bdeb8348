"""The sentence vectors by which stories are compared beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class ShippedVectors:
    """Makes vectors with the package's own sentence encoder, loaded with the first story."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length one, shape (texts, width)."""
        from allegedly.encoder.vectors import packed_sentences  # noqa: PLC0415  # takes a while

        return packed_sentences().vectors(texts)
