"""Lists: documents, claims, sources, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from allegedly.exports import wording
from allegedly.store import Filter, NotInLedgerError, RefusedError, StoredClaim, folded
from allegedly.web.pages import marks
from allegedly.web.pages.frame import show
from allegedly.web.pages.naming import Names
from allegedly.web.pages.standing import DecisionView, decision, row, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup
    from starlette.responses import Response

    from allegedly.store import Hit, StoredDocument
    from allegedly.web.app.routing import Call
    from allegedly.web.pages.standing import ClaimRow

A_PAGE: Final = 50
FOUND: Final = 40
MOST: Final = 1_000_000

Offset = Annotated[int, msgspec.Meta(ge=0, le=MOST)]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a list: the fields of the ledger's `Filter`, and where the page begins."""

    document: str | None = None
    source: str | None = None
    act: str | None = None
    publisher: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    offset: Offset = 0

    def filter(self) -> Filter:
        """The ledger's filter; raises RefusedError for a status that there is not."""
        named = ("document", "source", "act", "publisher", "status", "since", "until")
        return Filter(**{name: getattr(self, name) for name in named})


class Sought(Asked, frozen=True, kw_only=True):
    """A search: words, "phrases", prefix*, -without, OR."""

    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of a list; the offsets are None where there is no page before or after."""

    rows: tuple[Any, ...]
    asked: Asked
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in a list."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    captures: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """Something found: its words with the places that answer marked."""

    claim: ClaimRow | None
    document: DocumentRow | None
    names: Markup
    excerpt: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What a search found; `complaint` is why it could not be made."""

    asked: Sought
    claims: tuple[HitRow, ...]
    documents: tuple[HitRow, ...]
    complaint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """Somebody who is made to say things."""

    id: str
    name: str
    kind: str
    reliability: str | None
    seen: str | None
    decisions: tuple[DecisionView, ...]
    claims: Listed


def document_row(found: StoredDocument, names: Names) -> DocumentRow:
    """A document for a list."""
    return DocumentRow(
        id=found.id,
        title=names.of(found.id, found.title),
        publisher=found.publisher,
        published=found.published,
        captures=found.captures,
        claims=found.claims,
    )


def documents(call: Call) -> Response:
    """Documents, the latest first."""
    asked, names = call.asked(Asked), Names(call.view)
    found = call.view.documents(asked.filter(), limit=A_PAGE + 1, offset=asked.offset)
    names.prefetch((each.id, each.title) for each in found)
    page = _listed([document_row(each, names) for each in found], asked)
    return show(call, "documents.html.j2", page, title="Documents", section="/documents")


def claims(call: Call) -> Response:
    """Claims, the latest first."""
    asked, names = call.asked(Asked), Names(call.view)
    found = call.view.claims(asked.filter(), limit=A_PAGE + 1, offset=asked.offset)
    page = _listed(rows(found, names), asked)
    return show(call, "claims.html.j2", page, title="Claims", section="/claims")


def sources(call: Call) -> Response:
    """Who is made to say things, who speaks most first."""
    asked = call.asked(Asked)
    view, most = call.view, asked.offset + A_PAGE + 1
    told = (*view.latest(("reading",), "source"), *view.latest((), "claim"))
    key = ("sources", most, view.moment.published, told)
    found = call.desk.kept.get(key, lambda: view.sources(limit=most))[asked.offset :]
    page = _listed(found, asked)
    return show(call, "sources.html.j2", page, title="Sources", section="/sources")


def source(call: Call) -> Response:
    """One source: what they are made to say, and how reliable people find them."""
    asked, name = call.asked(Asked), call.part("name")
    if not call.view.knows_name(name):
        raise NotInLedgerError(f"nobody called {name} says anything here")
    narrowed = msgspec.structs.replace(asked, source=name)
    found = call.view.claims(narrowed.filter(), limit=A_PAGE + 1, offset=asked.offset)
    words, names = call.view.decisions(name), Names(call.view)
    rated = [w for w in words if w.verdict == "reliability" and w.current]
    shown = _shown_source(found, name)
    page = SourcePage(
        id=name,
        name=shown[0],
        kind=shown[1],
        reliability=str(rated[0].value) if rated else None,
        seen=words[0].id if words else None,
        decisions=tuple(map(decision, words)),
        claims=_listed(rows(found, names), asked),
    )
    return show(call, "source.html.j2", page, title=page.name, section="/sources")


def search(call: Call) -> Response:
    """Claims and documents that answer a query, the best first."""
    asked, names = call.asked(Sought), Names(call.view)
    claims: tuple[HitRow, ...] = ()
    documents: tuple[HitRow, ...] = ()
    complaint = None
    if asked.q.strip():
        try:
            narrowed = asked.filter()
            hits = call.view.search(asked.q, narrowed, limit=FOUND)
            told = call.view.search_documents(asked.q, narrowed, limit=FOUND // 4)
            names.prefetch(map(_about, (*hits, *told)))
            claims = tuple(_hit(hit, names) for hit in hits)
            documents = tuple(_hit(hit, names) for hit in told)
        except RefusedError as error:
            complaint = str(error)
    page = SearchPage(asked=asked, claims=claims, documents=documents, complaint=complaint)
    return show(call, "search.html.j2", page, title="Search", section="/search")


def _about(hit: Hit) -> tuple[str, str | None]:
    """The document that something found is or is in, and its title."""
    found = hit.record
    return (found.document if isinstance(found, StoredClaim) else found.id), found.title


def _listed(found: Sequence[Any], asked: Asked) -> Listed:
    return Listed(
        rows=tuple(found[:A_PAGE]),
        asked=asked,
        before=max(0, asked.offset - A_PAGE) if asked.offset else None,
        after=asked.offset + A_PAGE if len(found) > A_PAGE else None,
    )


def _hit(hit: Hit, called: Names) -> HitRow:
    found = hit.record
    if isinstance(found, StoredClaim):
        names = marks.found(found.chain or wording.NOBODY, hit.names_marks)
        return HitRow(
            claim=row(found, called),
            document=None,
            names=names,
            excerpt=marks.found(hit.excerpt, hit.marks),
        )
    listed = document_row(found, called)
    shown = hit.names_marks if found.title else ()
    return HitRow(
        claim=None,
        document=listed,
        names=marks.found(listed.title, shown),
        excerpt=marks.found(hit.excerpt, hit.marks),
    )


def _shown_source(claims: list[StoredClaim], name: str) -> tuple[str, str]:
    """How a source is called and what kind it is, from a claim of its own where there is one."""
    for claim in claims:
        for called, kind in _named(claim):
            if called and folded(called) == name:
                return called, (kind or "").replace("_", " ")
    return name, ""


def _named(claim: StoredClaim) -> Iterator[tuple[str | None, str | None]]:
    """Who is in a claim's chain as corrected, and its source as read, with their kinds."""
    for hop in (claim.stands.corrected or {}).get("sources", ()):
        yield hop["name"], hop["kind"]
    yield claim.source, claim.source_kind
