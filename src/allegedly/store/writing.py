"""Adding to a ledger: one transaction, one writer, entries and what follows from them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.store import tables
from allegedly.store.chain import START, Entry, as_row, canonical, digest
from allegedly.store.errors import ClockError
from allegedly.store.moments import NOW, stamp
from allegedly.store.projections import KeptProjections
from allegedly.store.projector import Projector
from allegedly.store.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from allegedly.store.databases import Database

# Time servers step a clock back by seconds; more than this is a clock that was set wrongly.
CLOCK_MAY_LAG: Final = timedelta(minutes=5)


@dataclass(slots=True, kw_only=True)
class Writer:
    """The end of the chain inside one writing transaction.

    Entries are put one after another and reach the database together; all of one transaction
    carry one time of recording.
    """

    database: Database
    connection: Connection
    projector: Projector
    seq: int
    hash: str
    recorded_at: str
    _entries: list[Entry] = field(default_factory=list)

    def put(self, kind: str, body: dict[str, Any], run: str | None = None) -> Entry:
        """Add an entry; raises RefusedError for a body that cannot be stored."""
        written = canonical(body)
        seq = self.seq + 1
        proof = digest(self.hash, seq, self.recorded_at, run, kind, written)
        entry = Entry(seq, self.recorded_at, run, kind, written, self.hash, proof)
        self.projector.take(entry, body)
        self._entries.append(entry)
        self.seq, self.hash = seq, proof
        return entry

    @property
    def now(self) -> View:
        """The ledger with what was put so far, for as long as the transaction lasts."""
        self.flush()
        return View(self.database, NOW, self.connection)

    def flush(self) -> None:
        """Send what was put to the database; the transaction still decides."""
        if self._entries:
            rows = [as_row(entry) for entry in self._entries]
            self.database.insert(self.connection, tables.entries, rows)
            self._entries.clear()
        self.projector.flush()


@contextmanager
def writer(
    database: Database, clock: Callable[[], datetime] | None, *, may_lag: bool
) -> Iterator[Writer]:
    """The end of the chain, nobody else's until the block ends; then all is kept, or nothing.

    Raises ClockError where the clock is far behind the last entry, unless it `may_lag`.
    """
    with database.writing() as connection:
        seq, proof, last = head(connection)
        now = clock() if clock else database.clock(connection) or datetime.now(UTC)
        found = Writer(
            database=database,
            connection=connection,
            projector=Projector(KeptProjections(database, connection)),
            seq=seq,
            hash=proof,
            recorded_at=_never_back(now, last, may_lag=may_lag),
        )
        yield found
        found.flush()
        if found.seq.bit_length() > seq.bit_length():  # the ledger has doubled
            database.take_statistics(connection)


def head(connection: Connection) -> tuple[int, str, str]:
    """Number, hash and time of the last entry; 0, zeros and nothing where there is none."""
    t = tables.entries
    last = connection.execute(
        select(t.c.seq, t.c.hash, t.c.recorded_at).order_by(t.c.seq.desc()).limit(1)
    ).first()
    return (0, START, "") if last is None else (last.seq, last.hash, last.recorded_at)


def _never_back(now: datetime, last: str, *, may_lag: bool) -> str:
    """The time to record: the clock's, or the last entry's where the clock is a little behind."""
    stamped = stamp(now)
    if stamped >= last:
        return stamped
    behind = datetime.fromisoformat(last) - now
    if behind > CLOCK_MAY_LAG and not may_lag:
        raise ClockError(
            f"the clock says {stamped}, but the last entry was recorded at {last}. "
            "Nothing was written. Set the clock right; if it is the ledger that is ahead, "
            "--clock-behind records at the last entry's time until the clock has caught up"
        )
    return last
