"""Figures of a case: quantities of one thing, by source and time, with their range."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.linking.lexicon import lexicon, parties_in, stem, terms, tokens
from allegedly.linking.record import name_of
from allegedly.linking.standing import ABOUT
from allegedly.records import Figure, FigureReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.linking.record import Record
    from allegedly.records import Place, Quantity, Span, Time, ToldClaim

FEW: Final = 10  # a number below which it is as like to say who is meant (*the two generals*)
LEAST: Final = 2  # reports of a figure that is worth following
FAR: Final = (
    2.5  # times that one number is another, from which they may be of two events; not swept
)
BESIDE: Final = 25  # km that two places may lie apart beyond their own precision, and be one
# What is told as so, and not as what may come or should.
_FIRM: Final = frozenset({"certain", "probable"})
_TELLING: Final = frozenset({"assert", "accuse", "announce", "confirm", "deny"})
SHARED: Final = 2  # stems, or the number, that two claims share beside what is counted
_DEGREE: Final = 111.2  # km of a degree of latitude


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """One quantity with what tells it from others: the stems of what is counted, whose they are."""

    claim: ToldClaim
    quantity: Quantity
    words: str
    group: str
    stems: frozenset[str]
    parties: frozenset[str]


def figures(record: Record, *, least: int = LEAST) -> list[Figure]:
    """Figures that at least so many claims give, tolls first, then those with the most reports.

    Two quantities of one unit and state are of one figure where one group of claims has both, or
    where the same is counted in the same words (*500 dead*, *200 people killed*), and neither
    place, time, owner nor whether it is so yet keep them apart. What is counted in no words of its
    own, as money and distances are, is one within a group alone.
    """
    found: defaultdict[tuple[str, str], list[_Counted]] = defaultdict(list)
    twice = _told_twice(record.claims.values())
    for claim in sorted(record.claims.values(), key=lambda c: (c.outlet.order, c.id)):
        for quantity, words in zip(claim.quantities, claim.amounts, strict=True):
            unit = (quantity.unit.casefold(), quantity.state or "")
            if _is_figure(quantity) and (claim.id, quantity.span) not in twice:
                group = record.group_of[claim.id]
                found[unit].append(_counted(claim, quantity, words, group))
    made = [each for counted in found.values() for each in _together(counted)]
    kept = [each for each in made if _worth(each, least)]
    return sorted(map(_figure, kept), key=_order)


def _told_twice(claims: Iterable[ToldClaim]) -> set[tuple[str, Span]]:
    """Statements' quantities whose very words a claim, or an earlier statement, gives already."""
    first: dict[tuple[str, Span], str] = {}
    found = set()
    for claim in sorted(claims, key=lambda c: (c.kind != "claim", c.id)):
        for quantity in claim.quantities:
            told = first.setdefault((claim.document, quantity.span), claim.id)
            if claim.kind != "claim" and told != claim.id:
                found.add((claim.id, quantity.span))
    return found


def _order(figure: Figure) -> tuple[object, ...]:
    return (figure.state is None, -len(figure.reports), figure.unit, figure.reports[0].claim)


def _is_figure(quantity: Quantity) -> bool:
    return quantity.value is not None or quantity.low is not None or quantity.high is not None


def _worth(reports: Sequence[_Counted], least: int) -> bool:
    """Whether a figure is about the case; a small one that nobody disputes, only where many say."""
    about = any(each.claim.weight >= ABOUT for each in reports)
    values = {each.quantity.value for each in reports}
    small = len(values) == 1 and all(value is not None and value < FEW for value in values)
    telling = reports[0].quantity.state is None and small
    return about and len({each.claim.id for each in reports}) >= least + telling


def _counted(claim: ToldClaim, quantity: Quantity, amount: str, group: str) -> _Counted:
    lists = lexicon()
    found = tokens(quantity.counted or "")
    words = (token.text.lower() for token in found if not token.party)
    return _Counted(
        claim=claim,
        quantity=quantity,
        words=amount,
        group=group,
        stems=frozenset(stem(word, lists.endings) for word in words if word not in lists.stop),
        parties=frozenset(token.party for token in found if token.party),
    )


def _together(counted: Sequence[_Counted]) -> list[list[_Counted]]:
    """Quantities of one unit and state by the figure that they are of, in their order."""
    found: list[list[_Counted]] = []
    for each in counted:
        fits = next((figure for figure in found if _of(each, figure)), None)
        if fits is None:
            found.append([each])
        else:
            fits.append(each)
    return found


