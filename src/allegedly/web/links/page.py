"""The page on which a claim is joined with others and parted from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from allegedly.store import ClaimLinks, RefusedError, cases_with, folded
from allegedly.web.links.gathering import MANY, gathered
from allegedly.web.pages import marks
from allegedly.web.pages.frame import show, to
from allegedly.web.pages.moments import local
from allegedly.web.pages.naming import Names
from allegedly.web.pages.records import named
from allegedly.web.pages.standing import row

if TYPE_CHECKING:
    from markupsafe import Markup
    from starlette.responses import Response

    from allegedly.store import StoredClaim
    from allegedly.web.app.routing import Call
    from allegedly.web.links.gathering import Links
    from allegedly.web.pages.standing import ClaimRow

CANDIDATES: Final = 20

Words = Annotated[str, msgspec.Meta(max_length=500)]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look for claims to join: answers to a search, or the claims of a case."""

    q: Words = ""
    case: Words | None = None
    next: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim that may be joined, its words with what answers a search marked."""

    row: ClaimRow
    excerpt: Markup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChoice:
    """A case in which one may pick."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePage:
    """A claim, what stands with it, and claims that may be joined."""

    claim: ClaimRow
    links: Links
    asked: Finding
    next: str
    cases: tuple[CaseChoice, ...]
    candidates: tuple[Candidate, ...]
    complaint: str | None


def same(call: Call) -> Response:
    """The page of what says the same as a claim."""
    name, asked = named(call, "claim"), call.asked(Finding)
    view, names = call.view, Names(call.view)
    claim = view.claim(name)
    found = gathered(view, name, MANY)
    inside = {name, *(each.id for each in (*found.together, *found.parted))}
    complaint = None
    try:
        candidates = _candidates(call, asked, claim, inside, names)
    except RefusedError as error:
        candidates, complaint = (), str(error)
    page = SamePage(
        claim=row(claim, names),
        links=found,
        asked=asked,
        next=local(asked.next or to(f"/claims/{name}", call.moment)),
        cases=_cases(call, claim.document),
        candidates=candidates,
        complaint=complaint,
    )
    return show(call, "same.html.j2", page, title="Says the same", section="/claims")


def _candidates(
    call: Call, asked: Finding, claim: StoredClaim, inside: set[str], names: Names
) -> tuple[Candidate, ...]:
    if asked.q.strip():
        hits = call.view.search(asked.q, limit=CANDIDATES + len(inside))
        found = [
            Candidate(row=row(hit.record, names), excerpt=marks.found(hit.excerpt, hit.marks))  # type: ignore[arg-type]  # a search of claims
            for hit in hits
            if hit.record.id not in inside
        ]
        return tuple(found[:CANDIDATES])
    if asked.case is None:
        return ()
    documents = call.view.case(asked.case).documents
    told = (each for each in ClaimLinks(call.view).told_in(documents) if each.id not in inside)
    kept = (each for each in told if each.stands.status != "rejected")
    nearest = sorted(kept, key=lambda each: -_shared(claim.content, each.content))[:CANDIDATES]
    return tuple(Candidate(row=row(each, names), excerpt=None) for each in nearest)


def _shared(one: str, other: str) -> float:
    """The share of the words of two claims that both have, to show the likeliest first."""
    left, right = set(folded(one).split()), set(folded(other).split())
    return len(left & right) / (len(left | right) or 1)


def _cases(call: Call, document: str) -> tuple[CaseChoice, ...]:
    held = cases_with(call.view, document)
    return tuple(CaseChoice(name=each.name, title=each.title) for each in held if each.inside)
