"""The list of cases, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from starlette.responses import RedirectResponse

from allegedly.exports import wording
from allegedly.records import outlet_names
from allegedly.store import grouped_with, members_seen
from allegedly.web.cases.figures import figures
from allegedly.web.cases.gathering import gathered
from allegedly.web.cases.matrix import matrix
from allegedly.web.cases.standing import (
    change_views,
    question_views,
    standing_views,
    stood,
)
from allegedly.web.charts.scales import instant
from allegedly.web.charts.timeline import Event, timeline
from allegedly.web.links.picking import Done, done
from allegedly.web.pages import say
from allegedly.web.pages.frame import show, to
from allegedly.web.pages.looked import looked
from allegedly.web.pages.naming import Names
from allegedly.web.pages.pictures import Told, pictures
from allegedly.web.pages.standing import about_story, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from allegedly.store import StoredCase, StoredMember, View
    from allegedly.store.case_listing import ListedCase
    from allegedly.web.app.routing import Call
    from allegedly.web.cases.figures import FigureView
    from allegedly.web.cases.gathering import Gathered
    from allegedly.web.cases.matrix import Matrix
    from allegedly.web.cases.standing import ChangeView, QuestionsView, StandingView
    from allegedly.web.charts.timeline import Timeline
    from allegedly.web.pages.pictures import Pictures
    from allegedly.web.pages.standing import ClaimRow, DecisionView

A_PAGE: Final = 50
STEPS: Final = 200  # of the slider
CLAIMS: Final = 30  # shown of a case's claims; the list of all is a link away


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list."""

    name: str
    title: str
    stories: int
    claims: int
    period: str
    new: int
    by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesPage:
    """The cases, those first to which something came last."""

    rows: tuple[CaseRow, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A story of a case, and how it came in: a machine's finding, or a person's word."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    claims: int
    probability: str | None
    words: tuple[str, ...]
    by_person: bool
    origin: int | None
    seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """Stories with one origin, and why; `number` is what the list of stories calls it."""

    number: int
    why: str
    words: str
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A moment of the slider."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case as it stood."""

    id: str
    name: str
    title: str
    description: str | None
    by_person: bool
    stories: int
    independent: int
    claims: int
    period: str
    matrix: Matrix
    standings: tuple[StandingView, ...]
    changes: tuple[ChangeView, ...]
    questions: tuple[QuestionsView, ...]
    timeline: Timeline | None
    pictures: Pictures
    figures: tuple[FigureView, ...]
    rows: tuple[ClaimRow, ...]
    others: Mapping[str, int]
    members: tuple[MemberRow, ...]
    origins: tuple[OriginView, ...]
    excluded: tuple[tuple[str, str], ...]
    decisions: tuple[DecisionView, ...]
    steps: tuple[Step, ...]
    step: int
    done: Done | None = None  # what its reader has just decided of claims, which is never kept
    put: DecisionView | None = None  # and of a story


class Offset(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page of the list begins."""

    offset: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0


class At(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the slider."""

    step: Annotated[int, msgspec.Meta(ge=0, le=STEPS)]


def listed(call: Call) -> Response:
    """The page of all cases."""
    offset = call.asked(Offset).offset
    found = case_rows(call, offset, offset + A_PAGE + 1)
    page = CasesPage(
        rows=found[:A_PAGE],
        before=max(0, offset - A_PAGE) if offset else None,
        after=offset + A_PAGE if len(found) > A_PAGE else None,
    )
    return show(call, "cases.html.j2", page, title="Cases", section="/cases")


def case_rows(call: Call, first: int = 0, most: int | None = None) -> tuple[CaseRow, ...]:
    """The cases of a moment, with what came to each since the visitor last looked."""
    return tuple(
        CaseRow(
            name=case.name,
            title=case.title,
            stories=case.stories,
            claims=case.claims,
            period=period(case.first, case.last),
            new=case.since if looked(call) else 0,
            by_person=case.by_person,
        )
        for case in _listed(call)[first:most]
    )


def _listed(call: Call) -> list[ListedCase]:
    """The list, kept until a story, a case or a word about one is recorded."""
    view, since = call.view, looked(call)
    told = view.latest(("reading", "capture", "case", "membership"), "case")
    key = ("cases", since, view.moment.published, told)
    return call.desk.kept.get(key, lambda: view.listed_cases(since))


def case(call: Call) -> Response:
    """The page of one case, kept until anything is recorded."""
    name = call.part("name")
    # The slider of a moment shows what came later, too, and is asked of what is newest after this.
    newest = call.desk.ledger.now.head().seq if call.moment else None
    key = ("case", name, call.moment, call.view.head().seq, newest)
    page = call.desk.kept.get(key, lambda: _page(call, gathered(call.view, name)))
    put = next((word for word in page.decisions if word.id == call.query.get("done")), None)
    page = replace(page, done=done(call), put=put)
    return show(call, "case.html.j2", page, title=page.title, section="/cases")


def at(call: Call) -> Response:
    """The case as of a step of the slider; the last step is now."""
    step, found = call.asked(At).step, call.desk.ledger.now.case(call.part("name"))
    steps = _steps(found)
    moment = steps[step].value if step < len(steps) - 1 else None
    return RedirectResponse(to(f"/cases/{found.name}", moment), 303)


def _page(call: Call, found: Gathered) -> CasePage:
    told, query = found.case, to("", call.moment)
    names = Names(call.view, dict(found.texts))
    steps = _steps(call.desk.ledger.now.case(told.id) if call.moment else told)
    said, seen = found.said, members_seen(call.view, told.id)
    stands = stood(call.view, found)
    days = sorted(m.document.published for m in told.members if m.document.published)
    called = outlet_names(document.publisher for document in found.documents.values())
    excluded = _excluded(call.view, told)
    listed = _rows(names, found)
    titles = dict(excluded) | {name: names.of(name, d.title) for name, d in found.documents.items()}
    return CasePage(
        id=told.id,
        name=told.name,
        title=told.title,
        description=told.description,
        by_person=told.run is None,
        stories=len(told.members),
        independent=told.independent,
        claims=len(said),
        period=period(days[0], days[-1]) if days else "",
        matrix=matrix(stands, query),
        standings=standing_views(stands, query),
        changes=change_views(stands, query),
        questions=question_views(stands, query),
        timeline=timeline(_events(found, call.view, query)),
        pictures=pictures(
            Told(
                hops=(called.get(each.claim.publisher or "", "an outlet"), *each.hops),
                places=each.read.places,
                href=f"/claims/{each.claim.id}{query}",
            )
            for each in said
        ),
        figures=figures(stands, query),
        rows=listed,
        others=grouped_with(call.view, [each.id for each in listed]),
        members=tuple(_member(member, told, names, seen) for member in told.members),
        origins=tuple(_origins(told)),
        excluded=excluded,
        decisions=tuple(about_story(word, titles) for word in call.view.decisions(told.id)),
        steps=steps,
        step=_step(steps, call.moment),
    )


def _rows(names: Names, found: Gathered) -> tuple[ClaimRow, ...]:
    """Claims in dispute first, then the surest."""
    disputed = {t.claim for each in found.said for t in each.read.targets}
    disputed |= {each.claim.id for each in found.said if each.read.targets}
    order = sorted(
        found.said,
        key=lambda s: (s.claim.id not in disputed, -s.claim.probability, s.claim.seq),
    )
    return rows((each.claim for each in order[:CLAIMS]), names)


def _events(found: Gathered, view: View, query: str) -> list[Event]:
    recorded = view.recorded_at([d.seq for d in found.documents.values()])
    denying = {each.claim.document for each in found.said if each.claim.act == "deny"}
    return [
        Event(
            published=instant(document.published),
            recorded=instant(recorded.get(document.seq)),
            label=f"{document.publisher or 'An outlet'}: {document.title or 'untitled'}, "
            f"{wording.day(document.published) or 'undated'}{'; a denial' * (name in denying)}",
            href=f"/documents/{name}{query}",
            denies=name in denying,
        )
        for name, document in found.documents.items()
    ]


def _steps(told: StoredCase) -> tuple[Step, ...]:
    """The instants at which stories came out, thinned where there are too many, and now."""
    days = sorted({m.document.published for m in told.members if m.document.published})
    thin = max(1, len(days) // STEPS + 1)
    steps = [Step(value=f"published:{day}", label=say.clock(day)) for day in days[::thin]]
    return (*steps, Step(value="", label="now"))


def _step(steps: tuple[Step, ...], moment: str | None) -> int:
    values = [step.value for step in steps]
    return values.index(moment) if moment in values else len(steps) - 1


def period(first: str | None, last: str | None) -> str:
    """From which day to which."""
    days = [day for day in (say.day(first), say.day(last)) if day]
    return " – ".join(dict.fromkeys(days))


def _member(
    member: StoredMember, told: StoredCase, names: Names, seen: Mapping[str, str]
) -> MemberRow:
    document = member.document
    number = next(
        (
            n
            for n, o in enumerate(told.origins, 1)
            if document.id in {copy.document for copy in o.copies}
        ),
        None,
    )
    return MemberRow(
        id=document.id,
        title=names.of(document.id, document.title),
        publisher=document.publisher,
        published=document.published,
        claims=document.claims,
        probability=None if member.probability is None else say.percent(member.probability),
        words=member.words[:6],
        by_person=member.decision is not None,
        origin=number,
        seen=seen.get(document.id),
    )


def _origins(told: StoredCase) -> list[OriginView]:
    kinds = {"text": "shared wording", "cited": "one cited source", "both": "shared wording of"}
    inside = set(told.documents)
    return [
        OriginView(
            number=number,
            why=f"{kinds[origin.kind]}{f': {origin.name}' if origin.name else ''}",
            words=" … ".join(origin.words[:8]),
            stories=len(inside.intersection(copy.document for copy in origin.copies)),
        )
        for number, origin in enumerate(told.origins, 1)
    ]


def _excluded(view: View, told: StoredCase) -> tuple[tuple[str, str], ...]:
    names = Names(view)
    return tuple((name, names.of(name, view.document(name).title)) for name in told.excluded[:50])