def _of(one: _Counted, figure: Sequence[_Counted]) -> bool:
    """Whether a quantity is of a figure: of its group, or by what its first report counts.

    A claim that gives two numbers of a unit gives two figures.
    """
    if any(one.claim is other.claim for other in figure):
        return False
    within = (other for other in figure if one.group == other.group and _nested(one, other))
    if any(_one_event(one, other) for other in within):
        return True
    first = figure[0]
    if not _one_event(one, first):
        return False
    if one.quantity.state is not None:
        same = one.stems == first.stems or not one.stems or not first.stems
    else:
        alike = len(_shared(one, first)) + (one.quantity.value == first.quantity.value)
        same = bool(one.stems) and one.stems == first.stems and alike >= SHARED
    whose = not one.parties or not first.parties or one.parties == first.parties
    return same and whose and all(_compatible(one.claim, o.claim) for o in figure)


def _one_event(one: _Counted, other: _Counted) -> bool:
    """Whether two numbers may count one thing: far apart only where the words are much the same.

    *Two drones fell on the roof* and *18 drones were shot down over the sea* are of two events.
    """
    lower, higher = sorted((one, other), key=_least)
    most = higher.quantity.high if lower.quantity.value is None else lower.quantity.value
    open_above = lower.quantity.value is None and lower.quantity.high is None
    apart = not open_above and _least(higher) > FAR * max(most or 0, _least(lower))
    # Two sides at war are named in what is told of every raid.
    return not apart or len(_shared(one, other) - {*parties_in(one.claim.words)}) >= SHARED


def _least(counted: _Counted) -> float:
    quantity = counted.quantity
    known = (quantity.value, quantity.low, quantity.high)
    return next((value for value in known if value is not None), 0.0)


def _shared(one: _Counted, other: _Counted) -> set[str]:
    """What the claims are about beside what is counted."""
    return set(terms(one.claim.words)) & set(terms(other.claim.words)) - one.stems


def _nested(one: _Counted, other: _Counted) -> bool:
    """Whether one counts in the words of the other, or in fewer (*drones*, *Shahed drones*)."""
    return one.stems <= other.stems or other.stems <= one.stems


def _compatible(one: ToldClaim, other: ToldClaim) -> bool:
    return (
        _is_told(one)
        and _is_told(other)
        and _one_place(one.places, other.places)
        and _one_time(one.time, other.time)
    )


def _is_told(claim: ToldClaim) -> bool:
    return claim.modality in _FIRM and claim.act in _TELLING


def _one_place(one: Sequence[Place], other: Sequence[Place]) -> bool:
    return not one or not other or any(_near(a, b) for a in one for b in other)


def _near(one: Place, other: Place) -> bool:
    wide = math.cos(math.radians((one.lat + other.lat) / 2)) * (one.lon - other.lon)
    away = _DEGREE * math.hypot(one.lat - other.lat, wide)
    return away <= one.precision_km + other.precision_km + BESIDE


def _one_time(one: Time | None, other: Time | None) -> bool:
    """Whether two times may be one; what is open at an end reaches as far as it likes."""
    if one is None or other is None:
        return True
    return not (_before(one, other) or _before(other, one))


def _before(one: Time, other: Time) -> bool:
    """Whether one ends before the other begins, to the day."""
    return bool(one.latest and other.earliest) and one.latest[:10] < other.earliest[:10]  # type: ignore[index]


def _figure(found: Sequence[_Counted]) -> Figure:
    reports = tuple(_report(each) for each in found)
    first = found[0].quantity
    names = [each.quantity.counted for each in found if each.quantity.counted]
    unit = lexicon().plurals.get(first.unit, first.unit)
    places = {place.name for each in found for place in each.claim.places}
    return Figure(
        unit=first.unit,
        state=first.state,
        counted=min(names, key=len, default=unit),
        place=places.pop() if len(places) == 1 else None,
        reports=reports,
        low=min(_known(report.least for report in reports), default=None),
        high=max(_known(report.most for report in reports), default=None),
    )


def _report(counted: _Counted) -> FigureReport:
    claim, quantity = counted.claim, counted.quantity
    return FigureReport(
        claim=claim.id,
        document=claim.document,
        source=name_of(claim),
        published=claim.outlet.published,
        words=counted.words,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
    )


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)
