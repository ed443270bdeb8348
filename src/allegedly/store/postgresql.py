"""A ledger in PostgreSQL, for a desk that shares one."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import uuid4

from sqlalchemy import Text, and_, cast, column, create_engine, func, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import make_url

from allegedly.store import tables
from allegedly.store.ahead import ahead
from allegedly.store.databases import Database, Match
from allegedly.store.errors import (
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerReadOnlyError,
    LedgerUnreachableError,
)
from allegedly.store.words import indexed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Connection, Select
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.exc import DBAPIError

    from allegedly.store.databases import Words
    from allegedly.store.words import Query, Term

# Any number that other programs in the same database will not take.
WRITERS: Final = 0x616C6C6567656479  # "allegedy" in ASCII
# A tsvector counts places up to here, so phrases in longer texts are looked for by eye.
PLACES: Final = 16_383
LONG: Final = "zzlongtext0"  # marks a text with more places than that
# Kilobytes of new words that the server keeps in a list, which every search reads through, before
# it sorts them in. Its own 4,096 cost a search of documents 8 ms; 256 cost a seventh of the pace of
# adding, this a thirtieth.
PENDING: Final = 1_024
MOST_BYTES: Final = 900_000  # of a tsvector, whose limit is one megabyte
# By its defaults the planner takes a disk that seeks, and goes through the words of the newest
# sixty thousand claims sooner than ask their index for one in thirty of them; after five questions
# it may make do with one plan for rare and common words alike; it expects phrases as often as their
# words, and then goes along a second table that it should ask here and there; and its helpers take
# longer to start than a search. Costs of a page of 0.1 to 1.1 were swept at 200,000 claims: alike.
_EXPECT: Final = text(
    "SELECT set_config('random_page_cost', '1.1', true), "
    "set_config('plan_cache_mode', 'force_custom_plan', true), "
    "set_config('enable_mergejoin', 'off', true), "
    "set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)"
)
_EXPLAINED: Final = {
    "53100": (LedgerFullError, "no room left on the server; nothing of the last story was written"),
    "25006": (LedgerReadOnlyError, "the server takes no writes"),
    "42501": (LedgerReadOnlyError, "this user may not do that"),
    "55P03": (LedgerBusyError, "another writer holds it"),
    "XX001": (LedgerDamagedError, "the server finds its data damaged; see docs/ledger.md"),
    "XX002": (LedgerDamagedError, "the server finds an index damaged; see docs/ledger.md"),
}
_LOST: Final = (
    "the connection was lost or could not be made; what was acknowledged is kept, "
    "nothing else was written: run the command again"
)


class Postgres(Database):
    """The shared database."""

    PLACE: ClassVar = "%({})s"

    @classmethod
    def at(cls, url: str) -> Postgres:
        """The ledger at a URL, `postgresql://…`; nothing is connected yet."""
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=20)
        return cls(engine, address.set(drivername="postgresql").render_as_string())

    def _read(self, connection: Connection) -> Iterator[Connection]:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection

    def lock(self, connection: Connection) -> None:
        """An advisory lock that ends with the transaction, however that ends."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})

    def clock(self, connection: Connection) -> datetime:
        """The server's: the clocks of ten machines differ."""
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return found

    def explain(self, error: DBAPIError) -> LedgerError:
        """By the SQLSTATE; without one the server was not reached."""
        state = getattr(error.orig, "sqlstate", None)
        if error.connection_invalidated or state is None or state[:2] in {"08", "57", "28", "3D"}:
            reason = str(error.orig).strip().splitlines()[-1] if str(error.orig).strip() else ""
            return LedgerUnreachableError(f"{self.shown}: {_LOST} ({reason})")
        kind, reason = _EXPLAINED.get(state, (LedgerError, str(error.orig).strip()))
        return kind(f"{self.shown}: {reason}")

    def json_field(self, column: str, field: str) -> str:
        """By PostgreSQL's JSON operators."""
        return f"(CAST({column} AS json) ->> '{field}')"

    def guard(self) -> tuple[str, ...]:
        """A trigger that also minds TRUNCATE."""
        return (
            (
                "CREATE FUNCTION entries_never_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
                "BEGIN RAISE EXCEPTION 'entries are never changed or deleted'; END $$"
            ),
            (
                "CREATE TRIGGER entries_never_change BEFORE UPDATE OR DELETE OR TRUNCATE "
                "ON entries FOR EACH STATEMENT EXECUTE FUNCTION entries_never_change()"
            ),
        )

    def sound(self, connection: Connection) -> None:
        """The server checks its own pages as it reads them."""

    def parts(
        self, connection: Connection, rows: Select[Any], size: int
    ) -> Generator[list[tuple[Any, ...]]]:
        """Each asked for while the one before is in use: the server is another process."""
        yield from ahead(super().parts(connection, rows, size))

    def _driver_cursor(self, connection: Connection) -> DBAPICursor:
        """One whose rows stay on the server until they are asked for."""
        driver: Any = connection.connection.driver_connection
        cursor: DBAPICursor = driver.cursor(name=f"rows_{uuid4().hex}", binary=True)
        return cursor

    def ordered(self, key: Column[Any]) -> ColumnElement[Any]:
        """Whatever the database's own collation is."""
        return key.collate("C") if isinstance(key.type, Text) else key

    def take_statistics(self, connection: Connection) -> None:
        """At once: autovacuum is a minute late, and a list takes six times as long until then."""
        names = (tables.entries.name, *tables.projections.tables, *self.INDEXES)
        connection.execute(text(f"ANALYZE {', '.join(names)}"))

    def expect_search(self, connection: Connection) -> None:
        """That reading here and there costs little, and that each question needs its own plan."""
        connection.execute(_EXPECT)

    def bytes_used(self, connection: Connection) -> int:
        """Tables, indexes and what is stored out of line."""
        sql = (
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        )
        return int(connection.execute(text(sql)).scalar_one())

    def create_index(self, connection: Connection, name: str) -> None:
        """A table of tsvectors under a GIN index."""
        connection.execute(
            text(f"CREATE TABLE {name} (seq bigint PRIMARY KEY, words tsvector NOT NULL)")
        )
        using = f"gin (words) WITH (gin_pending_list_limit = {PENDING})"
        connection.execute(text(f"CREATE INDEX {name}_words ON {name} USING {using}"))

    def fill_index(self, connection: Connection, name: str, rows: Iterable[Words]) -> None:
        """One row each, numbered by its entry."""
        values = [{"seq": seq, "words": _vector(indexed(said), names)} for seq, said, names in rows]
        if values:
            sql = f"INSERT INTO {name} VALUES (:seq, CAST(:words AS tsvector))"  # noqa: S608
            connection.execute(text(sql), values)

    def match(self, name: str, query: Query) -> Match:
        """Ranked by how often and how near each other the words are."""
        index = table(name, column("seq"), column("words"))
        sought = cast(_tsquery(query), TSQUERY)
        has = index.c.words.op("@@")
        where = [has(sought)]
        if any(len(term.words) > 1 for terms in query.wanted for term in terms):
            # Says nothing new, but the planner takes a phrase to be as frequent as its words are
            # together, and goes through all claims for one that is rare. Asked for both, it takes
            # the square, which is nearer to the truth.
            where.insert(0, has(cast(_together(query), TSQUERY)))
        return Match(
            table=index,
            seq=index.c.seq,
            where=and_(*where),
            carried=index.c.words,
            rank=lambda carried: -func.ts_rank(carried, sought),
        )

    def named(self, words: str) -> Select[tuple[int]]:
        """By the weight that names have."""
        index = table(self.CLAIM_INDEX, column("seq"), column("words"))
        sought = cast(" <-> ".join(f"'{word}':B" for word in words.split()), TSQUERY)
        return select(index.c.seq).where(index.c.words.op("@@")(sought))

    def vocabulary(self, connection: Connection, name: str) -> Iterator[tuple[str, int]]:
        """By the server's own statistics function."""
        sql = f"SELECT word, ndoc FROM ts_stat('SELECT words FROM {name}')"  # noqa: S608
        for word, rows in connection.execute(text(sql)):
            if word != LONG:
                yield word, rows

    @contextmanager
    def beside(self, connection: Connection) -> Iterator[Connection]:
        """Another connection, which the server answers beside that one."""
        with self._of_moment(_snapshot(connection)) as other:
            yield other

    @contextmanager
    def vocabularies(self, connection: Connection) -> Iterator[Callable[[str], dict[str, int]]]:
        """Asked for at once, over a connection of their own that sees the same moment."""
        snapshot = _snapshot(connection)
        with ThreadPoolExecutor(1, "vocabulary") as thread:
            found = {name: thread.submit(self._vocabulary, snapshot, name) for name in self.INDEXES}
            try:
                yield lambda name: found[name].result()
            finally:
                thread.shutdown(cancel_futures=True)

    def _vocabulary(self, snapshot: str, name: str) -> dict[str, int]:
        with self._of_moment(snapshot) as connection:
            return dict(self.vocabulary(connection, name))

    @contextmanager
    def _of_moment(self, snapshot: str) -> Iterator[Connection]:
        with self.reading() as connection:
            # A name that the server itself gave.
            connection.execute(text(f"SET TRANSACTION SNAPSHOT '{snapshot}'"))
            yield connection


