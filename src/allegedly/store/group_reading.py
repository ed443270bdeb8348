"""Groups of claims that say one thing, as they stood at a moment: whole, or as far as asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from allegedly.records import ClaimGroup
from allegedly.store import tables
from allegedly.store.filters import counts
from allegedly.store.link_tables import claim_groups, group_members
from allegedly.store.states import among, batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Select


def groups_of(
    connection: Connection,
    claims: Collection[str] | None,
    at: int | None,
    seen: ColumnElement[bool] | None = None,
) -> list[ClaimGroup]:
    """Groups that hold any of some claims, or all groups, at a moment, the first made first.

    `seen` is a condition on the documents table; members of others are left out.
    """
    g, m = claim_groups, group_members
    wanted: set[int] | None = None
    if claims is not None:
        rows = select(m.c.seq_from).join(g, g.c.seq_from == m.c.seq_from)
        rows = rows.where(among(connection, m.c.member, claims), counts(g, at))
        wanted = set(connection.execute(rows).scalars())
    return list(_groups(connection, wanted, at, seen))


def groups_among(
    connection: Connection,
    claims: Collection[str],
    at: int | None,
    seen: ColumnElement[bool] | None = None,
) -> list[ClaimGroup]:
    """Groups of two and more with those of some claims that they hold, the first made first.

    Of a group with hundreds elsewhere no more than that is read. `seen` as for `groups_of`.
    """
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in _held(connection, claims, at, seen):
        found[row.seq_from].append(row)
    sizes = _sizes(connection, [seq for seq, held in found.items() if len(held) == 1], at, seen)
    return [
        _group(held[0], [row.member for row in held])
        for seq, held in found.items()
        if len(held) > 1 or sizes[seq] > 1
    ]


def sizes_of(
    connection: Connection,
    claims: Collection[str],
    at: int | None,
    seen: ColumnElement[bool] | None = None,
) -> dict[str, int]:
    """How many there are in the group of each of some claims that is in one, itself among them."""
    held = {row.member: row.seq_from for row in _held(connection, claims, at, seen)}
    sizes = _sizes(connection, sorted({*held.values()}), at, seen)
    return {claim: sizes[seq] for claim, seq in held.items()}


def _held(
    connection: Connection,
    claims: Collection[str],
    at: int | None,
    seen: ColumnElement[bool] | None,
) -> Iterator[Row[Any]]:
    """Some claims with the groups that hold them, in the order of the groups."""
    g, m = claim_groups, group_members
    rows = _members(at, seen, g, m.c.member).where(among(connection, m.c.member, claims))
    yield from connection.execute(rows.order_by(g.c.seq_from, m.c.place))


def _sizes(
    connection: Connection,
    groups: Sequence[int],
    at: int | None,
    seen: ColumnElement[bool] | None,
) -> dict[int, int]:
    """How many members some groups have."""
    m = group_members
    found: dict[int, int] = {}
    for some in batched(groups):
        rows = _members(at, seen, m.c.seq_from, func.count()).where(m.c.seq_from.in_(some))
        counted = connection.execute(rows.group_by(m.c.seq_from))
        found.update((seq, count) for seq, count in counted)
    return found


def _members(at: int | None, seen: ColumnElement[bool] | None, *columns: Any) -> Select[Any]:  # noqa: ANN401  # columns or tables
    """The members of the groups of a moment, of those documents alone that a condition is on."""
    g, m, d = claim_groups, group_members, tables.documents
    source = m.join(g, g.c.seq_from == m.c.seq_from)
    if seen is None:
        return select(*columns).select_from(source).where(counts(g, at))
    source = source.join(d, and_(d.c.id == m.c.document, counts(d, at)))
    return select(*columns).select_from(source).where(counts(g, at), seen)


def _group(row: Row[Any], members: Sequence[str]) -> ClaimGroup:
    shown = row.shown if row.shown in members else members[0]
    return ClaimGroup(id=row.id, members=tuple(members), shown=shown, probability=row.probability)


def _groups(
    connection: Connection,
    wanted: set[int] | None,
    at: int | None,
    seen: ColumnElement[bool] | None,
) -> Iterator[ClaimGroup]:
    g, m = claim_groups, group_members
    members: defaultdict[int, list[str]] = defaultdict(list)
    about: dict[int, Any] = {}
    for some in [None] if wanted is None else batched(sorted(wanted)):
        rows = _members(at, seen, g, m.c.member)
        rows = rows if some is None else rows.where(g.c.seq_from.in_(some))
        for row in connection.execute(rows.order_by(g.c.seq_from, m.c.place)):
            members[row.seq_from].append(row.member)
            about[row.seq_from] = row
    for seq in sorted(about):
        yield _group(about[seq], members[seq])
