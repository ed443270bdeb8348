"""Where the projector's rows go, and what it asks of those that went there before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from allegedly.store import tables
from allegedly.store.states import Bodies, Open, batched, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from allegedly.store.databases import Database, Words
    from allegedly.store.rows import Row
    from allegedly.store.states import DocumentState


class Projections(ABC):
    """What a projector writes to; it asks only for what it does not have at hand."""

    @abstractmethod
    def state(self, document: str) -> DocumentState | None:
        """What is known of a document, None where nothing is."""

    @abstractmethod
    def leave(self, document: str, state: DocumentState) -> None:
        """Take a state that is not at hand any more; everything in it is written."""

    @abstractmethod
    def known_sources(self, names: Sequence[str]) -> set[str]:
        """Which of the ids of sources are there."""

    @abstractmethod
    def decision(self, name: str) -> Open | None:
        """The row of a decision, whether it counts or not."""

    @abstractmethod
    def standing(self, table: str, name: str) -> Open | None:
        """The row that counts under an id, in a table in which a later one takes its place."""

    @abstractmethod
    def put(self, table: str, made: Sequence[Row]) -> None:
        """Add rows that name every column."""

    @abstractmethod
    def end(self, table: str, seq: int, keys: Sequence[tuple[Any, ...]]) -> None:
        """End rows that were put before, named by `tables.KEYS`, before an entry."""

    @abstractmethod
    def index(self, name: str, words: Sequence[Words]) -> None:
        """Add rows to a search index."""


class KeptProjections(Projections):
    """The projections of a ledger, in its own database."""

    def __init__(self, database: Database, connection: Connection) -> None:
        """Work in the transaction of a connection."""
        self._database = database
        self._connection = connection

    def state(self, document: str) -> DocumentState | None:
        """Out of its rows and entries."""
        return load(self._connection, Bodies(self._connection), document)

    def leave(self, document: str, state: DocumentState) -> None:
        """Its rows say it all."""

    def known_sources(self, names: Sequence[str]) -> set[str]:
        """By the table's key."""
        t = tables.sources
        known: set[str] = set()
        for some in batched(names):
            known |= set(self._connection.execute(select(t.c.id).where(t.c.id.in_(some))).scalars())
        return known

    def decision(self, name: str) -> Open | None:
        """By its index."""
        t = tables.decisions
        seq = self._connection.execute(select(t.c.seq_from).where(t.c.id == name)).scalar()
        return None if seq is None else Open((seq,))

    def standing(self, table: str, name: str) -> Open | None:
        """By the index of rows that still count."""
        t = tables.projections.tables[table]
        query = select(t.c.seq_from).where(t.c.id == name, t.c.seq_to.is_(None))
        seq = self._connection.execute(query).scalar()
        return None if seq is None else Open((seq,))

    def put(self, table: str, made: Sequence[Row]) -> None:
        """As the database does it fastest."""
        self._database.insert(self._connection, tables.projections.tables[table], made)

    def end(self, table: str, seq: int, keys: Sequence[tuple[Any, ...]]) -> None:
        """By the rows' keys."""
        named, t = tables.KEYS[table], tables.projections.tables[table]
        change = update(t).values(seq_to=seq)
        change = change.where(*(t.c[key] == bindparam(f"key_{key}") for key in named))
        values = [{f"key_{key}": part for key, part in zip(named, k, strict=True)} for k in keys]
        self._connection.execute(change, values)

    def index(self, name: str, words: Sequence[Words]) -> None:
        """As the database keeps its indexes."""
        self._database.fill_index(self._connection, name, words)
