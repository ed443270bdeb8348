"""Readers of durations, of what recurs, and of the present, the past and the future at large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.times.context import Context, Reading
from allegedly.claims.times.days import month_number, weekday_number
from allegedly.claims.times.numbers import count_of

if TYPE_CHECKING:
    from allegedly.claims.times.rules import Found

_MONTHS = 12
_MINUTES = 60


def duration(found: Found, context: Context) -> Reading | None:
    """Two days, several years, half an hour; X stands for a count that is not told."""
    unit = (context.data["unit"] | context.data["units"]).get(found.text("unit"))
    if unit is None:
        return None
    mod = context.data["quant"].get(found.text("quant"))
    given = found.rule.given.get("count")
    if given:
        return Reading(type="DURATION", value=written_duration(float(given), unit), mod=mod)
    if "count" not in found.parts:
        return Reading(type="DURATION", value=written_duration(None, unit), mod=mod)
    count = count_of(found.parts["count"], context.data)
    if count is None:
        return None
    words = {word.text for word in found.parts.get("halved", ())}
    count += 0.5 if words else 0.0
    return Reading(type="DURATION", value=written_duration(count or None, unit), mod=mod)


def some_while(_found: Found, _context: Context) -> Reading:
    """A while, some time: a duration of no told length."""
    return Reading(type="DURATION", value="PXX")


def written_duration(count: float | None, unit: str) -> str:
    """An ISO 8601 duration; decades, centuries and fortnights in years and days.

    `count` None is TIMEX3's X. Fractions go down one unit where they come out whole there.
    """
    letter, factor = {"E": ("Y", 10), "C": ("Y", 100), "F": ("W", 2), "WE": ("WE", 1)}.get(
        unit, (unit, 1)
    )
    if count is None:
        return f"P{'T' if unit.startswith('T') else ''}X{'W' if unit == 'F' else unit.lstrip('T')}"
    count *= factor
    if letter.startswith("T"):
        return f"PT{_fraction(count, letter[1], {'H': ('M', _MINUTES), 'M': ('S', _MINUTES)})}"
    return f"P{_fraction(count, letter, {'Y': ('M', _MONTHS)})}"


def _fraction(count: float, letter: str, smaller: dict[str, tuple[str, int]]) -> str:
    whole = int(count)
    below = smaller.get(letter)
    if count == whole or below is None:
        return f"{count:g}{letter}" if count != whole else f"{whole}{letter}"
    rest = f"{(count - whole) * below[1]:g}{below[0]}"
    return f"{whole}{letter}{rest}" if whole else rest


def every(found: Found, context: Context) -> Reading | None:
    """Each Thursday, twice a week, Tuesday nights: a set of times."""
    data = context.data
    part = found.text("part") or found.text("parts")
    suffix = (data["part"].get(part, "").split() or [data["parts"].get(part, "")])[0]
    day = weekday_number(found, context)
    if day is not None:
        return Reading(type="SET", value=f"XXXX-WXX-{day + 1}{suffix}")
    if "month" in found.parts:
        return Reading(type="SET", value=f"XXXX-{month_number(found, context):02d}")
    if "season" in found.parts:
        return Reading(type="SET", value=f"XXXX-{data['seasonplural'][found.text('season')]}")
    if part:
        return Reading(type="SET", value=f"XXXX-XX-XX{suffix}")
    unit = (data["unit"] | data["units"]).get(found.text("unit"))
    if unit is None:
        return None
    count = count_of(found.parts["count"], data) if "count" in found.parts else 1.0
    return Reading(type="SET", value=written_duration(count or None, unit))


def often(found: Found, context: Context) -> Reading | None:
    """Daily, annually."""
    return Reading(type="SET", value=context.data["often"][found.text("often")])


def reference(found: Found, context: Context) -> Reading | None:
    """Now, recently, soon: TIMEX3's references to present, past and future at large."""
    value = found.rule.given.get("value") or context.data["ref"][found.text("ref")]
    return Reading(type="DATE", value=value)
