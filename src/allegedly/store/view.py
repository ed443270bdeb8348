"""A ledger as it stood at a moment: everything that can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.records.ledger_json import from_dict
from allegedly.store import (
    case_reading,
    history,
    queries,
    tables,
)
from allegedly.store.errors import NotInLedgerError
from allegedly.store.filters import EVERYTHING, counts, of_documents
from allegedly.store.found import Head
from allegedly.store.listing import Lists
from allegedly.store.states import RECORDS, Bodies, batched, entry_body

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from allegedly.records import Reading
    from allegedly.store.case_reading import StoredCase
    from allegedly.store.filters import Filter
    from allegedly.store.found import (
        Stands,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredRecord,
    )
    from allegedly.store.history import Totals

SHORTEST_ID: Final = 4  # digits of an id that are enough where no other id begins so


@dataclass(frozen=True, slots=True)
class View(Lists):
    """Reads of one moment: lists, and one thing by its id; see `Lists`."""

    def case(self, name: str) -> StoredCase:
        """A case by its name or id, or the beginning of one; raises NotInLedgerError.

        One that was merged into another is that other.
        """
        with self.connected() as connection:
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
        with self.connected() as connection:
            text: str = entry_body(connection, number)["text"]
            return text

    def texts(self, documents: Sequence[StoredDocument]) -> dict[str, str]:
        """The texts of some documents, by their ids."""
        with self.connected() as connection:
            bodies = Bodies(connection).of([document.seq for document in documents])
            return {document.id: bodies[document.seq]["text"] for document in documents}

    def openings(self, documents: Collection[str], characters: int = 400) -> dict[str, str]:
        """How the texts of some documents begin, by their ids; those that are not there are not."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            asked = sorted(documents)
            return queries.openings(connection, self.database, asked, characters, at)

    def reading(self, document: str) -> Reading:
        """What the machine read in a document, as of the moment; no decision touches it.

        Raises NotInLedgerError where it had not been read.
        """
        found = self.readings([self.document(document)])
        if not found:
            raise NotInLedgerError(f"document {document} had not been read at that moment")
        return found[document]

    def readings(self, documents: Sequence[StoredDocument]) -> dict[str, Reading]:
        """What the machine read in some documents, by their ids; those not read are left out."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            found = queries.ledger_json(connection, documents, at)
            return {name: from_dict(whole) for name, whole in found.items()}

    def claim(self, claim: str) -> StoredClaim:
        """A claim as lists have it, by its id; raises NotInLedgerError."""
        c = tables.claims
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.claims(at).where(c.c.id == claim, *of_documents(EVERYTHING, self.moment))
            row = connection.execute(rows).first()
            if row is None:
                raise NotInLedgerError(f"no claim {claim} at that moment")
            return queries.claim(row)

    def standings(self, documents: Sequence[str]) -> dict[str, Stands]:
        """What people decided about the records of some documents, by their ids."""
        s = tables.standings
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(s).where(counts(s, at))
            return {
                row.subject: queries.stands(row)
                for some in batched(documents)
                for row in connection.execute(rows.where(s.c.document.in_(some)))
            }

    def totals(self, since: int = 0) -> Totals:
        """How much the ledger holds, and how much of it came after an entry."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            return history.totals(connection, self.moment, at, since)

    def record(self, record: str) -> StoredRecord:
        """A claim, assessment or silence in full by its id; raises NotInLedgerError."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            for kind in RECORDS:
                found = queries.record(connection, kind, record, at)
                if found is not None and self._is_published(connection, found.document, at):
                    return found
        raise NotInLedgerError(f"no record {record} at that moment")

    def head(self) -> Head:
        """The last entry: its hash, kept elsewhere, proves later that nothing was changed."""
        t = tables.entries
        with self.connected() as connection:
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
        with self.connected() as connection:
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
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            row = connection.execute(select(t).where(t.c.id == decision)).first()
            if row is None or (at is not None and row.seq_from > at):
                raise NotInLedgerError(f"no decision {decision} at that moment")
            return queries.decision(row, at)

    def was_read(self, document: str, run: str) -> bool:
        """Whether a run has read a document."""
        t = tables.readings
        with self.connected() as connection:
            query = select(t.c.id).where(t.c.document == document, t.c.run == run).limit(1)
            return connection.execute(query).first() is not None

    def was_captured(self, capture: str) -> bool:
        """Whether a capture is recorded."""
        t = tables.captures
        with self.connected() as connection:
            return connection.execute(select(t.c.id).where(t.c.id == capture)).first() is not None

    def entry(self, kind: str, name: str) -> dict[str, Any]:
        """The entry's body of a run, capture, reading or case; raises NotInLedgerError."""
        table = tables.projections.tables[f"{kind}s"]
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            seq = connection.execute(select(table.c.seq_from).where(table.c.id == name)).scalar()
            if seq is None or (at is not None and seq > at):
                raise NotInLedgerError(f"no {kind} {name} at that moment")
            return entry_body(connection, seq)

    def knows_name(self, name: str) -> bool:
        """Whether somebody is called so, by their folded name: a source or a publisher."""
        p, c = tables.sources, tables.captures
        with self.connected() as connection:
            source = select(p.c.id).where(p.c.id == name)
            publisher = select(c.c.id).where(c.c.publisher_folded == name).limit(1)
            return any(connection.execute(q).first() is not None for q in (source, publisher))

    def _is_published(self, connection: Connection, document: str, at: int | None) -> bool:
        if self.moment.published is None:
            return True
        asked = of_documents(_only(document), self.moment)
        return connection.execute(queries.documents(at).where(*asked)).first() is not None


def _only(document: str) -> Filter:
    return replace(EVERYTHING, document=document)
