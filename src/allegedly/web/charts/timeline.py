"""What came when, by both clocks: the world's above the line, the ledger's below it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allegedly.web.charts.scales import WIDTH, Times
from allegedly.web.pages import say

if TYPE_CHECKING:
    from datetime import datetime

    from allegedly.web.charts.scales import Tick

SIZE: Final = 11.0  # of a column of dots, its gap included
FARTHEST: Final = 6  # times the published span that an axis of both clocks may have
TALLEST: Final = 12  # dots in a column; what is more is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A story with its time by either clock; `denies` where somebody denies something in it."""

    published: datetime | None
    recorded: datetime | None
    label: str
    href: str
    denies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One event where it is drawn."""

    x: float
    y: float
    label: str
    href: str
    denies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """How many dots a column lacks."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The picture: dots of both clocks around the axis at `axis`.

    `plain` and `denials` count the published stories without and with a denial, drawn or not.
    """

    width: float
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    published: tuple[Dot, ...]
    recorded: tuple[Dot, ...]
    more: tuple[More, ...]
    plain: int
    denials: int
    note: str


def timeline(events: list[Event]) -> Timeline | None:
    """The picture of some events, None where none has a time."""
    published = [(e.published, e) for e in events if e.published]
    recorded = [(e.recorded, e) for e in events if e.recorded]
    both = [when for when, _ in (*published, *recorded)]
    if not both:
        return None
    near = _near([when for when, _ in published], both)
    times = Times.over(both if near else [when for when, _ in published])
    above = _columns(published, times)
    below = _columns(recorded, times) if near else {}
    top, bottom = _tallest(above), _tallest(below)
    axis = 20 + top * SIZE
    one, more = _drawn(above, axis - 8, -SIZE)
    two, rest = _drawn(below, axis + 30, SIZE)
    return Timeline(
        width=WIDTH,
        height=axis + 38 + bottom * SIZE,
        axis=axis,
        ticks=tuple(times.ticks()),
        published=one,
        recorded=two,
        more=more + rest,
        plain=sum(not event.denies for _, event in published),
        denials=sum(event.denies for _, event in published),
        note=_note([when for when, _ in recorded], drawn=near),
    )


def _near(published: list[datetime], both: list[datetime]) -> bool:
    """Whether the two clocks can be read on one axis."""
    if not published:
        return True
    room = max(max(published) - min(published), timedelta(days=1))
    return max(both) - min(both) <= FARTHEST * room


def _note(recorded: list[datetime], *, drawn: bool) -> str:
    if drawn:
        return (
            "Above the line when each was published, below it when it was recorded here; "
            "all times are UTC."
        )
    first, last = (say.clock(when.isoformat()) for when in (min(recorded), max(recorded)))
    when = f"on {first}" if first == last else f"between {first} and {last}"
    return f"When each was published. All were recorded here {when}."


def _columns(events: list[tuple[datetime, Event]], times: Times) -> dict[int, list[Event]]:
    columns: dict[int, list[Event]] = defaultdict(list)
    for when, event in sorted(events, key=lambda pair: pair[0]):
        columns[int(times.at(when) // SIZE)].append(event)
    return columns


def _tallest(columns: dict[int, list[Event]]) -> int:
    return min(TALLEST + 1, max(map(len, columns.values()), default=0))


def _drawn(
    columns: dict[int, list[Event]], y: float, step: float
) -> tuple[tuple[Dot, ...], tuple[More, ...]]:
    dots, more = [], []
    for column, events in columns.items():
        x = column * SIZE + SIZE / 2
        for place, event in enumerate(events[:TALLEST]):
            dots.append(
                Dot(
                    x=x,
                    y=round(y + place * step, 1),
                    label=event.label,
                    href=event.href,
                    denies=event.denies,
                )
            )
        if len(events) > TALLEST:
            more.append(More(x=x, y=y + TALLEST * step, count=len(events) - TALLEST))
    return tuple(dots), tuple(more)
