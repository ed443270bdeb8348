"""The two clocks: the ledger's, by entry, and the world's, by publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from allegedly.store.errors import RefusedError

if TYPE_CHECKING:
    from typing import Self

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMS: Final = "a number of an entry, a date or time of recording, or published:DATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Which entries and which publications are visible; None leaves a clock alone.

    `seq` is the last visible entry, `recorded` the latest visible time of recording, `published`
    the latest visible publication; the times as `stamp` writes them.
    """

    seq: int | None = None
    recorded: str | None = None
    published: str | None = None

    @classmethod
    def of(
        cls,
        moment: str | int | datetime | date | None = None,
        *,
        published: str | datetime | date | None = None,
    ) -> Self:
        """Read a moment: `1234`, `2031-03-12T10:00`, `published:2031-03-12`, or two by a comma.

        A date means the end of that day, a time without an offset is UTC. Raises RefusedError.
        """
        found: dict[str, str | int] = {}
        for part in str(moment).split(",") if isinstance(moment, str) else [moment]:
            found |= _clock(part.strip() if isinstance(part, str) else part)
        if published is not None:
            found["published"] = _required(published)
        return cls(**found)  # type: ignore[arg-type]  # the clocks by name


NOW: Final = Moment()


def _clock(part: str | int | datetime | date | None) -> dict[str, str | int]:
    if part is None:
        return {}
    if isinstance(part, int):
        return {"seq": part}
    if isinstance(part, str) and part.isascii() and part.isdigit():
        return {"seq": min(int(part), 2**63 - 1)}
    if isinstance(part, str) and part.startswith("published:"):
        return {"published": _required(part.removeprefix("published:"))}
    return {"recorded": _required(part)}


def _required(value: str | datetime | date) -> str:
    found = latest(value if isinstance(value, str) else value.isoformat())
    if found is None:
        raise RefusedError(f"{value!r} is no moment: give {_FORMS}")
    return found


def stamp(moment: datetime) -> str:
    """A moment as the ledger writes it: UTC, six decimals, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


@lru_cache(maxsize=4_096)  # many stories are of one day
def latest(value: str | None) -> str | None:
    """The latest instant that an ISO 8601 date or time can mean; None where it is neither.

    A day has ended when it counts as past: what is dated 12 March may have come out at any hour
    of it. A time without an offset is read as UTC.
    """
    if value is None:
        return None
    try:
        if _DATE.fullmatch(value):
            return stamp(datetime.combine(date.fromisoformat(value), time.max, UTC))
        moment = datetime.fromisoformat(value)
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
