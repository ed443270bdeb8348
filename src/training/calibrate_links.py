"""Fit the weights by which claims of different stories are said to be the same.

Usage: python -m training.calibrate_links --cases FOLDER [FOLDER ...] --feeds FOLDER

Logistic regression on pairs of mentions of one event, both classes weighing the same and a gold
case twice as much as a further event. A ridge draws each weight towards what it would be by the
definition of a claim alone (`PRIOR`), most of them to nought, so that what few events show (denials
are in one of them) is not taken from that one.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import minimize

from allegedly.encoder.vectors import packed_sentences
from allegedly.linking.claims import FEATURES, Weights, features, table
from allegedly.linking.claims.weights import CLIP
from training.link_gold import Labelled, further_events, gold_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims import Table

    Floats = NDArray[np.float64]

PRIOR: Final = {
    "one_denies": -4.0,  # a denial is a claim of its own
    "one_rejects": -1.5,  # and so is calling a claim wrong, where that was read aright
    "both_reject_same_speaker": 1.5,  # who denies twice mostly denies the same
    "both_reject_other_speaker": -2.0,  # the accused deny their own part
    "one_negative": -3.0,  # nor is one of two the same of which one says that it is not so
    "other_agent": -2.5,  # who did it makes another claim
    "other_force": -1.0,  # who demands it, or condemns it, does not say that it is so
    "nested": -4.0,  # what stands within another claim's words would else not be one of its own
    "other_figure": -6.0,  # 500 dead and 200 dead are two claims of one figure
}
RIDGE: Final = 0.02  # tried 0.006, 0.01, 0.02: 0.64 to 0.66 B-cubed, all alike
FURTHER: Final = 0.5  # what a further event weighs beside a gold case; tried 0.25, 0.5, 1
_LEAST_SPREAD: Final = (
    0.05  # of a feature that is hardly ever there, so that its weight stays small
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """One event's pairs: what is compared of them and which are the same claim."""

    labelled: Labelled
    own: Table
    compared: Floats
    same: NDArray[np.bool_]
    weight: float


def pairs(labelled: Labelled, weight: float) -> Pairs:
    """Every pair of an event's mentions."""
    vectors = packed_sentences().vectors([p.frame for p in labelled.profiles])
    own = table(labelled.profiles, vectors)
    left, right = np.triu_indices(len(own), 1)
    claims = np.array(labelled.claims)
    return Pairs(
        labelled=labelled,
        own=own,
        compared=features(own, left, right).astype(np.float64),
        same=claims[left] == claims[right],
        weight=weight,
    )


def all_pairs(folders: Iterable[Path], feeds: Path) -> list[Pairs]:
    """The gold cases of some folders first, in their order, then the further events."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    gold = [json.loads(path.read_text("utf-8")) for path in paths]
    return [
        *(pairs(gold_case(case, feeds), 1.0) for case in gold),
        *(pairs(event, FURTHER) for event in further_events(feeds)),
    ]


def fit(known: Sequence[Pairs]) -> Weights:
    """Weights fitted to some events, with probabilities calibrated on the gold cases of them."""
    compared = np.concatenate([p.compared for p in known])
    same = np.concatenate([p.same for p in known]).astype(np.float64)
    share = np.concatenate([_shares(p) for p in known])
    spread = np.maximum(compared.std(0), _LEAST_SPREAD)
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES]) * spread
    found = _logistic(compared / spread, same, share / share.sum(), prior, RIDGE)
    weights, bias = found[:-1] / spread, found[-1]
    slope, level = _calibrated(known, weights, bias)
    return Weights(same=weights.astype(np.float32), bias=float(bias), slope=slope, level=level)


def _shares(own: Pairs) -> Floats:
    """What each pair weighs: both classes of an event half of it."""
    yes = own.same.sum()
    return own.weight * np.where(own.same, 0.5 / yes, 0.5 / (len(own.same) - yes))


def _logistic(compared: Floats, same: Floats, share: Floats, prior: Floats, ridge: float) -> Floats:
    """Weights and, last, the bias of a logistic regression drawn towards a prior."""
    ones = np.column_stack([compared, np.ones(len(compared))])
    towards = np.append(prior, 0.0)
    drawn = np.append(np.ones(len(prior)), 0.0)

    def loss(b: Floats) -> tuple[float, Floats]:
        chance = 1 / (1 + np.exp(-np.clip(ones @ b, -30, 30)))
        off = (b - towards) * drawn
        likely = same * np.log(chance + 1e-9) + (1 - same) * np.log(1 - chance + 1e-9)
        value = -(share * likely).sum() + ridge * (off**2).sum()
        return float(value), ones.T @ (share * (chance - same)) + 2 * ridge * off

    found: Floats = minimize(loss, towards.copy(), jac=True, method="L-BFGS-B").x
    return found


def _calibrated(known: Iterable[Pairs], weights: Floats, bias: float) -> tuple[float, float]:
    """Slope and level that make log odds a probability among the pairs of a case (Platt 1999)."""
    gold = [p for p in known if p.weight == 1.0]
    odds = np.concatenate([p.compared @ weights + bias for p in gold]).clip(-CLIP, CLIP)
    same = np.concatenate([p.same for p in gold]).astype(np.float64)
    share = np.full(len(same), 1 / len(same))
    slope, level = _logistic(odds[:, None], same, share, np.zeros(1), 0.0)
    return float(slope), float(level)


def written(weights: Weights) -> str:
    """The weights as the package's data file."""
    rows = [f"{name} = {w:.4f}" for name, w in zip(FEATURES, weights.same.tolist(), strict=True)]
    return "\n".join(
        [
            "# Weights of the log odds that two claims are one (training.calibrate_links).",
            "# What each is: linking/claims/compare.py. bias belongs to even odds; slope and level",
            "# make log odds a probability among the pairs of one case.",
            f"bias = {weights.bias:.4f}",
            f"slope = {weights.slope:.4f}",
            f"level = {weights.level:.4f}",
            "",
            "[same]",
            *rows,
            "",
        ]
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--feeds", type=Path, required=True)
    a = parser.parse_args()
    out = Path("src/allegedly/linking/claims/weights.toml")
    out.write_text(written(fit(all_pairs(a.cases, a.feeds))), encoding="utf-8")


if __name__ == "__main__":
    main()
