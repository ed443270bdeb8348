"""Arithmetic on TIMEX3 values of dates: weeks, quarters, halves, seasons, decades, centuries."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = 12
_QUARTER = 3
_YEAR = re.compile(r"(\d{4})(?:-(Q\d|H\d|SP|SU|FA|WI))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_FORTNIGHT = 14
_WEEK_DAYS = 7


def written(year: int, month: int, day: int | None = None) -> str | None:
    """A date in ISO 8601, to the month where there is no day; None for one that is impossible."""
    try:
        whole = date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return whole.isoformat() if day is not None else whole.isoformat()[:7]


def moved(day: date, days: int) -> date | None:
    """So many days later; None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_of(value: str | None) -> date | None:
    """The day of a value that is precise to the day, None for any other."""
    try:
        return (
            date.fromisoformat((value or "")[:10])
            if len(value or "") >= len("2000-01-01")
            else None
        )
    except ValueError:
        return None


def period_of(day: date, unit: str, shift: int = 0) -> str | None:
    """The period of the calendar that lies so many periods after the one that holds a day.

    `unit` is a TIMEX3 letter (D, W, WE, F, M, Q, Y, E for decades, C for centuries).
    """
    if unit in {"D", "W", "WE", "F"}:
        days = {"D": 1, "F": _FORTNIGHT}.get(unit, _WEEK_DAYS)
        other = moved(day, days * shift)
        return None if other is None else _day_or_week(other, unit)
    if unit == "M":
        return month_of(day.year, day.month + shift)
    if unit == "Q":
        years, quarter = divmod((day.month - 1) // _QUARTER + shift, 4)
        return year_of(day.year + years, f"-Q{quarter + 1}")
    span = {"Y": 1, "E": 10, "C": 100}.get(unit)
    if span is None:
        return None
    year = year_of(day.year + span * shift)
    return year and year[: 5 - len(str(span))]


def _day_or_week(day: date, unit: str) -> str:
    if unit == "D":
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}{'-WE' if unit == 'WE' else ''}"


def month_of(year: int, month: int) -> str | None:
    """A month counted on over the years' ends (the thirteenth is next January)."""
    years, rest = divmod(month - 1, _MONTHS)
    return written(year + years, rest + 1) if 0 < year + years <= date.max.year else None


def year_of(year: int, suffix: str = "") -> str | None:
    """A year in four digits; None beyond the calendar's ends."""
    return f"{year:04d}{suffix}" if 0 < year <= date.max.year else None


def shifted(value: str, unit: str, count: int) -> str | None:
    """A date moved by so many units, as precise as the date was or the unit is, if that is less.

    None where the date is less precise than the unit (two days after 1995).
    """
    day = day_of(value)
    if day is not None:
        return _shifted_day(day, unit, count)
    year = _YEAR.fullmatch(value)
    months = re.fullmatch(r"(\d{4})-(\d\d)", value)
    week = _WEEK.fullmatch(value)
    if months and unit in {"M", "Q", "Y", "E", "C"}:
        step = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit]
        return month_of(int(months[1]), int(months[2]) + step * count)
    if year and unit in {"Y", "E", "C"}:
        step = {"Y": 1, "E": 10, "C": 100}[unit]
        return year_of(int(year[1]) + step * count, f"-{year[2]}" if year[2] else "")
    if year and (year[2] or "")[:1] == "Q" and unit == "Q":
        years, quarter = divmod(int(year[2][1]) - 1 + count, 4)
        return year_of(int(year[1]) + years, f"-Q{quarter + 1}")
    return _shifted_week(week, unit, count) if week else None


def _shifted_day(day: date, unit: str, count: int) -> str | None:
    if unit == "Y":
        return (
            written(day.year + count, day.month, day.day) if _in_reach(day.year + count) else None
        )
    return period_of(day, unit, count)


def _in_reach(year: int) -> bool:
    return 0 < year <= date.max.year


def _shifted_week(week: re.Match[str], unit: str, count: int) -> str | None:
    monday = week_start(int(week[1]), int(week[2]))
    if monday is None or unit not in {"W", "WE", "F", "M", "Y"}:
        return None
    return period_of(monday, "WE" if week[3] and unit == "W" else unit, count)


def week_start(year: int, week: int) -> date | None:
    """The Monday of an ISO week; None for a week that does not exist."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def coarsened(value: str, unit: str) -> str | None:
    """The period of a unit that holds a date; None where the date is less precise than that."""
    day = day_of(value)
    if day is not None:
        return period_of(day, unit)
    if unit == "Y" and re.match(r"\d{4}\b", value):
        return value[:4]
    if unit == "M" and re.fullmatch(r"\d{4}-\d\d", value):
        return value
    week = _WEEK.fullmatch(value)
    if unit in {"W", "WE"} and week:
        return f"{week[1]}-W{week[2]}{'-WE' if unit == 'WE' else ''}"
    return value if unit == "Q" and re.fullmatch(r"\d{4}-Q\d", value) else None
