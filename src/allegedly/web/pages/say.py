"""Moments, counts and probabilities as a person reads them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allegedly.exports import wording

if TYPE_CHECKING:
    from allegedly.store import Head, Moment


def clock(stamped: str | None) -> str:
    """A time of the ledger, `6 May 2031, 12:00 UTC`; as it stands where it is none."""
    try:
        when = datetime.fromisoformat(stamped or "")
    except ValueError:
        return stamped or ""
    return f"{wording.day(when.date().isoformat())}, {when:%H:%M} UTC"


def day(published: str | None) -> str | None:
    """A day, `6 May 2031`, that no line is broken within; None where there is none."""
    said = wording.day(published)
    return said and said.replace(" ", "\N{NO-BREAK SPACE}")


def number(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}"


def percent(probability: float) -> str:
    """A probability in whole percent; never a certainty that nobody has."""
    return f"{min(99, max(1, round(100 * probability)))} %"


def moment(asked: Moment, head: Head | None) -> str:
    """What moment a page shows, in words."""
    parts = []
    if asked.published is not None:
        parts.append(f"what was published by {clock(asked.published)}")
    if asked.seq is not None or asked.recorded is not None:
        seen = f"entry {head.seq}, {clock(head.recorded_at)}" if head else "before the first entry"
        parts.append(f"the ledger after {seen}" if head else seen)
    return " and ".join(parts) or "now"
