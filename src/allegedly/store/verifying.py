"""Proof that nothing was changed: the chain, the spans, the projections."""

from __future__ import annotations

import gc
from contextlib import closing, contextmanager, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NoReturn

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from allegedly.store import schema, tables
from allegedly.store.chain import START, Entry, parsed
from allegedly.store.comparing import ComparedProjections
from allegedly.store.counting import WordCounter
from allegedly.store.errors import LedgerDamagedError
from allegedly.store.problems import Problem, Report
from allegedly.store.projector import Projector
from allegedly.store.scratch import scratch
from allegedly.store.spans import wrong_span
from allegedly.store.states import Bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from sqlalchemy import Connection

    from allegedly.store.databases import Database

_SPANNED: Final = frozenset({"claim", "assessment", "silence", "reading"})


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
        scratch() as notes,
        database.reading() as connection,
        database.beside(connection) as other,
        database.vocabularies(connection) as vocabulary,
        closing(WordCounter(_last(connection))) as counter,
        closing(
            ComparedProjections(database, other, Bodies(connection), notes, counter.add)
        ) as compared,
        closing(_entries(database, connection)) as entries,
        _without_collecting(),
    ):
        broken = database.sound(connection)
        problems = [] if broken is None else [Problem(seq=None, what=f"the file: {broken}")]
        checker = _Checker(head)
        try:
            _replay(entries, checker, compared, progress)
        except _WrongEntryError as error:
            return _report(checker, [*problems, error.problem], chain=True)
        except LedgerDamagedError as error:
            wrong = Problem(seq=checker.seq, what=str(error))
            return _report(checker, [*problems, wrong], chain=True)
        if not checker.met:
            what = f"no entry has the hash {head}: this is not that ledger, or its end is lost"
            problems.append(Problem(seq=None, what=what))
        problems += compared.problems()
        problems += _counted(database, vocabulary, counter, progress)
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


def _replay(
    entries: Iterator[Entry],
    checker: _Checker,
    compared: ComparedProjections,
    progress: Callable[[str, int], None] | None,
) -> None:
    projector = Projector(compared)
    for entry in entries:
        body = checker.check(entry)
        try:
            projector.take(entry, body)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            problem = Problem(seq=entry.seq, what=f"it does not fit the entries before ({error!r})")
            raise _WrongEntryError(problem) from error
        if entry.seq % schema.BATCH == 0:
            compared.reached = entry.seq
            projector.flush()
            if progress:
                progress("entries", entry.seq)
    compared.reached = checker.seq
    projector.flush()


def _counted(
    database: Database,
    vocabulary: Callable[[str], dict[str, int]],
    counter: WordCounter,
    progress: Callable[[str, int], None] | None,
) -> Iterator[Problem]:
    """The search indexes that do not hold the words they should."""
    counted = counter.counts()
    for name in database.INDEXES:
        if progress:
            progress(name, 0)
        if vocabulary(name) != counted.get(name, {}):
            yield Problem(seq=None, what=f"{name} does not hold the words it should; rebuild")


def _entries(database: Database, connection: Connection) -> Generator[Entry]:
    rows = select(tables.entries).order_by(tables.entries.c.seq)
    with closing(database.parts(connection, rows, schema.BATCH)) as parts:
        yield from map(Entry._make, chain.from_iterable(parts))
