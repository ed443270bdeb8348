"""What came when, by both clocks: the world's above the line, the ledger's below it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.web.charts.scales import WIDTH, Times

if TYPE_CHECKING:
    from datetime import datetime

    from allegedly.web.charts.scales import Tick

SIZE: Final = 11.0  # of a column of dots, its gap included
TALLEST: Final = 12  # dots in a column; what is more is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with its time by either clock; `family` is the style of its dot."""

    published: datetime | None
    recorded: datetime | None
    label: str
    href: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One event where it is drawn."""

    x: float
    y: float
    label: str
    href: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """How many dots a column lacks."""

    x: float
    y: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The picture: dots of both clocks around the axis at `axis`."""

    width: float
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    published: tuple[Dot, ...]
    recorded: tuple[Dot, ...]
    more: tuple[More, ...]


def timeline(events: list[Event]) -> Timeline | None:
    """The picture of some events, None where none has a time."""
    moments = [t for each in events for t in (each.published, each.recorded) if t is not None]
    if not moments:
        return None
    times = Times.over(moments)
    above = _columns([(e.published, e) for e in events if e.published], times)
    below = _columns([(e.recorded, e) for e in events if e.recorded], times)
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
    )


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
                    family=event.family,
                )
            )
        if len(events) > TALLEST:
            more.append(More(x=x, y=y + TALLEST * step, count=len(events) - TALLEST))
    return tuple(dots), tuple(more)
