"""All expressions of time of a text, recognised and normalised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from allegedly.claims.places import find_places
from allegedly.claims.times import clocks, days, durations, periods
from allegedly.claims.times.bounds import Bounds, bounds_of, part_bounds
from allegedly.claims.times.calendar_values import day_of, moved
from allegedly.claims.times.context import Context, Reader, Reading, TimexType
from allegedly.claims.times.direction import looks_ahead, sentence_of
from allegedly.claims.times.rules import Found, grammar
from allegedly.claims.times.words import calendar
from allegedly.claims.times.zones import Zones, with_offset, zones_of
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from allegedly.claims.times.words import Row
    from allegedly.records import Place, TimeModifier

_READERS: dict[str, Reader] = {
    "iso": days.iso,
    "slashed": days.slashed,
    "date": days.full_date,
    "date_range": days.date_range,
    "day_of_month": days.day_of_month,
    "weekday": days.weekday,
    "dayname": days.dayname,
    "overnight": days.overnight,
    "same": days.same,
    "next_part": days.next_part,
    "month": periods.month,
    "year": periods.year,
    "year_range": periods.year_range,
    "decade": periods.decade,
    "century": periods.century,
    "period": periods.period,
    "weekend": periods.weekend,
    "season": periods.season,
    "quarter": periods.quarter,
    "half": periods.half,
    "year_ago": periods.year_ago,
    "ago": periods.ago,
    "after_reference": periods.after_reference,
    "duration": durations.duration,
    "every": durations.every,
    "often": durations.often,
    "reference": durations.reference,
    "clock": clocks.clock,
    "clock_range": clocks.clock_range,
    "holiday": clocks.holiday,
    "while": durations.some_while,
    "nothing": lambda _found, _context: None,
    "beside": lambda _found, _context: None,
    "part_of": lambda _found, _context: None,
}
# What may stand between a clock time or part of a day and its date, and the other way round.
_TO_DATE = frozenset({"", ",", "on", "of", "on the", "of the"})
_TO_CLOCK = frozenset({"", ",", "at", "at around", "at about", "around", "about", ", at", "from"})
_CLOCKS = frozenset({"clock", "clock_range"})
_HEADS = _CLOCKS | {"same", "beside", "part_of", "overnight"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """An expression of time: its words, TIMEX3 type, value and modifier.

    Values are ISO 8601 or TIMEX3; clock times have an offset where the place is known. `bounds`
    are the first and last day, or minute, that a date or time covers, None where not known.
    """

    span: Span
    type: TimexType
    value: str
    mod: TimeModifier | None = None
    bounds: Bounds = (None, None)


def timexes(
    text: str,
    *,
    anchor: str | None = None,
    places: Iterable[Place] | None = None,
    language: str = "en",
) -> Iterator[Timex]:
    """Every expression of time of a text that has a value, in the order of the text.

    `anchor` is the ISO date (or date and time) of publication, which *yesterday* and bare weekdays
    are counted from; without it only what the text itself dates has a value. `places` are the
    text's places, whose time zones clock times take; left out, they are those of `find_places`.
    Impossible times (25:00, 31 February) have no value and are left out. Rules after Strötgen and
    Gertz (2013); types and values after TimeML's TIMEX3.
    """
    rules = grammar(language)
    row = rules.classes.row(text)
    chosen = _chosen(sorted(rules.find(row), key=lambda f: (f.first, -f.last)))
    zones = cache(lambda: zones_of(text, find_places(text) if places is None else places))
    yield from _Document(text=text, row=row, anchor=anchor, zones=zones, language=language).read(
        chosen
    )


def _chosen(found: Sequence[Found]) -> list[Found]:
    """Those that do not overlap, the first and longest holding."""
    kept: list[Found] = []
    for each in found:
        if not kept or each.first >= kept[-1].last:
            kept.append(each)
    return kept


@dataclass(slots=True, kw_only=True)
class _Document:
    """One pass over a document's expressions, which remembers the date last mentioned."""

    text: str
    row: Row
    anchor: str | None
    zones: Callable[[], Zones]
    language: str
    reference: str | None = None
    mentioned: int = 0

    def read(self, found: Sequence[Found]) -> Iterator[Timex]:
        skip = False
        for each, after in zip_longest(found, found[1:]):
            if skip:
                skip = False
                continue
            joined = self._joined(each, after) if after else None
            skip = joined is not None
            timex = joined or self._alone(each)
            if timex is not None:
                yield timex

    def _alone(self, found: Found) -> Timex | None:
        known = self.reference
        if found.rule.reader in _CLOCKS and not self._near(found):
            known = None
        reading = self._reading(found, known)
        return self._timex(reading, found, found, clock=found) if reading else None

    def _near(self, found: Found) -> bool:
        """Whether the date last mentioned stands in the same sentence."""
        start, _ = self._ends(found, found)
        return sentence_of(self.text, start)[0] <= self.mentioned

    def _joined(self, found: Found, after: Found) -> Timex | None:
        """A clock time or part of a day with the date beside it, or None."""
        gap = " ".join(word.text for word in self.row.words[found.last : after.first])
        head = found.rule.reader in _HEADS
        if head and gap in _TO_DATE and after.rule.reader not in _HEADS:
            date, clock = after, found
        elif not head and gap in _TO_CLOCK and after.rule.reader in _CLOCKS:
            date, clock = found, after
        else:
            return None
        day = self._reading(date, self.reference)
        if day is None or day_of(day.value) is None or "/" in day.value or "T" in day.value[:11]:
            return None
        reading = self._on_day(clock, day)
        return self._timex(reading, found, after, clock=clock) if reading else None

    def _on_day(self, found: Found, day: Reading) -> Reading | None:
        if found.rule.reader != "beside":
            reader = "same" if found.rule.reader == "part_of" else found.rule.reader
            return self._reading(found, day.value, reader, joined=True)
        near = day_of(day.value)
        other = moved(near, int(found.rule.given["move"])) if near else None
        return replace(day, value=other.isoformat()) if other else None

    def _reading(
        self, found: Found, known: str | None, reader: str = "", *, joined: bool = False
    ) -> Reading | None:
        start, end = self._ends(found, found)
        context = Context(
            text=self.text,
            start=start,
            end=end,
            published=self.anchor,
            reference=known,
            ahead=lambda: looks_ahead(self.text, start, end),
            data=calendar(self.language),
            joined=joined,
        )
        return _READERS[reader or found.rule.reader](found, context)

    def _ends(self, first: Found, last: Found) -> tuple[int, int]:
        return self.row.words[first.first].start, self.row.words[last.last - 1].end

    def _timex(self, reading: Reading, first: Found, last: Found, *, clock: Found) -> Timex:
        if _mentions(reading, first):
            self.reference = reading.value
            self.mentioned = self._ends(first, last)[0]
        start, end = self._ends(first, last)
        value = reading.value
        if clock.rule.reader in _CLOCKS:
            value = with_offset(value, self.zones(), start, end, clock.text("zoned"))
        return Timex(
            span=Span(start, end),
            type=reading.type,
            value=value,
            mod=reading.mod,
            bounds=_bounds(reading, value),
        )


def _bounds(reading: Reading, value: str) -> Bounds:
    if reading.type not in {"DATE", "TIME"}:
        return None, None
    if reading.hours is None:
        return bounds_of(value, reading.mod)
    first = day_of(value)
    if first is not None and reading.evening_before:
        first = moved(first, -1)
    return part_bounds(first.isoformat(), reading.hours) if first else (None, None)


def _mentions(reading: Reading, found: Found) -> bool:
    """Whether later expressions count from this one: not from a comparison (*a year earlier*)."""
    side = found.text("side") or found.text("side2")
    compared = found.rule.reader in {"year_ago", "ago"} or side in {"earlier", "before"}
    return reading.type in {"DATE", "TIME"} and reading.value[:1].isdigit() and not compared
