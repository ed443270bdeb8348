"""Figures over time: each report a range, as exact as it was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.web.charts.scales import WIDTH, Amounts, Times

if TYPE_CHECKING:
    from datetime import datetime

    from allegedly.web.charts.scales import Tick

HEIGHT: Final = 260.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One telling of a figure; the bounds are None where they were left open."""

    when: datetime
    value: float | None
    low: float | None
    high: float | None
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A report where it is drawn; open ends have no cap."""

    x: float
    top: float
    bottom: float
    dot: float | None
    open_above: bool
    open_below: bool
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """The picture of one figure."""

    width: float
    height: float
    times: tuple[Tick, ...]
    amounts: tuple[Tick, ...]
    bars: tuple[Bar, ...]


def ranges(reports: list[Report]) -> Ranges | None:
    """The picture of some reports, None where none has an amount."""
    told = [each for each in reports if _amounts(each)]
    if not told:
        return None
    times = Times.over([each.when for each in told])
    scale = Amounts(max(1.0, 1.1 * max(max(_amounts(each)) for each in told)), HEIGHT)
    return Ranges(
        width=WIDTH,
        height=HEIGHT,
        times=tuple(times.ticks()),
        amounts=tuple(scale.ticks()),
        bars=tuple(_bar(each, times, scale) for each in told),
    )


def _amounts(report: Report) -> list[float]:
    return [amount for amount in (report.value, report.low, report.high) if amount is not None]


def _bar(report: Report, times: Times, scale: Amounts) -> Bar:
    known = _amounts(report)
    exact = report.value is not None and report.low is None and report.high is None
    open_above = not exact and report.high is None
    open_below = not exact and report.low is None
    return Bar(
        x=times.at(report.when),
        top=scale.at(scale.most if open_above else max(known)),
        bottom=scale.at(0.0 if open_below else min(known)),
        dot=None if report.value is None else scale.at(report.value),
        open_above=open_above,
        open_below=open_below,
        label=report.label,
        href=report.href,
    )
