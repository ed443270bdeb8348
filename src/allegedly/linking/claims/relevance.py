"""Which claims and statements of a case's stories are about the case.

A live page tells of ten events and a newsletter of twenty: what no other story of the case says
anything like, and that shares nothing with what they say, is about something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.compare import Table
    from allegedly.linking.claims.profiles import Profile

NEIGHBOURS: Final = 5  # nearest claims of other stories that are looked at
LEAST: Final = {"claim": 0.8, "own_voice": 0.9, "part": 1.0, "converse": 0.0}
"""Closeness from which a claim is about the case, by kind, as a share of the median of them all."""
SURE: Final = 0.6  # probability below which a claim is not taken up into a case


def closeness(own: Table) -> NDArray[np.float32]:
    """How near each claim is to what other stories of the case say, (claims,)."""
    near = own.vectors @ own.vectors.T
    near[own.document[:, None] == own.document[None, :]] = -1
    count = min(NEIGHBOURS, max(1, len(near) - 1))
    top = np.sort(near, axis=1)[:, -count:]
    mean: NDArray[np.float32] = np.where(top < -0.5, 0, top).mean(axis=1)  # noqa: PLR2004 - its own
    return mean


def about(profiles: Sequence[Profile], own: Table, chances: Sequence[float]) -> NDArray[np.bool_]:
    """Which claims are about what their stories have in common, (claims,).

    `chances` are the claims' and statements' own probabilities.
    """
    least = np.array([LEAST[p.kind] for p in profiles], dtype=np.float32)
    sure = np.array([p.kind != "claim" for p in profiles]) | (np.array(chances) >= SURE)
    near = closeness(own)
    kept: NDArray[np.bool_] = sure & (near >= least * np.median(near))
    return kept
