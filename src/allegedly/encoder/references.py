"""Antecedent scores become chains: each mention points to an earlier one or opens a chain.

Word-level coreference after Dobrovolskii (2021): heads of mentions are compared, not spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder.names import softmax
from allegedly.encoder.trees import bucket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.encoder.model import HeadLabels

REACH = 300
"""Mentions before a mention that it is compared with, so that a long text costs in proportion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head word of a mention.

    `place` is its number among the words of the text, `piece` its first piece, `vector` what
    `Heads.antecedents` says of it, of shape (2 * side + 2,).
    """

    place: int
    piece: int
    vector: NDArray[np.float32]


def antecedent_scores(seek: Head, found: Sequence[Head], labels: HeadLabels) -> NDArray[np.float32]:
    """Scores of having no antecedent and of each found head as the antecedent; (1 + found,)."""
    side = labels.side
    them = np.stack([h.vector for h in found]) if found else np.zeros((0, 2 * side + 2))
    scores = them[:, side : 2 * side] @ seek.vector[:side] / side**0.5 + them[:, -2]
    distance = np.abs(np.array([seek.place - h.place for h in found], dtype=np.int64))
    alike = np.array([h.piece == seek.piece for h in found], dtype=np.float32)
    scores = scores + labels.near[bucket(distance, len(labels.near))] + labels.same * alike
    return np.concatenate([seek.vector[-1:], scores]).astype(np.float32)


def chains(heads: Sequence[Head], labels: HeadLabels) -> list[tuple[int, float | None]]:
    """The number of each mention's chain, and how likely its link to an earlier mention is.

    A mention joins the chain whose mentions together are the likeliest antecedents.
    """
    found: list[tuple[int, float | None]] = []
    count = 0
    for i, head in enumerate(heads):
        low = max(0, i - REACH)
        none, *shares = softmax(antecedent_scores(head, heads[low:i], labels)).tolist()
        together: dict[int, float] = {}
        for (number, _), share in zip(found[low:], shares, strict=True):
            together[number] = together.get(number, 0.0) + share
        best = max(together, key=together.__getitem__, default=count)
        if together.get(best, 0.0) > none:
            found.append((best, together[best]))
        else:
            found.append((count, None))
            count += 1
    return found
