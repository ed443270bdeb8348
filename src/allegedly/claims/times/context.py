"""What expressions of time are read against, and what a reading of one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from allegedly.claims.times.rules import Found

if TYPE_CHECKING:
    from allegedly.records import TimeModifier

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

_YEAR = re.compile(r"(?<![\d.,$£€–-])(1[89]\d{2}|20[0-4]\d)(?![\d%]|[.,:]\d)")
# A year so far before in the same paragraph still dates a month that has none.
_NEAR = 250
# A month or day so close to publication is news, whatever year stands before it.
_RECENT = 62
_HALF_YEAR = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Type, TIMEX3 value and TIMEX3 modifier of an expression.

    `hours` are those of a named part of a day, as two hours, the second of the next day where it
    is less; `evening_before` where they began on the day before the value's.
    """

    type: TimexType
    value: str
    mod: TimeModifier | None = None
    hours: str | None = None
    evening_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where an expression stands.

    `published` is the ISO date (or date and time) of the document, `reference` the value of the
    date last mentioned before (`joined`: of the date that stands with it), `ahead` tells whether
    the clause looks ahead, `start` is the expression's first character in `text`, `data` the words
    of time of the language.
    """

    text: str
    start: int
    end: int
    published: str | None
    reference: str | None
    ahead: Callable[[], bool]
    data: dict[str, dict[str, Any]]
    joined: bool = False

    @property
    def day(self) -> date | None:
        """The day of publication, or None where it is unknown or no date."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None

    @property
    def moment(self) -> datetime | None:
        """The moment of publication, where its time of day is known."""
        if "T" not in (self.published or ""):
            return None
        try:
            return datetime.fromisoformat(self.published or "")
        except ValueError:
            return None

    def year(self, month: int, day: int) -> int | None:
        """The year of a month that has none, and its day.

        Publication's where that puts it close to publication; else one written near before it;
        else publication's; else the nearest in the text.
        """
        close = None
        if self.day is not None:
            close = closest_year(self.day, month, day, ahead=self.ahead())
            if _days_apart(self.day, close, month, day) <= _RECENT:
                return close
        start = max(self.text.rfind("\n", 0, self.start), self.start - _NEAR, 0)
        before = _YEAR.findall(self.text, start, self.start)
        if before:
            return int(before[-1])
        return close or _nearest_year(self.text, self.start)


def _days_apart(published: date, year: int, month: int, day: int) -> int:
    return abs((year - published.year) * 365 + (month - published.month) * 30 + day - published.day)


Reader = Callable[[Found, Context], Reading | None]


def closest_year(published: date, month: int, day: int, *, ahead: bool) -> int:
    """The year that puts a date next to publication; news is of the past unless it looks ahead."""
    days = (month - published.month) * 30 + day - published.day
    if days > _HALF_YEAR or (days > _HALF_YEAR // 3 and not ahead):
        return published.year - 1
    return published.year + 1 if days < -_HALF_YEAR and ahead else published.year


def _nearest_year(text: str, at: int) -> int | None:
    """The year written nearest to a place, within reach on either side."""
    start, end = max(0, at - 20 * _NEAR), min(len(text), at + 20 * _NEAR)
    years = [
        (abs(found.start() - at), int(found.group())) for found in _YEAR.finditer(text, start, end)
    ]
    return min(years)[1] if years else None
