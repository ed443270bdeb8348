"""Groups, links and people's words on them as they stood at a moment."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, func, select

from allegedly.records import ClaimGroup, Link, LinkDecision, Reason, Statement
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
from allegedly.store.states import ASKED_AT_ONCE, Bodies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

NEWEST: Final = 200  # of the claims under one key: the latest, so that no key costs more


class Found(NamedTuple):
    """A claim or statement that may match: its linking's entry and its place there."""

    seq: int
    place: int


def unlinked(connection: Connection) -> list[str]:
    """Documents whose current reading came after they were last linked, the first read first."""
    r, t = tables.readings, linkings
    joined = r.outerjoin(t, and_(t.c.document == r.c.document, t.c.seq_to.is_(None)))
    rows = select(r.c.document).select_from(joined)
    rows = rows.where(
        r.c.seq_to.is_(None), (t.c.seq_from.is_(None)) | (t.c.seq_from < r.c.seq_from)
    )
    return list(connection.execute(rows.order_by(r.c.seq_from)).scalars())


def matching(connection: Connection, keys: Collection[int]) -> dict[int, list[Found]]:
    """The claims of linked documents under each of some keys, the newest `NEWEST` of each."""
    found: defaultdict[int, list[Found]] = defaultdict(list)
    k, t = link_keys, linkings
    for some in _runs(sorted(keys)):
        rows = select(k.c.key, k.c.seq_from, k.c.place).join(t, t.c.seq_from == k.c.seq_from)
        rows = rows.where(k.c.key.in_(some or ()), t.c.seq_to.is_(None))
        rows = rows.order_by(k.c.seq_from.desc()).limit(NEWEST * len(some or ()))
        for key, seq, place in connection.execute(rows):
            if len(found[key]) < NEWEST:
                found[key].append(Found(seq, place))
    return found


def places_of(
    connection: Connection, members: Collection[str], documents: Collection[str] | None = None
) -> set[Found]:
    """Where some claims or statements stand among what is linked, in some documents or any."""
    if documents is None:
        documents = set(documents_of(connection, members).values())
    found: set[Found] = set()
    t = linkings
    for some in _runs(sorted(documents)):
        rows = select(t.c.seq_from).where(t.c.document.in_(some or ()), t.c.seq_to.is_(None))
        for seq, body in Bodies(connection).of(list(connection.execute(rows).scalars())).items():
            found |= {
                Found(seq, place)
                for place, own in enumerate(body["claims"])
                if own["id"] in members
            }
    return found


def linking_bodies(connection: Connection, seqs: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Linkings by the numbers of their entries."""
    return Bodies(connection).of(seqs)


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
        wanted = set()
        for some in _runs(list(claims)):
            rows = select(m.c.seq_from).join(g, g.c.seq_from == m.c.seq_from)
            wanted |= set(
                connection.execute(rows.where(m.c.member.in_(some or ()), counts(g, at))).scalars()
            )
    return list(_groups(connection, wanted, at, seen))


def _groups(
    connection: Connection,
    wanted: set[int] | None,
    at: int | None,
    seen: ColumnElement[bool] | None,
) -> Iterator[ClaimGroup]:
    g, m, d = claim_groups, group_members, tables.documents
    source = m.join(g, g.c.seq_from == m.c.seq_from)
    if seen is not None:
        source = source.join(d, and_(d.c.id == m.c.document, counts(d, at)))
    members: defaultdict[int, list[str]] = defaultdict(list)
    about: dict[int, Any] = {}
    for some in _runs(None if wanted is None else sorted(wanted)):
        rows = select(g, m.c.member).select_from(source).where(counts(g, at))
        rows = rows if some is None else rows.where(g.c.seq_from.in_(some))
        rows = rows if seen is None else rows.where(seen)
        for row in connection.execute(rows.order_by(g.c.seq_from, m.c.place)):
            members[row.seq_from].append(row.member)
            about[row.seq_from] = row
    for seq in sorted(about):
        row = about[seq]
        shown = row.shown if row.shown in members[seq] else members[seq][0]
        yield ClaimGroup(
            id=row.id, members=tuple(members[seq]), shown=shown, probability=row.probability
        )


def links_of(connection: Connection, claims: Collection[str] | None, at: int | None) -> list[Link]:
    """Links at either end of which is one of some claims, or all, at a moment."""
    t = links
    found: dict[int, Link] = {}
    for some in _runs(None if claims is None else list(claims)):
        rows = select(t).where(counts(t, at))
        ends = t.c.left_claim.in_(some or ()) | t.c.right_claim.in_(some or ())
        rows = rows if some is None else rows.where(ends)
        found |= {row.seq_from: _link(row) for row in connection.execute(rows)}
    return [found[seq] for seq in sorted(found)]


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
    t = link_decisions
    found: dict[int, LinkDecision] = {}
    for some in _runs(None if claims is None else list(claims)):
        rows = select(t).where(counts(t, at))
        ends = t.c.left_claim.in_(some or ()) | t.c.right_claim.in_(some or ())
        rows = rows if some is None else rows.where(ends)
        for row in connection.execute(rows):
            found[row.seq_from] = LinkDecision(
                left=row.left_claim,
                right=row.right_claim,
                relation=row.relation,
                verdict=row.verdict,
                reviewer=row.reviewer,
                reason=row.reason,
            )
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


def count_linked(connection: Connection) -> int:
    """How many documents are linked."""
    t = linkings
    found: int = connection.execute(
        select(func.count()).select_from(t).where(t.c.seq_to.is_(None))
    ).scalar_one()
    return found


def _runs(names: Sequence[Any] | None) -> Iterator[Sequence[Any] | None]:
    """Names in runs that one question can hold; None, for everything, once."""
    if names is None:
        yield None
        return
    for at in range(0, len(names), ASKED_AT_ONCE):
        yield names[at : at + ASKED_AT_ONCE]
