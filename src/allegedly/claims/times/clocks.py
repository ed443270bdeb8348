"""Readers of clock times and holidays."""

from __future__ import annotations

import re
from datetime import date, datetime
from datetime import time as clock_time
from typing import TYPE_CHECKING

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
from dateutil.easter import easter as easter_sunday

from allegedly.claims.times.calendar_values import day_of, moved
from allegedly.claims.times.context import Context, Reading

if TYPE_CHECKING:
    from allegedly.claims.times.rules import Found

_NOON = 12
_LAST_HOUR = 24


def clock(found: Found, context: Context) -> Reading | None:
    """A time of day on the date last mentioned near it, else on that of publication, without zone.

    None for an hour that no clock shows.
    """
    value = _on_day(found.text("clock"), found, context)
    mod = context.data["quant"].get(found.text("quant"))
    return Reading(type="TIME", value=value, mod=mod) if value else None


def clock_range(found: Found, context: Context) -> Reading | None:
    """Between 2:27 and 2:33 p.m., as an ISO 8601 interval; None where it runs backwards."""
    first = _on_day(found.text("clock"), found, context)
    last = _on_day(found.text("clock2"), found, context)
    if first is None or last is None or last <= first:
        return None
    return Reading(type="TIME", value=f"{first}/{last}")


def _on_day(clock: str, found: Found, context: Context) -> str | None:
    moment = clock_of(clock, found.text("half"), context)
    near = day_of(context.reference) or context.day
    if moment is None or near is None:
        return None
    return datetime.combine(near, moment).isoformat(timespec="minutes")


def clock_of(text: str, half: str, context: Context) -> clock_time | None:
    """The time of day that words tell; None for one that no clock shows (25:00, 13 p.m.)."""
    if text in context.data["clockname"]:
        return clock_time.fromisoformat(context.data["clockname"][text])
    half = half.replace(".", "")
    figures = re.split(r"[:.]", str(context.data["numword"].get(text, text)))
    if len(figures) == 1 and len(figures[0]) == len("0930"):
        figures = [figures[0][:2], figures[0][2:]]
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return clock_time(0 if (hour, minute) == (_LAST_HOUR, 0) else hour, minute)
    except ValueError:
        return None


def holiday(found: Found, context: Context) -> Reading | None:
    """Victory Day, last Christmas, Easter 2016; the nearest one where no year is told."""
    rule: str = context.data["holiday"][found.text("holiday")]
    if found.text("year"):
        return _dated(holiday_date(rule, int(found.text("year"))))
    near = context.day
    if near is None:
        return None
    shift = context.data["shift"].get(found.text("shift"))
    if "shift2" in found.parts:
        return _dated(holiday_date(rule, near.year + context.data["shift"][found.text("shift2")]))
    days = [holiday_date(rule, near.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day is not None]
    return _dated(_chosen(known, near, shift, ahead=context.ahead()))


def _chosen(days: list[date], near: date, shift: int | None, *, ahead: bool) -> date | None:
    """The last before, the next after, or the nearest, which is ahead where the clause is."""
    if shift == -1:
        return max((day for day in days if day < near), default=None)
    if shift == 1 or ahead:
        return min((day for day in days if day >= near), default=None)
    return min(days, key=lambda day: abs((day - near).days), default=None)


def _dated(day: date | None) -> Reading | None:
    return None if day is None else Reading(type="DATE", value=day.isoformat())


def holiday_date(rule: str, year: int) -> date | None:
    """The day of a holiday by its rule (see calendar.toml) in a year; None where there is none."""
    head, *rest = rule.split()
    try:
        if head in {"easter", "orthodox"}:
            return moved(easter(year, orthodox=head == "orthodox"), int(rest[0]))
        if rest:
            return _nth_weekday(year, int(head), int(rest[0]), int(rest[1]))
        return date.fromisoformat(f"{year:04d}-{head}")
    except ValueError:
        return None


def _nth_weekday(year: int, month: int, week: int, weekday: int) -> date | None:
    """The nth such weekday of a month, or the last where n is -1."""
    if week < 0:
        first = date(year + month // 12, month % 12 + 1, 1)
        return moved(first, -((first.weekday() - weekday - 1) % 7 + 1))
    first = date(year, month, 1)
    return moved(first, (weekday - first.weekday()) % 7 + 7 * (week - 1))


def easter(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday in the Gregorian calendar; raises ValueError outside 1583 to 4099."""
    return easter_sunday(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
