"""What a database must be able to do for a ledger: the one seam between SQLite and PostgreSQL."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from allegedly.store.errors import LedgerDamagedError, LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection, Engine, FromClause, Select, Table
    from sqlalchemy.engine.interfaces import DBAPICursor

    from allegedly.store.words import Query

Words = tuple[int, str, str]  # the number of an entry, its text, the names in it folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The rows of a search index that answer a query.

    `seq` is a column of `table`, `carried` what ranking needs of a row; `rank` makes of the
    carried column a number that is least for the best.
    """

    table: FromClause
    seq: ColumnElement[int]
    where: ColumnElement[bool]
    carried: ColumnElement[Any]
    rank: Callable[[ColumnElement[Any]], ColumnElement[float]]


class Database(ABC):
    """An opened database; `shown` is what messages call it."""

    DOCUMENT_INDEX: ClassVar = "document_index"
    CLAIM_INDEX: ClassVar = "claim_index"
    INDEXES: ClassVar = (DOCUMENT_INDEX, CLAIM_INDEX)
    PLACE: ClassVar[str]  # how the driver writes a named parameter

    def __init__(self, engine: Engine, shown: str) -> None:
        """Take an engine whose connections are set up for ledgers."""
        self.engine = engine
        self.shown = shown

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment throughout and stands in nobody's way."""
        with self._translated(), self.engine.connect() as connection:
            yield from self._read(connection)

    @contextmanager
    def beside(self, connection: Connection) -> Iterator[Connection]:
        """A connection that sees the moment of another's `reading`; that one, where it must be."""
        yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer is in; kept whole or not at all."""
        with self._translated(), self.engine.connect() as connection:
            connection.execution_options(allegedly_writes=True)
            with connection.begin():
                self.lock(connection)
                yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except LedgerError:
            raise
        except DBAPIError as error:
            raise self.explain(error) from error
        except self.engine.dialect.loaded_dbapi.Error as error:  # of rows that the driver gives us
            raise self.explain(DBAPIError(None, None, error)) from error
        except UnicodeDecodeError as error:
            raise LedgerDamagedError(f"{self.shown}: text that is no UTF-8") from error

    def _read(self, connection: Connection) -> Iterator[Connection]:
        with connection.begin():
            yield connection

    @abstractmethod
    def lock(self, connection: Connection) -> None:
        """Wait until no other writer is left."""

    @abstractmethod
    def clock(self, connection: Connection) -> datetime | None:
        """The one clock of everybody who writes here; None where that is the machine's."""

    @abstractmethod
    def explain(self, error: DBAPIError) -> LedgerError:
        """An error of the driver in the ledger's terms."""

    @abstractmethod
    def json_field(self, column: str, field: str) -> str:
        """SQL for a string field of a JSON text."""

    @abstractmethod
    def guard(self) -> tuple[str, ...]:
        """Statements that make the database itself refuse to change or delete an entry."""

    def insert(
        self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Add rows that name every column; past SQLAlchemy's per-row work, for there are many."""
        names = table.c.keys()
        values = ", ".join(self.PLACE.format(name) for name in names)
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608
        connection.exec_driver_sql(sql, list(rows))

    @abstractmethod
    def sound(self, connection: Connection) -> str | None:
        """What the database finds wrong with its own pages, None where nothing."""

    def parts(
        self, connection: Connection, rows: Select[Any], size: int
    ) -> Generator[list[tuple[Any, ...]]]:
        """Very many rows, so many at a time, by the driver itself.

        Past SQLAlchemy's work on each row: what the drivers give for one value are equal (1 and
        true among them).
        """
        with closing(self._driver_cursor(connection)) as cursor:
            cursor.execute(str(rows.compile(connection)))
            while part := cursor.fetchmany(size):
                yield list(part)

    def _driver_cursor(self, connection: Connection) -> DBAPICursor:
        return connection.connection.cursor()

    def ordered(self, key: Column[Any]) -> ColumnElement[Any]:
        """A column to order by, the same on every database: text by its code points."""
        return key

    def take_statistics(self, connection: Connection) -> None:
        """Tell the planner how much there is, where it does not find out by itself."""
        del connection

    def expect_search(self, connection: Connection) -> None:
        """Tell the planner, for this transaction, what it cannot know of a search."""
        del connection

    @abstractmethod
    def bytes_used(self, connection: Connection) -> int:
        """How much room the ledger takes."""

    # The search index: rows of words and names, found by the words of `words.folded`.

    @abstractmethod
    def create_index(self, connection: Connection, name: str) -> None:
        """Make an empty search index."""

    @abstractmethod
    def fill_index(self, connection: Connection, name: str, rows: Iterable[Words]) -> None:
        """Add rows to a search index, their texts by the words of `words.indexed`."""

    @abstractmethod
    def match(self, name: str, query: Query) -> Match:
        """What answers a query, to be joined and ranked."""

    @abstractmethod
    def named(self, words: str) -> Select[tuple[int]]:
        """The entries of claims in whose sources' names folded words follow each other."""

    @abstractmethod
    def vocabulary(self, connection: Connection, name: str) -> Iterator[tuple[str, int]]:
        """Each indexed word with the number of rows that have it."""

    @contextmanager
    def vocabularies(self, connection: Connection) -> Iterator[Callable[[str], dict[str, int]]]:
        """The vocabulary of an index by its name, as of the connection's transaction."""
        yield lambda name: dict(self.vocabulary(connection, name))

    def drop_index(self, connection: Connection, name: str) -> None:
        """Remove a search index."""
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
