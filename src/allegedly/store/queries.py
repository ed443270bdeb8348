"""The selects that reading is made of, and their rows as what a caller gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal_column, select, union_all

from allegedly.records.ledger_json import SCHEMA
from allegedly.store import tables
from allegedly.store.chain import parsed
from allegedly.store.filters import counts
from allegedly.store.found import (
    UNDECIDED,
    Stands,
    StoredCapture,
    StoredClaim,
    StoredDecision,
    StoredDocument,
    StoredRecord,
)
from allegedly.store.states import RECORDS, Bodies, batched

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, FromClause, Row, Select, Table

    from allegedly.store.databases import Database
    from allegedly.store.moments import Moment
    from allegedly.store.standing import Status

_NAMED = {
    "document": tables.documents,
    **RECORDS,
    "case": tables.cases,
    "decision": tables.decisions,
    "run": tables.runs,
    "capture": tables.captures,
    "reading": tables.readings,
}
_DOCUMENT = ("id", "title", "publisher", "published", "language", "uri", "captures", "characters")
_ABOUT = ("title", "publisher", "published")  # of a claim's document
_LISTED = StoredClaim.__struct_fields__[:-1]  # without what stands decided
_CLAIM = _LISTED[: -len(_ABOUT)]
_STANDS = ("status", "corrected", "credibility", "carried", "decided")
_CAPTURE = (
    *("id", "document", "sha256", "uri", "media_type"),
    *("title", "publisher", "published", "retrieved_at", "archive"),
    *("byline", "updated", "reader"),
)
_DECISION = (
    *("id", "recorded_at", "kind", "subject", "document"),
    *("matter", "verdict", "reviewer", "reason", "supersedes"),
)


def seq_of(connection: Connection, moment: Moment) -> int | None:
    """The last entry that is visible at a moment, None where that is the newest."""
    if moment.recorded is None:
        return moment.seq
    t = tables.entries
    last = select(func.max(t.c.seq)).where(t.c.recorded_at <= moment.recorded)
    found: int = connection.execute(last).scalar() or 0
    return found if moment.seq is None else min(found, moment.seq)


def documents(at: int | None, extra: FromClause | None = None) -> Select[Any]:
    """Documents with the number of claims in their readings."""
    d, r = tables.documents, tables.readings
    source: FromClause = d if extra is None else extra
    read = and_(r.c.document == d.c.id, counts(r, at))
    columns = [d.c[name] for name in _DOCUMENT]
    return (
        select(*columns, d.c.entry, func.coalesce(r.c.claims, 0).label("claims"))
        .select_from(source.outerjoin(r, read))
        .where(counts(d, at))
    )


def claims(at: int | None, extra: FromClause | None = None) -> Select[Any]:
    """Claims with their documents' descriptions and what stands decided."""
    c, d = tables.claims, tables.documents
    source: FromClause = c if extra is None else extra
    source = source.join(d, and_(d.c.id == c.c.document, counts(d, at)))
    columns = [c.c[name] for name in _CLAIM]
    about = [d.c[name] for name in _ABOUT]
    joined, stands = with_standing(source, c, "claim", at)
    return select(*columns, *about, *stands).select_from(joined).where(counts(c, at))


def with_standing(
    source: FromClause, table: FromClause, kind: str, at: int | None
) -> tuple[FromClause, list[Any]]:
    """The same rows with what stands decided about each beside them."""
    s = tables.standings
    about = and_(s.c.subject == table.c.id, s.c.kind == kind, counts(s, at))
    return source.outerjoin(s, about), [s.c[name] for name in _STANDS]


def document(row: Row[Any]) -> StoredDocument:
    """A row of `documents`."""
    said = {name: getattr(row, name) for name in _DOCUMENT}
    return StoredDocument(seq=row.entry, claims=row.claims, **said)


def claim(row: Row[Any]) -> StoredClaim:
    """A row of `claims`; by place, for a case has a thousand."""
    end = len(_LISTED)
    return StoredClaim(*(*row[:end], _stands(*row[end : end + len(_STANDS)])))


def stands(row: Row[Any]) -> Stands:
    """What was decided, out of the columns of `standings`."""
    return _stands(*(getattr(row, name) for name in _STANDS))


def _stands(
    status: Status | None,
    corrected: str | None,
    credibility: str | None,
    carried: bool | None,  # noqa: FBT001  # a column
    decided: str | None,
) -> Stands:
    if status is None or decided is None:
        return UNDECIDED
    return Stands(
        status=status,
        corrected=None if corrected is None else json.loads(corrected),
        credibility=credibility,
        carried=bool(carried),
        decisions=tuple(word[1] for word in sorted(json.loads(decided).values())),
    )


def capture(row: Row[Any]) -> StoredCapture:
    """A row of `captures`."""
    return StoredCapture(seq=row.seq_from, **{name: getattr(row, name) for name in _CAPTURE})


