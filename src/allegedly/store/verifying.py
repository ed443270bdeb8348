"""Proof that nothing was changed: the chain, the spans, the projections."""

from __future__ import annotations

import gc
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from allegedly.store import schema, tables
from allegedly.store.chain import START, Entry, parsed
from allegedly.store.errors import LedgerDamagedError
from allegedly.store.projector import Projector
from allegedly.store.scratch import scratch
from allegedly.store.spans import wrong_span
from allegedly.store.states import Bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from sqlalchemy import Connection, Table

    from allegedly.store.databases import Database
    from allegedly.store.scratch import Scratch

_SPANNED: Final = frozenset({"claim", "assessment", "silence", "reading"})
_NUMBERS: Final = frozenset({"seq", "seq_from", "claim"})
_ROWS: Final = 1_000  # rows of a projection at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong and, where one can be named, with which entry."""

    seq: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.seq is None else f"entry {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found; without problems everything that it names holds.

    `chain` is whether the fault is in the entries themselves: then only a copy helps, while
    `rebuild` heals projections.
    """

    entries: int
    head: str
    problems: tuple[Problem, ...]
    chain: bool

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


class _WrongEntryError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class _Checker:
    """Goes along the chain; knows the length of every text met so far."""

    def __init__(self, wanted: str | None) -> None:
        self.seq, self.hash = 0, START
        self._texts: dict[str, int] = {}
        self._wanted = wanted
        self.met = wanted is None

    def check(self, entry: Entry) -> dict[str, Any]:
        """The body of an entry that holds; raises _WrongEntryError."""
        if entry.seq != self.seq + 1:
            self._wrong(self.seq + 1, "it is missing")
        if entry.previous != self.hash:
            self._wrong(entry.seq, "it does not follow the entry before")
        if not entry.proves:
            self._wrong(entry.seq, "it was changed: its hash is another")
        self.seq, self.hash = entry.seq, entry.hash
        self.met = self.met or entry.hash == self._wanted
        try:
            body: dict[str, Any] = parsed(entry.body)
            wrong = self._wrong_span(entry.kind, body)
        except (KeyError, TypeError, ValueError) as error:
            self._wrong(entry.seq, f"its body cannot be read ({error!r})")
        if wrong is not None:
            self._wrong(entry.seq, wrong)
        return body

    def _wrong_span(self, kind: str, body: dict[str, Any]) -> str | None:
        if kind == "document":
            self._texts[body["id"]] = len(body["text"])
        if kind == "origin":
            return next(filter(None, map(self._wrong_copy, body["copies"])), None)
        if kind not in _SPANNED:
            return None
        return wrong_span(kind, body, self._texts[body["document"]])

    def _wrong_copy(self, copy: dict[str, Any]) -> str | None:
        return wrong_span("copy", copy, self._texts[copy["document"]])

    def _wrong(self, seq: int, what: str) -> NoReturn:
        raise _WrongEntryError(Problem(seq=seq, what=what))


def verify(
    database: Database,
    *,
    head: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Report:
    """Check the chain from its start, every span, and every projection against a fresh one.

    `head` is a hash kept elsewhere: that it is met proves that the ledger is the one it was
    taken of, with everything recorded until then. `progress` is told what is being checked and
    how far. Reads one moment and stands in nobody's way. Raises LedgerDamagedError only where
    the database cannot be read at all.
    """
    with (
        scratch() as (fresh, made),
        database.reading() as connection,
        database.vocabularies(connection) as vocabulary,
    ):
        fresh.expect(_last(connection))
        broken = database.sound(connection)
        problems = [] if broken is None else [Problem(seq=None, what=f"the file: {broken}")]
        checker = _Checker(head)
        try:
            with _without_collecting():
                _replay(database, connection, checker, fresh, made, progress)
        except _WrongEntryError as error:
            return _report(checker, [*problems, error.problem], chain=True)
        except LedgerDamagedError as error:
            wrong = Problem(seq=checker.seq, what=str(error))
            return _report(checker, [*problems, wrong], chain=True)
        if not checker.met:
            what = f"no entry has the hash {head}: this is not that ledger, or its end is lost"
            problems.append(Problem(seq=None, what=what))
        problems += _compared(database, connection, fresh, made, progress)
        problems += _counted(database, vocabulary, fresh, progress)
        return _report(checker, problems, chain=not checker.met)


def _last(connection: Connection) -> int:
    """The number of the last entry, 0 where a damaged file does not tell."""
    with suppress(DBAPIError):
        return connection.execute(select(func.max(tables.entries.c.seq))).scalar() or 0
    return 0


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without Python's search for cycles: there are none in JSON, and it takes a quarter."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _report(checker: _Checker, problems: list[Problem], *, chain: bool) -> Report:
    return Report(entries=checker.seq, head=checker.hash, problems=tuple(problems), chain=chain)


def _replay(  # noqa: PLR0913, PLR0917  # from where, by whom, into what
    database: Database,
    connection: Connection,
    checker: _Checker,
    fresh: Scratch,
    made: Connection,
    progress: Callable[[str, int], None] | None,
) -> None:
    projector = Projector(fresh, made, Bodies(connection))
    for entry in _entries(database, connection):
        body = checker.check(entry)
        try:
            projector.take(entry, body)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            problem = Problem(seq=entry.seq, what=f"it does not fit the entries before ({error!r})")
            raise _WrongEntryError(problem) from error
        if entry.seq % schema.BATCH == 0:
            projector.flush()
            if progress:
                progress("entries", entry.seq)
    projector.flush()


def _compared(
    database: Database,
    connection: Connection,
    fresh: Scratch,
    made: Connection,
    progress: Callable[[str, int], None] | None,
) -> Iterator[Problem]:
    """The first difference of each projection."""
    made.commit()
    for table in tables.projections.sorted_tables:
        if progress:
            progress(table.name, 0)
        if database.same(connection, fresh.path, table):
            continue
        with (
            closing(_parts(database, connection, table)) as kept,
            closing(_parts(fresh, made, table)) as right,
        ):
            found = _first_difference(table, kept, right)
        if found is not None:
            yield found


def _counted(
    database: Database,
    vocabulary: Callable[[str], dict[str, int]],
    fresh: Scratch,
    progress: Callable[[str, int], None] | None,
) -> Iterator[Problem]:
    """The search indexes that do not hold the words they should."""
    counted = fresh.counted()
    for name in database.INDEXES:
        if progress:
            progress(name, 0)
        if vocabulary(name) != counted.get(name, {}):
            yield Problem(seq=None, what=f"{name} does not hold the words it should; rebuild")


def _entries(database: Database, connection: Connection) -> Iterator[Entry]:
    rows = select(tables.entries).order_by(tables.entries.c.seq)
    with closing(database.parts(connection, rows, schema.BATCH)) as parts:
        yield from (Entry(*row) for part in parts for row in part)


def _parts(database: Database, connection: Connection, table: Table) -> Generator[list[Any]]:
    """The rows in the order of their keys, the same for every database."""
    rows = select(table).order_by(*map(database.ordered, table.primary_key.columns))
    return database.parts(connection, rows, _ROWS)


def _first_difference(
    table: Table, kept: Iterator[list[Any]], right: Iterator[list[Any]]
) -> Problem | None:
    """Parts are compared whole, which is the work of the rows alone."""
    none: list[Any] = []
    for these, those in zip_longest(kept, right, fillvalue=none):
        if these != those:
            pairs = zip_longest(these, those)
            return next(_difference(table, one, other) for one, other in pairs if one != other)
    return None


def _difference(table: Table, kept: Any, right: Any) -> Problem:  # noqa: ANN401  # rows or None
    if kept is None or right is None:
        there = kept or right
        what = "has a row too many" if right is None else "lacks a row"
    else:
        there = right
        names = zip(table.c.keys(), kept, right, strict=True)
        column = next(name for name, is_, should in names if is_ != should)
        what = f"has another {column} than its entries say"
    seq = next((v for n, v in zip(table.c.keys(), there, strict=True) if n in _NUMBERS), None)
    return Problem(seq=seq, what=f"{table.name} {what}; rebuild makes it right")
