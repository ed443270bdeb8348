"""When what a content tells happened, as ISO 8601 or TIMEX3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allegedly.claims.calendar_words import calendar_words
from allegedly.claims.dates import Anchor, resolve
from allegedly.records import Span, Time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import Spans, Zone

_RELATIVE = re.compile(r"\b(?:who|which|whose|where)\b", re.IGNORECASE)
_DURATION = re.compile(r"\b(?:since|until|till)\s+(?:\w+\s+)?$", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:from|to)\s$", re.IGNORECASE)
_INFINITE = re.compile(r"(?:to (?!have\b)|of |\w+ing\b)", re.IGNORECASE)
_TO_DO = re.compile(r"\W*(?:not )?to (?!have\b)", re.IGNORECASE)
_SENTENCE_START = re.compile(r"[.!?]\s+(?=[A-Z\"“])|\n")
# How far before and after a content the story is read for a place or a sentence's start.
_NEAR = 600
# How much of a content is read for its time.
_READ = 4000
# How far from *will* a date still belongs to it.
_AHEAD = 60
_DEADLINE = 20
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A date expression that could be resolved."""

    value: str
    span: Span


def time(
    text: str,
    content: Spans,
    *,
    published: str | None = None,
    cue: Spans = (),
    zone: Zone | None = None,
) -> Time | None:
    """The time of what a content tells, or None where the text does not let it be known.

    `text` is the whole document, `published` its ISO date (or date and time). A content that has
    no finite verb shares a date at the head of its sentence. A social post's own words without a
    cue are dated by the post (`zone`), where it shows its date in `zone.published`.
    """
    inside = (found for part in content for found in _times(text, part, published))
    first = next(inside, None)
    if first is not None:
        return first
    if zone is not None and zone.kind == "social_post" and not cue:
        return _post_date(text, zone)
    return _shared(text, content, cue, published=published)


def _times(text: str, part: Span, published: str | None) -> Iterator[Time]:
    """Clock times first, joined with a date of the same part, then dates alone."""
    end = _main_end(text, part)
    dates = list(_dates(text, Span(part.start, end), published))
    words = calendar_words()
    for match in words.clock.finditer(text, part.start, end):
        found = _clocked(text, match, dates, published)
        if found is not None and not _RANGE.search(text, max(0, match.start() - 8), match.start()):
            yield found
    yield from (Time(value=each.value, span=each.span) for each in dates)


def _main_end(text: str, part: Span) -> int:
    """Where the first relative clause begins: what it dates is another event."""
    end = min(part.end, part.start + _READ)
    relative = _RELATIVE.search(text, part.start, end)
    return relative.start() if relative and relative.start() > part.start else end


def _dates(text: str, part: Span, published: str | None) -> Iterator[_Dated]:
    """The resolved dates of a part, but for ends of a duration."""
    for match in calendar_words().date.finditer(text, part.start, part.end):
        if _DURATION.search(text, max(0, match.start() - 20), match.start()):
            continue
        anchor = Anchor(
            text=text,
            published=published,
            future=_looks_ahead(text, part, match),
        )
        value = resolve(match, anchor)
        if value is not None:
            yield _Dated(value=value, span=Span(match.start(), match.end()))


def _looks_ahead(text: str, part: Span, match: re.Match[str]) -> bool:
    """Whether a date is one to come: after *will*, as a deadline, or at the head of its clause."""
    words = calendar_words()
    near = max(part.start, match.start() - _AHEAD)
    planned = near == part.start and _TO_DO.match(text, near, match.start())
    if planned or words.ahead.search(text, near, match.start()):
        return True
    if words.deadline.search(text, max(part.start, match.start() - _DEADLINE), match.start()):
        return words.back.search(text, near, match.start()) is None
    if near > part.start or not words.opening.fullmatch(text, part.start, match.start()):
        return False
    after = min(part.end, match.end() + _AHEAD)
    owned = text[match.end() : match.end() + 2] in {"'s", "’s"}
    return not owned and words.ahead.search(text, match.end(), after) is not None


def _clocked(
    text: str, match: re.Match[str], dates: list[_Dated], published: str | None
) -> Time | None:
    """A clock time on its date, with the offset of the place where that can be known."""
    clock = _clock(match)
    near = sorted(dates, key=lambda each: abs(each.span.start - match.start()))
    whole = [each for each in near if _day(each.value)]
    day = _day(whole[0].value) if whole else (None if dates else _day(published or ""))
    if clock is None or day is None:
        return None
    moment = datetime.combine(day, clock)
    zone = _zone(text, match)
    value = moment.replace(tzinfo=zone).isoformat(timespec="minutes")
    ends = [(each.span.start, each.span.end) for each in whole[:1] if _touches(text, each, match)]
    start = min([match.start(), *(s for s, _ in ends)])
    return Time(value=value, span=Span(start, max([match.end(), *(e for _, e in ends)])))


def _touches(text: str, dated: _Dated, match: re.Match[str]) -> bool:
    """Whether nothing but a few joining words stands between a date and a clock time."""
    first, last = sorted(((dated.span.start, dated.span.end), match.span()))
    return text[first[1] : last[0]].strip(" ,") in {"", "on", "at", "at around", "around", "about"}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> clock_time | None:
    """The time of day; None for an hour that no clock shows."""
    named = match["named"]
    if named:
        return clock_time.fromisoformat(calendar_words().data["clocks"][named.lower()])
    hour, minute = (
        int(match["hour"] or match["hour24"]),
        int(match["minute"] or match["minute24"] or 0),
    )
    half = (match["half"] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return clock_time(hour, minute)
    except ValueError:
        return None


def _zone(text: str, match: re.Match[str]) -> ZoneInfo | None:
    """The time zone named with the clock, else that of the nearest place before it."""
    words = calendar_words()
    if match["zone"]:
        return _zone_info(words.data["zones"][match["zone"].lower()])
    places = list(words.place.finditer(text, max(0, match.start() - _NEAR), match.start()))
    after = words.place.search(text, match.end(), min(len(text), match.end() + _NEAR))
    place = places[-1] if places else after
    return _zone_info(words.data["places"][place.group()]) if place else None


def _zone_info(name: str) -> ZoneInfo | None:
    """None on a machine that has no time zone data."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return None


def _shared(text: str, content: Spans, cue: Spans, *, published: str | None) -> Time | None:
    """The one date at the head of a sentence whose content has no finite verb of its own."""
    if not content or not cue or not _INFINITE.match(text, content[0].start):
        return None
    if cue[0].start > content[0].start:
        return None
    start = max(0, content[0].start - _NEAR)
    for stop in _SENTENCE_START.finditer(text, start, content[0].start):
        start = stop.end()
    if start >= cue[0].start:
        return None
    dates = list(_dates(text, Span(start, cue[0].start), published))
    return Time(value=dates[0].value, span=dates[0].span) if len(dates) == 1 else None


def _post_date(text: str, zone: Zone) -> Time | None:
    """The date that a post shows for itself, where its words stand in the post's zone."""
    if zone.published is None:
        return None
    dates = _dates(text, zone.span, zone.published)
    shown = [each for each in dates if each.value[:10] == zone.published[:10]]
    return Time(value=shown[-1].value, span=shown[-1].span) if shown else None
