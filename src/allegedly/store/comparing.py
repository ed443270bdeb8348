"""The projections that a ledger keeps, compared with those that follow from its entries.

Rows are compared as they are made, batch by batch, with what the ledger has in the order of
entries: nothing is written that is only to be read again. What a later entry ends is known in the
ledger before it is made; such ends are kept, on both sides, and compared when all are known.
"""

from __future__ import annotations

from itertools import zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.store import tables
from allegedly.store.case_rows import REPLACED
from allegedly.store.link_rows import LINKED
from allegedly.store.packed_states import packed, unpacked
from allegedly.store.problems import Problem
from allegedly.store.projections import Projections
from allegedly.store.scratch import Names
from allegedly.store.states import Open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Column, Connection, Table

    from allegedly.store.databases import Database, Words
    from allegedly.store.rows import Row
    from allegedly.store.scratch import Scratch
    from allegedly.store.states import Bodies, DocumentState

_NUMBERS: Final = frozenset({"seq", "seq_from", "claim"})
_ROWS: Final = 1_000  # rows of a projection at a time
_ONE_COUNTS: Final = frozenset(table for table, _ in (*REPLACED.values(), *LINKED.values()))
_DIFFER: Final = """
SELECT one.name, min(one.number) FROM {} one LEFT JOIN {} other USING (name, number, key)
WHERE other.seq IS NOT one.seq GROUP BY one.name"""

_End = tuple[int, str, int]  # the number of a row, its keys, the entry that ends it


class Comparison:
    """One table: what the ledger has against what is made, up to the first difference."""

    def __init__(self, database: Database, connection: Connection, table: Table) -> None:
        """Nothing is read before rows are compared."""
        self.table = table
        self.found: Problem | None = None
        names, order = tuple(table.c.keys()), _order(table)
        rows = select(table).order_by(*map(database.ordered, order))
        self._parts = database.parts(connection, rows, _ROWS)
        self._read: list[tuple[Any, ...]] = []
        self._names = names
        self._values = itemgetter(*names)
        self._sorted_by = itemgetter(*(names.index(column.name) for column in order))
        self._end = names.index("seq_to") if "seq_to" in names else -1
        self._keys = [names.index(key) for key in tables.KEYS.get(table.name, ())]

    def take(self, made: Sequence[Row], reached: int) -> list[_End]:
        """Compare rows as they are at entry `reached`; gives the ends that later entries owe."""
        if self.found:
            return []
        # A row whose columns are in order already is had at a quarter of the cost.
        ordered = set(map(tuple, made)) == {self._names}
        values = map(tuple, map(dict.values, made)) if ordered else map(self._values, made)
        right = sorted(values, key=self._sorted_by)
        kept = self._next(len(right))
        return [] if kept == right else list(self._owed(kept, right, reached))

    def finish(self) -> None:
        """Nothing more is made."""
        if not self.found and (more := self._next(1)):
            self.found = _difference(self.table, more[0], None)

    def close(self) -> None:
        """Read no more."""
        self._parts.close()

    def _next(self, count: int) -> list[tuple[Any, ...]]:
        while len(self._read) < count and (part := next(self._parts, None)) is not None:
            self._read += part
        taken, self._read = self._read[:count], self._read[count:]
        return taken

    def _owed(
        self, kept: list[tuple[Any, ...]], right: list[tuple[Any, ...]], reached: int
    ) -> Iterator[_End]:
        for is_, should in zip_longest(kept, right):
            if is_ != should:
                if not self._ends_later(is_, should, reached):
                    self.found = _difference(self.table, is_, should)
                    return
                yield (*ends_of([is_[key] for key in self._keys]), is_[self._end])

    def _ends_later(self, is_: Any, should: Any, reached: int) -> bool:  # noqa: ANN401  # rows or None
        at = self._end
        if at < 0 or is_ is None or should is None:
            return False
        later = isinstance(is_[at], int) and is_[at] > reached
        return later and (*should[:at], is_[at], *should[at + 1 :]) == is_


