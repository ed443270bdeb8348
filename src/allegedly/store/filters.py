"""What is asked for, as conditions on the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, literal, or_, select, union_all

from allegedly.store import tables
from allegedly.store.errors import RefusedError
from allegedly.store.moments import latest, stamp
from allegedly.store.standing import STATUSES
from allegedly.store.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, FromClause

    from allegedly.store.databases import Database
    from allegedly.store.moments import Moment
    from allegedly.store.standing import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Narrows what is read; every field that is given must hold.

    `source` is a name, or words of one, of anybody in a claim's chain. It, `act` and `status` are
    what counts at the moment: a person's correction where there is one. `since` and `until` are
    dates or times of publication, both included.
    """

    document: str | None = None
    source: str | None = None
    act: str | None = None
    publisher: str | None = None
    status: Status | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise RefusedError(f"{self.status!r} is no status: {', '.join(STATUSES)}")


EVERYTHING: Final = Filter()


def counts(table: FromClause, at: int | None) -> ColumnElement[bool]:
    """Whether a row counts at an entry, or now."""
    if at is None:
        return table.c.seq_to.is_(None)
    closed = table.c.seq_to
    return and_(table.c.seq_from <= at, or_(closed.is_(None), closed > at))


def published_by(moment: Moment) -> ColumnElement[bool] | None:
    """That a document was out in the world by a moment; None where its clock is not asked for."""
    return None if moment.published is None else and_(*of_documents(EVERYTHING, moment))


def of_documents(asked: Filter, moment: Moment) -> Iterator[ColumnElement[bool]]:
    """Conditions on `documents`."""
    d = tables.documents
    if moment.published is not None:
        yield d.c.published_by <= moment.published
    if asked.document is not None:
        yield d.c.id == asked.document
    if asked.publisher is not None:
        c = tables.captures
        yield d.c.id.in_(
            select(c.c.document).where(c.c.publisher_folded == folded(asked.publisher))
        )
    if asked.since is not None:
        yield d.c.published_by >= _from(asked.since)
    if asked.until is not None:
        yield d.c.published_by <= _until(asked.until)


def of_claims(database: Database, asked: Filter) -> Iterator[ColumnElement[bool]]:
    """Conditions on `claims` with `standings` beside them."""
    c, s = tables.claims, tables.standings
    if asked.document is not None:
        yield c.c.document == asked.document
    if asked.act is not None:
        yield or_(
            and_(c.c.act == asked.act, s.c.act.is_(None)),
            s.c.act == asked.act,
        )
    if asked.status is not None:
        stands = s.c.status == asked.status
        yield or_(stands, s.c.status.is_(None)) if asked.status == "suggested" else stands
    if asked.source is not None:
        yield _source(database, asked.source)


def _source(database: Database, name: str) -> ColumnElement[bool]:
    """Somebody in the chain is called so: as a person corrected it, else as it was read.

    The search index finds the few claims that can be meant by what was read; whether the words are
    one name of one hop is then looked up for these.
    """
    h, c, s = tables.chains, tables.claims, tables.standings
    words = folded(name)
    if not words:
        raise RefusedError(f"{name!r} is no name")
    sought = f"% {words} %"
    padded = (literal(" ") + h.c.source + " ").like(sought)
    said = and_(s.c.names.is_(None), exists().where(h.c.claim == c.c.seq, padded))
    corrected = select(c.c.seq).join(s, s.c.subject == c.c.id).correlate(None)
    may_be = union_all(database.named(words), corrected.where(s.c.names.like(sought)))
    return and_(c.c.seq.in_(may_be), or_(said, s.c.names.like(sought)))


def _from(value: str) -> str:
    try:
        if len(value) == len("2031-03-12"):
            return stamp(datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC))
    except ValueError:
        pass
    return _until(value)


def _until(value: str) -> str:
    found = latest(value)
    if found is None:
        raise RefusedError(f"{value!r} is no ISO 8601 date or time")
    return found
