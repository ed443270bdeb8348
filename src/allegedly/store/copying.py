"""Entries into a new ledger: out of a damaged file, or from a laptop to the desk's server."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from allegedly.store import schema, tables
from allegedly.store.chain import START, Entry, as_row
from allegedly.store.errors import LedgerVersionError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from allegedly.store.databases import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How many entries a new ledger took, its head, and why no more where there were more."""

    entries: int
    head: str
    problem: str | None


def copy(source: Database, target: Database) -> Copied:
    """Copy entries, as they are, up to the first that does not prove or cannot be read.

    The copy has the same hashes, so a head kept elsewhere still proves it. Raises RefusedError
    where the target holds a ledger already, LedgerVersionError where the source is newer.
    """
    found = schema.revision(source)
    if found is not None and found > schema.HEAD:
        raise LedgerVersionError(f"{source.shown}: made by a newer allegedly ({found})")
    if schema.revision(target) is not None:
        raise RefusedError(f"{target.shown}: there is a ledger already; give a new address")
    stop = _Stop()
    # Not `source.reading()`: a damaged file may refuse even the end of a transaction.
    with ExitStack() as last, target.writing() as new:
        old = source.engine.connect()
        last.callback(_let_go, old)
        schema.migrate(new, schema.HEAD)
        schema.create_projections(target, new)
        count = schema.project(target, new, _kept(old, target, new, stop))
        schema.protect(target, new)
    return Copied(entries=count, head=stop.head, problem=stop.problem)


def _let_go(connection: Connection) -> None:
    with suppress(DBAPIError):
        connection.close()


class _Stop:
    """Where copying stands: the last hash and, where it stopped early, why."""

    head = START
    problem: str | None = None


def _kept(old: Connection, target: Database, new: Connection, stop: _Stop) -> Iterator[Entry]:
    """The entries that prove, each written to the new ledger before it is projected."""
    seq = 0
    for part in _parts(old, stop):
        good: list[Entry] = []
        for entry in part:
            if entry.seq != seq + 1 or entry.previous != stop.head or not entry.proves:
                stop.problem = f"entry {seq + 1} is missing or was changed"
                break
            seq, stop.head = entry.seq, entry.hash
            good.append(entry)
        if good:
            target.insert(new, tables.entries, [as_row(entry) for entry in good])
        yield from good
        if stop.problem is not None:
            return


def _parts(old: Connection, stop: _Stop) -> Iterator[list[Entry]]:
    """Entries in batches; where a batch cannot be read, one by one up to the unreadable one."""
    t, after, size = tables.entries, 0, schema.BATCH
    while True:
        rows = select(t).where(t.c.seq > after).order_by(t.c.seq).limit(size)
        try:
            part = [Entry(*row) for row in old.execute(rows)]
        except (DBAPIError, UnicodeDecodeError) as error:
            if size == 1:
                stop.problem = f"entry {after + 1} cannot be read ({error.__class__.__name__})"
                return
            size = 1
            continue
        if not part:
            return
        after = part[-1].seq
        yield part
