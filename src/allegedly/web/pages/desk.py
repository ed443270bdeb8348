"""The first page: what is new, what waits, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

from allegedly.web.pages.frame import show
from allegedly.web.pages.lists import document_row
from allegedly.web.pages.naming import Names
from allegedly.web.pages.standing import decision, row

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call
    from allegedly.web.pages.lists import DocumentRow
    from allegedly.web.pages.standing import ClaimRow, DecisionView

FEW: Final = 12
WAITING: Final = 5
LOOKED: Final = "allegedly-looked"
A_YEAR: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """What is new since the visitor last looked, the latest stories, what waits."""

    documents: int
    claims: int
    waiting: int | None
    decided: int
    looked: int
    new_documents: int
    new_decisions: int
    latest: tuple[DocumentRow, ...]
    next: tuple[ClaimRow, ...]
    decisions: tuple[DecisionView, ...]


def desk(call: Call) -> Response:
    """The first page."""
    view, looked, names = call.view, _looked(call), Names(call.view)
    totals = view.totals(looked)
    now = call.moment is None
    items, waiting = call.desk.queue.window(0, WAITING) if now else ([], None)
    page = DeskPage(
        documents=totals.documents,
        claims=totals.claims,
        waiting=waiting,
        decided=totals.decisions,
        looked=looked,
        new_documents=totals.new_documents,
        new_decisions=totals.new_decisions,
        latest=tuple(document_row(found, names) for found in view.documents(limit=FEW)),
        next=tuple(row(view.claim(item.id), names) for item in items),
        decisions=tuple(map(decision, view.decisions(limit=FEW))),
    )
    return show(call, "desk.html.j2", page, title="Desk", section="/")


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which entry somebody has looked."""

    seq: int


def look(call: Call) -> Response:
    """Count what is new from here on."""
    seq = max(0, min(call.body(Looked).seq, 2**53))
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        LOOKED,
        str(seq),
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=call.desk.settings.secure,
    )
    return answer


def _looked(call: Call) -> int:
    told = call.request.cookies.get(LOOKED, "0")
    return min(int(told), 2**53) if told.isascii() and told.isdigit() and len(told) < 20 else 0  # noqa: PLR2004
