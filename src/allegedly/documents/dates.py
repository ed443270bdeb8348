"""Dates as news writes them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_MONTHS: Final = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_NUMBER: Final = {name: place for place, names in enumerate(_MONTHS, 1) for name in names}
_MONTH: Final = "(?P<{0}>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\.?"
WEEKDAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?"
FULL_DATE: Final = re.compile(
    rf"\b(?:{WEEKDAY}\s+)?(?:"
    rf"{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('m2')},?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))\b",
    re.IGNORECASE,
)
_LONGEST_VALUE: Final = 80
_EPOCHS: Final = (10, 13)  # digits of seconds and of milliseconds


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a `FULL_DATE` match; None where the calendar has no such day."""
    groups = match.groupdict()
    year, month, day = next(
        (groups[f"y{form}"], groups[f"m{form}"], groups[f"d{form}"])
        for form in (1, 2, 3)
        if groups[f"y{form}"]
    )
    try:
        return date(int(year), _NUMBER.get(month.lower()) or int(month), int(day)).isoformat()
    except ValueError:
        return None


def iso_value(value: str) -> str | None:
    """A date, or date and time, given as a whole value: ISO 8601, RFC 5322 or English words.

    None where the value holds no date with a year, or one that does not exist.
    """
    value = value.strip()[:_LONGEST_VALUE]
    moment = _moment(value)
    if moment:
        return moment
    match = FULL_DATE.search(value)
    return iso_date(match) if match else None


def iso_moment(value: str) -> str | None:
    """As `iso_value`, but seconds and milliseconds since 1970 are read too."""
    value = value.strip()
    if value.isdigit() and len(value) in _EPOCHS:
        return datetime.fromtimestamp(int(value[:10]), tz=UTC).isoformat()
    return iso_value(value)


def _moment(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(value).isoformat()
        except (ValueError, IndexError, OverflowError):
            continue
    return None
