"""What a claim's probability says: how often claims with the same signs are right.

Right is a claim that its source made in about these words: a careful reader lists one whose content
shares half of its words or more, and whose source is the same. Whether what is claimed is true is
no part of it, nor are act, time and the other fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from math import exp, log, log2
from typing import TYPE_CHECKING

from allegedly.encoder import PackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.encoder import Pack
    from allegedly.records import Form

# Keeps log-odds finite. Swept, with a fit for each, from 0.98 to 0.9999: log loss (cross-fitted) is
# the same to 0.0003 from 0.99 on.
SUREST = 0.999
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a claim's probability is read from.

    `score` is the log-odds of the extractor's score; `nobody` is 1 where no source is named,
    `direct` where the words are a quotation, else 0; `length` is the binary logarithm of one more
    than the number of words.
    """

    score: float
    nobody: float
    direct: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of the signs in a logistic regression (Platt 1999), and its constant.

    These are fitted to a model by `training.calibrate`; the default ones leave a score as it is.
    """

    constant: float = 0.0
    score: float = 1.0
    nobody: float = 0.0
    direct: float = 0.0
    length: float = 0.0

    def probability(self, signs: Signs) -> float:
        """The probability, from 0 to 1, that a claim with these signs is right."""
        odds = self.constant
        for sign in fields(signs):
            odds += getattr(self, sign.name) * getattr(signs, sign.name)
        return 1.0 / (1.0 + exp(-odds))


UNCALIBRATED = Calibration()


def signs(score: float, content: str, form: Form, *, named: bool) -> Signs:
    """The signs of a claim: its attribution's score, its content's words, its form and source."""
    score = min(max(score, 1.0 - SUREST), SUREST)
    return Signs(
        score=log(score / (1.0 - score)),
        nobody=float(not named),
        direct=float(form == "direct"),
        length=log2(1 + len(_WORD.findall(content))),
    )


def calibration(pack: Pack) -> Calibration:
    """The weights that came with a model; PackError where it has none, or others than are used."""
    if pack.calibration is None:
        raise PackError(
            f"the model pack {pack.name} has no calibration, so the probability of its claims is"
            " not known: fit one with python -m training.calibrate"
        )
    return _checked(pack.name, pack.calibration)


def _checked(name: str, weights: Mapping[str, float]) -> Calibration:
    wanted = {field.name for field in fields(Calibration)}
    if set(weights) != wanted:
        differing = ", ".join(sorted(wanted ^ set(weights)))
        raise PackError(
            f"the calibration of the model pack {name} is for other signs ({differing}):"
            " fit it anew with python -m training.calibrate"
        )
    return Calibration(**weights)
