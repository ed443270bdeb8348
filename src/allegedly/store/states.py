"""What the ledger knows of one document: as much as the next entry about it needs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Text, bindparam, func, select

from allegedly.store import tables
from allegedly.store.chain import parsed
from allegedly.store.standing import Standing, Word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from allegedly.store.rows import Row
    from allegedly.store.standing import Body, Key, Status

ASKED_AT_ONCE: Final = 500  # numbers or names in one question to the database
RECORDS: Final = {
    "claim": tables.claims,
    "assessment": tables.assessments,
    "silence": tables.silences,
}


def batched(names: Sequence[Any], most: int = ASKED_AT_ONCE) -> Iterator[Sequence[Any]]:
    """Names or numbers, no more at a time than one question may hold."""
    for start in range(0, len(names), most):
        yield names[start : start + most]


def among(
    connection: Connection, column: ColumnElement[str], names: Collection[str]
) -> ColumnElement[bool]:
    """That a column is one of many names, which are asked for as one value and not each by itself.

    A thousand parameters take a question longer to put than to answer.
    """
    if connection.dialect.name == "sqlite":
        value = func.json_each(json.dumps(list(names))).table_valued("value").c.value
        return column.in_(select(value))
    asked: ColumnElement[bool] = column == func.any(bindparam(None, list(names), ARRAY(Text())))
    return asked


@dataclass(slots=True)
class Open:
    """A row that still counts: the keys to close it by, or itself where it is not written yet."""

    keys: tuple[Any, ...]
    row: Row | None = None


@dataclass(slots=True)
class Read:
    """A record as last read."""

    seq: int
    body: Body
    open: Open


@dataclass(slots=True)
class Spoken:
    """In how many claims of a document somebody is named, with the row that says so."""

    claims: int
    open: Open


@dataclass(slots=True)
class Stood:
    """A standing with its row and the status in it."""

    standing: Standing
    status: Status
    open: Open


@dataclass(slots=True)
class DocumentState:
    """One document: its description, its current reading, what stands decided."""

    entry: int
    body: Body
    version: Open | None = None
    captures: int = 0
    published_by: str | None = None
    reading: Open | None = None
    reading_id: str | None = None
    listed: set[Key] = field(default_factory=set)
    records: dict[Key, Read] = field(default_factory=dict)
    standings: dict[Key, Stood] = field(default_factory=dict)
    speakers: dict[str, Spoken] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The document's text."""
        text: str = self.body["text"]
        return text


class Bodies:
    """The bodies of entries, by their numbers."""

    def __init__(self, connection: Connection) -> None:
        """Read them over a connection to the ledger."""
        self._connection = connection

    def of(self, seqs: Sequence[int]) -> dict[int, Body]:
        """The bodies of some entries."""
        t = tables.entries
        found: dict[int, Body] = {}
        for part in batched(seqs):
            some = select(t.c.seq, t.c.body).where(t.c.seq.in_(part))
            found |= {seq: parsed(body) for seq, body in self._connection.execute(some)}
        return found


def load(connection: Connection, bodies: Bodies, document: str) -> DocumentState | None:
    """The state of a document that the ledger has, None where it has not."""
    t = tables.documents
    row = connection.execute(select(t).where(t.c.id == document, t.c.seq_to.is_(None))).first()
    if row is None:
        return None
    state = DocumentState(
        entry=row.entry,
        body=bodies.of([row.entry])[row.entry],
        version=Open((row.seq_from,)),
        captures=row.captures,
        published_by=row.published_by,
    )
    _load_reading(connection, bodies, document, state)
    for kind, table in RECORDS.items():
        _load_records(connection, bodies, document, state, kind, table)
    _load_standings(connection, bodies, document, state)
    _load_speakers(connection, state)
    return state


def entry_body(connection: Connection, seq: int) -> Body:
    """The body of one entry."""
    return Bodies(connection).of([seq])[seq]


def listed(body: Body) -> set[Key]:
    """The records that a reading lists."""
    kinds = (("claim", "claims"), ("assessment", "assessments"), ("silence", "silences"))
    return {(kind, record) for kind, name in kinds for record in body[name]}


def _load_reading(
    connection: Connection, bodies: Bodies, document: str, state: DocumentState
) -> None:
    t = tables.readings
    found = connection.execute(
        select(t).where(t.c.document == document, t.c.seq_to.is_(None))
    ).first()
    if found is not None:
        state.reading, state.reading_id = Open((found.seq_from,)), found.id
        state.listed = listed(bodies.of([found.seq_from])[found.seq_from])


def _load_records(  # noqa: PLR0913, PLR0917  # what is loaded, from where, into what
    connection: Connection,
    bodies: Bodies,
    document: str,
    state: DocumentState,
    kind: str,
    table: Table,
) -> None:
    found = connection.execute(
        select(table.c.seq, table.c.id).where(
            table.c.document == document, table.c.seq_to.is_(None)
        )
    ).all()
    read = bodies.of([seq for seq, _ in found])
    for seq, record in found:
        state.records[kind, record] = Read(seq, read[seq], Open((seq,)))


def _load_standings(
    connection: Connection, bodies: Bodies, document: str, state: DocumentState
) -> None:
    t = tables.standings
    order = (t.c.seq_from, t.c.kind, t.c.subject)
    found = connection.execute(
        select(t).where(t.c.document == document, t.c.seq_to.is_(None)).order_by(*order)
    ).all()
    seen = bodies.of([row.seen for row in found])
    for row in found:
        standing = Standing(
            key=(row.kind, row.subject),
            document=document,
            decided={m: Word(*word) for m, word in parsed(row.decided).items()},
            seen=seen[row.seen],
            seen_seq=row.seen,
            carried=row.carried,
        )
        keys = (row.seq_from, row.kind, row.subject)
        state.standings[standing.key] = Stood(standing, row.status, Open(keys))


def _load_speakers(connection: Connection, state: DocumentState) -> None:
    t = tables.speakers
    columns = (t.c.seq_from, t.c.place, t.c.source, t.c.claims)
    still = select(*columns).where(t.c.entry == state.entry, t.c.seq_to.is_(None))
    for seq, place, source, claims in connection.execute(still):
        state.speakers[source] = Spoken(claims, Open((seq, place)))
