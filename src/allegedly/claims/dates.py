"""Date expressions resolved to ISO 8601 or TIMEX3 against publication and the text's own years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from allegedly.claims.calendar_words import calendar_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_YEAR = re.compile(r"(?<![\d.,$£€])(1[89]\d{2}|20\d{2})(?![\d%]|,\d)")
# A year so far before in the same paragraph still dates a month that has none.
_NEAR = 250
_MONTHS = 12
_HALF_YEAR = 183


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What relative expressions are resolved against; `future` says the clause looks ahead."""

    text: str
    published: str | None
    future: bool = False

    @property
    def day(self) -> date | None:
        """The day of publication, or None where it is unknown or no date."""
        try:
            return date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None


def resolve(match: re.Match[str], anchor: Anchor, *, language: str = "en") -> str | None:
    """The value of a match of the calendar's date pattern; None where it cannot be known.

    Impossible dates (31 February) have no value.
    """
    data = calendar_words(language).data
    for group, read in _READERS.items():
        if match[group]:
            return read(match, anchor, data)
    return None


def _iso(match: re.Match[str], _anchor: Anchor, _data: dict[str, Any]) -> str | None:
    year, month, *day = match["iso"].split("-")
    return _written(int(year), int(month), int(day[0]) if day else None)


def _written(year: int, month: int, day: int | None) -> str | None:
    """A date in ISO 8601, to the month where there is no day; None for one that is impossible."""
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def _month_day(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    which = "1" if match["m1"] else "2"
    month = data["months"][match[f"m{which}"].lower()]
    day = int(re.sub(r"\D", "", match[f"d{which}"]))
    year = match[f"y{which}"]
    found = int(year) if year else _year(match, anchor, month, day)
    return _written(found, month, day) if found else None


def _month(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    if match["m3"]:
        return _written(int(match["y3"]), data["months"][match["m3"].lower()], None)
    month = data["months"][match["m5"].lower()]
    year = _year(match, anchor, month, 15)
    return _written(year, month, None) if year else None


def _shifted_month(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    """*Last April*, *this June*, *next March*: the one before, of, or after publication."""
    if anchor.day is None:
        return None
    month, shift = data["months"][match["m4"].lower()], data["shifts"][match["shift2"].lower()]
    year = anchor.day.year
    if shift < 0 and month >= anchor.day.month:
        year -= 1
    if shift > 0 and month <= anchor.day.month:
        year += 1
    return _written(year, month, None)


def _year(match: re.Match[str], anchor: Anchor, month: int, day: int) -> int | None:
    """The year of a month without one: one near before it, then publication, then the nearest."""
    start = max(anchor.text.rfind("\n", 0, match.start()), match.start() - _NEAR, 0)
    before = _YEAR.findall(anchor.text, start, match.start())
    if before:
        return int(before[-1])
    if anchor.day is not None:
        return _closest_year(anchor.day, month, day, future=anchor.future)
    return _nearest_year(anchor.text, match.start())


def _closest_year(published: date, month: int, day: int, *, future: bool) -> int:
    """The year that puts a date next to publication; news is of the past unless it looks ahead."""
    ahead = (month - published.month) * 30 + day - published.day
    if ahead > _HALF_YEAR or (ahead > _HALF_YEAR // 3 and not future):
        return published.year - 1
    return published.year + 1 if ahead < -_HALF_YEAR and future else published.year


def _nearest_year(text: str, at: int) -> int | None:
    """The year written nearest to a place, within reach on either side."""
    window = range(max(0, at - 20 * _NEAR), min(len(text), at + 20 * _NEAR))
    years = [
        (abs(found.start() - at), int(found.group()))
        for found in _YEAR.finditer(text, window.start, window.stop)
    ]
    return min(years)[1] if years else None


def _named_day(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    if anchor.day is None:
        return None
    name = match["days"].lower()
    day = _moved(anchor.day, data["days"][name])
    return f"{day}{data['parts'].get(name, '')}" if day else None


def _weekday(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    """The last such day up to publication; the next one where the clause looks ahead."""
    if anchor.day is None:
        return None
    back = (anchor.day.weekday() - data["weekdays"][match["weekday"].lower()]) % 7
    shift = data["shifts"].get((match["shift1"] or "").lower())
    ahead = shift == 1 or (shift is None and anchor.future and back > 0)
    if shift == -1 and back == 0:
        back = 7
    day = _moved(anchor.day, (7 - back) if ahead else -back)
    part = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
    return f"{day}{part.get((match['part'] or '').lower(), '')}" if day else None


def _period(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    """*Last week*, *this year*, *next summer*: the calendar's own periods."""
    if anchor.day is None:
        return None
    shift = data["shifts"][match["shift3"].lower()]
    if match["shift3"].lower() == "past":
        return None
    return _moved_period(anchor.day, match["unit3"].lower(), shift, data)


def _ago(match: re.Match[str], anchor: Anchor, data: dict[str, Any]) -> str | None:
    """*Three days ago*; *earlier* and *later* count from what the text does not tell here."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else data["numbers"][word]
    if anchor.day is None or match["dir"].lower() != "ago":
        return None
    return _moved_period(anchor.day, match["unit4"].lower(), -count, data)


def _moved_period(day: date, unit: str, shift: int, data: dict[str, Any]) -> str | None:
    """A period that lies so many units from a day, as precise as the unit."""
    if unit == "day":
        moved = _moved(day, shift)
        return moved.isoformat() if moved else None
    if unit in {"week", "weekend"}:
        return _week(_moved(day, 7 * shift), weekend=unit == "weekend")
    if unit == "month":
        years, month = divmod(day.month - 1 + shift, _MONTHS)
        return _written(day.year + years, month + 1, None) if day.year + years > 0 else None
    year = day.year + (shift * 10 if unit == "decade" else shift)
    if unit in {"hour", "minute"} or not 0 < year <= date.max.year:
        return None
    if unit == "decade":
        return f"{year:04d}"[:3]
    season = data["seasons"].get(unit)
    return f"{year:04d}-{season}" if season else f"{year:04d}"


def _week(day: date | None, *, weekend: bool) -> str | None:
    if day is None:
        return None
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}{'-WE' if weekend else ''}"


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _bare_year(match: re.Match[str], _anchor: Anchor, _data: dict[str, Any]) -> str | None:
    """A year, or a decade in TIMEX3's three digits."""
    return match["y6"][:3] if match["s6"] else match["y6"]


_READERS: dict[str, Callable[[re.Match[str], Anchor, dict[str, Any]], str | None]] = {
    "iso": _iso,
    "m1": _month_day,
    "m2": _month_day,
    "m3": _month,
    "m4": _shifted_month,
    "m5": _month,
    "days": _named_day,
    "weekday": _weekday,
    "unit3": _period,
    "unit4": _ago,
    "y6": _bare_year,
}
