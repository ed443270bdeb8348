"""The date that a social post shows for itself."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from allegedly.zones.cues import MONTH

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DATE: Final = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y1>\d{{4}})\b)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH})(?:,?\s+(?P<y2>\d{{4}})\b)?"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)\b)",
    re.IGNORECASE,
)


def post_date(shown: str, *, published: str | None) -> str | None:
    """The ISO date in the words of a post's signature; None where it shows none that exists.

    A missing year is that of the story's publication, or the one before if the post would
    otherwise be younger than the story.
    """
    match = _DATE.search(shown)
    if match is None:
        return None
    form = next(form for form in "123" if match[f"d{form}"])
    day, month, year = (match[f"{part}{form}"] for part in "dmy")
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower())
    return _iso(year, number, int(day)) if year else _latest(number, int(day), published)


def _latest(month: int, day: int, published: str | None) -> str | None:
    if published is None or not published[:4].isdigit():
        return None
    same = _iso(published[:4], month, day)
    if same is not None and same > published[:10]:
        return _iso(str(int(published[:4]) - 1), month, day)
    return same


def _iso(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None
