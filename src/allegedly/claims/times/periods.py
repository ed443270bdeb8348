"""Readers of expressions that name a period of the calendar longer than a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allegedly.claims.times.calendar_values import (
    coarsened,
    period_of,
    shifted,
    written,
    year_of,
)
from allegedly.claims.times.context import Context, Reading
from allegedly.claims.times.days import modifier, month_number, shift_of, year_given
from allegedly.claims.times.durations import duration
from allegedly.claims.times.numbers import count_of, ordinal_of, year_number

if TYPE_CHECKING:
    from allegedly.claims.times.rules import Found
    from allegedly.records import TimeModifier

_QUARTERS = 4
_CENTURY = 100
_OLD_DECADES = 20
_SATURDAY = 5


def _date(
    value: str | None, found: Found, context: Context, mod: TimeModifier | None = None
) -> Reading | None:
    if value is None:
        return None
    return Reading(type="DATE", value=value, mod=mod or modifier(found, context))


def month(found: Found, context: Context) -> Reading | None:
    """May 1998, last May, May of this year, a bare May."""
    number = month_number(found, context)
    year = year_number(found.parts.get("year", ()), context.data)
    if year is None and found.parts.get("shift"):
        year = _shifted_year(found, context, number)
    elif year is None:
        year = context.year(number, 15)
    return None if year is None else _date(written(year, number), found, context)


def _shifted_year(found: Found, context: Context, number: int) -> int | None:
    """The year of *May last year* and of *last May*, which is the one before publication."""
    if context.day is None:
        return None
    shift, year = shift_of(found, context), context.day.year
    if found.parts["shift"][0].start > found.parts["month"][0].start:
        return year + shift
    if shift < 0:
        return year - (number >= context.day.month)
    return year + (shift > 0 and number <= context.day.month)


def year(found: Found, context: Context) -> Reading | None:
    """A year in figures or words."""
    number = year_number(found.parts["year"], context.data)
    return None if number is None else _date(year_of(number), found, context)


def year_range(found: Found, context: Context) -> Reading | None:
    """1998-99, from 1998 to 2003, as an ISO 8601 interval."""
    first, last = found.text("year"), found.text("year2")
    if len(last) not in {2, 4} or not last.isdigit():
        return None
    last = first[: 4 - len(last)] + last
    return _date(f"{first}/{last}", found, context) if last > first else None


def decade(found: Found, context: Context) -> Reading | None:
    """The 1990s, the '80s, the nineties; in TIMEX3's three digits."""
    words = found.text("decade").strip("'‘’ s").replace("'", "")
    if not words:
        tens = int(context.data["decadeword"][found.text("decadeword")])
        cent = context.data["numword"].get(found.text("cent"), 19)
        return _date(f"{cent}{tens}", found, context)
    if len(words) == len("80"):
        words = ("20" if int(words) < _OLD_DECADES else "19") + words
    halves: dict[int, TimeModifier] = {1: "START", 2: "END"}
    half = halves.get(context.data["halfyear"].get(found.text("halfyear"), 0))
    return _date(words[:3], found, context, half)


def century(found: Found, context: Context) -> Reading | None:
    """The 11th century; in TIMEX3's two digits."""
    number = ordinal_of(found.parts["ordinal"], context.data)
    if number is None or not 1 < number <= _CENTURY:
        return None
    return _date(f"{number - 1:02d}", found, context)


def period(found: Found, context: Context) -> Reading | None:
    """Last week, this year, early next month, the end of the year: the calendar's own periods."""
    unit = context.data["unit"].get(found.text("unit"), "")
    if context.day is None or unit.startswith("T"):
        return None
    return _date(period_of(context.day, unit, shift_of(found, context)), found, context)


def weekend(found: Found, context: Context) -> Reading | None:
    """The weekend: the last one that has begun, or the coming one where the clause looks ahead."""
    if context.day is None:
        return None
    begun = context.day.weekday() >= _SATURDAY
    back = 0 if begun or context.ahead() else -1
    return _date(period_of(context.day, "WE", back), found, context)


def season(found: Found, context: Context) -> Reading | None:
    """Last summer, the winter of 1994, a bare spring."""
    code = context.data["season"][found.text("season")]
    number = year_number(found.parts.get("year", ()), context.data)
    if number is None:
        if context.day is None:
            return None
        number = context.day.year + _season_shift(found, context, code)
    return _date(year_of(number, f"-{code}"), found, context)


