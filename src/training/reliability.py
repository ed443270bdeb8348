"""How far probabilities are from the share that comes true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bins = list[NDArray[np.int64]]

BINS = 10
DRAWS = 400
LEAST = 1e-6  # keeps the log loss of a sure mistake finite


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Cases of like probability: how many, their mean probability and the share that came true."""

    count: int
    probability: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Measures of calibration, all the lower the better.

    `by_mass` and `by_width` are the expected calibration error (Naeini et al. 2015) over ten bins
    that hold as many cases each, and over ten of width 0.1. `noise` is what `by_mass` would be on
    average if every probability were exact, since small samples scatter.
    """

    by_mass: float
    by_width: float
    noise: float
    brier: float
    log_loss: float


def measured(chances: Floats, right: Floats) -> Reliability:
    """Compare probabilities with what came true (0 or 1); both of shape (cases,), one at least."""
    clipped = np.clip(chances, LEAST, 1 - LEAST)
    losses = right * np.log(clipped) + (1 - right) * np.log(1 - clipped)
    return Reliability(
        by_mass=_error(chances, right, _equal_mass(chances)),
        by_width=_error(chances, right, _equal_width(chances)),
        noise=_noise(chances),
        brier=float(((chances - right) ** 2).mean()),
        log_loss=float(-losses.mean()),
    )


def bins(chances: Floats, right: Floats) -> Iterator[Bin]:
    """The ten bins of equal mass, lowest probability first."""
    for chosen in _equal_mass(chances):
        yield Bin(
            count=len(chosen),
            probability=float(chances[chosen].mean()),
            right=float(right[chosen].mean()),
        )


def _equal_mass(chances: Floats) -> Bins:
    order = np.argsort(chances, kind="stable")
    return [b for b in np.array_split(order, BINS) if len(b)]


def _equal_width(chances: Floats) -> Bins:
    number = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    found = (np.flatnonzero(number == k) for k in range(BINS))
    return [b for b in found if len(b)]


def _error(chances: Floats, right: Floats, cases: Bins) -> float:
    apart = sum(len(b) * abs(chances[b].mean() - right[b].mean()) for b in cases)
    return float(apart / len(chances))


def _noise(chances: Floats) -> float:
    drawn = np.random.default_rng(0).random((DRAWS, len(chances))) < chances
    cases = _equal_mass(chances)
    return float(np.mean([_error(chances, d.astype(np.float64), cases) for d in drawn]))
