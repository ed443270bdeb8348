"""What waits for a person, one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from allegedly.store import NotInLedgerError
from allegedly.web.pages.frame import show
from allegedly.web.pages.naming import Names
from allegedly.web.pages.records import claim_page
from allegedly.web.pages.say import percent
from allegedly.web.pages.standing import decision, rows

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call
    from allegedly.web.pages.records import ClaimPage
    from allegedly.web.pages.standing import ClaimRow, DecisionView
    from allegedly.web.review.queue import Item

COMING: Final = 6
DISPUTES: Final = {
    "denies": "it denies another claim",
    "denied": "another claim denies it",
    "contradicts": "it contradicts another claim",
    "contradicted": "another claim contradicts it",
}
DOUBTFUL: Final = 0.75  # below it a reading is called uncertain; what a reason says, not an order


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the queue: its place, and the decision that was just made."""

    at: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 0
    done: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A claim further on in the queue."""

    at: int
    claim: ClaimRow
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The thing to decide on now, why it is, and what comes after."""

    at: int
    waiting: int
    claim: ClaimPage | None
    why: tuple[str, ...]
    coming: tuple[Coming, ...]
    done: DecisionView | None


def review(call: Call) -> Response:
    """The page of the queue."""
    asked, names = call.asked(Wanted), Names(call.view)
    now = call.moment is None
    items, waiting = call.desk.queue.window(asked.at, 1 + COMING) if now else ([], 0)
    at = min(asked.at, max(0, waiting - 1))
    further = rows(call.view.claims_called([item.id for item in items[1:]]), names)
    known = {claim.id: claim for claim in further}
    page = ReviewPage(
        at=at,
        waiting=waiting,
        claim=claim_page(call.view, items[0].id) if items else None,
        why=why(items[0]) if items else (),
        coming=tuple(
            Coming(at=place, claim=known[item.id], why=why(item))
            for place, item in enumerate(items[1:], start=at + 1)
            if item.id in known
        ),
        done=_done(call, asked.done),
    )
    return show(call, "review.html.j2", page, title="Review", section="/review")


def why(item: Item) -> tuple[str, ...]:
    """Why a claim stands where it does in the queue."""
    reasons = []
    if item.reopened:
        reasons.append("accepted before, read otherwise since")
    if item.disputed:
        reasons += [DISPUTES[how] for how in item.disputed]
    if item.probability < DOUBTFUL:
        reasons.append(f"uncertain: {percent(item.probability)}")
    if item.copies > 1:
        reasons.append(f"met in {item.copies} places")
    return tuple(reasons)


def _done(call: Call, name: str | None) -> DecisionView | None:
    try:
        return decision(call.view.decision(name)) if name else None
    except NotInLedgerError:
        return None
