"""What was recorded when, what each reading changed, and who is made to speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from allegedly.store import queries, tables
from allegedly.store.filters import counts
from allegedly.store.found import StoredDecision, StoredSource
from allegedly.store.states import RECORDS, Bodies, batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Row, Select, Table

    from allegedly.store.moments import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that a reading brought, took back or changed; `was` and `now` are ledger JSON.

    A field that stayed the same is in neither.
    """

    kind: str
    id: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing recorded: a run, a capture, a reading or a decision.

    `differences` are those of a reading that supersedes another; a first one brings `claims`.
    """

    seq: int
    recorded_at: str
    kind: str
    id: str
    document: str | None
    run: str | None
    supersedes: str | None = None
    claims: int = 0
    title: str | None = None
    differences: tuple[Difference, ...] = ()
    decision: StoredDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many there are, and how many of them came after an entry."""

    documents: int
    claims: int
    decisions: int
    new_documents: int
    new_decisions: int


def latest(
    connection: Connection, kinds: Collection[str], about: str, at: int | None
) -> tuple[int, ...]:
    """The last entry of each kind, and the last decision about a kind of subject."""
    e, d = tables.entries, tables.decisions
    last = [select(func.max(e.c.seq)).where(e.c.kind == kind) for kind in kinds]
    last = last if at is None else [query.where(e.c.seq <= at) for query in last]
    word = select(func.max(d.c.seq_from)).where(d.c.kind == about)
    word = word if at is None else word.where(d.c.seq_from <= at)
    return tuple(connection.execute(query).scalar() or 0 for query in (*last, word))


def totals(connection: Connection, moment: Moment, at: int | None, since: int) -> Totals:
    """What the ledger holds at a moment."""
    d, r, t = tables.documents, tables.readings, tables.decisions
    rows = select(func.count()).select_from(d).where(counts(d, at))
    # A document has one reading that counts, so nothing need be joined where all are visible.
    read = select(func.coalesce(func.sum(r.c.claims), 0)).where(counts(r, at))
    if moment.published is not None:
        rows = rows.where(d.c.published_by <= moment.published)
        known = select(d.c.id).where(counts(d, at), d.c.published_by <= moment.published)
        read = read.where(r.c.document.in_(known))
    documents = connection.execute(rows).scalar_one()
    claims = connection.execute(read).scalar_one()
    new = connection.execute(rows.where(d.c.entry > since)).scalar_one() if since else documents
    words = select(func.count(), func.count().filter(t.c.seq_from > since))
    words = words if at is None else words.where(t.c.seq_from <= at)
    decided, lately = connection.execute(words).one()
    return Totals(
        documents=documents,
        claims=int(claims),
        decisions=decided,
        new_documents=new,
        new_decisions=lately,
    )


def log(connection: Connection, moment: Moment, document: str | None, limit: int) -> list[Change]:
    """Everything recorded until a moment, the latest first."""
    at = queries.seq_of(connection, moment)
    kinds = (tables.captures, tables.readings, tables.decisions)
    tables_asked = kinds if document is not None else (tables.runs, *kinds)
    found: list[tuple[str, Row[Any]]] = []
    for table in tables_asked:
        conditions = list(_visible(table, moment, at, document))
        rows = select(table).where(*conditions).order_by(table.c.seq_from.desc()).limit(limit)
        found += [(table.name, row) for row in connection.execute(rows)]
    found.sort(key=lambda pair: -pair[1].seq_from)
    found = found[:limit]
    e, d = tables.entries, tables.documents
    entries = _by_key(
        connection,
        select(e.c.seq, e.c.recorded_at, e.c.run),
        [row.seq_from for _, row in found],
    )
    about = {getattr(row, "document", None) for _, row in found} - {None}
    titles = _by_key(connection, select(d.c.id, d.c.title), sorted(about))
    return [
        _change(connection, at, entries[row.seq_from], name, row, titles) for name, row in found
    ]


def _by_key(connection: Connection, rows: Select[Any], keys: list[Any]) -> dict[Any, Row[Any]]:
    """Rows by their first column, those with some keys."""
    first = rows.selected_columns[0]
    found = (connection.execute(rows.where(first.in_(some))) for some in batched(keys))
    return {row[0]: row for some in found for row in some}


