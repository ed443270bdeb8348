"""The small weights that comparisons are judged by; data, fitted by `training.calibrate_links`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from allegedly.linking.claims.compare import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

CLIP: Final = np.float32(4.0)
"""Log odds beyond which a pair weighs no more, so that one odd pair does not part two groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of the log odds that two claims say the same, and how they become a probability.

    Shapes: same (features,). `bias` belongs to even odds among pairs of one case; `slope` and
    `level` turn log odds into a probability as often right as it says, among such pairs.
    """

    same: NDArray[np.float32]
    bias: float
    slope: float
    level: float

    def log_odds(self, compared: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log odds of pairs by their features, (pairs, features) to (pairs,)."""
        return self.added_up(compared[..., place] for place in range(len(self.same)))

    def added_up(self, columns: Iterable[NDArray[Any]]) -> NDArray[np.float32]:
        """The same from one feature after the other, each of shape (*pairs), of one pair or more.

        A table of all features would be written and read again, for five times as long.
        """
        odds = np.zeros((), dtype=np.float32)
        for place, column in enumerate(columns):
            if place == 0:
                odds = np.multiply(column, self.same[0], dtype=np.float32) + np.float32(self.bias)
            elif column.any():
                odds += np.multiply(column, self.same[place], dtype=np.float32)
        clipped: NDArray[np.float32] = np.clip(odds, -CLIP, CLIP)
        return clipped

    def probability(self, log_odds: NDArray[np.float32]) -> NDArray[np.float32]:
        """Calibrated probabilities of log odds."""
        found: NDArray[np.float32] = 1 / (1 + np.exp(-(self.slope * log_odds + self.level)))
        return found


@cache
def shipped() -> Weights:
    """The weights that the package ships."""
    text = (files("allegedly.linking.claims") / "weights.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return Weights(
        same=np.array([data["same"][name] for name in FEATURES], dtype=np.float32),
        bias=data["bias"],
        slope=data["slope"],
        level=data["level"],
    )
