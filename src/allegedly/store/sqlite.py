"""A ledger in one SQLite file: WAL, so that one writes while all read."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sqlalchemy import column, create_engine, event, literal_column, select, table, text

from allegedly.store.databases import Database, Match
from allegedly.store.errors import (
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerUnreachableError,
)
from allegedly.store.words import indexed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from sqlalchemy import Connection, Engine, Select, Table
    from sqlalchemy.exc import DBAPIError

    from allegedly.store.databases import Words
    from allegedly.store.words import Query, Term

PATIENCE: Final = 120  # seconds to wait for another writer; a long rebuild takes that long
_MADE: Final = """CREATE VIRTUAL TABLE {name} USING fts5(
    words, names, content='', tokenize='unicode61 remove_diacritics 0')"""
_WAYS_BACK: Final = "see “Ways back” in docs/ledger.md"
_EXPLAINED: Final = {
    sqlite3.SQLITE_FULL: (LedgerFullError, "no room left; nothing of the last story was written"),
    sqlite3.SQLITE_READONLY: (LedgerReadOnlyError, "the file or its folder cannot be written"),
    sqlite3.SQLITE_BUSY: (LedgerBusyError, f"another writer held it for {PATIENCE} seconds"),
    sqlite3.SQLITE_LOCKED: (LedgerBusyError, "another writer holds it"),
    sqlite3.SQLITE_CORRUPT: (LedgerDamagedError, f"the file is damaged; {_WAYS_BACK}"),
    sqlite3.SQLITE_NOTADB: (LedgerDamagedError, f"not a ledger, or damaged; {_WAYS_BACK}"),
    sqlite3.SQLITE_CANTOPEN: (LedgerUnreachableError, "cannot be opened"),
    sqlite3.SQLITE_IOERR: (LedgerUnreachableError, "reading or writing the file failed"),
}


class Sqlite(Database):
    """The embedded database."""

    PLACE: ClassVar = ":{}"

    @classmethod
    def at(cls, path: Path, *, create: bool = False, damaged: bool = False) -> Self:
        """The ledger file at a path; where it cannot be written it is opened for reading.

        Raises LedgerMissingError where there is none, unless it is to be created. A `damaged` file
        is read as far as it goes instead of not at all.
        """
        if not create and not path.exists():
            raise LedgerMissingError(f"{path}: no ledger here; `allegedly init` makes one")
        if path.is_dir():
            raise LedgerMissingError(f"{path}: a folder, not a ledger")
        return cls(_engine(path, create=create, damaged=damaged), str(path))

    def lock(self, connection: Connection) -> None:
        """Nothing more: BEGIN IMMEDIATE has waited already."""

    def clock(self, connection: Connection) -> None:
        """A file has no clock but its machine's."""

    def explain(self, error: DBAPIError) -> LedgerError:
        """By SQLite's own error code."""
        code = getattr(error.orig, "sqlite_errorcode", None)
        if code is None:
            return LedgerError(f"{self.shown}: {error.orig}")
        kind, reason = _EXPLAINED.get(code & 0xFF, (LedgerError, str(error.orig)))
        return kind(f"{self.shown}: {reason}")

    def json_field(self, column: str, field: str) -> str:
        """By SQLite's JSON functions."""
        return f"json_extract({column}, '$.{field}')"

    def guard(self) -> tuple[str, ...]:
        """Two triggers."""
        return tuple(
            f"CREATE TRIGGER entries_no_{what} BEFORE {what} ON entries BEGIN "
            "SELECT RAISE(ABORT, 'entries are never changed or deleted'); END"
            for what in ("update", "delete")
        )

    def insert(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """By place, which the driver binds faster than by name."""
        names = table.c.keys()
        places = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
        connection.exec_driver_sql(sql, list(map(itemgetter(*names), rows)))

    def sound(self, connection: Connection) -> str | None:
        """SQLite's quick check of every page."""
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        return None if found == "ok" else str(found).splitlines()[-1]

    def bytes_used(self, connection: Connection) -> int:
        """The file's pages."""
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        return int(pages) * int(size)

    def create_index(self, connection: Connection, name: str) -> None:
        """An FTS5 table that holds the index alone."""
        connection.exec_driver_sql(_MADE.format(name=name))

    def fill_index(self, connection: Connection, name: str, rows: Iterable[Words]) -> None:
        """One row each, numbered by its entry."""
        sql = f"INSERT INTO {name}(rowid, words, names) VALUES (?, ?, ?)"  # noqa: S608  # our name
        values = [(seq, indexed(text), names) for seq, text, names in rows]
        if values:
            connection.exec_driver_sql(sql, values)

    def match(self, name: str, query: Query) -> Match:
        """Ranked by BM25."""
        index = table(name, column("rowid"))
        return Match(
            table=index,
            seq=index.c.rowid,
            where=text(f"{name} MATCH :sought").bindparams(sought=_fts(query)),  # type: ignore[arg-type]  # text is a condition too
            carried=literal_column(f"bm25({name})"),
            rank=lambda carried: carried,
        )

    def named(self, words: str) -> Select[tuple[int]]:
        """By the index's column of names."""
        index = table(self.CLAIM_INDEX, column("rowid"))
        asked = text(f"{self.CLAIM_INDEX} MATCH :called").bindparams(called=f'names : "{words}"')
        return select(index.c.rowid).where(asked)

    def vocabulary(self, connection: Connection, name: str) -> Iterator[tuple[str, int]]:
        """By FTS5's own vocabulary table, which lives in this connection alone."""
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_vocabulary "
            f"USING fts5vocab('main', '{name}', 'row')"
        )
        sql = f"SELECT term, doc FROM temp.{name}_vocabulary"  # noqa: S608  # our name
        yield from connection.exec_driver_sql(sql)


def _fts(query: Query) -> str:
    wanted = " AND ".join(f"({' OR '.join(map(_term, terms))})" for terms in query.wanted)
    unwanted = "".join(f" NOT {_term(term)}" for term in query.unwanted)
    return f"({wanted}){unwanted}"


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _engine(path: Path, *, create: bool, damaged: bool) -> Engine:
    # The connection that was used last has its pages at hand: it is used next.
    engine = create_engine(
        f"sqlite:///{_uri(path, create=create)}&uri=true",
        pool_size=10,
        max_overflow=20,
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        # SQLAlchemy sends BEGIN itself, below: the driver's own comes too late for a writer.
        connection.isolation_level = None
        if damaged:
            # Else SQLite refuses every page of a file that is shorter than it says.
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        # FULL: what was acknowledged outlives a power cut, not only the process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -65536")
        with suppress(sqlite3.DatabaseError):  # read-only or damaged: reading will tell
            connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("allegedly_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _uri(path: Path, *, create: bool) -> str:
    """The file as SQLite's URI; a file that nobody can write needs no locks where no log is."""
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(
        path.parent, os.W_OK
    )
    quoted: Any = path.absolute().as_uri()
    if writable or create:
        return f"{quoted}?mode={'rwc' if create else 'rw'}"
    log = path.with_name(path.name + "-wal")
    kept = log.exists() and log.stat().st_size > 0
    return f"{quoted}?mode=ro" + ("" if kept else "&immutable=1")
