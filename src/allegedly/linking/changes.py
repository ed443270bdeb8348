"""Who changed their story: somebody's later claim against their earlier one."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from allegedly.linking.lexicon import reverses
from allegedly.linking.record import name_of
from allegedly.linking.standing import of_one
from allegedly.records import Reason, StoryChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.linking.record import Record
    from allegedly.records import ChangeKind, Figure, FigureReport, ToldClaim


def changes(record: Record, figures: Iterable[Figure] = ()) -> list[StoryChange]:
    """Who says now what does not go with what they said in an earlier story, the latest first.

    By links between two claims of one speaker, and by the figures that one speaker gives of one
    thing. What one story tells several times is told once.
    """
    found: dict[tuple[str, str, str], StoryChange] = {}
    for each in (*_linked(record), *_counted(record, figures)):
        earlier, later = record.claims[each.earlier], record.claims[each.later]
        found.setdefault((record.who(later), record.group_of[earlier.id], later.document), each)
    return sorted(found.values(), key=lambda each: _when(record.claims[each.later]), reverse=True)


def _linked(record: Record) -> Iterator[StoryChange]:
    for link in record.links:
        left, right = record.claims[link.left], record.claims[link.right]
        if link.relation in {"confirms", "same"} or not of_one(left, right, record):
            continue
        earlier, later = sorted((left, right), key=_when)
        if not _turns(earlier):  # two stories of one turn are no second one
            yield _change(earlier, later, link.reason)


def _counted(record: Record, figures: Iterable[Figure]) -> Iterator[StoryChange]:
    """Where a speaker gives another number of the same, whose bounds leave out the one before."""
    for figure in figures:
        given: defaultdict[str, list[FigureReport]] = defaultdict(list)
        for report in figure.reports:
            given[record.who(record.claims[report.claim])].append(report)
        for reports in given.values():
            for was, now in pairwise(reports):
                ends = record.claims[was.claim], record.claims[now.claim]
                if _apart(was, now) and of_one(*ends, record):
                    told = Reason(slot="quantity", left=now.words, right=was.words, weighs=1.0)
                    yield _change(*ends, (told,))


def _turns(claim: ToldClaim) -> bool:
    """Whether a claim tells by itself that somebody goes back on what they said."""
    return reverses(f"{claim.cue} {claim.words}")


def _apart(was: FigureReport, now: FigureReport) -> bool:
    bounds = (was.least, was.most, now.least, now.most)
    if None in bounds:
        return False
    return was.most < now.least or now.most < was.least  # type: ignore[operator]  # none is None


def _when(claim: ToldClaim) -> tuple[tuple[str, int], str]:
    return claim.outlet.order, claim.id


def _change(earlier: ToldClaim, later: ToldClaim, reason: tuple[Reason, ...]) -> StoryChange:
    figure = any(each.slot == "quantity" for each in reason)
    kind: ChangeKind = "figure" if figure else "update" if _turns(later) else "negation"
    return StoryChange(
        source=name_of(later),
        earlier=earlier.id,
        later=later.id,
        was=earlier.words,
        now=later.words,
        kind=kind,
        reason=reason,
    )
