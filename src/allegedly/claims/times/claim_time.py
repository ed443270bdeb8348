"""When what a content tells happened, as ISO 8601 or TIMEX3."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from allegedly.claims.times.bounds import bounds_of, edtf_of
from allegedly.claims.times.calendar_values import day_of
from allegedly.claims.times.direction import sentence_of
from allegedly.claims.times.timexes import Timex, timexes
from allegedly.claims.times.words import calendar
from allegedly.records import Span, Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.records import Place, Spans, Zone

_RELATIVE = re.compile(r"\b(?:who|which|whose|where)\b", re.IGNORECASE)
_INFINITE = re.compile(r"(?:to (?!have\b)|of |\w+ing\b)", re.IGNORECASE)
# How much of a content is read for its time.
_READ = 4000
_WORDS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What the times of a document are read against.

    `published` is its ISO date (or date and time), `places` its places, whose time zones clock
    times take; left out, they are those of `find_places`.
    """

    published: str | None = None
    places: tuple[Place, ...] | None = None


def time(
    text: str,
    content: Spans,
    *,
    anchor: Anchor | None = None,
    cue: Spans = (),
    zone: Zone | None = None,
) -> Time | None:
    """The time of what a content tells, or None where the text does not let it be known.

    `text` is the whole document. A content that has no finite verb shares a date at the head
    of its sentence. A social post is dated by itself (`zone`), where it shows its date in
    `zone.published`, and so are its own words that have no cue.
    """
    anchor = anchor or Anchor()
    own = zone.published if zone else None
    points = _points(text, own or anchor.published, anchor.places)
    inside = (found for part in content for found in _within(text, part, points))
    first = next(inside, None)
    if first is not None:
        return _time(first)
    if zone is not None and zone.kind == "social_post" and not cue:
        return _post_date(zone, points)
    return _shared(text, content, cue, points)


def _time(timex: Timex) -> Time:
    earliest, latest = timex.bounds
    edtf = edtf_of(timex.value, timex.mod, timex.bounds)
    return Time(
        value=timex.value,
        span=timex.span,
        modifier=timex.mod,
        earliest=earliest,
        latest=latest,
        edtf=None if edtf == timex.value else edtf,
    )


@lru_cache(maxsize=4)
def _points(
    text: str, published: str | None, places: tuple[Place, ...] | None
) -> tuple[Timex, ...]:
    """The dates and times of a document that have a place in the calendar, ranges made one."""
    found = timexes(text, anchor=published, places=places)
    known = [t for t in found if t.type in {"DATE", "TIME"} and _known(t.value)]
    return tuple(_bounded(text, t) for t in _ranges(text, known))


def _ranges(text: str, points: Sequence[Timex]) -> Iterator[Timex]:
    """Two dates that *from* and *to* or *between* and *and* make one interval, as that."""
    skip = False
    for each, after in zip_longest(points, points[1:]):
        if skip:
            skip = False
            continue
        joined = _range(text, each, after) if after else None
        skip = joined is not None
        yield joined or each


def _range(text: str, first: Timex, last: Timex) -> Timex | None:
    before = text[max(0, first.span.start - _WORDS) : first.span.start].split()
    between = text[first.span.end : last.span.start].strip().lower()
    ends = calendar()["ranges"].get(before[-1].lower() if before else "", ())
    if between not in ends or first.type != last.type or "/" in first.value + last.value:
        return None
    value = first.value
    if value > last.value and value[:4] not in first.span.cut(text):
        value = last.value[:4] + value[4:]  # the year stands with the second date alone
    if value >= last.value:
        return None
    return replace(
        first,
        span=Span(first.span.start, last.span.end),
        value=f"{value}/{last.value}",
        bounds=(bounds_of(value)[0], last.bounds[1]),
    )


def _bounded(text: str, timex: Timex) -> Timex:
    """A date with the open end that *since*, *until*, *before* or *after* give it."""
    before = text[max(0, timex.span.start - _WORDS) : timex.span.start].lower().split()
    words = " ".join(before[-2:]), " ".join(before[-1:])
    table = calendar()["open"]
    mod = next((table[each] for each in words if each in table), None)
    if mod is None or "/" in timex.value:
        return timex
    first, last = timex.bounds
    open_end = (first, None) if mod in {"ON_OR_AFTER", "AFTER"} else (None, last)
    return replace(timex, mod=mod, bounds=open_end)


def _known(value: str) -> bool:
    return value[:1].isdigit() and "X" not in value


def _in(points: Sequence[Timex], start: int, end: int) -> Iterator[Timex]:
    return (t for t in points if t.span.start >= start and t.span.end <= end)


def _within(text: str, part: Span, points: Sequence[Timex]) -> Iterator[Timex]:
    """Of a part's main clause: clock times, then dates, then ends of a longer time (*since*)."""
    found = list(_in(points, part.start, _main_end(text, part)))
    yield from sorted(found, key=_rank)


def _rank(timex: Timex) -> int:
    if timex.mod in {"ON_OR_AFTER", "ON_OR_BEFORE"}:
        return 2
    return 0 if ":" in timex.value else 1


def _main_end(text: str, part: Span) -> int:
    """Where the first relative clause begins: what it dates is another event."""
    end = min(part.end, part.start + _READ)
    relative = _RELATIVE.search(text, part.start, end)
    return relative.start() if relative and relative.start() > part.start else end


def _shared(text: str, content: Spans, cue: Spans, points: Sequence[Timex]) -> Time | None:
    """The one date at the head of a sentence whose content has no finite verb of its own.

    The subject of such a content may stand before the cue (*he was said to be ill*).
    """
    after = next((part for part in content if cue and part.start > cue[0].start), None)
    if after is None or not _INFINITE.match(text, after.start):
        return None
    start, _ = sentence_of(text, cue[0].start)
    dates = list(_in(points, start, cue[0].start))
    return _time(dates[0]) if len(dates) == 1 else None


def _post_date(zone: Zone, points: Sequence[Timex]) -> Time | None:
    """The date that a post shows for itself, where its words stand in the post's zone."""
    if zone.published is None:
        return None
    dates = _in(points, zone.span.start, zone.span.end)
    shown = [t for t in dates if day_of(t.value) == day_of(zone.published)]
    return _time(shown[-1]) if shown else None
