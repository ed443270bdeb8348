"""Antecedent scores become chains: each mention points to an earlier one or opens a chain.

Word-level coreference after Dobrovolskii (2021): heads of mentions are compared, not spans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder.names import softmax
from allegedly.encoder.nearness import bucket

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


def chains(heads: Sequence[Head], labels: HeadLabels) -> list[tuple[int, float | None]]:
    """The number of each mention's chain, and how likely its link to an earlier mention is.

    A mention joins the chain whose mentions together are the likeliest antecedents.
    """
    if not heads:
        return []
    vectors = np.stack([head.vector for head in heads])
    places, pieces = (np.array([getattr(h, n) for h in heads]) for n in ("place", "piece"))
    found: list[tuple[int, float | None]] = []
    count = 0
    for i in range(len(heads)):
        low = max(0, i - REACH)
        scores = _scores(i, slice(low, i), vectors, places, pieces, labels)
        none, *shares = softmax(scores).tolist()
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


def _scores(  # noqa: PLR0913, PLR0917 - one mention against a run of others, by all that is known
    i: int,
    others: slice,
    vectors: NDArray[np.float32],
    places: NDArray[np.int64],
    pieces: NDArray[np.int64],
    labels: HeadLabels,
) -> NDArray[np.float32]:
    """Scores of having no antecedent and of each other mention as the antecedent; (1 + others,)."""
    side = labels.side
    them = vectors[others]
    scores = them[:, side : 2 * side] @ vectors[i, :side] / np.float32(side**0.5) + them[:, -2]
    near = labels.near[bucket(places[i] - places[others], len(labels.near))]
    alike = pieces[others] == pieces[i]
    return np.concatenate([vectors[i, -1:], scores + near + np.float32(labels.same) * alike])
