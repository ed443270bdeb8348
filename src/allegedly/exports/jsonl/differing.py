"""Ledger JSON that an annotator edited, as records beside the ledger's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.jsonl.checking import DamagedError, lines
from allegedly.exports.returning.anchoring import UnanchoredError
from allegedly.exports.returning.differences import Refused, Returned
from allegedly.exports.returning.moved import Moved
from allegedly.records.ledger_json import from_dict, to_dict
from allegedly.store import Filter, NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.store import View

Body = dict[str, Any]
_LISTS: Final = {"claim": "claims", "assessment": "assessments", "silence": "silences"}
_SPANS: Final = ("content", "cue", "hedges", "spans")


def read_edited(view: View, path: Path) -> Iterator[Returned | Refused]:
    """The records of the current readings in a file, spans found again where the text has moved."""
    try:
        with path.open("rb") as file:
            for line in lines(file):
                if line.kind == "plain":
                    yield from _story(view, line.body, f"line {line.number}")
                elif line.kind == "reading" and line.body.get("current"):
                    yield from _story(view, line.body.get("ledger"), f"line {line.number}")
    except (DamagedError, OSError) as error:
        yield Refused(where=path.name, reason=str(error))


def _story(view: View, value: object, where: str) -> Iterator[Returned | Refused]:
    try:
        ledger = to_dict(from_dict(value))
        document = ledger["document"]
        moved = Moved(document["text"], view.text(document["id"]))
    except (ValueError, RecursionError, NotInLedgerError) as error:
        yield Refused(where=where, reason=str(error))
        return
    here = _known(view, document["id"])
    for kind, name in _LISTS.items():
        for body in ledger[name]:
            place = f"{where} {kind} {body['id']}"
            try:
                fields = _placed(body, moved)
            except (UnanchoredError, ValueError) as error:
                yield Refused(where=place, reason=str(error))
                continue
            record = body["id"] if body["id"] in here else None
            yield Returned(
                where=place, document=document["id"], kind=kind, record=record, fields=fields
            )


def _known(view: View, document: str) -> set[str]:
    reading = view.reading(document)
    others = {a.id for a in reading.assessments} | {s.id for s in reading.silences}
    return {claim.id for claim in view.claims(Filter(document=document))} | others


def _placed(body: Body, moved: Moved) -> Body:
    """A record with its spans in the ledger's text."""
    made = dict(body)
    for name in _SPANS:
        if body.get(name):
            made[name] = moved.place(body[name])
    if "sources" in body:
        made["sources"] = [_with_spans(source, moved) for source in body["sources"]]
    if "who" in body:
        made["who"] = _with_spans(body["who"], moved)
    for name in ("places", "quantities"):
        if name in body:
            made[name] = [_with_span(inner, moved) for inner in body[name]]
    if body.get("time"):
        made["time"] = _with_span(body["time"], moved)
    return made


def _with_spans(body: Body, moved: Moved) -> Body:
    return {**body, "spans": moved.place(body["spans"]) if body["spans"] else []}


def _with_span(body: Body, moved: Moved) -> Body:
    [span] = moved.place([body["span"]])
    return {**body, "span": span}