def _visible(
    table: Table, moment: Moment, at: int | None, document: str | None
) -> Iterator[ColumnElement[bool]]:
    if at is not None:
        yield table.c.seq_from <= at
    if document is not None:
        yield table.c.document == document
    if moment.published is not None and "document" in table.c:
        d = tables.documents
        known = select(d.c.id).where(counts(d, at), d.c.published_by <= moment.published)
        yield table.c.document.is_(None) | table.c.document.in_(known)


def _change(  # noqa: PLR0913, PLR0917  # a row and what was looked up beside it
    connection: Connection,
    at: int | None,
    entry: Row[Any],
    name: str,
    row: Row[Any],
    titles: Mapping[str, Row[Any]],
) -> Change:
    document = getattr(row, "document", None)
    title = None if document is None else titles[document].title
    reading = name == "readings"
    return Change(
        seq=row.seq_from,
        recorded_at=entry.recorded_at,
        kind=name.removesuffix("s"),
        id=row.id,
        document=document,
        run=entry.run,
        supersedes=getattr(row, "supersedes", None),
        claims=row.claims if reading else 0,
        title=title,
        differences=_differences(connection, row) if reading and row.supersedes else (),
        decision=queries.decision(row, at) if name == "decisions" else None,
    )


def _differences(connection: Connection, reading: Row[Any]) -> tuple[Difference, ...]:
    found: list[Difference] = []
    for kind, table in RECORDS.items():
        mine = table.c.document == reading.document
        new = _bodies(connection, table, mine & (table.c.seq_from == reading.seq_from))
        old = _bodies(connection, table, mine & (table.c.seq_to == reading.seq_from))
        for name in [*old, *(name for name in new if name not in old)]:
            was, now = _parted(old.get(name), new.get(name))
            found.append(Difference(kind=kind, id=name, was=was, now=now))
    return tuple(found)


def _bodies(
    connection: Connection, table: Table, asked: ColumnElement[bool]
) -> dict[str, dict[str, Any]]:
    found = select(table.c.id, table.c.seq).where(asked).order_by(table.c.seq)
    rows = connection.execute(found).all()
    bodies = Bodies(connection).of([row.seq for row in rows])
    return {row.id: bodies[row.seq] for row in rows}


def _parted(
    was: dict[str, Any] | None, now: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The fields in which two bodies differ; a body without a counterpart stays whole."""
    if was is None or now is None:
        return was, now
    changed = [field for field in {**was, **now} if was.get(field) != now.get(field)]
    return {f: was.get(f) for f in changed}, {f: now.get(f) for f in changed}


def sources(connection: Connection, moment: Moment, limit: int) -> list[StoredSource]:
    """Who is named in the claims that count at a moment, with the reliability people gave them."""
    at = queries.seq_of(connection, moment)
    s, p = tables.speakers, tables.sources
    total = func.sum(s.c.claims)
    said = select(s.c.source, total.label("claims")).where(counts(s, at)).group_by(s.c.source)
    if moment.published is not None:
        d = tables.documents
        known = select(d.c.entry).where(counts(d, at), d.c.published_by <= moment.published)
        said = said.where(s.c.entry.in_(known))
    spoken = said.order_by(total.desc(), s.c.source).limit(limit).subquery("spoken")
    rows = select(p, spoken.c.claims).join(spoken, spoken.c.source == p.c.id)
    rated = _reliability(connection, at)
    return [
        StoredSource(
            id=row.id,
            name=row.name,
            kind=row.kind,
            claims=row.claims,
            reliability=rated.get(row.id),
        )
        for row in connection.execute(rows.order_by(spoken.c.claims.desc(), p.c.id))
    ]


def _reliability(connection: Connection, at: int | None) -> dict[str, str]:
    t = tables.decisions
    rows = select(t).where(t.c.kind == "source", t.c.verdict == "reliability", counts(t, at))
    return {row.subject: queries.decision(row, at).value for row in connection.execute(rows)}
