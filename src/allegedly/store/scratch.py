"""A throw-away file in which a proof keeps what it cannot hold in memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from allegedly.store.errors import LedgerFullError
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES: Final = 100_000  # kept in memory, some ten megabytes
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE states (document TEXT PRIMARY KEY, state BLOB);
CREATE TABLE names (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE standing (name TEXT, id TEXT, seq INTEGER, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE INDEX standing_seq ON standing (name, seq);
CREATE TABLE due (name TEXT, number INTEGER, key TEXT, seq INTEGER,
  PRIMARY KEY (name, number, key)) WITHOUT ROWID;
CREATE TABLE ended (name TEXT, number INTEGER, key TEXT, seq INTEGER,
  PRIMARY KEY (name, number, key)) WITHOUT ROWID;
BEGIN;
"""


class Scratch:
    """Tables of states, of names, of rows that count under an id, and of rows that end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection of our own."""
        self._connection = connection

    def ask(self, sql: str, given: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a question answers, or a change; raises LedgerFullError."""
        with _told():
            return self._connection.execute(sql, given).fetchall()

    def change(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """One change for each row; raises LedgerFullError."""
        with _told():
            self._connection.executemany(sql, rows)


class Names:
    """Every name that was put: in memory while they are few, and then in the file."""

    def __init__(self, scratch: Scratch) -> None:
        """None yet."""
        self._scratch = scratch
        self._here: set[str] = set()
        self._written = False

    def put(self, names: Iterable[str]) -> None:
        """Names that were not put before; raises LedgerFullError."""
        self._here.update(names)
        if len(self._here) > NAMES:
            self._scratch.change("INSERT INTO names VALUES (?)", ((name,) for name in self._here))
            self._here.clear()
            self._written = True

    def among(self, names: Iterable[str]) -> set[str]:
        """Those that were put; raises LedgerFullError."""
        known = self._here.intersection(names)
        if self._written:
            for some in batched([name for name in names if name not in known]):
                sql = f"SELECT name FROM names WHERE name IN ({', '.join('?' * len(some))})"  # noqa: S608  # question marks
                known |= {name for (name,) in self._scratch.ask(sql, tuple(some))}
        return known


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Empty tables in a temporary file, gone at the end of the block; raises LedgerFullError."""
    with TemporaryDirectory(prefix="allegedly-") as folder:
        file = sqlite3.connect(Path(folder) / "scratch", isolation_level=None)
        with closing(file):
            with _told():
                file.executescript(_TABLES)
            yield Scratch(file)


@contextmanager
def _told() -> Iterator[None]:
    """Not as a fault of the ledger."""
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerFullError(f"the temporary file of the proof: {error}") from error
