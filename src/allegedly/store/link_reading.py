"""Groups, links and people's words on them as they stood at a moment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from sqlalchemy import and_, bindparam, func, select

from allegedly.records import Link, LinkDecision, Reason, Statement
from allegedly.records.ledger_json import statement_from_dict
from allegedly.store import tables
from allegedly.store.filters import counts
from allegedly.store.link_tables import (
    claim_groups,
    group_members,
    link_decisions,
    link_keys,
    linkings,
    links,
)
from allegedly.store.states import Bodies, among, batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select, Table

NEWEST: Final = 200  # of the claims under one key: the latest, so that no key costs more
AT_ONCE: Final = 10_000  # numbers in one question: a quarter of a megabyte of SQL


class Found(NamedTuple):
    """A claim or statement that may match: its linking's entry and its place there."""

    seq: int
    place: int


def unlinked(connection: Connection) -> list[str]:
    """Documents whose current reading came after they were last linked, the first read first.

    Linking takes them in the order in which they were read, so nothing before the reading that was
    linked last needs to be looked at.
    """
    r, t = tables.readings, linkings
    joined = r.outerjoin(t, and_(t.c.document == r.c.document, t.c.seq_to.is_(None)))
    rows = select(r.c.document).select_from(joined)
    rows = rows.where(
        r.c.seq_from > _last_linked_reading(connection),
        r.c.seq_to.is_(None),
        (t.c.seq_from.is_(None)) | (t.c.seq_from < r.c.seq_from),
    )
    return list(connection.execute(rows.order_by(r.c.seq_from)).scalars())


def _last_linked_reading(connection: Connection) -> int:
    """The entry of the reading that was linked last, 0 where none was."""
    r, t = tables.readings, linkings
    newest = select(t.c.seq_from, t.c.document).order_by(t.c.seq_from.desc()).limit(1)
    last = connection.execute(newest).first()
    if last is None:
        return 0
    read = select(func.max(r.c.seq_from)).where(
        r.c.document == last.document, r.c.seq_from < last.seq_from
    )
    return connection.execute(read).scalar() or 0


def matching(
    connection: Connection, keys: Collection[int], *, before: int
) -> Iterator[Sequence[tuple[int, int, int]]]:
    """The claims of linked documents under each of some keys: key, entry and place, many at a time.

    At least the newest `NEWEST` of each key; those recorded from the entry `before` on are left
    out.
    """
    for some in batched(sorted(keys), AT_ONCE):
        there = _counted(connection, some, before)
        few = [key for key, count in there.items() if count <= NEWEST]
        yield connection.execute(_under(few, before)).all()
        for key in there.keys() - set(few):
            yield connection.execute(_newest(key, before)).all()


def every_key(connection: Connection) -> Iterator[Sequence[tuple[int, int, int]]]:
    """All keys of linked documents, with the entry and the place of each claim, many at a time."""
    k, t = link_keys, linkings
    rows = select(k.c.key, k.c.seq_from, k.c.place).join(t, t.c.seq_from == k.c.seq_from)
    # There may be millions: the database is to keep what is not asked for yet.
    rows = rows.where(t.c.seq_to.is_(None)).execution_options(stream_results=True)
    yield from connection.execute(rows).partitions(AT_ONCE)


def linked(connection: Connection) -> int:
    """How many documents are linked."""
    rows = select(func.count()).select_from(linkings).where(linkings.c.seq_to.is_(None))
    return connection.execute(rows).scalar() or 0


def linked_until(connection: Connection, before: int | None = None) -> int:
    """The last entry by which a document was linked, of those before an entry; 0 where none was."""
    newest = select(func.max(linkings.c.seq_from))
    rows = newest if before is None else newest.where(linkings.c.seq_from < before)
    return connection.execute(rows).scalar() or 0


def _counted(connection: Connection, keys: Sequence[int], before: int) -> dict[int, int]:
    """How many claims there are under each of some keys that has any, by the index alone."""
    k = link_keys
    rows = select(k.c.key, func.count()).where(_among(k.c.key, keys), k.c.seq_from < before)
    return {row[0]: row[1] for row in connection.execute(rows.group_by(k.c.key))}


def _under(keys: Sequence[int], before: int) -> Select[int, int, int]:
    return _standing(before).where(_among(link_keys.c.key, keys))


def _newest(key: int, before: int) -> Select[int, int, int]:
    k = link_keys
    rows = _standing(before).where(k.c.key == key)
    return rows.order_by(k.c.seq_from.desc(), k.c.place.desc()).limit(NEWEST)


def _standing(before: int) -> Select[int, int, int]:
    k, t = link_keys, linkings
    rows = select(k.c.key, k.c.seq_from, k.c.place).join(t, t.c.seq_from == k.c.seq_from)
    return rows.where(k.c.seq_from < before, t.c.seq_to.is_(None))


def _among(column: ColumnElement[int], numbers: Sequence[int]) -> ColumnElement[bool]:
    """That a column is one of very many whole numbers, which are written into the question."""
    return column.in_(bindparam("among", numbers, expanding=True, literal_execute=True))


def entries_of(connection: Connection, documents: Collection[str]) -> dict[str, int]:
    """The entry that holds what some documents are compared by, of those that are linked."""
    t = linkings
    found: dict[str, int] = {}
    for some in _runs(sorted(documents)):
        rows = select(t.c.document, t.c.seq_from)
        rows = rows.where(t.c.document.in_(some or ()), t.c.seq_to.is_(None))
        found.update((row[0], row[1]) for row in connection.execute(rows))
    return found


