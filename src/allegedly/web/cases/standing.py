"""What the page of a case tells of its claims, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly import cases
from allegedly.brief import QUESTIONS, at_the_desk, called, counted, facts, plain
from allegedly.linking.standing import ABOUT
from allegedly.linking.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.brief import Fact
    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.records import OpenQuestion, QuestionKind, Standing, Voice
    from allegedly.store import View
    from allegedly.web.cases.gathering import Gathered

MOST: Final = 8  # standings told in words, and questions of a kind
NAMES: Final = 4  # told of each part


def stood(view: View, found: Gathered) -> Telling:
    """All that is told of a case's claims at the view's moment, as the desk decided."""
    return tell(cases.record_in(view, found.case, found.told, found.texts))


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


def standing_views(told: Telling, query: str) -> tuple[StandingView, ...]:
    """The first standings of what is about the case, in words."""
    about = [each for each in told.claims if each.weight >= ABOUT][:MOST]
    return tuple(_standing(each, told.record, query) for each in about)


def _standing(stands: Standing, record: Record, query: str) -> StandingView:
    return StandingView(
        claim=Said(words=plain(stands.words), href=address(record, stands.shown, query)),
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
    return Said(words=called(voice), href=address(record, voice.evidence[0], query))


def change_views(told: Telling, query: str) -> tuple[ChangeView, ...]:
    """Who changed their story, the latest first."""
    claims = told.record.claims
    return tuple(
        ChangeView(
            source=each.source,
            was=Said(words=plain(each.was), href=address(told.record, each.earlier, query)),
            was_when=claims[each.earlier].outlet.published,
            now=Said(words=plain(each.now), href=address(told.record, each.later, query)),
            now_when=claims[each.later].outlet.published,
        )
        for each in told.changes[:MOST]
    )


def question_views(told: Telling, query: str) -> tuple[QuestionsView, ...]:
    """What is open, kind by kind."""
    kinds = ((kind, [q for q in told.questions if q.kind == kind]) for kind in QUESTIONS)
    return tuple(_questions(kind, some, told.record, query) for kind, some in kinds if some)


def _questions(
    kind: QuestionKind, some: Sequence[OpenQuestion], record: Record, query: str
) -> QuestionsView:
    return QuestionsView(
        heading=QUESTIONS[kind],
        questions=tuple((each.who or "", _words(each, record, query)) for each in some[:MOST]),
        more=max(0, len(some) - MOST),
    )


def _words(question: OpenQuestion, record: Record, query: str) -> Said:
    return Said(words=plain(question.words), href=address(record, question.evidence[0], query))
