"""Which claims and statements of a case's stories are about the case.

A live page tells of ten events and a newsletter of twenty: what no other story of the case claims
anything like is about something else. What is claimed is the measure, not what outlets tell by
themselves, which is background more often than not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile

NEIGHBOURS: Final = 5  # nearest claims of other stories that are looked at
LEAST: Final[Mapping[str, float]] = {
    "claim": 0.7,
    "reported": 0.4,
    "own_voice": 0.8,
    "part": 1.0,
    "converse": 0.0,
}
"""Closeness from which a claim is about the case, by kind, as a share of the claims' median.

Chosen by `benchmarks.links`, which chooses them anew on two cases for each third one."""
SURE: Final = 0.6  # probability below which a claim is not taken up into a case
_NOTHING: Final = -0.5  # cosine that no two claims have


def closeness(profiles: Sequence[Profile], own: Table) -> NDArray[np.float32]:
    """How near each is to what is claimed in other stories of the case, (claims,)."""
    near = own.vectors @ own.vectors.T
    near[own.document[:, None] == own.document[None, :]] = -1
    near[:, [p.kind == "own_voice" for p in profiles]] = -1
    count = min(NEIGHBOURS, max(1, len(near) - 1))
    top = np.sort(near, axis=1)[:, -count:]
    mean: NDArray[np.float32] = np.where(top < _NOTHING, 0, top).mean(axis=1)
    return mean


def about(
    profiles: Sequence[Profile],
    own: Table,
    chances: Sequence[float],
    least: Mapping[str, float] = LEAST,
) -> NDArray[np.bool_]:
    """Which claims are about what their stories have in common, (claims,).

    `chances` are the claims' and statements' own probabilities.
    """
    wanted = np.array([least[p.kind] for p in profiles], dtype=np.float32)
    claimed = np.array([p.kind == "claim" for p in profiles], dtype=np.bool_)
    near = closeness(profiles, own)
    usual = np.median(near[claimed]) if claimed.any() else np.float32(0)
    kept: NDArray[np.bool_] = (~claimed | (np.array(chances) >= SURE)) & (near >= wanted * usual)
    return kept
