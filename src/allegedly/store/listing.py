"""A ledger as it stood at a moment: what is asked for in lists."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

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
from allegedly.store.filters import EVERYTHING, counts, of_claims, of_documents
from allegedly.store.found import Answered, StoredEntry
from allegedly.store.searching import Question
from allegedly.store.states import Bodies, batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Self

    from sqlalchemy import Connection

    from allegedly.records import Claim
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
        StoredSource,
    )
    from allegedly.store.history import Change
    from allegedly.store.moments import Moment
    from allegedly.store.waiting import Waiting

MANY: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Lists:
    """Reads of one moment; what had not been recorded or published then is not visible.

    Each read is one transaction. To read several times at one moment while others write, take a
    view of a `seq`, or read `at_once`.
    """

    database: Database
    moment: Moment
    _held: Connection | None = field(default=None, repr=False, compare=False)

    @contextmanager
    def at_once(self) -> Iterator[Self]:
        """The same view in one transaction, for one thread: all that it reads is of one moment."""
        with self.database.reading() as connection:
            yield replace(self, _held=connection)

    def at(self, moment: Moment) -> Self:
        """The same ledger at another moment."""
        return replace(self, moment=moment)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A transaction to read in: the one that is held `at_once`, else one of its own."""
        if self._held is not None:
            yield self._held
            return
        with self.database.reading() as connection:
            yield connection

    def documents(
        self, asked: Filter = EVERYTHING, *, limit: int = MANY, offset: int = 0
    ) -> list[StoredDocument]:
        """Documents, the latest recorded first; of an earlier world, the latest published."""
        d = tables.documents
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.documents(at).where(*of_documents(asked, self.moment))
            rows = rows.where(*searching.with_claims(self.database, asked, at))
            rows = rows if at is None else rows.where(d.c.entry <= at)  # where the order begins
            order = self._order(d.c.entry)
            found = connection.execute(rows.order_by(*order).limit(limit).offset(offset))
            return [queries.document(row) for row in found]

    def claims(
        self, asked: Filter = EVERYTHING, *, limit: int = MANY, offset: int = 0
    ) -> list[StoredClaim]:
        """Claims, the latest recorded first; of one document, in the order of its text."""
        c = tables.claims
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.claims(at)
            rows = rows.where(*of_claims(self.database, asked), *of_documents(asked, self.moment))
            order = self._order(c.c.seq)
            if asked.document is None:
                rows = rows if at is None else rows.where(c.c.seq <= at)  # where the order begins
            else:
                order = [c.c.content_start, c.c.content_end.desc(), c.c.seq]
            found = connection.execute(rows.order_by(*order).limit(limit).offset(offset))
            return [queries.claim(row) for row in found]

    def claims_called(self, names: Sequence[str]) -> list[StoredClaim]:
        """Claims by their ids, in that order; those that are not visible are left out."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = queries.claims(at).where(*of_documents(EVERYTHING, self.moment))
            known = {
                row.id: queries.claim(row)
                for some in batched(names)
                for row in connection.execute(rows.where(tables.claims.c.id.in_(some)))
            }
            return [known[name] for name in names if name in known]

    def answered(self, claims: Sequence[StoredClaim]) -> dict[str, Answered]:
        """What each of some claims answers first in its own story, as people left it, by its id.

        Words like *it* and *which* say nothing without; claims that answer none are left out.
        """
        with self.connected() as connection:
            read = Bodies(connection).of([claim.seq for claim in claims])
        targets = {
            claim.id: {**read[claim.seq], **(claim.stands.corrected or {})}["targets"]
            for claim in claims
        }
        first = {name: found[0] for name, found in targets.items() if found}
        told = {c.id: c for c in self.claims_called([each["claim"] for each in first.values()])}
        return {
            name: Answered(each["relation"], told[each["claim"]])
            for name, each in first.items()
            if each["claim"] in told
        }

    def search(self, query: str, asked: Filter = EVERYTHING, *, limit: int = 20) -> list[Hit]:
        """Claims that answer a query, the best first: words, "phrases", prefix*, -without, OR."""
        question = Question(query=query, asked=asked, moment=self.moment, limit=limit)
        with self.connected() as connection:
            return searching.in_claims(connection, self.database, question)

    def search_documents(
        self, query: str, asked: Filter = EVERYTHING, *, limit: int = 20
    ) -> list[Hit]:
        """Documents whose text or title answers a query, the best first."""
        question = Question(query=query, asked=asked, moment=self.moment, limit=limit)
        with self.connected() as connection:
            return searching.in_documents(connection, self.database, question)

    def sources(self, *, limit: int = MANY) -> list[StoredSource]:
        """Who is made to say things by name, who speaks most first."""
        with self.connected() as connection:
            return history.sources(connection, self.moment, limit)

    def captures(self, document: str) -> list[StoredCapture]:
        """Where a document was met, in the order of recording."""
        t = tables.captures
        with self.connected() as connection:
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
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            rows = select(t).order_by(t.c.seq_from.desc()).limit(limit)
            rows = rows if subject is None else rows.where(t.c.subject == subject)
            rows = rows if document is None else rows.where(t.c.document == document)
            rows = rows if at is None else rows.where(t.c.seq_from <= at)
            rows = rows.where(counts(t, at)) if current else rows
            return [queries.decision(row, at) for row in connection.execute(rows)]

    def log(self, document: str | None = None, *, limit: int = MANY) -> list[Change]:
        """What was recorded, the latest first, and what each reading changed."""
        with self.connected() as connection:
            return history.log(connection, self.moment, document, limit)

    def listed_cases(self, since: int = 0) -> list[ListedCase]:
        """The cases for a list, those first to which something came last; see `ListedCase`."""
        with self.connected() as connection:
            return case_listing.listed(connection, self.moment, since)

    def told_in(self, documents: Sequence[str]) -> list[tuple[StoredClaim, Claim]]:
        """The claims of some documents, each as listed and as it was read."""
        with self.connected() as connection:
            return list(case_listing.told_in(connection, documents, self.moment))

    def recorded_at(self, entries: Sequence[int]) -> dict[int, str]:
        """When some entries were recorded, by their numbers."""
        t = tables.entries
        with self.connected() as connection:
            return {
                seq: when
                for some in batched(entries)
                for seq, when in connection.execute(
                    select(t.c.seq, t.c.recorded_at).where(t.c.seq.in_(some))
                )
            }

    def waiting(
        self, document: str | None = None
    ) -> tuple[list[Waiting], list[tuple[str, str, str]]]:
        """Claims that wait for a person now, and the links that were read between claims."""
        with self.connected() as connection:
            found = list(waiting.waiting(connection, document))
            return found, list(waiting.ties(connection, document))

    def entries(
        self, kinds: Collection[str], *, after: int = 0, limit: int = MANY, latest: bool = False
    ) -> list[StoredEntry]:
        """Entries of some kinds after a number, in their order or the latest first."""
        t = tables.entries
        columns = (t.c.seq, t.c.recorded_at, t.c.run, t.c.kind, t.c.body)
        with self.connected() as connection:
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
        with self.connected() as connection:
            return case_reading.cases(connection, self.moment)

    def citations(self, documents: Sequence[str]) -> list[StoredCitation]:
        """What some documents have from media, documents or accounts that they name."""
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            return case_reading.citations(connection, at, documents)

    def latest(self, kinds: Collection[str], about: str) -> tuple[int, ...]:
        """The last entry of each of some kinds, and the last decision about a kind of subject.

        What depends on nothing else has not changed while they are the same.
        """
        with self.connected() as connection:
            at = queries.seq_of(connection, self.moment)
            return history.latest(connection, kinds, about, at)

    def _order(self, number: Any) -> list[Any]:  # noqa: ANN401  # a column
        """The latest first, by the clock that is asked."""
        if self.moment.published is None:
            return [number.desc()]
        return [tables.documents.c.published_by.desc(), number.desc()]
