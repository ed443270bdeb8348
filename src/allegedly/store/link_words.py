"""What people said of links, every word of it, and who is the last to have said anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.store import tables
from allegedly.store.chain import parsed
from allegedly.store.errors import NotInLedgerError, OvertakenError, RefusedError
from allegedly.store.filters import counts
from allegedly.store.link_tables import link_decisions
from allegedly.store.recording import ANYTHING
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement, Connection

    from allegedly.records import LinkDecision, LinkRelation, LinkVerdict

SAME: Final = "same"
KIND: Final = "link_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLinkDecision:
    """A person's word on two claims as recorded; `current` where no later one replaced it.

    `id` names what it is about, the two and the relation; `seq` is the word's own entry.
    """

    id: str
    seq: int
    recorded_at: str
    left: str
    right: str
    relation: LinkRelation
    verdict: LinkVerdict
    reviewer: str
    reason: str
    current: bool


def said_of(
    connection: Connection, claims: Collection[str], at: int | None
) -> list[StoredLinkDecision]:
    """Every word on links of some claims, the latest first, what was taken back too."""
    numbers: set[int] = set()
    standing: set[int] = set()
    for begun, ended in _rows(connection, claims):
        if at is None or begun <= at:
            numbers.add(begun)
            closed = ended is not None and (at is None or ended <= at)
            numbers |= {ended} if closed and ended is not None else set()
            standing |= set() if closed else {begun}
    return [_word(row, standing) for row in _entries(connection, numbers)]


def word(connection: Connection, name: str) -> StoredLinkDecision | None:
    """What stands decided under an id, None where nothing does."""
    t = link_decisions
    seq = connection.execute(
        select(t.c.seq_from).where(t.c.id == name, t.c.seq_to.is_(None))
    ).scalar()
    found = [] if seq is None else _entries(connection, {seq})
    return _word(found[0], {found[0].seq}) if found else None


def last(connection: Connection, claim: str) -> int:
    """The entry of the last word on any link of a claim, 0 where nobody said anything."""
    return max((n for row in _rows(connection, [claim]) for n in row if n is not None), default=0)


def check_seen(connection: Connection, decision: LinkDecision, about: str, seen: int | str) -> None:
    """Raise OvertakenError where somebody said something later than what a person saw.

    `about` is the id of what the decision is about. It must not come after `seen`: the last word on
    any link of the left one, or for an `undo` the very word that is taken back.
    """
    if decision.verdict == "undo":
        standing = word(connection, about)
        if standing is None:
            raise RefusedError("nothing is decided about the two, or it was taken back already")
        known = standing.seq
    else:
        known = last(connection, decision.left)
    if seen != ANYTHING and known > int(seen):
        raise OvertakenError("somebody else joined or parted it in the meantime")


def check_room(connection: Connection, decision: LinkDecision) -> None:
    """Raise RefusedError for a word that others' words on the same claims leave no room for.

    What people joined is one, through however many others; it cannot also be two.
    """
    if decision.relation != SAME or decision.verdict == "undo":
        return
    pair = (decision.left, decision.right)
    here = joined(connection, decision.left, but=pair)
    if decision.verdict == "unlink" and decision.right in here:
        raise RefusedError(
            "people joined the two through other claims: take those decisions back first"
        )
    there = joined(connection, decision.right, but=pair)
    for kept in _standing(connection, here, "unlink"):
        ends = {kept.left_claim, kept.right_claim}
        very = ends == set(pair)
        if decision.verdict == "link" and not very and ends & here and ends & there:
            raise RefusedError(
                f"{kept.reviewer} parted them ({kept.reason}): take that decision back first"
            )


def latest(connection: Connection, at: int | None, limit: int) -> list[StoredLinkDecision]:
    """The last words on links whatsoever, the latest first."""
    e, t = tables.entries, link_decisions
    rows = select(e.c.seq, e.c.recorded_at, e.c.body).where(e.c.kind == KIND)
    rows = rows if at is None else rows.where(e.c.seq <= at)
    found = connection.execute(rows.order_by(e.c.seq.desc()).limit(limit)).all()
    standing: set[int] = set()
    for some in batched([row.seq for row in found]):
        asked = select(t.c.seq_from).where(t.c.seq_from.in_(some), counts(t, at))
        standing |= set(connection.execute(asked).scalars())
    return [_word(row, standing) for row in found]


def of_entry(connection: Connection, seq: int) -> StoredLinkDecision:
    """The word that is an entry; raises NotInLedgerError."""
    found = _entries(connection, {seq})
    if not found:
        raise NotInLedgerError(f"entry {seq} is no decision about a link")
    name = parsed(found[0].body)["id"]
    stands = word(connection, name)
    return _word(found[0], {stands.seq} if stands else ())


def joined(
    connection: Connection, claim: str, at: int | None = None, but: Collection[str] = ()
) -> set[str]:
    """A claim and all that people joined to it, through however many others.

    What they said of the very two in `but` is left out.
    """
    found, fresh, pair = {claim}, {claim}, set(but)
    while fresh:
        rows = _standing(connection, fresh, "link", at)
        ends = [{row.left_claim, row.right_claim} for row in rows]
        fresh = {end for two in ends if two != pair for end in two} - found
        found |= fresh
    return found


def _standing(
    connection: Connection, claims: Collection[str], verdict: str, at: int | None = None
) -> list[Any]:
    t = link_decisions
    found: list[Any] = []
    for ends in _ends(claims):
        rows = select(t).where(ends, t.c.relation == SAME, t.c.verdict == verdict, counts(t, at))
        found += connection.execute(rows).all()
    return found


def _rows(connection: Connection, claims: Collection[str]) -> Iterator[tuple[int, int | None]]:
    t = link_decisions
    for ends in _ends(claims):
        for row in connection.execute(select(t.c.seq_from, t.c.seq_to).where(ends)):
            yield row.seq_from, row.seq_to


def _ends(claims: Collection[str]) -> Iterator[ColumnElement[bool]]:
    t = link_decisions
    for some in batched(list(claims)):
        yield t.c.left_claim.in_(some) | t.c.right_claim.in_(some)


def _entries(connection: Connection, numbers: Collection[int]) -> list[Any]:
    e = tables.entries
    found: list[Any] = []
    for some in batched(sorted(numbers, reverse=True)):
        rows = select(e.c.seq, e.c.recorded_at, e.c.body)
        rows = rows.where(e.c.seq.in_(some), e.c.kind == KIND)
        found += connection.execute(rows.order_by(e.c.seq.desc())).all()
    return found


def _word(row: Any, standing: Collection[int]) -> StoredLinkDecision:  # noqa: ANN401  # a row of entries
    return said(row.seq, row.recorded_at, parsed(row.body), current=row.seq in standing)


def said(seq: int, recorded_at: str, body: dict[str, Any], *, current: bool) -> StoredLinkDecision:
    """An entry of people's words on links as a record."""
    fields = ("id", "left", "right", "relation", "verdict", "reviewer", "reason")
    told = {name: body[name] for name in fields}
    return StoredLinkDecision(seq=seq, recorded_at=recorded_at, current=current, **told)
