"""The first page: what is new, what waits, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Final

from allegedly.web.cases.page import case_rows
from allegedly.web.pages.frame import show
from allegedly.web.pages.lists import document_row
from allegedly.web.pages.looked import looked
from allegedly.web.pages.naming import Names
from allegedly.web.pages.standing import rows, told_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call
    from allegedly.web.cases.page import CaseRow
    from allegedly.web.pages.lists import DocumentRow
    from allegedly.web.pages.standing import ClaimRow, DecisionView

FEW: Final = 12
WAITING: Final = 5  # at least; there are more where the column would end far above the other


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """What is new since the visitor last looked, the latest stories, what waits.

    `next` are the claims that wait; of a past moment, whose queue nobody knows, the latest claims.
    """

    documents: int
    claims: int
    waiting: int | None
    decided: int
    looked: int
    new_documents: int
    new_decisions: int
    cases: tuple[CaseRow, ...]
    latest: tuple[DocumentRow, ...]
    next: tuple[ClaimRow, ...]
    decisions: tuple[DecisionView, ...]
    ledger: str | None  # where it is, for the one person who adds to it on this machine


def desk(call: Call) -> Response:
    """The first page."""
    view, since, names = call.view, looked(call), Names(call.view)
    totals = view.totals(since)
    now = call.moment is None
    cases, latest = case_rows(call, most=FEW // 2), view.documents(limit=FEW)
    words = view.decisions(limit=FEW)
    room = _room(len(cases) + len(latest), len(words))
    items, waiting = call.desk.queue.window(0, room) if now else ([], None)
    claims = view.claims_called([item.id for item in items]) if now else view.claims(limit=room)
    names.prefetch((each.id, each.title) for each in latest)
    page = DeskPage(
        documents=totals.documents,
        claims=totals.claims,
        waiting=waiting,
        decided=totals.decisions,
        looked=since,
        new_documents=totals.new_documents,
        new_decisions=totals.new_decisions,
        cases=cases,
        latest=tuple(document_row(found, names) for found in latest),
        next=rows(claims, names),
        ledger=None if call.desk.settings.shared else quote(call.desk.ledger.database.shown),
        decisions=told_of(words, names),
    )
    return show(call, "desk.html.j2", page, title="Desk", section="/")


def _room(beside: int, below: int) -> int:
    """How many waiting claims keep the first page's columns about equally long.

    A row of a claim is four thirds as high as one of a story, a case or a decision.
    """
    return max(WAITING, min(FEW, 3 * (beside - below) // 4))
