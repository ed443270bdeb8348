"""A ledger as it stood at a moment: everything that can be asked of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.records.ledger_json import from_dict
from allegedly.store import (
    case_listing,
    case_reading,
    history,
    queries,
    searching,
    tables,
    waiting,
)
from allegedly.store.chain import parsed
from allegedly.store.errors import NotInLedgerError
from allegedly.store.filters import EVERYTHING, counts, of_claims, of_documents
from allegedly.store.found import Head, StoredEntry
from allegedly.store.searching import Question
from allegedly.store.states import RECORDS, Bodies, entry_body

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection

    from allegedly.records import Reading
    from allegedly.store.case_listing import ListedCase
    from allegedly.store.case_reading import StoredCase, StoredCitation
    from allegedly.store.databases import Database
    from allegedly.store.filters import Filter
    from allegedly.store.found import (
        Hit,
        StoredCapture,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredRecord,
        StoredSource,
    )
    from allegedly.store.history import Change, Totals
    from allegedly.store.moments import Moment
    from allegedly.store.waiting import Waiting

SHORTEST_ID: Final = 4  # digits of an id that are enough where no other id begins so
MANY: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class View:
    """Reads of one moment; what had not been recorded or published then is not visible.

    Each read is one transaction. To read several times at one moment while others write, take a
    view of a `seq`, or read `at_once`.
    """

    database: Database
    moment: Moment
    _held: Connection | None = field(default=None, repr=False, compare=False)

    @contextmanager
    def at_once(self) -> Iterator[View]:
        """The same view in one transaction, for one thread: all that it reads is of one moment."""
        with self.database.reading() as connection:
            yield replace(self, _held=connection)

    def at(self, moment: Moment) -> View:
        """The same ledger at another moment."""
        return replace(self, moment=moment)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._held is not None:
            yield self._held
            return
        with self.database.reading() as connection:
            yield connection

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """The connection that the view's reads go over, for other reads of the same moment."""
        with self._reading() as connection:
            yield connection

    # Lists.

    def documents(
        self, asked: Filter = EVERYTHING, *, limit: int = MANY, offset: int = 0
    ) -> list[StoredDocument]:
        """Documents, the latest recorded first; of an earlier world, the latest published."""
        d = tables.documents
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.documents(at).where(*of_documents(asked, self.moment))
            rows = rows.where(*searching.with_claims(self.database, asked, at))
            order = self._order(d.c.entry)
            found = connection.execute(rows.order_by(*order).limit(limit).offset(offset))
            return [queries.document(row) for row in found]

    def claims(
        self, asked: Filter = EVERYTHING, *, limit: int = MANY, offset: int = 0
    ) -> list[StoredClaim]:
        """Claims, the latest recorded first; of one document, in the order of its text."""
        c = tables.claims
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.claims(at)
            rows = rows.where(*of_claims(self.database, asked), *of_documents(asked, self.moment))
            order = self._order(c.c.seq)
            if asked.document is not None:
                order = [c.c.content_start, c.c.content_end.desc(), c.c.seq]
            found = connection.execute(rows.order_by(*order).limit(limit).offset(offset))
            return [queries.claim(row) for row in found]

    def search(self, query: str, asked: Filter = EVERYTHING, *, limit: int = 20) -> list[Hit]:
        """Claims that answer a query, the best first: words, "phrases", prefix*, -without, OR."""
        question = Question(query=query, asked=asked, moment=self.moment, limit=limit)
        with self._reading() as connection:
            return searching.in_claims(connection, self.database, question)

    def search_documents(
        self, query: str, asked: Filter = EVERYTHING, *, limit: int = 20
    ) -> list[Hit]:
        """Documents whose text or title answers a query, the best first."""
        question = Question(query=query, asked=asked, moment=self.moment, limit=limit)
        with self._reading() as connection:
            return searching.in_documents(connection, self.database, question)

    def sources(self, *, limit: int = MANY) -> list[StoredSource]:
        """Who is made to say things by name, who speaks most first."""
        with self._reading() as connection:
            return history.sources(connection, self.moment, limit)

    def captures(self, document: str) -> list[StoredCapture]:
        """Where a document was met, in the order of recording."""
        t = tables.captures
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(t).where(t.c.document == document).order_by(t.c.seq_from)
            rows = rows if at is None else rows.where(t.c.seq_from <= at)
            if self.moment.published is not None:
                rows = rows.where(t.c.published_by <= self.moment.published)
            return [queries.capture(row) for row in connection.execute(rows)]

    def decisions(
        self,
        subject: str | None = None,
        *,
        document: str | None = None,
        current: bool = False,
        limit: int = MANY,
    ) -> list[StoredDecision]:
        """What people decided, the latest first; replaced ones too unless only `current`.

        `document` asks for those about it and everything in it.
        """
        t = tables.decisions
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(t).order_by(t.c.seq_from.desc()).limit(limit)
            rows = rows if subject is None else rows.where(t.c.subject == subject)
            rows = rows if document is None else rows.where(t.c.document == document)
            rows = rows if at is None else rows.where(t.c.seq_from <= at)
            rows = rows.where(counts(t, at)) if current else rows
            return [queries.decision(row, at) for row in connection.execute(rows)]

    def log(self, document: str | None = None, *, limit: int = MANY) -> list[Change]:
        """What was recorded, the latest first, and what each reading changed."""
        with self._reading() as connection:
            return history.log(connection, self.moment, document, limit)

    def listed_cases(self, since: int = 0) -> list[ListedCase]:
        """The cases for a list, those first to which something came last; see `ListedCase`."""
        with self._reading() as connection:
            return case_listing.listed(connection, self.moment, since)

    def told_in(self, documents: Sequence[str]) -> list[tuple[StoredClaim, dict[str, Any]]]:
        """The claims of some documents, each with the ledger JSON of what was read."""
        with self._reading() as connection:
            return list(case_listing.told_in(connection, documents, self.moment))

    def recorded_at(self, entries: Sequence[int]) -> dict[int, str]:
        """When some entries were recorded, by their numbers."""
        t = tables.entries
        with self._reading() as connection:
            return {
                seq: when
                for some in case_listing.batched(entries)
                for seq, when in connection.execute(
                    select(t.c.seq, t.c.recorded_at).where(t.c.seq.in_(some))
                )
            }

    def waiting(
        self, document: str | None = None
    ) -> tuple[list[Waiting], list[tuple[str, str, str]]]:
        """Claims that wait for a person now, and the links that were read between claims."""
        with self._reading() as connection:
            found = list(waiting.waiting(connection, document))
            return found, list(waiting.ties(connection, document))

    def entries(
        self, kinds: Collection[str], *, after: int = 0, limit: int = MANY, latest: bool = False
    ) -> list[StoredEntry]:
        """Entries of some kinds after a number, in their order or the latest first."""
        t = tables.entries
        columns = (t.c.seq, t.c.recorded_at, t.c.run, t.c.kind, t.c.body)
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(*columns).where(t.c.kind.in_(kinds), t.c.seq > after).limit(limit)
            rows = rows if at is None else rows.where(t.c.seq <= at)
            rows = rows.order_by(t.c.seq.desc() if latest else t.c.seq)
            return [
                StoredEntry(seq, when, run, kind, parsed(body))
                for seq, when, run, kind, body in connection.execute(rows)
            ]

    def cases(self) -> list[StoredCase]:
        """Cases with their members, the latest first; of an earlier world, those with members."""
        with self._reading() as connection:
            return case_reading.cases(connection, self.moment)

    def citations(self, documents: Sequence[str]) -> list[StoredCitation]:
        """What some documents have from media, documents or accounts that they name."""
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            return case_reading.citations(connection, at, documents)

    def latest(self, kinds: Collection[str], about: str) -> tuple[int, ...]:
        """The last entry of each of some kinds, and the last decision about a kind of subject.

        What depends on nothing else has not changed while they are the same.
        """
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            return history.latest(connection, kinds, about, at)

    # One thing.

    def case(self, name: str) -> StoredCase:
        """A case by its name or id, or the beginning of one; raises NotInLedgerError.

        One that was merged into another is that other.
        """
        with self._reading() as connection:
            return case_reading.case(connection, self.moment, name)

    def document(self, document: str) -> StoredDocument:
        """A document by its id; raises NotInLedgerError."""
        found = self.documents(_only(document), limit=1)
        if not found:
            raise NotInLedgerError(f"no document {document} at that moment")
        return found[0]

    def text(self, document: str) -> str:
        """A document's text; raises NotInLedgerError."""
        number = self.document(document).seq
        with self._reading() as connection:
            text: str = entry_body(connection, number)["text"]
            return text

    def texts(self, documents: Sequence[StoredDocument]) -> dict[str, str]:
        """The texts of some documents, by their ids."""
        with self._reading() as connection:
            bodies = Bodies(connection).of([document.seq for document in documents])
            return {document.id: bodies[document.seq]["text"] for document in documents}

    def reading(self, document: str) -> Reading:
        """What the machine read in a document, as of the moment; no decision touches it.

        Raises NotInLedgerError where it had not been read.
        """
        stored = self.document(document)
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            return from_dict(queries.ledger_json(connection, stored, at))

    def claim(self, claim: str) -> StoredClaim:
        """A claim as lists have it, by its id; raises NotInLedgerError."""
        c = tables.claims
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.claims(at).where(c.c.id == claim, *of_documents(EVERYTHING, self.moment))
            row = connection.execute(rows).first()
            if row is None:
                raise NotInLedgerError(f"no claim {claim} at that moment")
            return queries.claim(row)

    def totals(self, since: int = 0) -> Totals:
        """How much the ledger holds, and how much of it came after an entry."""
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            return history.totals(connection, self.moment, at, since)

    def record(self, record: str) -> StoredRecord:
        """A claim, assessment or silence in full by its id; raises NotInLedgerError."""
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            for kind in RECORDS:
                found = queries.record(connection, kind, record, at)
                if found is not None and self._is_published(connection, found.document, at):
                    return found
        raise NotInLedgerError(f"no record {record} at that moment")

    def head(self) -> Head:
        """The last entry: its hash, kept elsewhere, proves later that nothing was changed."""
        t = tables.entries
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(t.c.seq, t.c.hash, t.c.recorded_at).order_by(t.c.seq.desc()).limit(1)
            rows = rows if at is None else rows.where(t.c.seq <= at)
            found = connection.execute(rows).first()
            if found is None:
                raise NotInLedgerError("nothing had been recorded at that moment")
            return Head(seq=found.seq, hash=found.hash, recorded_at=found.recorded_at)

    def find(self, beginning: str) -> tuple[str, str]:
        """The kind and the id of the one thing whose id begins so; raises NotInLedgerError.

        Kinds: document, claim, assessment, silence, case, decision, run, capture, reading.
        """
        if len(beginning) < SHORTEST_ID:
            raise NotInLedgerError(f"{beginning!r}: give at least {SHORTEST_ID} digits of the id")
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            found = queries.beginning(connection, beginning.lower(), at)
        if not found:
            raise NotInLedgerError(f"nothing begins with {beginning} at that moment")
        if len(found) > 1:
            several = ", ".join(f"{kind} {name}" for kind, name in found[:4])
            raise NotInLedgerError(f"{beginning} may be {several}: give more digits")
        return found[0]

    def decision(self, decision: str) -> StoredDecision:
        """A decision by its id; raises NotInLedgerError."""
        t = tables.decisions
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            row = connection.execute(select(t).where(t.c.id == decision)).first()
            if row is None or (at is not None and row.seq_from > at):
                raise NotInLedgerError(f"no decision {decision} at that moment")
            return queries.decision(row, at)

    def was_read(self, document: str, run: str) -> bool:
        """Whether a run has read a document."""
        t = tables.readings
        with self._reading() as connection:
            query = select(t.c.id).where(t.c.document == document, t.c.run == run).limit(1)
            return connection.execute(query).first() is not None

    def was_captured(self, capture: str) -> bool:
        """Whether a capture is recorded."""
        t = tables.captures
        with self._reading() as connection:
            return connection.execute(select(t.c.id).where(t.c.id == capture)).first() is not None

    def entry(self, kind: str, name: str) -> dict[str, Any]:
        """The entry's body of a run, capture, reading or case; raises NotInLedgerError."""
        table = tables.projections.tables[f"{kind}s"]
        with self._reading() as connection:
            at = queries.seq_of(connection, self.moment)
            seq = connection.execute(select(table.c.seq_from).where(table.c.id == name)).scalar()
            if seq is None or (at is not None and seq > at):
                raise NotInLedgerError(f"no {kind} {name} at that moment")
            return entry_body(connection, seq)

    def knows_name(self, name: str) -> bool:
        """Whether somebody is called so, by their folded name: a source or a publisher."""
        p, c = tables.sources, tables.captures
        with self._reading() as connection:
            source = select(p.c.id).where(p.c.id == name)
            publisher = select(c.c.id).where(c.c.publisher_folded == name).limit(1)
            return any(connection.execute(q).first() is not None for q in (source, publisher))

    def _order(self, number: Any) -> list[Any]:  # noqa: ANN401  # a column
        """The latest first, by the clock that is asked."""
        if self.moment.published is None:
            return [number.desc()]
        return [tables.documents.c.published_by.desc(), number.desc()]

    def _is_published(self, connection: Connection, document: str, at: int | None) -> bool:
        if self.moment.published is None:
            return True
        asked = of_documents(_only(document), self.moment)
        return connection.execute(queries.documents(at).where(*asked)).first() is not None


def _only(document: str) -> Filter:
    return replace(EVERYTHING, document=document)
