"""The API's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from starlette.responses import Response

from allegedly.records.ledger_json import to_dict
from allegedly.store import NotInLedgerError
from allegedly.web.api import shapes
from allegedly.web.api.openapi import document as described
from allegedly.web.app.linking import IDLE
from allegedly.web.pages.records import named
from allegedly.web.pages.review import why

if TYPE_CHECKING:
    from allegedly.web.app.routing import Call

JSON = "application/json"


def answered(value: Any, status: int = 200) -> Response:  # noqa: ANN401  # any record of `shapes`
    """A record as JSON."""
    return Response(msgspec.json.encode(value), status, media_type=JSON)


def openapi(_call: Call) -> Response:
    """The document of this API."""
    from allegedly.web.table import ROUTES  # noqa: PLC0415  # the table holds this function

    return answered(described(ROUTES))


def me(call: Call) -> Response:
    """Who asks."""
    return answered(shapes.Person(name=call.who.name, role=call.who.role))


def head(call: Call) -> Response:
    """The last entry at the moment."""
    return answered(msgspec.convert(call.view.head(), shapes.Head, from_attributes=True))


def comparing(call: Call) -> Response:
    """How far the desk is with comparing stories."""
    state = call.desk.linking.state if call.desk.linking else IDLE
    return answered(msgspec.convert(state, shapes.Comparing, from_attributes=True))


def documents(call: Call) -> Response:
    """Documents."""
    asked = call.asked(shapes.Window)
    found = call.view.documents(asked.filter(), limit=asked.limit, offset=asked.offset)
    return answered(shapes.Documents(documents=[shapes.document(each) for each in found]))


def document(call: Call) -> Response:
    """One document."""
    return answered(shapes.document(call.view.document(named(call, "document"))))


def reading(call: Call) -> Response:
    """What was read in a document, as ledger JSON."""
    return answered(to_dict(call.view.reading(named(call, "document"))))


def claims(call: Call) -> Response:
    """Claims."""
    asked = call.asked(shapes.Window)
    found = call.view.claims(asked.filter(), limit=asked.limit, offset=asked.offset)
    return answered(shapes.Claims(claims=[shapes.claim(each) for each in found]))


def record(call: Call) -> Response:
    """One claim, assessment or silence."""
    kind, name = call.view.find(call.part("id"))
    if kind not in {"claim", "assessment", "silence"}:
        raise NotInLedgerError(f"{name} is a {kind} and no record")
    return answered(shapes.record(call.view.record(name), call.view.decisions(name)))


def search(call: Call) -> Response:
    """Claims that answer a query."""
    asked = call.asked(shapes.Search)
    found = call.view.search(asked.q, asked.filter(), limit=asked.limit)
    return answered(shapes.Hits(hits=[shapes.hit(each, of_claim=True) for each in found]))


def search_documents(call: Call) -> Response:
    """Documents that answer a query."""
    asked = call.asked(shapes.Search)
    found = call.view.search_documents(asked.q, asked.filter(), limit=asked.limit)
    return answered(shapes.Hits(hits=[shapes.hit(each, of_claim=False) for each in found]))


def sources(call: Call) -> Response:
    """Sources."""
    found = call.view.sources(limit=call.asked(shapes.Recent).limit)
    listed = [msgspec.convert(each, shapes.Source, from_attributes=True) for each in found]
    return answered(shapes.Sources(sources=listed))


def decisions(call: Call) -> Response:
    """Decisions."""
    found = call.view.decisions(limit=call.asked(shapes.Recent).limit)
    return answered(shapes.Decisions(decisions=[shapes.decision(each) for each in found]))


def waiting(call: Call) -> Response:
    """The queue, as of now."""
    some, count = call.desk.queue.window(0, call.asked(shapes.Recent).limit)
    return answered(
        shapes.WaitingList(
            waiting=count,
            next=[
                shapes.Waiting(
                    claim=item.id,
                    document=item.document,
                    weight=item.weight,
                    why=list(why(item)),
                )
                for item in some
            ],
        )
    )
