"""Figures of a case over time: what was counted, by whom, when, between which bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.brief import span_of
from allegedly.exports import wording
from allegedly.web.cases.standing import address
from allegedly.web.charts.ranges import Report, ranges
from allegedly.web.charts.scales import instant

if TYPE_CHECKING:
    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.records import Figure, FigureReport
    from allegedly.web.charts.ranges import Ranges

FEWEST: Final = 3  # reports that make a picture
MOST: Final = 6  # figures


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
    """A figure over its reports, in words, and as a picture where they differ; `span` in short."""

    name: str
    span: str
    chart: Ranges | None
    rows: tuple[ReportRow, ...]


def figures(told: Telling, query: str) -> tuple[FigureView, ...]:
    """The figures of a case, those of what befell people first."""
    return tuple(_view(figure, told.record, query) for figure in told.figures[:MOST])


def _view(figure: Figure, record: Record, query: str) -> FigureView:
    where = f", {figure.place}" if figure.place else ""
    return FigureView(
        name=f"{figure.name[:1].upper()}{figure.name[1:]}{where}",
        span=span_of(figure),
        chart=_chart(figure, record, query) if figure.low != figure.high else None,
        rows=tuple(_row(report, record, query) for report in figure.reports),
    )


def _chart(figure: Figure, record: Record, query: str) -> Ranges | None:
    chart = ranges(
        [
            Report(
                when=when,
                value=report.value,
                low=report.low,
                high=report.high,
                label=f"{report.words}, {report.source}, {wording.day(report.published)}",
                href=address(record, report.claim, query),
            )
            for report in figure.reports
            if (when := instant(report.published)) is not None
        ]
    )
    return chart if chart is not None and len(chart.bars) >= FEWEST else None


def _row(report: FigureReport, record: Record, query: str) -> ReportRow:
    return ReportRow(
        when=report.published,
        source=report.source,
        amount=report.words,
        words=record.claims[report.claim].words,
        href=address(record, report.claim, query),
    )
