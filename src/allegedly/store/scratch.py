"""A throw-away database in which projections are made anew, to compare the kept ones with."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import event

from allegedly.store import tables
from allegedly.store.counting import WordCounter
from allegedly.store.sqlite import Sqlite

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Engine

    from allegedly.store.databases import Words


class Scratch(Sqlite):
    """A database that need not outlive a crash; of search indexes it counts the words alone."""

    def __init__(self, engine: Engine, shown: str) -> None:
        """Take an engine; nothing is counted yet."""
        super().__init__(engine, shown)
        self.path = Path(shown)
        self._counter = WordCounter()

    def expect(self, entries: int) -> None:
        """Make ready for so many entries, where nothing has been projected yet."""
        self._counter = WordCounter(entries)

    def create_index(self, connection: Connection, name: str) -> None:
        """Nothing is there to be made."""

    def fill_index(self, connection: Connection, name: str, rows: Iterable[Words]) -> None:
        """Count in how many rows each word is."""
        del connection
        self._counter.add(name, rows)

    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of each index, when everything has been projected."""
        return self._counter.counts()

    def close(self) -> None:
        """Leave the file and the counting."""
        self._counter.close()
        super().close()


@contextmanager
def scratch() -> Iterator[tuple[Scratch, Connection]]:
    """Empty projections in a temporary file, gone at the end of the block."""
    with TemporaryDirectory(prefix="allegedly-") as folder:
        database = Scratch.at(Path(folder) / "scratch", create=True)
        event.listen(database.engine, "connect", _hurry)
        try:
            with database.engine.connect() as connection:
                _create(database, connection)
                yield database, connection
        finally:
            database.close()


def _hurry(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")


def _create(database: Scratch, connection: Connection) -> None:
    """The tables with only those indexes that projecting itself asks."""
    for table in tables.projections.sorted_tables:
        table.create(connection)
        for index in table.indexes:
            if not str(index.name).endswith(("_document", "_open_id", "decisions_id", "runs_id")):
                index.drop(connection)
    for name in database.INDEXES:
        database.create_index(connection, name)
