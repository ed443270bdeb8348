"""Which of the places that bear a name is meant, decided over the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.places.ranking import around, meanings
from allegedly.claims.places.weights import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.claims.places.gazetteer import Entry
    from allegedly.claims.places.ranking import Meanings, Name
    from allegedly.claims.places.weights import Weights

    Floats = NDArray[np.float64]

ROUNDS = 3  # each reads the context anew with what the round before believed


def resolve(names: Sequence[Name], by: Weights | None = None) -> list[tuple[Entry, float] | None]:
    """For each name the likeliest meaning and its probability, None where it has none."""
    table = meanings(names)
    belief = beliefs(table, by or weights())
    best: list[tuple[Entry, float] | None] = [None] * len(names)
    for i, (name, p) in enumerate(zip(table.name.tolist(), belief.tolist(), strict=True)):
        held = best[name]
        if held is None or p > held[1]:
            best[name] = (table.entries[i], p)
    return best


def beliefs(table: Meanings, by: Weights) -> Floats:
    """How likely each meaning is; those of one name sum to one."""
    belief = shares(table, table.own @ by.alone)
    for _ in range(ROUNDS):
        scored = np.hstack([table.own, around(table, belief)]) @ by.together
        belief = shares(table, scored)
    return belief


def shares(table: Meanings, scores: Floats) -> Floats:
    """Scores as probabilities among the meanings of one name."""
    highest = np.full(table.names, -np.inf)
    np.maximum.at(highest, table.name, scores)
    raised = np.exp(scores - highest[table.name])
    sums = np.bincount(table.name, weights=raised, minlength=table.names)
    return np.asarray(raised / sums[table.name])
