"""Every address of the desk, with who may ask for it. What is not here is not served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route as Mounted

from allegedly.web import assets_served
from allegedly.web.api import asking, deciding, exporting, leaving, shapes
from allegedly.web.app.routing import Route
from allegedly.web.cases import brief
from allegedly.web.cases import deciding as cases_deciding
from allegedly.web.cases import page as cases
from allegedly.web.links import deciding as links_deciding
from allegedly.web.links import page as links_page
from allegedly.web.links import several
from allegedly.web.links import shapes as links_shapes
from allegedly.web.pages import (
    desk,
    entering,
    lists,
    log,
    looked,
    moments,
    notes,
    openid,
    people,
    records,
    review,
)
from allegedly.web.stream.answer import events

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from allegedly.web.app.desk import Desk

PAGES: Final = (
    Route(path="/", name="desk", answer=desk.desk),
    Route(
        path="/looked",
        name="looked",
        answer=looked.look,
        method="POST",
        body=looked.Looked,
        limit="writes",
    ),
    Route(path="/review", name="review", answer=review.review),
    Route(path="/cases", name="cases", answer=cases.listed),
    Route(path="/cases/{name}", name="case", answer=cases.case),
    Route(path="/cases/{name}/at", name="case-at", answer=cases.at),
    Route(path="/cases/{name}/brief", name="brief", answer=brief.brief),
    Route(path="/cases/{name}/brief/file", name="brief-file", answer=brief.file),
    Route(path="/records/{id}", name="record", answer=brief.record),
    Route(path="/assessments/{id}", name="assessment", answer=notes.assessment),
    Route(path="/silences/{id}", name="silence", answer=notes.silence),
    Route(path="/documents", name="documents", answer=lists.documents),
    Route(path="/documents/{id}", name="document", answer=records.document),
    Route(path="/documents/{id}/readings", name="readings", answer=records.readings),
    Route(path="/documents/{id}/page", name="page", answer=exporting.page),
    Route(path="/claims", name="claims", answer=lists.claims),
    Route(path="/claims/{id}", name="claim", answer=records.claim),
    Route(path="/claims/{id}/same", name="same", answer=links_page.same),
    Route(path="/search", name="search", answer=lists.search),
    Route(path="/sources", name="sources", answer=lists.sources),
    Route(path="/sources/{name}", name="source", answer=lists.source),
    Route(path="/log", name="log", answer=log.log),
    Route(path="/moment", name="moment", answer=moments.go),
    Route(path="/people", name="people", answer=people.people, needs="admin"),
    Route(
        path="/people/revoke",
        name="revoke",
        answer=people.revoke,
        needs="admin",
        method="POST",
        body=people.Name,
        limit="writes",
    ),
)
DOORS: Final = (
    Route(path="/enter", name="enter", answer=entering.enter, needs="nobody", limit="sign_ins"),
    Route(path="/sign-in", name="sign-in", answer=entering.sign_in, needs="nobody"),
    Route(
        path="/sign-in",
        name="signed-in",
        answer=entering.signed_in,
        needs="nobody",
        method="POST",
        body=entering.Credentials,
        limit="sign_ins",
    ),
    Route(
        path="/openid/start",
        name="openid-start",
        answer=openid.start,
        needs="nobody",
        limit="sign_ins",
        slow=True,
    ),
    Route(path="/openid/back", name="openid-back", answer=openid.back, needs="nobody", slow=True),
    Route(path="/sign-out", name="sign-out", answer=entering.sign_out, method="POST"),
    Route(path="/assets/{digest}/{name}", name="asset", answer=assets_served.serve, needs="nobody"),
)
API: Final = (
    Route(
        path="/api/openapi.json",
        name="api:openapi",
        answer=asking.openapi,
        summary="The document of this API.",
    ),
    Route(
        path="/api/me",
        name="api:me",
        answer=asking.me,
        summary="Who asks, and their role.",
        gives=shapes.Person,
    ),
    Route(
        path="/api/head",
        name="api:head",
        answer=asking.head,
        query=shapes.At,
        summary="The last entry at a moment, with its hash.",
        gives=shapes.Head,
    ),
    Route(
        path="/api/comparing",
        name="api:comparing",
        answer=asking.comparing,
        summary="How far the desk is with comparing what new stories say with the others.",
        gives=shapes.Comparing,
    ),
    Route(
        path="/api/documents",
        name="api:documents",
        answer=asking.documents,
        query=shapes.Window,
        summary="Documents, the latest first.",
        gives=shapes.Documents,
    ),
    Route(
        path="/api/documents/{id}",
        name="api:document",
        answer=asking.document,
        query=shapes.At,
        summary="One document, by its id or the beginning of it.",
        gives=shapes.Document,
    ),
    Route(
        path="/api/documents/{id}/reading",
        name="api:reading",
        answer=asking.reading,
        query=shapes.At,
        summary="What a machine read in a document, as ledger JSON `allegedly/1`.",
        gives=dict,
    ),
    Route(
        path="/api/documents/{id}/selection",
        name="api:selection",
        answer=deciding.resolve,
        method="POST",
        query=shapes.At,
        body=shapes.Selection,
        summary="What place in the text a selection on a page means.",
        gives=shapes.Resolved,
    ),
    Route(
        path="/api/claims",
        name="api:claims",
        answer=asking.claims,
        query=shapes.Window,
        summary="Claims, the latest first.",
        gives=shapes.Claims,
    ),
    Route(
        path="/api/claims.csv",
        name="api:claims-csv",
        answer=exporting.claims_csv,
        query=shapes.Window,
        summary="The same as CSV.",
        gives=bytes,
    ),
    Route(
        path="/api/export",
        name="api:export",
        answer=leaving.leave,
        query=leaving.Export,
        summary="What a page shows as a file, in a format of `allegedly export`.",
        gives=bytes,
        limit="writes",
        slow=True,
    ),
    Route(
        path="/api/records/{id}",
        name="api:record",
        answer=asking.record,
        query=shapes.At,
        summary="A claim, assessment or silence in full, with every decision about it.",
        gives=shapes.Record,
    ),
    Route(
        path="/api/search",
        name="api:search",
        answer=asking.search,
        query=shapes.Search,
        summary="Claims that answer a query, the best first.",
        gives=shapes.Hits,
    ),
    Route(
        path="/api/search/documents",
        name="api:search-documents",
        answer=asking.search_documents,
        query=shapes.Search,
        summary="Documents that answer a query, the best first.",
        gives=shapes.Hits,
    ),
    Route(
        path="/api/sources",
        name="api:sources",
        answer=asking.sources,
        query=shapes.Recent,
        summary="Who is made to say things, who speaks most first.",
        gives=shapes.Sources,
    ),
    Route(
        path="/api/decisions",
        name="api:decisions",
        answer=asking.decisions,
        query=shapes.Recent,
        summary="What people decided, the latest first.",
        gives=shapes.Decisions,
    ),
    Route(
        path="/api/decisions",
        name="api:decide",
        answer=deciding.decide,
        method="POST",
        needs="reviewer",
        body=shapes.Deciding,
        summary="Record a decision.",
        gives=shapes.Decision,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/decisions/{id}/undo",
        name="api:undo",
        answer=deciding.undo,
        method="POST",
        needs="reviewer",
        body=shapes.Undoing,
        summary="Take a decision back.",
        gives=shapes.Decision,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/cases/{name}",
        name="api:case",
        answer=cases_deciding.case,
        query=shapes.At,
        summary="One case, by its name or id.",
        gives=cases_deciding.Case,
    ),
    Route(
        path="/api/cases/{name}/brief",
        name="api:brief",
        answer=brief.data,
        query=shapes.At,
        summary="The brief of a case, each sentence with the records behind it.",
        gives=dict,
    ),
    Route(
        path="/api/cases",
        name="api:begin-case",
        answer=cases_deciding.begin,
        method="POST",
        needs="reviewer",
        body=cases_deciding.Beginning,
        summary="Begin a case from stories, and collect the others.",
        gives=cases_deciding.Case,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/cases/{name}/split",
        name="api:split-case",
        answer=cases_deciding.split,
        method="POST",
        needs="reviewer",
        body=cases_deciding.Splitting,
        summary="Split stories off a case into a new one.",
        gives=cases_deciding.Case,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/cases/{name}/collect",
        name="api:collect-case",
        answer=cases_deciding.collect,
        method="POST",
        needs="reviewer",
        body=cases_deciding.Collecting,
        summary="Look for a case's stories anew.",
        gives=cases_deciding.Case,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/claims/{id}/links",
        name="api:claim-links",
        answer=links_deciding.claim_links,
        query=shapes.At,
        summary="What says the same as a claim, what stands against it, and why.",
        gives=links_shapes.ClaimLinks,
    ),
    Route(
        path="/api/links",
        name="api:link",
        answer=links_deciding.decide,
        method="POST",
        needs="reviewer",
        body=links_shapes.Linking,
        summary="Record that two claims are linked, or are not.",
        gives=links_shapes.LinkWord,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/links/several",
        name="api:link-several",
        answer=several.decide,
        method="POST",
        needs="reviewer",
        body=links_shapes.Picked,
        summary="Record that several claims say the same, or do not.",
        gives=links_shapes.LinkWords,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/links/undo",
        name="api:unlink-several",
        answer=several.undo,
        method="POST",
        needs="reviewer",
        body=links_shapes.TakingBack,
        summary="Take several decisions about links back, all or none.",
        gives=links_shapes.LinkWords,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/links/{seq}/undo",
        name="api:unlink",
        answer=links_deciding.undo,
        method="POST",
        needs="reviewer",
        body=links_shapes.Unlinking,
        summary="Take a decision about a link back.",
        gives=links_shapes.LinkWord,
        status=201,
        limit="writes",
    ),
    Route(
        path="/api/waiting",
        name="api:waiting",
        answer=asking.waiting,
        query=shapes.Recent,
        summary="What waits for a person, what matters most first.",
        gives=shapes.WaitingList,
    ),
)
ROUTES: Final[tuple[Route, ...]] = (*PAGES, *DOORS, *API)


def streams(of: Desk) -> list[Mounted]:
    """The one address that answers for as long as a page is open."""

    async def endpoint(request: Request) -> Response:
        return await events(of, request)

    return [Mounted("/api/events", endpoint, methods=["GET"], name="api:events")]
