"""What is known of a case's claims: one record, and all that the page tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly import cases
from allegedly.brief import QUESTIONS, at_the_desk, counted, facts
from allegedly.linking.changes import changes
from allegedly.linking.figures import figures
from allegedly.linking.open_questions import open_questions
from allegedly.linking.standing import ABOUT, only_answers, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.brief import Fact
    from allegedly.linking.record import Record
    from allegedly.records import (
        Figure,
        OpenQuestion,
        QuestionKind,
        Standing,
        StoryChange,
        Voice,
    )
    from allegedly.store import View
    from allegedly.web.cases.gathering import Gathered

MOST: Final = 8  # standings told in words, and questions of a kind
NAMES: Final = 4  # told of each part


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A case's record as the desk decided, with what is told of it; see `linking`."""

    record: Record
    standings: tuple[Standing, ...]
    figures: tuple[Figure, ...]
    changes: tuple[StoryChange, ...]
    questions: tuple[OpenQuestion, ...]


def stood(view: View, found: Gathered) -> Stood:
    """All that is told of a case's claims at the view's moment."""
    record = cases.record_in(view, found.case, found.told)
    stands, counts = standings(record), figures(record)
    return Stood(
        record=record,
        standings=tuple(each for each in stands if not only_answers(each, record)),
        figures=tuple(counts),
        changes=tuple(changes(record, counts)),
        questions=tuple(open_questions(record, stands)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A name or words with the page that shows them."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One line of a standing; names that there is no room for are counted."""

    what: str
    names: tuple[Said, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """How one claim stands, in words; `desk` is what people decided on its claims."""

    claim: Said
    counted: str
    facts: tuple[FactView, ...]
    desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """Who said what, and what they say now."""

    source: str
    was: Said
    was_when: str | None
    now: Said
    now_when: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    """What is open of one kind."""

    heading: str
    questions: tuple[tuple[str, Said], ...]
    more: int


def address(record: Record, name: str, query: str) -> str:
    """Where a claim, a statement or an assessment is shown."""
    claim = record.claims.get(name)
    if claim is None:
        return f"/records/{name}{query}"
    return (
        f"/claims/{name}{query}" if claim.kind == "claim" else f"/documents/{claim.document}{query}"
    )


def standing_views(stood: Stood, query: str) -> tuple[StandingView, ...]:
    """The first standings of what is about the case, in words."""
    about = [each for each in stood.standings if each.weight >= ABOUT][:MOST]
    return tuple(_standing(each, stood.record, query) for each in about)


def _standing(stands: Standing, record: Record, query: str) -> StandingView:
    return StandingView(
        claim=Said(words=stands.words, href=address(record, stands.shown, query)),
        counted=counted(stands),
        facts=tuple(_fact(fact, record, query) for fact in facts(stands)),
        desk=at_the_desk(stands),
    )


def _fact(fact: Fact, record: Record, query: str) -> FactView:
    return FactView(
        what=fact.what,
        names=tuple(_voice(voice, record, query) for voice in fact.voices[:NAMES]),
        more=max(0, len(fact.voices) - NAMES),
    )


def _voice(voice: Voice, record: Record, query: str) -> Said:
    return Said(words=voice.name, href=address(record, voice.evidence[0], query))


def change_views(stood: Stood, query: str) -> tuple[ChangeView, ...]:
    """Who changed their story, the latest first."""
    claims = stood.record.claims
    return tuple(
        ChangeView(
            source=each.source,
            was=Said(words=each.was, href=address(stood.record, each.earlier, query)),
            was_when=claims[each.earlier].outlet.published,
            now=Said(words=each.now, href=address(stood.record, each.later, query)),
            now_when=claims[each.later].outlet.published,
        )
        for each in stood.changes[:MOST]
    )


def question_views(stood: Stood, query: str) -> tuple[QuestionsView, ...]:
    """What is open, kind by kind."""
    kinds = ((kind, [q for q in stood.questions if q.kind == kind]) for kind in QUESTIONS)
    return tuple(_questions(kind, some, stood.record, query) for kind, some in kinds if some)


def _questions(
    kind: QuestionKind, some: Sequence[OpenQuestion], record: Record, query: str
) -> QuestionsView:
    return QuestionsView(
        heading=QUESTIONS[kind],
        questions=tuple(
            (each.who or "", Said(words=each.words, href=address(record, each.evidence[0], query)))
            for each in some[:MOST]
        ),
        more=max(0, len(some) - MOST),
    )
