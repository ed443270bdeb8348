"""Figures of a case: quantities of one thing, by source and time, with their range."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from allegedly.linking.lexicon import lexicon, stem, tokens
from allegedly.records import Figure, FigureReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.records import Claim, Quantity, Reading, Statement

_LEAST = 2  # reports of a figure that is worth following


def figures(
    told: Iterable[tuple[Reading, Sequence[Statement]]],
    about: frozenset[str] | None = None,
    *,
    least: int = _LEAST,
) -> list[Figure]:
    """Figures that at least so many claims or statements give, those with the most reports first.

    `about` are the ids of claims and statements to look at, None for all. Two quantities are of one
    figure where the same befell the same kind of thing (*500 dead*, *200 people killed*), or, of
    what nothing befell, where they count the same in the same words.
    """
    found: defaultdict[tuple[str, ...], list[tuple[Quantity, FigureReport, str | None]]]
    found = defaultdict(list)
    for reading, statements in told:
        said_here: list[Claim | Statement] = [*reading.claims, *statements]
        for said in said_here:
            if about is None or said.id in about:
                for quantity in said.quantities:
                    report = _report(reading, said, quantity)
                    place = said.places[0].name if len(said.places) == 1 else None
                    found[_counted(quantity)].append((quantity, report, place))
    made = [_figure(reports) for reports in found.values() if len(reports) >= least]
    return sorted(made, key=lambda figure: (-len(figure.reports), figure.unit, figure.counted))


def _counted(quantity: Quantity) -> tuple[str, ...]:
    """What makes two quantities of one figure."""
    if quantity.state is not None:
        return (quantity.unit, quantity.state)
    lists = lexicon()
    words = [t.text.lower() for t in tokens(quantity.counted or quantity.unit)]
    return (quantity.unit, *sorted({stem(w, lists.endings) for w in words if w not in lists.stop}))


def _report(reading: Reading, said: Claim | Statement, quantity: Quantity) -> FigureReport:
    document = reading.document
    sources = getattr(said, "sources", ())
    name = sources[-1].name if sources else None
    return FigureReport(
        claim=said.id,
        document=document.id,
        source=name or document.publisher or document.uri or document.id,
        published=document.published,
        words=document.text[quantity.span.start : quantity.span.end],
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
    )


def _figure(found: Sequence[tuple[Quantity, FigureReport, str | None]]) -> Figure:
    ordered = sorted(found, key=lambda each: (each[1].published or "", each[1].claim))
    places = {place for *_, place in ordered}
    reports = tuple(report for _, report, _ in ordered)
    lows = [r.value if r.low is None else r.low for r in reports]
    highs = [r.value if r.high is None else r.high for r in reports]
    first = ordered[0][0]
    return Figure(
        unit=first.unit,
        state=first.state,
        counted=first.counted or first.unit,
        place=places.pop() if len(places) == 1 else None,
        reports=reports,
        low=min(_known(lows), default=None),
        high=max(_known(highs), default=None),
    )


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)
