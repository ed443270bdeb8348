"""Readers of expressions that name a day or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.times.calendar_values import day_of, moved, written
from allegedly.claims.times.context import Context, Reading
from allegedly.claims.times.numbers import ordinal_of, year_number

if TYPE_CHECKING:
    from datetime import date

    from allegedly.claims.times.rules import Found
    from allegedly.records import TimeModifier

_WEEK = 7
_MONTHS = 12
_CENTURY = 100
# Two-digit years up to this one are of our century, as ISO C and POSIX have it.
_PIVOT = 68


def modifier(found: Found, context: Context) -> TimeModifier | None:
    """The TIMEX3 modifier of *early*, *late*, *the end of* and the like."""
    words = (word.text for word in found.parts.get("mod", ()))
    table = context.data["mod"] | context.data["edge"] | context.data["quant"]
    return next((table[word] for word in words if word in table), None)


def part_of_day(found: Found, context: Context) -> str:
    """The TIMEX3 suffix of a part of the day, "" where none is named."""
    name = found.rule.given.get("part") or found.text("part")
    return str(context.data["part"].get(name, "")).partition(" ")[0]


def hours_of(found: Found, context: Context) -> str | None:
    """The hours of the part of the day that is named, as two numbers."""
    name = found.rule.given.get("part") or found.text("part")
    return str(context.data["part"].get(name, "")).partition(" ")[2] or None


def _day(value: date | str | None, found: Found, context: Context) -> Reading | None:
    if value is None:
        return None
    part = part_of_day(found, context)
    text = value if isinstance(value, str) else value.isoformat()
    return Reading(
        type="TIME" if part else "DATE",
        value=f"{text}{part}",
        mod=modifier(found, context),
        hours=hours_of(found, context),
    )


def iso(found: Found, context: Context) -> Reading | None:
    """2023-05-03 or 2023-05."""
    year, month, *day = (found.text("iso") or found.text("isomonth")).split("-")
    return _day(written(int(year), int(month), int(day[0]) if day else None), found, context)


def slashed(found: Found, context: Context) -> Reading | None:
    """10/27/89; one that can be read both ways (3/4/2020) is not read."""
    first, second, year = map(int, found.text("slashed").split("/"))
    if year < _CENTURY:
        year += 2000 if year <= _PIVOT else 1900
    if first != second and first <= _MONTHS and second <= _MONTHS:
        return None
    month, day = (first, second) if first <= _MONTHS else (second, first)
    return _day(written(year, month, day), found, context)


def month_number(found: Found, context: Context) -> int:
    """The month named in a match."""
    name = found.parts["month"][0].text
    return int((context.data["month"] | context.data["abbr"])[name])


def year_given(found: Found, context: Context) -> int | None:
    """The year that a match tells, in figures or as *last year*."""
    year = year_number(found.parts.get("year", ()), context.data)
    if year is not None or "shift" not in found.parts:
        return year
    return None if context.day is None else context.day.year + shift_of(found, context)


def shift_of(found: Found, context: Context, name: str = "shift") -> int:
    """How many periods on: -1 for *last*, 0 for *this*, 1 for *next*."""
    table = context.data["shift"] | context.data["backshift"]
    return int(table.get(found.text(name), 0))


def full_date(found: Found, context: Context) -> Reading | None:
    """May 3, 1998, with the year found where it is missing; impossible dates have no value.

    Where a weekday stands by a date without year, the nearest year in which both agree is taken;
    where year and weekday contradict each other, the date holds.
    """
    day = ordinal_of(found.parts["day"], context.data)
    month = month_number(found, context)
    year = year_given(found, context)
    if year is None and day is not None:
        year = _year_of_weekday(found, context, month, day) or context.year(month, day)
    if year is None or day is None:
        return None
    return _day(written(year, month, day), found, context)


def _year_of_weekday(found: Found, context: Context, month: int, day: int) -> int | None:
    wanted = weekday_number(found, context)
    if wanted is None or context.day is None:
        return None
    for year in sorted(range(-1, 2), key=abs):
        value = day_of(written(context.day.year + year, month, day))
        if value is not None and value.weekday() == wanted:
            return value.year
    return None


def date_range(found: Found, context: Context) -> Reading | None:
    """May 3-5, as an ISO 8601 interval; one that runs backwards or is impossible has no value."""
    month = month_number(found, context)
    days = [ordinal_of(found.parts[name], context.data) for name in ("day", "day2")]
    first, last = (day or 0 for day in days)
    year = year_given(found, context) or context.year(month, first or 1)
    if year is None or last <= first:
        return None
    ends = written(year, month, first), written(year, month, last)
    return Reading(type="DATE", value="/".join(map(str, ends))) if all(ends) else None


def day_of_month(found: Found, context: Context) -> Reading | None:
    """On the 14th: of the month last mentioned, else the last such day before publication."""
    day = ordinal_of(found.parts["day"], context.data)
    near = day_of(context.reference) or context.day
    if day is None or near is None:
        return None
    month, year = near.month, near.year
    if day > near.day and not context.ahead():
        month, year = (month - 1, year) if month > 1 else (_MONTHS, year - 1)
    return _day(written(year, month, day), found, context)


def weekday_number(found: Found, context: Context) -> int | None:
    """The weekday named in a match, Monday 0; None where none is."""
    words = found.parts.get("weekday", ())
    table = context.data["weekday"] | context.data["weekdayabbr"] | context.data["weekdays"]
    return int(table[words[0].text]) if words else None


def weekday(found: Found, context: Context) -> Reading | None:
    """The last such day up to publication; the next one where the clause looks ahead.

    *The following Friday* and *the Friday before* count from the date last mentioned.
    """
    wanted = weekday_number(found, context)
    to = found.rule.given.get("to") or {"after": "1", "before": "-1"}.get(found.text("side"))
    if wanted is None:
        return None
    if to:
        return _day(_weekday_from(day_of(context.reference), wanted, int(to)), found, context)
    if context.day is None:
        return None
    shift = found.text("shift")
    if not shift:
        ahead = context.ahead() and context.day.weekday() != wanted
        return _day(_weekday_near(context.day, wanted, 1 if ahead else 0), found, context)
    step = shift_of(found, context)
    if step == 0 and shift == "this":
        return _day(_weekday_this(context, wanted), found, context)
    from_day = context.day
    if shift == "previous" and day_of(context.reference):
        from_day = day_of(context.reference) or from_day
    return _day(_weekday_from(from_day, wanted, step or -1), found, context)


def _weekday_near(day: date, wanted: int, ahead: int) -> date | None:
    back = (day.weekday() - wanted) % _WEEK
    return moved(day, _WEEK - back if ahead else -back)


def _weekday_from(day: date | None, wanted: int, step: int) -> date | None:
    """The first such day strictly before or after a day."""
    if day is None:
        return None
    away = (wanted - day.weekday()) * step % _WEEK or _WEEK
    return moved(day, away * step)


def _weekday_this(context: Context, wanted: int) -> date | None:
    """*This Friday*: ahead, unless the clause has looked back."""
    day = context.day
    if day is None:
        return None
    if context.ahead() or wanted > day.weekday():
        return moved(day, (wanted - day.weekday()) % _WEEK)
    return _weekday_near(day, wanted, 0)


def dayname(found: Found, context: Context) -> Reading | None:
    """Yesterday, tonight, last night, this morning."""
    if context.day is None:
        return None
    move = found.rule.given.get("move")
    days = int(move) if move else int(context.data["dayname"][found.text("dayname")])
    return _day(moved(context.day, days), found, context)


def overnight(_found: Found, context: Context) -> Reading | None:
    """The night that ended on the morning of publication, or of the date that stands with it."""
    day = day_of(context.reference) if context.joined else context.day
    if day is None:
        return None
    night = f"{day.isoformat()}TNI"
    return Reading(type="TIME", value=night, hours="20 06", evening_before=True)


def same(found: Found, context: Context) -> Reading | None:
    """That day, the same night, in the morning: of the date last mentioned, else of publication."""
    unit = context.data["unit"].get(found.text("unit"), "D")
    near = day_of(context.reference) or context.day
    if near is None or unit != "D":
        return None
    if found.text("unit") == "night":
        return Reading(type="TIME", value=f"{near.isoformat()}TNI", hours="20 06")
    return _day(near, found, context)


def next_part(found: Found, context: Context) -> Reading | None:
    """The next morning, the night before: beside the date last mentioned."""
    near = day_of(context.reference)
    if near is None:
        return None
    back = {"before", "previous", "preceding", "prior"} & set(found.text("move").split())
    return _day(moved(near, -1 if back else 1), found, context)
