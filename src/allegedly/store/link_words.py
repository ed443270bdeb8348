"""What people said of links, every word of it, and who is the last to have said anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from allegedly.store import tables
from allegedly.store.chain import parsed
from allegedly.store.errors import NotInLedgerError, RefusedError
from allegedly.store.filters import counts
from allegedly.store.link_tables import link_decisions
from allegedly.store.seen import ANYTHING, check
from allegedly.store.states import among, batched

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Connection, Result

    from allegedly.records import LinkDecision, LinkRelation, LinkVerdict
    from allegedly.store.seen import Seen

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


def last_about(connection: Connection, name: str) -> StoredLinkDecision | None:
    """The last word under an id, on two claims and how they are linked."""
    t = link_decisions
    rows = connection.execute(select(t.c.seq_from, t.c.seq_to).where(t.c.id == name))
    return _last(connection, rows)


def check_seen(connection: Connection, claim: str, seen: Seen) -> None:
    """Raise OvertakenError where the last word on any link of a claim came after what was seen.

    `seen` is the word's entry, as a word has no id of its own, or None for none.
    """
    check(_last(connection, _rows(connection, [claim])), _entry(seen))


def check_taking_back(connection: Connection, about: str, seen: Seen = ANYTHING) -> None:
    """Raise OvertakenError where the last word under an id, to be taken back, was not seen.

    Raises RefusedError where nothing is decided there.
    """
    last = last_about(connection, about)
    check(last, _entry(seen))
    if last is None or last.verdict == "undo":
        raise RefusedError("nothing is decided about the two, or it was taken back already")


def _entry(seen: Seen) -> Seen:
    return int(seen) if isinstance(seen, str) and seen != ANYTHING else seen


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
    t, name = link_decisions, parsed(found[0].body)["id"]
    stands = select(t.c.seq_from).where(t.c.id == name, t.c.seq_to.is_(None))
    return _word(found[0], connection.execute(stands).scalars().all())


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
    rows = select(t).where(t.c.relation == SAME, t.c.verdict == verdict, counts(t, at))
    return list(connection.execute(rows.where(_ends(connection, claims))))


def _rows(connection: Connection, claims: Collection[str]) -> Result[int, int | None]:
    t = link_decisions
    rows = select(t.c.seq_from, t.c.seq_to).where(_ends(connection, claims))
    return connection.execute(rows)


def _last(connection: Connection, rows: Result[int, int | None]) -> StoredLinkDecision | None:
    """The word by which any of some rows came, or went, last."""
    newest = max((seq for row in rows for seq in row if seq is not None), default=None)
    return None if newest is None else of_entry(connection, newest)


def _ends(connection: Connection, claims: Collection[str]) -> ColumnElement[bool]:
    t = link_decisions
    return or_(*(among(connection, end, claims) for end in (t.c.left_claim, t.c.right_claim)))


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
