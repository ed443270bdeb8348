"""The stretch of the calendar that a value covers, and the value in EDTF."""

from __future__ import annotations

import re

from allegedly.claims.times.calendar_values import day_of, moved, week_start, written

Bounds = tuple[str | None, str | None]

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_DECADE = re.compile(r"\d{3}")
_CENTURY = re.compile(r"\d\d")
# First and last month of a part of the year; a winter begins in its year and ends in the next, as
# TIMEX3 has no other. Seasons are those of the northern hemisphere, by whole months.
_PARTS = {
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "SP": (3, 5),
    "SU": (6, 8),
    "FA": (9, 11),
    "WI": (12, 14),
}
# ISO 8601-2 (EDTF), level 2: the numbers of seasons, quarters and halves in a month's place.
_EDTF = {
    "SP": 21,
    "SU": 22,
    "FA": 23,
    "WI": 24,
    "Q1": 33,
    "Q2": 34,
    "Q3": 35,
    "Q4": 36,
    "H1": 40,
    "H2": 41,
}
_APPROXIMATE = {"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"}


def bounds_of(value: str, mod: str | None = None) -> Bounds:
    """First and last day (or minute, for a time of day) that a value covers, both included.

    None for an end that is open (BEFORE, ON_OR_AFTER and the like) or not known.
    """
    first, last = _covered(value)
    if mod in {"ON_OR_AFTER", "AFTER"}:
        return first, None
    if mod in {"ON_OR_BEFORE", "BEFORE"}:
        return None, last
    return first, last


def _covered(value: str) -> Bounds:
    if "/" in value:
        first, last = value.split("/", 1)
        return _covered(first)[0], _covered(last)[1]
    if ":" in value:
        return value, value
    return (value[:10], value[:10]) if day_of(value) else _period(value)


def _period(value: str) -> Bounds:
    if week := _WEEK.fullmatch(value):
        return _week(int(week[1]), int(week[2]), 5 if week[3] else 0)
    if month := _MONTH.fullmatch(value):
        return _months(int(month[1]), int(month[2]), int(month[2]))
    if part := _PART.fullmatch(value):
        return _months(int(part[1]), *_PARTS[part[2]])
    for pattern, low, high in ((_YEAR, "", ""), (_DECADE, "0", "9"), (_CENTURY, "00", "99")):
        if pattern.fullmatch(value):
            return _year_start(value + low), f"{value}{high}-12-31"
    return None, None


def _year_start(year: str) -> str:
    """1 January; the calendar has no year 0."""
    return f"{max(1, int(year)):04d}-01-01"


def _week(year: int, week: int, skip: int) -> Bounds:
    monday = week_start(year, week)
    ends = [moved(monday, days) if monday else None for days in (skip, 6)]
    first, last = (end.isoformat() if end else None for end in ends)
    return first, last


def _months(year: int, first: int, last: int) -> Bounds:
    start = written(year, first, 1)
    years, month = divmod(last, 12)
    after = written(year + years, month + 1, 1)
    end = day_of(after)
    before = moved(end, -1) if end else None
    return start, before.isoformat() if before else None


def part_bounds(day: str, hours: str) -> Bounds:
    """The minutes that a part of a day covers; `day` is an ISO date.

    `hours` are two numbers, the second of the next day where it is less.
    """
    start, end = hours.split()
    first = day_of(day)
    last = moved(first, int(int(end) < int(start))) if first else None
    if first is None or last is None:
        return None, None
    return f"{first.isoformat()}T{start}:00", f"{last.isoformat()}T{end}:00"


def edtf_of(value: str, mod: str | None, bounds: Bounds) -> str | None:
    """A date in EDTF (ISO 8601-2, levels 0 to 2); None where EDTF has no way to say it.

    `mod` APPROX is `~`, an open end `..`; *early*, *mid* and *late* cannot be told.
    """
    whole = _whole(value, bounds)
    if whole is None:
        return None
    if mod in _APPROXIMATE and "/" not in whole and "T" not in whole:
        return f"{whole}~"
    if mod in {"ON_OR_AFTER", "AFTER"} and "/" not in whole and "T" not in whole:
        return f"{whole}/.."
    if mod in {"ON_OR_BEFORE", "BEFORE"} and "/" not in whole and "T" not in whole:
        return f"../{whole}"
    return whole


def _whole(value: str, bounds: Bounds) -> str | None:
    if ":" in value:
        return None if "/" in value else _seconds(value)
    if "T" in value:
        return _days(bounds)
    if part := _PART.fullmatch(value):
        return f"{part[1]}-{_EDTF[part[2]]}"
    if _DECADE.fullmatch(value):
        return f"{value}X"
    if _CENTURY.fullmatch(value):
        return f"{value}XX"
    return _days(bounds) if _WEEK.fullmatch(value) else value


def _seconds(value: str) -> str:
    """A clock time with seconds, which EDTF asks for."""
    return f"{value[:16]}:00{value[16:]}"


def _days(bounds: Bounds) -> str | None:
    first, last = bounds
    if first is None or last is None:
        return None
    return first[:10] if first[:10] == last[:10] else f"{first[:10]}/{last[:10]}"