def _season_shift(found: Found, context: Context, code: str) -> int:
    """*Last fall*, in a spring, was a year ago; *this past spring*, in a fall, the same year."""
    shift, starts = shift_of(found, context), {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    month_now = context.day.month if context.day else 1
    if found.parts.get("shift") and found.parts["shift"][0].start > found.parts["season"][0].start:
        return shift
    if shift < 0 or (not found.parts.get("shift") and not context.ahead()):
        return -1 if month_now < starts + (3 if shift < 0 and code != "WI" else 0) else 0
    return int(shift > 0 and month_now >= starts)


def quarter(found: Found, context: Context) -> Reading | None:
    """The third quarter of 1990, last quarter, the quarter just spoken of."""
    number = ordinal_of(found.parts.get("quarter", ()), context.data)
    text = found.text("quarter")
    if text.startswith("q"):
        number = int(text[1])
    if number is None:
        return _known_quarter(found, context)
    if not 1 <= number <= _QUARTERS:
        return None
    told = year_given(found, context)
    if told is None and context.day is not None:
        now = (context.day.month - 1) // 3 + 1
        told = context.day.year - (number > now and not context.ahead())
    if told is None:
        return None
    ago = 1 if "year_ago" in found.parts else 0
    return _date(year_of(told - ago, f"-Q{number}"), found, context)


def _known_quarter(found: Found, context: Context) -> Reading | None:
    """A quarter without number: the one last mentioned, of the year told."""
    known = context.reference if "-Q" in (context.reference or "") else None
    told = year_given(found, context)
    if known is None:
        year = told or (context.day.year if context.day else 0)
        value = year_of(int(year), "-QX")
        return Reading(type="DATE", value=value) if value else None
    return _date(f"{told}{known[4:]}" if told else known, found, context)


def half(found: Found, context: Context) -> Reading | None:
    """The first half of 1990."""
    told = year_given(found, context)
    if told is None:
        told = context.day.year if context.day else None
    number = context.data["halfyear"][found.text("halfyear")]
    return None if told is None else _date(year_of(told, f"-H{number}"), found, context)


def year_ago(found: Found, context: Context) -> Reading | None:
    """The year-earlier period: the period last mentioned, a year before."""
    known = context.reference
    told = year_given(found, context)
    if known and told and "-Q" in known:
        return _date(f"{told}{known[4:]}", found, context)
    if told:
        return _date(year_of(told), found, context)
    if known and ("-Q" in known or "-H" in known):
        return _date(shifted(known, "Y", -1), found, context)
    return None if context.day is None else _date(year_of(context.day.year - 1), found, context)


def ago(found: Found, context: Context) -> Reading | None:
    """Three days ago, a year from now; of no certain date where the count is vague."""
    unit = (context.data["unit"] | context.data["units"])[found.text("unit")]
    count = count_of(found.parts.get("count", ()), context.data) if "count" in found.parts else 0
    sign = 1 if found.rule.given.get("to") else -1
    mod = context.data["quant"].get(found.text("quant"))
    if not count:
        return Reading(type="DATE", value="PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit == "Y" and sign < 0 and count == 1 and "-Q" in (context.reference or ""):
        return _date(shifted(context.reference or "", unit, -1), found, context, mod)
    if context.day is None or count != int(count):
        return None
    if unit.startswith("T"):
        return _clock_ago(context, unit, int(count) * sign)
    return _date(period_of(context.day, unit, int(count) * sign), found, context, mod)


def _clock_ago(context: Context, unit: str, count: int) -> Reading | None:
    """Two hours ago, where the time of publication is known."""
    if context.moment is None:
        return None
    step = {"TH": timedelta(hours=1), "TM": timedelta(minutes=1), "TS": timedelta(seconds=1)}[unit]
    try:
        return Reading(type="TIME", value=(context.moment + step * count).isoformat("T", "minutes"))
    except OverflowError:
        return None


def after_reference(found: Found, context: Context) -> Reading | None:
    """Two days later, the following year: counted from the date last mentioned."""
    table = context.data["unit"] | context.data["units"]
    unit = table[found.text("unit")]
    move = found.rule.given.get("move")
    known = context.reference
    if move:
        if known is None:
            return None
        near = coarsened(known, unit)
        moved_to = shifted(near, unit, int(move)) if near else None
        return _date(moved_to, found, context)
    count = count_of(found.parts["count"], context.data)
    side = found.text("side") or found.text("side2")
    back = side in {"earlier", "before", "previously"}
    mod = context.data["quant"].get(found.text("quant"))
    if not known or not count or count != int(count) or unit.startswith("T"):
        return duration(found, context)
    date = _date(shifted(known, unit, -int(count) if back else int(count)), found, context, mod)
    return date or duration(found, context)