class ComparedProjections(Projections):
    """Takes what a projector makes and compares it; `reached` is the last entry that it took."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        bodies: Bodies,
        scratch: Scratch,
        count: Callable[[str, Sequence[Words]], None],
    ) -> None:
        """Compare with what a connection reads; rows of search indexes go to `count`."""
        self.reached = 0
        self._errors = (database.engine.dialect.loaded_dbapi.Error, UnicodeDecodeError)
        self._failed: Exception | None = None
        self._bodies = bodies
        self._scratch = scratch
        self._names = Names(scratch)
        self._count = count
        self._tables = {
            table.name: Comparison(database, connection, table)
            for table in tables.projections.sorted_tables
        }

    def state(self, document: str) -> DocumentState | None:
        """As it was left."""
        found = self._scratch.ask("SELECT state FROM states WHERE document = ?", (document,))
        return unpacked(found[0][0], document, self._bodies) if found else None

    def leave(self, document: str, state: DocumentState) -> None:
        """Keep it until it is asked for."""
        self._scratch.ask("INSERT OR REPLACE INTO states VALUES (?, ?)", (document, packed(state)))

    def known_sources(self, names: Sequence[str]) -> set[str]:
        """Those that were put."""
        return self._names.among(names)

    def decision(self, name: str) -> Open | None:
        """The one that was put."""
        return self.standing("decisions", name)

    def standing(self, table: str, name: str) -> Open | None:
        """The one that was put last and not ended."""
        sql = "SELECT seq FROM standing WHERE name = ? AND id = ?"
        found = self._scratch.ask(sql, (table, name))
        return Open(found[0]) if found else None

    def put(self, table: str, made: Sequence[Row]) -> None:
        """Compare rows with the ledger's."""
        self._remember(table, made)
        try:
            due = [] if self._failed else self._tables[table].take(made, self.reached)
        except self._errors as error:  # what is wrong with the entries comes first
            due, self._failed = [], error
        if due:
            self._scratch.change(
                "INSERT OR REPLACE INTO due VALUES (?, ?, ?, ?)", ((table, *end) for end in due)
            )

    def end(self, table: str, seq: int, keys: Sequence[tuple[Any, ...]]) -> None:
        """Keep which rows end, to compare when all ends are known."""
        self._scratch.change(
            "INSERT OR REPLACE INTO ended VALUES (?, ?, ?, ?)",
            ((table, *ends_of(key), seq) for key in keys),
        )
        if table in _ONE_COUNTS:
            self._scratch.change(
                "DELETE FROM standing WHERE name = ? AND seq = ?", ((table, *key) for key in keys)
            )

    def index(self, name: str, words: Sequence[Words]) -> None:
        """Count the words."""
        self._count(name, words)

    def problems(self) -> Iterator[Problem]:
        """The first difference of each table, when everything is projected.

        Raises what the driver raised where a table could not be read.
        """
        if self._failed:
            raise self._failed
        wrong = self._wrong_ends()
        for name, compared in self._tables.items():
            compared.finish()
            first, end = compared.found, wrong.get(name)
            if end is not None and (first is None or (first.seq is not None and end < first.seq)):
                first = _wrong(compared.table, "has another seq_to than its entries say", end)
            if first is not None:
                yield first

    def close(self) -> None:
        """Read no more."""
        for compared in self._tables.values():
            compared.close()

    def _remember(self, table: str, made: Sequence[Row]) -> None:
        if table == "sources":
            self._names.put(row["id"] for row in made)
        elif table == "decisions" or table in _ONE_COUNTS:
            standing = table == "decisions"
            rows = [row for row in made if standing or row["seq_to"] is None]
            self._scratch.change(
                "INSERT OR REPLACE INTO standing VALUES (?, ?, ?)",
                ((table, row["id"], row["seq_from"]) for row in rows),
            )

    def _wrong_ends(self) -> dict[str, int]:
        """For each table the first row that ends elsewhere than it should."""
        differ = [
            *self._scratch.ask(_DIFFER.format("due", "ended")),
            *self._scratch.ask(_DIFFER.format("ended", "due")),
        ]
        return dict(sorted(differ, reverse=True))  # of two the first stays


def ends_of(keys: Sequence[Any]) -> tuple[int, str]:
    """What names a row that ends: its number, and what else its keys are."""
    number, *others = keys
    return number, repr(others)


def _order(table: Table) -> list[Column[Any]]:
    """The order of entries; what one entry makes, in that of its keys."""
    keys = list(table.primary_key.columns)
    number = next((key for key in keys if key.name in _NUMBERS), None)
    number = table.c.seq_from if number is None else number
    return [number, *(key for key in keys if key is not number)]


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
    return _wrong(table, what, seq)


def _wrong(table: Table, what: str, seq: int | None) -> Problem:
    return Problem(seq=seq, what=f"{table.name} {what}; rebuild makes it right")
