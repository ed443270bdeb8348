"""What no person has decided yet, with what its place in a queue follows from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select

from allegedly.store import tables
from allegedly.store.filters import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

# How the canonical JSON of a claim's entry begins a link to another claim.
_LINKED: Final = '%"relation":%'


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that counts and that nobody decided, or whose acceptance no longer holds."""

    seq: int
    id: str
    document: str
    act: str
    probability: float
    captures: int
    reopened: bool


def waiting(connection: Connection, document: str | None) -> Iterator[Waiting]:
    """Every claim that waits for a person, of one document or of all."""
    c, d, s = tables.claims, tables.documents, tables.standings
    joined = c.join(d, and_(d.c.id == c.c.document, counts(d, None))).outerjoin(
        s, and_(s.c.subject == c.c.id, s.c.kind == "claim", counts(s, None))
    )
    columns = (c.c.seq, c.c.id, c.c.document, c.c.act, c.c.probability, d.c.captures)
    rows = select(*columns, s.c.status == "reopened").select_from(joined)
    rows = rows.where(
        counts(c, None), or_(s.c.status.is_(None), s.c.status.in_(("suggested", "reopened")))
    )
    rows = rows if document is None else rows.where(c.c.document == document)
    for seq, name, story, act, probability, captures, reopened in connection.execute(rows):
        yield Waiting(seq, name, story, act, probability, captures, bool(reopened))


def ties(connection: Connection, document: str | None) -> Iterator[tuple[str, str, str]]:
    """Links between claims of one document as read: claim, relation, the claim that it targets."""
    c, e = tables.claims, tables.entries
    rows = select(c.c.id, e.c.body).join(e, e.c.seq == c.c.seq)
    rows = rows.where(counts(c, None), e.c.body.like(_LINKED))
    rows = rows if document is None else rows.where(c.c.document == document)
    for claim, body in connection.execute(rows):
        for target in json.loads(body)["targets"]:
            yield claim, target["relation"], target["claim"]
