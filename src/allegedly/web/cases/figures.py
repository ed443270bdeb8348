"""Figures of a case over time: what was counted, by whom, when, between which bounds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.records import Quantity, Span
from allegedly.web.charts.ranges import Report, ranges

if TYPE_CHECKING:
    from allegedly.web.cases.gathering import Said
    from allegedly.web.charts.ranges import Ranges

FEWEST: Final = 3  # reports that make a picture
MOST: Final = 6  # pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One telling of a figure in words."""

    when: str | None
    source: str
    amount: str
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure over its reports, as a picture and in words."""

    name: str
    chart: Ranges
    rows: tuple[ReportRow, ...]


def figures(said: tuple[Said, ...], query: str) -> tuple[FigureView, ...]:
    """The figures that were told most often, those of what befell people first."""
    found: dict[tuple[str, str], list[tuple[Said, dict[str, Any]]]] = defaultdict(list)
    for each in said:
        for quantity in each.body["quantities"]:
            found[quantity["unit"], quantity.get("state") or ""].append((each, quantity))
    told = [(key, tuple(reports)) for key, reports in found.items() if len(reports) >= FEWEST]
    told.sort(key=lambda item: (not item[0][1], -len(item[1]), item[0]))
    views = (_view(key, reports, query) for key, reports in told)
    return tuple(view for view in views if view is not None)[:MOST]


def _view(
    key: tuple[str, str], reports: tuple[tuple[Said, dict[str, Any]], ...], query: str
) -> FigureView | None:
    unit, state = key
    dated = [(said, quantity, said.when) for said, quantity in reports]
    chart = ranges(
        [
            Report(
                when=when,
                value=quantity["value"],
                low=quantity["low"],
                high=quantity["high"],
                label=f"{_amount(quantity)}, {said.claim.source or wording.NOBODY}, "
                f"{wording.day(said.claim.published)}",
                href=f"/claims/{said.claim.id}{query}",
            )
            for said, quantity, when in dated
            if when is not None
        ]
    )
    if chart is None or len(chart.bars) < FEWEST:
        return None
    return FigureView(
        name=f"{unit} ({state})" if state else unit or "uncounted",
        chart=chart,
        rows=tuple(_row(said, quantity, query) for said, quantity in reports),
    )


def _row(said: Said, quantity: dict[str, Any], query: str) -> ReportRow:
    return ReportRow(
        when=said.claim.published,
        source=said.claim.source or wording.NOBODY,
        amount=_amount(quantity),
        words=said.claim.content,
        href=f"/claims/{said.claim.id}{query}",
    )


def _amount(quantity: dict[str, Any]) -> str:
    return wording.amount(Quantity(**{**quantity, "span": Span(*quantity["span"])}))