def decision(row: Row[Any], at: int | None) -> StoredDecision:
    """A row of `decisions`, current where nothing has replaced it at that moment."""
    closed = row.seq_to is not None and (at is None or row.seq_to <= at)
    value = None if row.value is None else json.loads(row.value)
    said = {name: getattr(row, name) for name in _DECISION}
    return StoredDecision(seq=row.seq_from, value=value, current=not closed, **said)


def openings(
    connection: Connection, database: Database, names: list[str], characters: int, at: int | None
) -> dict[str, str]:
    """How the texts of some documents begin, blanks before them left out."""
    d, e = tables.documents, tables.entries
    text = func.ltrim(literal_column(database.json_field("entries.body", "text")), " \t\r\n")
    rows = select(d.c.id, func.substr(text, 1, characters)).join(e, e.c.seq == d.c.entry)
    rows = rows.where(counts(d, at))
    found: dict[str, str] = {}
    for some in batched(names):
        asked = connection.execute(rows.where(d.c.id.in_(some)))
        found.update((name, opening) for name, opening in asked)
    return found


def ledger_json(
    connection: Connection, stored: Sequence[StoredDocument], at: int | None
) -> dict[str, dict[str, Any]]:
    """What was read in documents at a moment, as `allegedly/1`; those not read by then are not in.

    So many questions for five hundred documents as for one.
    """
    found: dict[str, dict[str, Any]] = {}
    for some in batched(stored):
        readings = _readings(connection, some, at)
        seqs = [seq for document in some for seq in (document.seq, readings.get(document.id))]
        bodies = Bodies(connection).of([seq for seq in seqs if seq is not None])
        read = {kind: _records(connection, table, readings, at) for kind, table in RECORDS.items()}
        for document in some:
            if document.id in readings:
                body = bodies[readings[document.id]]
                listed = {
                    f"{kind}s": [records[name] for name in body[f"{kind}s"]]
                    for kind, records in read.items()
                }
                text = bodies[document.seq]
                whole = {"schema": SCHEMA, "document": text, "zones": body["zones"], **listed}
                found[document.id] = whole
    return found


def _readings(
    connection: Connection, stored: Sequence[StoredDocument], at: int | None
) -> dict[str, int]:
    """The entry of each document's reading."""
    r = tables.readings
    asked = r.c.document.in_([document.id for document in stored])
    rows = connection.execute(select(r.c.document, r.c.seq_from).where(asked, counts(r, at)))
    return {row.document: row.seq_from for row in rows}


def _records(
    connection: Connection, table: Table, documents: Collection[str], at: int | None
) -> dict[str, dict[str, Any]]:
    """The bodies of some documents' records of a kind, without the ledger's own field."""
    e = tables.entries
    rows = select(table.c.id, e.c.body).join(e, e.c.seq == table.c.seq)
    rows = rows.where(table.c.document.in_(sorted(documents)), counts(table, at))
    found = {name: parsed(body) for name, body in connection.execute(rows)}
    for body in found.values():
        del body["document"]
    return found


def record(connection: Connection, kind: str, name: str, at: int | None) -> StoredRecord | None:
    """A claim, assessment or silence in full."""
    t, e = RECORDS[kind], tables.entries
    joined, columns = with_standing(t.join(e, e.c.seq == t.c.seq), t, kind, at)
    query = select(t.c.seq, t.c.document, t.c.run, e.c.body, *columns).select_from(joined)
    row = connection.execute(query.where(t.c.id == name, counts(t, at))).first()
    if row is None:
        return None
    body = json.loads(row.body)
    del body["document"]
    return StoredRecord(
        kind=kind,  # type: ignore[arg-type]  # the keys of RECORDS are subjects
        id=name,
        seq=row.seq,
        document=row.document,
        run=row.run,
        body=body,
        stands=stands(row),
    )


def beginning(connection: Connection, start: str, at: int | None) -> list[tuple[str, str]]:
    """Kind and id of what counts at a moment and begins so; of each kind two at most."""
    asked = []
    for kind, table in _NAMED.items():
        # Ids are hex digits, so everything that begins so lies between it and it with a g.
        rows = select(literal_column(f"'{kind}'").label("kind"), table.c.id).distinct()
        rows = rows.where(table.c.id.between(start, start + "g"))
        if kind in {"run", "capture", "decision", "reading"}:
            rows = rows if at is None else rows.where(table.c.seq_from <= at)
        else:
            rows = rows.where(counts(table, at))
        asked.append(select(rows.limit(2).subquery()))
    order = list(_NAMED)
    found = [(kind, name) for kind, name in connection.execute(union_all(*asked))]
    return sorted(found, key=lambda pair: order.index(pair[0]))
