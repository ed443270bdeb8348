"""The weights that places are found and resolved with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.places.evidence import SIGNS
from allegedly.claims.places.ranking import FEATURES, OWN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """`place` weighs a toponym's signs; `alone` and `together` the features of a meaning."""

    place: Floats
    alone: Floats
    together: Floats


@cache
def weights() -> Weights:
    """The weights that training wrote."""
    path = files("allegedly.claims.places").joinpath("weights.toml")
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return Weights(
        place=np.array([read["place"][name] for name in SIGNS]),
        alone=np.array([read["alone"][name] for name in OWN]),
        together=np.array([read["together"][name] for name in FEATURES]),
    )