def _snapshot(connection: Connection) -> str:
    name: str = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    return name


def _vector(words: str, names: str) -> str:
    """A tsvector written out, names a few places after the words and of weight B."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    listed = words.split()
    for place, word in enumerate(listed, start=1):
        if place <= PLACES:
            places[word].append(str(place))
        else:
            places[word] = places[word] or [str(PLACES)]
    after = min(len(listed) + 10, PLACES - 1000)
    for place, word in enumerate(names.split()[:1000], start=after):
        places[word].append(f"{place}B")
    if len(listed) > PLACES:
        places[LONG] = ["1"]
    return _within_limit(places)


def _within_limit(places: dict[str, list[str]]) -> str:
    parts, size = [], 0
    for word, where in places.items():
        size += len(word.encode()) + 2 * len(where) + 8
        if size > MOST_BYTES:
            break
        # A lexeme keeps 255 places; the server would drop the others by itself.
        parts.append(f"'{word}':{','.join(where[:255])}")
    return " ".join(parts)


def _tsquery(query: Query) -> str:
    wanted = " & ".join(f"({' | '.join(map(_term, terms))})" for terms in query.wanted)
    unwanted = "".join(f" & !{_term(term)}" for term in query.unwanted)
    return f"{wanted}{unwanted}"


def _together(query: Query) -> str:
    """What is wanted with the words of each phrase anywhere."""
    return " & ".join(f"({' | '.join(map(_scattered, terms))})" for terms in query.wanted)


def _scattered(term: Term) -> str:
    return f"({' & '.join(_quoted(term))})"


def _quoted(term: Term) -> list[str]:
    words = [f"'{word}'" for word in term.words]
    if term.prefix:
        words[-1] += ":*"
    return words


def _term(term: Term) -> str:
    words = _quoted(term)
    phrase = f"({' <-> '.join(words)})"
    if len(words) == 1:
        return phrase
    # Places beyond the limit are not kept: there the words must do, and the text itself decides.
    return f"({phrase} | ('{LONG}' & {' & '.join(words)}))"
