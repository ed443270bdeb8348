"""Figures, who changed their story, the timeline, what is said of the evidence, what is open."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from allegedly.brief import saying as say
from allegedly.brief.claims import lead
from allegedly.brief.material import Draft, draft
from allegedly.brief.standing import QUESTIONS, span_of
from allegedly.linking.lexicon import terms
from allegedly.linking.standing import ABOUT, nearest, reads_well

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from allegedly.brief.material import Item, Material
    from allegedly.linking.record import Record
    from allegedly.records import (
        Figure,
        FigureReport,
        OpenQuestion,
        Standing,
        ToldAssessment,
        ToldClaim,
    )

COUNTED_APART: Final = "Counted apart from that"
SHOWN: Final = 5  # reports of a figure that one sentence holds
TELLING: Final = 3  # words from which what is said of the evidence tells what it is said of
OF_A_KIND: Final = 3  # questions of one kind, so that no kind crowds out the others
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")  # a time that is known to the day


def figures(material: Material) -> Iterator[Item]:
    """What is counted, by whom and when, with its range; two counts of like things in one item."""
    named: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in material.told.figures:
        where = f", {figure.place}" if figure.place else ""
        named[f"{figure.name[:1].upper()}{figure.name[1:]}{where}"].append(figure)
    for name, alike in named.items():
        heads = [name, *[COUNTED_APART] * (len(alike) - 1)]
        yield tuple(
            _figure(head, figure, material.told.record, follows=head == COUNTED_APART)
            for head, figure in zip(heads, alike, strict=True)
        )


def _figure(head: str, figure: Figure, record: Record, *, follows: bool) -> Draft:
    shown = _distinct(figure, record)[:SHOWN]
    told = "; ".join(
        f"{say.quoted(report.words)} by {say.name_of(report.source, first=False)}, "
        f"{say.date_of(report.published)}"
        for report in shown
    )
    first = "first " if len(shown) == 1 else ""
    names = [report.claim for report in (*shown, *figure.reports)]
    return draft(f"{head}: {span_of(figure)}; {first}{told}.", names, record, follows=follows)


def _distinct(figure: Figure, record: Record) -> list[FigureReport]:
    """The first report of each number by each speaker; of one number by many, the first alone."""
    found: dict[tuple[object, ...], FigureReport] = {}
    for report in figure.reports:
        number = (report.least, report.most)
        who = record.who(record.claims[report.claim]) if figure.low != figure.high else ""
        found.setdefault((number, who), report)
    return list(found.values())


def changes(material: Material) -> Iterator[Item]:
    """Who says now what does not go with what they said before."""
    record = material.told.record
    for change in material.told.changes:
        earlier, later = record.claims[change.earlier], record.claims[change.later]
        was, now = (say.date_of(claim.outlet.published) for claim in (earlier, later))
        yield (
            draft(f"{was}: {say.said_by(earlier)}.", [earlier.id], record),
            draft(f"{now}: {say.said_by(later)}.", [later.id], record, follows=True),
        )


def timeline(material: Material, most: int) -> Iterator[Item]:
    """What is told to have happened on which day, of what most origins have."""
    record, least = material.told.record, min(2, len(material.case.members) // 3)
    dated = [
        (day, told, stands)
        for stands in material.told.standings
        if stands.weight >= ABOUT and stands.asserted_by and stands.stories >= least
        if reads_well(record.claims[stands.shown])
        for day, told in _day(stands, record)
    ]
    said = {(day, record.who(told)): (day, told, stands) for day, told, stands in reversed(dated)}
    dated = [each for each in dated if each in said.values()][:most]
    if len({day[:10] for day, *_ in dated}) == 1:  # one day orders nothing
        return
    for day, told, stands in sorted(dated, key=lambda each: (each[0], each[1].id)):
        text = f"{say.day(day)}: {say.said_by(told)}."
        yield (draft(text, [told.id, *stands.members], record),)


def _day(stands: Standing, record: Record) -> Iterator[tuple[str, ToldClaim]]:
    """The time that most of a group's stories give, where it is known to the day, and who does."""
    timed: defaultdict[str, list[ToldClaim]] = defaultdict(list)
    for name in stands.members:
        claim = record.claims[name]
        if claim.time is not None and _DAY.match(claim.time.value):
            timed[claim.time.value].append(claim)
    if timed:
        stories = {value: len({c.document for c in some}) for value, some in timed.items()}
        value = min(timed, key=lambda each: (-stories[each], -len(timed[each]), each))
        yield value, nearest(stands.words, timed[value])


def assessed(material: Material, told: Collection[str]) -> Iterator[Item]:
    """What the stories, or people in them, say of how claims stand that are not told above.

    What tells by itself of a silence is told among the open questions.
    """
    record = material.told.record
    shown = {name for group in told for name in record.groups[group].members}
    silent = [(each.outlet.document, each.words) for each in record.silences]
    for found in record.assessments:
        quiet = any(of == found.outlet.document and words in found.words for of, words in silent)
        of = _of_what(found, record)
        if of is not None and not quiet and not shown.intersection(found.about):
            text = f"{say.name_of(found.by)}: {say.quoted(found.words)}{of}."
            yield (draft(text, [found.id], record),)


def _of_what(found: ToldAssessment, record: Record) -> str | None:
    """The claim that an assessment is about where its own words do not tell; None for nothing."""
    if len(terms(found.words)) >= TELLING:
        return ""
    about = [record.claims[name].words for name in found.about if name in record.claims]
    return f", of {say.quoted(about[0].removeprefix('that '))}" if about else None


def questions(material: Material, told: Collection[str]) -> Iterator[Item]:
    """What is open: silences, what nobody answered or was asked, what one side alone says."""
    groups = {stands.group: stands for stands in material.told.standings}
    asked: set[str] = set()
    for kind in QUESTIONS:
        of_kind = [question for question in material.told.questions if question.kind == kind]
        kept = [q for q in of_kind if _is_new(q, told) and q.about not in asked][:OF_A_KIND]
        asked |= {question.about for question in kept if question.kind != "silence"}
        for question in kept:
            yield (_question(question, groups.get(question.about), material.told.record),)


def _is_new(question: OpenQuestion, told: Collection[str]) -> bool:
    """Whether no section above tells it: what rests on one origin, what is contested or doubted."""
    if question.kind == "one_origin":
        return False
    return question.kind not in {"one_side", "unverified"} or question.about not in told


def _question(question: OpenQuestion, stands: Standing | None, record: Record) -> Draft:
    if stands is None:
        name = say.name_of(question.who) if question.who else say.NOBODY
        return draft(f"{name}: {say.quoted(question.words)}.", question.evidence, record)
    shown = lead(stands, record)
    text = f"{QUESTIONS[question.kind]}: {say.said_by(shown)}."
    return draft(text, [shown.id, *question.evidence], record)
