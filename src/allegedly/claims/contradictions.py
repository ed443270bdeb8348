"""Claims that cannot both hold: said and unsaid, or counted differently."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.denials import accusing, is_about
from allegedly.claims.modality import polarity
from allegedly.claims.naming.lists import names
from allegedly.claims.overlap import gist, overlap, same_party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.overlap import Gist
    from allegedly.records import Quantity

# Set by hand: what makes two contents of one matter, and an accusation that a plain no answers.
_OPPOSED, _WRONGED = 0.6, 0.4
_LEAST_WORDS, _SUBJECT = 3, 5
# A flat no of one's own doing: he never hit anyone, it had not bombed any clinic.
_EMPHATIC = re.compile(
    r"\bnever\b|\b(?:did|had|has|have)(?: not|n[’']t) \w+ any|\bnot (?:one|a single)\b",
    re.IGNORECASE,
)
# Between two things that are told at once; commas join lists as often.
_CLAUSES = re.compile(r"[;.]\s|\b(?:and|but|while|though|although|because)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d")


def rejected(one: Gist, before: Sequence[Gist]) -> Gist | None:
    """The earlier claim that somebody it is about plainly contradicts, though no cue says so.

    *Kestria said its jets had bombed no clinic*, after *Kestria bombed a clinic*: the content is
    negative, the earlier one is not, it tells of the speaker's doing, and they share their matter.
    """
    if one.claim.polarity != "negative" or one.claim.act != "assert":
        return None
    scored = [(says_no(one, other), other.at, other) for other in before if _open(one, other)]
    fitting = [row for row in scored if row[0]]
    return max(fitting, key=lambda row: row[:2])[2] if fitting else None


def _open(one: Gist, other: Gist) -> bool:
    return (
        other.claim.act in {"accuse", "assert", "speculate", "confirm", "condemn"}
        and other.claim.polarity == "positive"
        and bool(one.claim.sources)
        and not same_party(one, other)
        and not nested(one, other)
        and (_does(one, other) or (accusing(other) >= _WRONGED and _is_accused(one, other)))
    )


def _is_accused(one: Gist, other: Gist) -> bool:
    """Whether a claim is about the speaker, and not of what another state did to the speaker's."""
    doing, own = _opening(other) & _states(), one.party & _states()
    return is_about(one, other) and (not doing or not own or bool(doing & own))


@cache
def _states() -> frozenset[str]:
    return frozenset(names().country.values())


def _opening(one: Gist) -> frozenset[str]:
    return gist(" ".join(one.words.split()[:_SUBJECT]))


def _does(one: Gist, other: Gist) -> bool:
    """Whether a claim opens with the speaker, and so tells what he does."""
    return bool((one.party | one.work) & _opening(other))


def says_no(one: Gist, other: Gist) -> float:
    """How well a plain no fits what was said, 0 where it does not."""
    shared = len((_in_the_negative(one) & other.matter) - one.party)
    wrong = accusing(other) >= _WRONGED
    flat = wrong and _EMPHATIC.search(one.words) is not None
    return shared + wrong if shared > 1 or flat else 0.0


def _in_the_negative(one: Gist) -> frozenset[str]:
    """What a claim is about where it says no: *hurt* of *the wall fell and nobody was hurt*."""
    parts = [part for part in _CLAUSES.split(one.words) if polarity(part) == "negative"]
    return one.matter & gist(" ".join(parts)) if parts else one.matter


def contradicted(one: Gist, before: Sequence[Gist]) -> Gist | None:
    """The last earlier claim of somebody else that cannot hold together with this one."""
    if len(one.matter) < _LEAST_WORDS or not one.claim.sources:
        return None
    found = [
        other
        for other in before
        if other.claim.sources
        and not same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and not nested(one, other)
        and (_unsaid(one, other) or _counted_otherwise(one, other))
    ]
    return found[-1] if found else None


def nested(one: Gist, other: Gist) -> bool:
    """Whether one claim's content lies in the other's: a layer of it, no claim beside it."""
    return any(a.overlaps(b) for a in one.claim.content for b in other.claim.content)


def _unsaid(one: Gist, other: Gist) -> bool:
    opposed = one.claim.polarity != other.claim.polarity
    if not opposed or overlap(one.matter, other.matter) < _OPPOSED:
        return False
    mine, theirs = (
        _in_the_negative(each) if each.claim.polarity == "negative" else each.matter
        for each in (one, other)
    )
    return min(len(mine), len(theirs)) >= _LEAST_WORDS and overlap(mine, theirs) >= _OPPOSED


def _counted_otherwise(one: Gist, other: Gist) -> bool:
    """Whether both count the same things and come to figures that leave no room for each other.

    Figures of different times are a count that goes on, and contradict nothing.
    """
    times = [claim.time.value for claim in (one.claim, other.claim) if claim.time]
    if len(set(times)) > 1 or one.claim.polarity != other.claim.polarity:
        return False
    left, right = _countless(one), _countless(other)
    if len(left & right) < _LEAST_WORDS - 1 or overlap(left, right) < _OPPOSED:
        return False
    pairs = [
        (mine, theirs)
        for mine in one.claim.quantities
        for theirs in other.claim.quantities
        if mine.unit == theirs.unit
    ]
    return bool(pairs) and all(_apart(mine, theirs) for mine, theirs in pairs)


def _countless(one: Gist) -> frozenset[str]:
    return frozenset(stem for stem in one.matter if not _NUMBER.search(stem))


def _apart(mine: Quantity, theirs: Quantity) -> bool:
    """Whether the ranges of two figures do not meet; an open end reaches on for ever."""
    return _above(mine, theirs) or _above(theirs, mine)


def _above(upper: Quantity, lower: Quantity) -> bool:
    return upper.low is not None and lower.high is not None and upper.low > lower.high
