"""The offset of a clock time: from a zone that is named, else from the place nearest to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allegedly.claims.places import timezone_of
from allegedly.claims.times.words import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records import Place

# How far before and after a clock time the story is read for a place.
_NEAR = 600
# Where in a text a zone is known: the first characters of places and their zones, in order.
Zones = tuple[tuple[int, str], ...]


def zones_of(text: str, places: Iterable[Place]) -> Zones:
    """The time zones of a text's places; where none has one, of the seats of power it names."""
    known = ((place.span.start, timezone_of(place)) for place in places)
    return tuple(sorted((start, zone) for start, zone in known if zone)) or _seats(text)


def _seats(text: str) -> Zones:
    table = calendar()["seats"]
    return tuple((m.start(), str(table[m.group()])) for m in _seat_names().finditer(text))


@cache
def _seat_names() -> re.Pattern[str]:
    names = sorted(calendar()["seats"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def with_offset(value: str, zones: Zones, start: int, end: int, zone: str) -> str:
    """Clock times (one or both ends of an interval) with their offset from UTC on that date.

    `start` and `end` are the ends of the time's words, `zone` the zone's own words with it. The
    value stays as it is where no zone is known.
    """
    name = calendar()["zone"].get(zone) or _zone_near(zones, start, end)
    info = zone_info(name) if name else None
    return "/".join(
        datetime.fromisoformat(each).replace(tzinfo=info).isoformat(timespec="minutes")
        for each in value.split("/")
    )


def _zone_near(zones: Zones, start: int, end: int) -> str | None:
    """The zone of the nearest place before a time, else of the first one after it."""
    index = bisect_left(zones, (start, ""))
    if index and zones[index - 1][0] >= start - _NEAR:
        return zones[index - 1][1]
    after = bisect_left(zones, (end, ""))
    near = after < len(zones) and zones[after][0] <= end + _NEAR
    return zones[after][1] if near else None


def zone_info(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name; None on a machine that has no data on it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
