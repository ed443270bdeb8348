"""Distances between words, as the heads that compare words see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def bucket(distance: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Bucket of a distance in words: 0, 1, 2, 3–4, 5–8 and so on, by powers of two."""
    log = np.ceil(np.log2(np.maximum(distance, 1))).astype(np.int64)
    return np.minimum(log + (distance > 0), count - 1)


def nearness(before: NDArray[np.float32], words: int) -> NDArray[np.float32]:
    """What side and distance alone say of each (word, head) pair of a window; (words, words)."""
    place = np.arange(words)
    ahead = place[None, :] - place[:, None]
    near = bucket(np.abs(ahead), before.shape[1])
    found: NDArray[np.float32] = before[(ahead > 0).astype(np.int64), near]
    return found