def members_of(connection: Connection, claims: Collection[str]) -> dict[str, dict[str, str]]:
    """The groups that hold any of some claims or have its id, the first made first.

    By their ids, the documents of all their members, by their ids, in order.
    """
    g, m = claim_groups, group_members
    wanted: set[int] = set()
    for some in _runs(sorted(claims)):
        rows = select(m.c.seq_from).join(g, g.c.seq_from == m.c.seq_from)
        rows = rows.where(m.c.member.in_(some or ()), g.c.seq_to.is_(None))
        wanted |= set(connection.execute(rows).scalars())
        rows = select(g.c.seq_from).where(g.c.id.in_(some or ()), g.c.seq_to.is_(None))
        wanted |= set(connection.execute(rows).scalars())
    found: dict[str, dict[str, str]] = {}
    for few in _runs(sorted(wanted)):
        joined = select(g.c.id, m.c.member, m.c.document).join(m, g.c.seq_from == m.c.seq_from)
        joined = joined.where(g.c.seq_from.in_(few or ())).order_by(g.c.seq_from, m.c.place)
        for name, member, document in connection.execute(joined):
            found.setdefault(name, {})[member] = document
    return found


class LinkingEntry(msgspec.Struct):
    """A linking of which the claims are read one by one: few of a document's are asked for."""

    document: str
    claims: list[msgspec.Raw]


_LINKING: Final = msgspec.json.Decoder(LinkingEntry)


def linking_entries(connection: Connection, seqs: Sequence[int]) -> dict[int, LinkingEntry]:
    """Linkings by the numbers of their entries."""
    t = tables.entries
    found: dict[int, LinkingEntry] = {}
    for part in batched(seqs):
        some = select(t.c.seq, t.c.body).where(t.c.seq.in_(part))
        found.update((row[0], _LINKING.decode(row[1])) for row in connection.execute(some))
    return found


def linkings_of(
    connection: Connection, documents: Sequence[str] | None, at: int | None
) -> dict[str, dict[str, Any]]:
    """The linkings of some documents, or of all, at a moment."""
    t = linkings
    found: dict[str, int] = {}
    for some in _runs(documents):
        asked = select(t.c.document, t.c.seq_from).where(counts(t, at))
        rows = asked if some is None else asked.where(t.c.document.in_(some))
        found.update((row[0], row[1]) for row in connection.execute(rows))
    bodies = Bodies(connection).of(list(found.values()))
    return {document: bodies[seq] for document, seq in found.items()}


def links_of(connection: Connection, claims: Collection[str] | None, at: int | None) -> list[Link]:
    """Links at either end of which is one of some claims, or all, at a moment."""
    found = {row.seq_from: _link(row) for row in _at_an_end(connection, links, claims, at)}
    return [found[seq] for seq in sorted(found)]


def _at_an_end(
    connection: Connection, table: Table, claims: Collection[str] | None, at: int | None
) -> Iterator[Row[Any]]:
    """The rows that have one of some claims at an end, or all; those that have two come twice."""
    rows = select(table).where(counts(table, at))
    if claims is None:
        yield from connection.execute(rows)
        return
    for end in (table.c.left_claim, table.c.right_claim):
        yield from connection.execute(rows.where(among(connection, end, claims)))


def _link(row: Any) -> Link:  # noqa: ANN401  # a row of `links`
    return Link(
        left=row.left_claim,
        right=row.right_claim,
        relation=row.relation,
        probability=row.probability,
        method=row.method,
        reason=tuple(
            Reason(slot=slot, left=left, right=right, weighs=weighs)
            for slot, left, right, weighs in json.loads(row.reason)
        ),
    )


def decisions_of(
    connection: Connection, claims: Collection[str] | None, at: int | None
) -> list[LinkDecision]:
    """What people decided about links, the first first."""
    found = {
        row.seq_from: LinkDecision(
            left=row.left_claim,
            right=row.right_claim,
            relation=row.relation,
            verdict=row.verdict,
            reviewer=row.reviewer,
            reason=row.reason,
        )
        for row in _at_an_end(connection, link_decisions, claims, at)
    }
    return [found[seq] for seq in sorted(found)]


def under(found: Sequence[Link], decided: Sequence[LinkDecision]) -> list[Link]:
    """Links as people left them: without those taken away, with those that a person made."""
    gone = {(d.left, d.right, d.relation) for d in decided if d.verdict == "unlink"}
    kept = [own for own in found if (own.left, own.right, own.relation) not in gone]
    there = {(own.left, own.right, own.relation) for own in kept}
    made = [
        Link(left=d.left, right=d.right, relation=d.relation, probability=1.0, method="person")
        for d in decided
        if d.verdict == "link" and (d.left, d.right, d.relation) not in there
    ]
    return [*kept, *made]


def statements_in(body: dict[str, Any]) -> list[Statement]:
    """The statements of one linking."""
    return [statement_from_dict(own, body["document"]) for own in body["statements"]]


def documents_of(connection: Connection, claims: Collection[str]) -> dict[str, str]:
    """The document of each claim, or of each member of a group, that there is."""
    found: dict[str, str] = {}
    for some in _runs(list(claims)):
        for name, document in (
            (tables.claims.c.id, tables.claims.c.document),
            (group_members.c.member, group_members.c.document),
        ):
            rows = select(name, document).where(name.in_(some or ()))
            found.update((row[0], row[1]) for row in connection.execute(rows))
    return found


def _runs(names: Sequence[Any] | None) -> Iterator[Sequence[Any] | None]:
    """Names in runs that one question can hold; None, for everything, once."""
    if names is None:
        yield None
        return
    yield from batched(names)
