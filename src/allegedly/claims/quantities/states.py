"""What is said to have befallen those counted, and what a bare number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args

from allegedly.claims.quantities.amounts import number_grammar
from allegedly.claims.quantities.units import singular
from allegedly.records import QuantityState

if TYPE_CHECKING:
    from allegedly.records import Span

# A state belongs to a number so far before it, within the clause.
_REACH = 80
_BEFORE = 24
_CLAUSE = re.compile(
    r"[.;:,!?()\"”\n]|\b(?:and|but|while|when|after|as|than|which|that|including|plus)\b|\d"
)
# A participle speaks of those counted after an auxiliary or at its clause's end, not before an
# object (two drones killed five).
_AUXILIARY = (
    r"(?:are|were|was|is|be|been|being|got|left|reported|confirmed|feared|presumed|found)\b"
)
_CLOSED = (
    r"(?=\W*$|[^\S\n]*[.,;:!?)\"”]"
    r"|\s+(?:in|by|on|at|and|or|when|after|since|during|as|from|there)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    after: dict[QuantityState, re.Pattern[str]]
    at_once: dict[QuantityState, re.Pattern[str]]
    before: dict[QuantityState, re.Pattern[str]]
    nouns: dict[str, QuantityState]


@cache
def _signs(language: str = "en") -> _Signs:
    states = number_grammar(language).data["states"]
    after, at_once, before = {}, {}, {}
    for state in get_args(QuantityState):
        told, leading = _any(states[state]["after"]), _any(states[state]["before"])
        after[state] = re.compile(
            rf"(?:\b{_AUXILIARY}(?:\W+\w+)?\W+(?:{told})\b|\b(?:{told})\b{_CLOSED})", re.IGNORECASE
        )
        at_once[state] = re.compile(rf"\s+(?:more\s+|others?\s+)?(?:{told})\b", re.IGNORECASE)
        before[state] = re.compile(rf"\b(?:{leading or '(?!)'})\s$", re.IGNORECASE)
    nouns = {noun: s for s in get_args(QuantityState) for noun in states[s]["nouns"]}
    return _Signs(after=after, at_once=at_once, before=before, nouns=nouns)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def state_of(text: str, span: Span, last: int, unit: str) -> QuantityState | None:
    """The state of what is counted in a span of a content that ends at `last`."""
    start, end = span.start, span.end
    signs = _signs()
    if unit in signs.nouns:
        return signs.nouns[unit]
    near = max(0, start - _BEFORE)
    for state, pattern in signs.before.items():
        if pattern.search(text, near, start):
            return state
    stop = _CLAUSE.search(text, end, min(last, end + _REACH))
    reach = min(last, (stop.start() if stop else end + _REACH) + 1)
    told = ((pattern.search(text, end, reach), state) for state, pattern in signs.after.items())
    found = [(match.start(), state) for match, state in told if match]
    return min(found)[1] if found else None


def bare_unit(text: str, span: Span, last: int, known: str | None) -> tuple[str, int] | None:
    """What a number without a noun counts, and where its words end.

    People where a state or a living thing's verb follows (*500 dead*); what was counted before
    (`known`), before a predicate (*34 were tested*); the total that the clause speaks of (*the
    number of cases fell to 60*). None for any other bare number.
    """
    start, end = span.start, span.end
    for pattern in _signs().at_once.values():
        if told := pattern.match(text, end, last):
            return (known or "person"), told.end()
    follows = _follows()
    if follows.living.match(text, end, last):
        return (known or "person"), end
    if known and follows.predicate.match(text, end, last):
        return known, end
    total = _total(text, max(0, start - 2 * _REACH), start)
    return (total, end) if total else None


def _total(text: str, first: int, start: int) -> str | None:
    """What the number of which is told right before a place."""
    grammar = number_grammar()
    follows = _follows()
    if not follows.reach.search(text, max(first, start - _BEFORE), start):
        return None
    if told := follows.toll.search(text, first, start):
        return str(grammar.data["tolls"][told[1].lower()])
    counted = follows.total.search(text, first, start)
    return singular(counted[1], grammar) if counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Follows:
    """What stands around a number whose noun is elsewhere."""

    predicate: re.Pattern[str]
    living: re.Pattern[str]
    reach: re.Pattern[str]
    toll: re.Pattern[str]
    total: re.Pattern[str]


@cache
def _follows(language: str = "en") -> _Follows:
    data = number_grammar(language).data
    totals, tolls = _any(data["totals"]), _any(list(data["tolls"]))
    return _Follows(
        predicate=re.compile(rf"\s+(?:{_any(data['predicates'])})\b", re.IGNORECASE),
        living=re.compile(rf"\s+(?:{_any(data['living'])})\b", re.IGNORECASE),
        reach=re.compile(rf"\b(?:{_any(data['reach'])})\s$", re.IGNORECASE),
        toll=re.compile(rf"\b({tolls})\b(?=[^.;\n]*$)", re.IGNORECASE),
        total=re.compile(
            rf"\b(?:{totals}) of (?:[\w\-]+ ){{0,4}}?([\w\-]+s|people|men|women|children)\b"
            r"(?=[^.;\n]*$)",
            re.IGNORECASE,
        ),
    )
