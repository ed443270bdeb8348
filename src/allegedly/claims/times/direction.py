"""Whether a date is one to come: the direction in which a bare weekday or month is resolved."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from allegedly.claims.times.words import calendar

_SENTENCE_START = re.compile(r"[.!?][\"”’')]*\s+(?=[A-Z\"“‘])|\n")
_TO_DO = re.compile(r"\W*(?:not )?to (?!have\b)", re.IGNORECASE)
# How far from *will* a date still belongs to it.
_AHEAD = 60
_DEADLINE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    """What shows direction, as patterns made from a language's lists."""

    ahead: re.Pattern[str]
    deadline: re.Pattern[str]
    back: re.Pattern[str]
    past: re.Pattern[str]
    opening: re.Pattern[str]


@cache
def _signs(language: str = "en") -> _Signs:
    lists = {kind: "|".join(words) for kind, words in calendar(language)["ahead"].items()}
    ahead = rf"(?<!\w)(?:(?:{lists['words']})\b|(?:{lists['modals']})\b(?! (?:have|not)\b))"
    return _Signs(
        ahead=re.compile(ahead, re.IGNORECASE),
        deadline=re.compile(rf"\b(?:{lists['deadlines']})\s$", re.IGNORECASE),
        back=re.compile(rf"\b(?:{lists['back']})\b", re.IGNORECASE),
        past=re.compile(rf"\b(?:{lists['past']})\b", re.IGNORECASE),
        opening=re.compile(rf"(?:\W|\b(?:{lists['opening']})\b)*", re.IGNORECASE),
    )


@lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _SENTENCE_START.finditer(text)))


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """First and last character (excluded) of the sentence that holds a place."""
    starts = _starts(text)
    index = bisect_right(starts, at)
    return starts[index - 1], starts[index] if index < len(starts) else len(text)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the date from `start` to `end` is one to come.

    It is after *will* with no past verb between, as a deadline (*by Friday*) of a clause that does
    not look back, after a leading *to*, and at the head of a clause that goes on with *will*.
    """
    signs = _signs()
    first, last = sentence_of(text, start)
    near = max(first, start - _AHEAD)
    shown = list(signs.ahead.finditer(text, near, start))
    if shown:
        return signs.past.search(text, shown[-1].end(), start) is None
    if near == first and _TO_DO.match(text, near, start):
        return True
    if signs.deadline.search(text, max(first, start - _DEADLINE), start):
        return signs.back.search(text, near, start) is None
    return _opens(text, first, start, end, last)


def _opens(text: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether a date stands at the head of a clause that looks ahead."""
    signs = _signs()
    comma = max(text.rfind(",", first, start), text.rfind(" that ", first, start))
    head = max(first, comma + 1) if start - comma < _AHEAD else first
    if start - head > _AHEAD or not signs.opening.fullmatch(text, head, start):
        return False
    owned = text[end : end + 2] in {"'s", "’s"}
    after = signs.ahead.search(text, end, min(last, end + _AHEAD))
    return not owned and after is not None
