"""Why two claims are said to be one, or are not: what each slot adds to the log odds of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.claims.compare import FEATURES, features
from allegedly.linking.claims.weights import shipped
from allegedly.records import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile
    from allegedly.records import Slot

# The slot that each feature is about; those of one slot are added up.
_SLOTS: Final[dict[str, Slot]] = {
    "frame": "words",
    "terms": "words",
    "contained": "words",
    "same_speaker": "source",
    "other_speaker": "source",
    "both_own_voice": "source",
    "one_own_voice": "source",
    "one_denies": "negation",
    "one_rejects": "negation",
    "both_reject_same_speaker": "negation",
    "both_reject_other_speaker": "negation",
    "one_negative": "negation",
    "same_act": "action",
    "other_force": "action",
    "same_agent": "agent",
    "other_agent": "agent",
    "other_parties": "target",
    "other_figure": "quantity",
    "other_place": "place",
    "other_time": "time",
    "same_document": "words",
    "nested": "words",
    "days_apart": "time",
    "setting": "words",
    "short": "words",
    "frame_of_short": "words",
}
_TELLS: Final = 0.1  # log odds below which a slot tells nothing worth reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How likely two claims are one by themselves, and why, what weighs most first.

    The words of either side hold what it is about; the bias of the weights counts with them.
    """

    probability: float
    reasons: tuple[Reason, ...]


def likeness(profiles: Sequence[Profile], own: Table, at: int) -> list[Likeness]:
    """One claim compared with each, itself among them, in their order."""
    weights = shipped()
    others = np.arange(len(own))
    compared = features(own, np.full(len(own), at), others)
    likely = weights.probability(weights.log_odds(compared))
    added = compared * weights.same
    return [
        Likeness(
            probability=round(float(likely[i]), 4),
            reasons=_reasons(profiles[at], other, added[i].tolist(), weights.bias),
        )
        for i, other in enumerate(profiles)
    ]


def _reasons(
    one: Profile, other: Profile, added: Sequence[float], bias: float
) -> tuple[Reason, ...]:
    weighs: defaultdict[Slot, float] = defaultdict(float, {"words": bias})
    for name, weight in zip(FEATURES, added, strict=True):
        weighs[_SLOTS[name]] += weight
    found = [
        Reason(slot=slot, left=_HOLDS[slot](one), right=_HOLDS[slot](other), weighs=round(w, 2))
        for slot, w in weighs.items()
        if abs(w) >= _TELLS
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weighs)))


def _denies(own: Profile) -> str:
    if own.act == "deny" or own.rejecting:
        return "rejects"
    return "says that it is not so" if own.negative else "says that it is so"


# What a claim holds in each slot, in words.
_HOLDS: Final[dict[Slot, Callable[[Profile], str]]] = {
    "words": lambda own: ", ".join(sorted(own.terms)),
    "source": lambda own: own.source or "",
    "negation": _denies,
    "action": lambda own: own.act,
    "agent": lambda own: own.agent or "",
    "target": lambda own: ", ".join(own.named),
    "quantity": lambda own: ", ".join(f"{value:g} {name}" for name, value in sorted(own.numbers)),
    "place": lambda own: ", ".join(sorted(own.places)),
    "time": lambda own: " to ".join(dict.fromkeys(own.time or ())),
}
