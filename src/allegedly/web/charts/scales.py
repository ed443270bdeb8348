"""Where a value stands on an axis, and which values an axis names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from math import floor, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH: Final = 960.0
MARGIN: Final = 40.0
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# How far apart the named instants are, and how each is written.
_STEPS: Final = (
    (_HOUR, "%H:%M"),
    (3 * _HOUR, "%H:%M"),
    (6 * _HOUR, "%-d %b %H:%M"),
    (12 * _HOUR, "%-d %b %H:%M"),
    (_DAY, "%-d %b"),
    (2 * _DAY, "%-d %b"),
    (7 * _DAY, "%-d %b"),
    (30 * _DAY, "%-d %b %Y"),
    (91 * _DAY, "%b %Y"),
    (182 * _DAY, "%b %Y"),
    (365 * _DAY, "%b %Y"),
    (1826 * _DAY, "%Y"),
    (36_525 * _DAY, "%Y"),
    (365_250 * _DAY, "%Y"),
)
MOST_TICKS: Final = 8


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what it is called."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Times:
    """An axis of time from `first` to `last`."""

    first: datetime
    last: datetime
    width: float = WIDTH

    @classmethod
    def over(cls, moments: list[datetime], width: float = WIDTH) -> Times:
        """An axis that holds all of some moments, with a little room at both ends."""
        first, last = min(moments), max(moments)
        room = max((last - first) * 0.04, timedelta(minutes=30))
        return cls(_within(first, -room), _within(last, room), width)

    def at(self, moment: datetime) -> float:
        """Where a moment stands."""
        share = (moment - self.first) / (self.last - self.first)
        return round(MARGIN + share * (self.width - 2 * MARGIN), 1)

    def ticks(self) -> list[Tick]:
        """The instants that the axis names."""
        span = self.last - self.first
        fitting = (each for each in _STEPS if span / each[0] <= MOST_TICKS)
        step, form = next(fitting, _STEPS[-1])
        return [Tick(self.at(when), when.strftime(form)) for when in self._every(step)]

    def _every(self, step: timedelta) -> Iterator[datetime]:
        start = datetime(self.first.year, 1, 1, tzinfo=UTC)
        for number in count((self.first - start) // step + 1):
            try:
                when = start + number * step
            except OverflowError:
                return
            if when > self.last:
                return
            yield when


def _within(moment: datetime, by: timedelta) -> datetime:
    """A moment moved, no further than dates go."""
    try:
        return moment + by
    except OverflowError:
        return moment


@dataclass(frozen=True, slots=True)
class Amounts:
    """An axis of amounts from the bottom up, from nought to `most`."""

    most: float
    height: float

    def at(self, amount: float) -> float:
        """Where an amount stands; what is more than the axis holds, at its end."""
        share = min(max(amount, 0.0), self.most) / self.most
        return round(self.height - MARGIN - share * (self.height - 2 * MARGIN), 1)

    def ticks(self) -> list[Tick]:
        """Round amounts."""
        size = 10 ** floor(log10(self.most))
        step = next(s * size for s in (0.2, 0.5, 1, 2, 5) if self.most / (s * size) <= MOST_TICKS)
        return [Tick(self.at(n * step), f"{n * step:,g}") for n in range(int(self.most / step) + 1)]


def instant(stamped: str | None) -> datetime | None:
    """An ISO 8601 date or time as an instant, the start of a day for a date; None for neither."""
    try:
        found = datetime.fromisoformat(stamped or "")
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
