"""One opened ledger: written by one at a time, read by all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select

from allegedly.store import case_recording, link_reading, recording, schema, tables
from allegedly.store.address import address, database
from allegedly.store.copying import copy
from allegedly.store.moments import NOW, Moment
from allegedly.store.people import People
from allegedly.store.verifying import verify
from allegedly.store.view import View
from allegedly.store.writing import writer

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from typing import Any, Self

    from allegedly.records import (
        Capture,
        Case,
        Commonness,
        Membership,
        Profile,
        Reading,
        Run,
    )
    from allegedly.store.copying import Copied
    from allegedly.store.databases import Database
    from allegedly.store.problems import Report
    from allegedly.store.recording import Recorded
    from allegedly.store.writing import Writer


class Store:
    """A ledger that is open; a context manager that closes it.

    Safe to share between threads: each read and each write takes a connection of its own.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], datetime] | None = None,
        clock_may_lag: bool = False,
    ) -> None:
        """Take a database that holds a ledger; `open` and `create` are the usual ways in."""
        self.database = database
        self._clock = clock
        self._may_lag = clock_may_lag
        self.is_new = False  # whether opening made it

    @classmethod
    def open(
        cls,
        url: str | os.PathLike[str] | None = None,
        *,
        create: bool = False,
        clock: Callable[[], datetime] | None = None,
        clock_may_lag: bool = False,
    ) -> Self:
        """Open the ledger at a path or URL, or the default one (see `address`).

        With `create` a ledger is made where there is none. `clock` gives the time of recording,
        by default the machine's or, for PostgreSQL, the server's; with `clock_may_lag` a clock
        far behind the last entry is no error. Raises LedgerMissingError, LedgerVersionError for a
        ledger that is older or newer than this program, and other LedgerErrors.
        """
        found = database(address(url), create=create)
        try:
            store = cls(found, clock=clock, clock_may_lag=clock_may_lag)
            if create and schema.revision(found) is None:
                store.is_new = store.upgrade() is None
            else:
                schema.check(found)
        except BaseException:
            found.close()
            raise
        return store

    @classmethod
    def init(cls, url: str | os.PathLike[str]) -> tuple[str | None, str]:
        """Make a ledger or bring an older one up to date; gives its layout before and its name."""
        found = database(address(url), create=True)
        try:
            return cls(found).upgrade(), found.shown
        finally:
            found.close()

    @classmethod
    def copy(cls, source: str | os.PathLike[str] | None, target: str | os.PathLike[str]) -> Copied:
        """Copy every entry that proves into a new ledger; see `copying.copy`."""
        old = database(address(source), damaged=True)
        new = database(address(target), create=True)
        try:
            return copy(old, new)
        finally:
            old.close()
            new.close()

    def upgrade(self) -> str | None:
        """Make the ledger or bring an older one up to date; gives its layout before.

        Entries stay as they are; projections are made anew. Raises LedgerVersionError for a
        newer one.
        """
        before = schema.create_or_upgrade(self.database)
        if before is None:
            with self.writing() as end:
                if end.seq == 0:
                    end.put("ledger", schema.first_entry())
        return before

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The end of the chain for one transaction; what is put in it is kept whole or not at all.

        `now` of what it gives reads what was put so far, so that what is checked there holds when
        it is written.
        """
        with writer(self.database, self._clock, may_lag=self._may_lag) as end:
            yield end

    def record(self, reading: Reading, capture: Capture, run: Run) -> Recorded:
        """Record one story; when it returns, the story is acknowledged and will not be lost.

        What the ledger has already adds nothing: the document, this capture of it, this run's
        reading of it. Raises RefusedError where a span or reference does not hold.
        """
        with self.writing() as end:
            return recording.record(end, reading, capture, run)

    def record_capture(self, capture: Capture) -> Recorded:
        """Record that a document that was read before was met once more."""
        with self.writing() as end:
            return recording.record_capture(end, capture)

    def unchanged(self, document: str) -> Recorded:
        """What adding a story gives that the ledger has already."""
        head = self.now.head()
        return recording.nothing_new(document, head.seq, head.hash)

    def record_case(self, case: Case, run: Run | None = None) -> None:
        """Record a case, or another title or description of it."""
        with self.writing() as end:
            name = None if run is None else case_recording.put_run(end, run)
            case_recording.put_case(end, case, name)

    def record_collected(
        self,
        run: Run,
        *,
        memberships: Iterable[Membership] = (),
        profile: Profile | None = None,
        commonness: Commonness | None = None,
    ) -> int:
        """Record which documents a machine found to belong; gives how many entries were new."""
        with self.writing() as end:
            return case_recording.put_collected(
                end, run, memberships=memberships, profile=profile, commonness=commonness
            )

    def record_event(self, event: Mapping[str, Any]) -> int:
        """Record what was done at the desk, for its audit log; gives the entry's number."""
        with self.writing() as end:
            return end.put("audit", dict(event)).seq

    @property
    def people(self) -> People:
        """Who may use a shared desk on this ledger."""
        return People(self.database)

    def as_of(
        self,
        moment: Moment | str | int | datetime | date | None = None,
        *,
        published: str | datetime | date | None = None,
    ) -> View:
        """The ledger as it stood: `as_of(1234)`, `as_of("2031-03-12")`, `as_of(published=…)`.

        A number is the last entry seen, a date or time one of recording; `published` is the
        world's time. Both clocks can be set at once.
        """
        if not isinstance(moment, Moment):
            moment = Moment.of(moment, published=published)
        return View(self.database, moment)

    def unlinked(self) -> list[str]:
        """Documents that were read since they were last linked, the first read first."""
        with self.database.reading() as connection:
            return link_reading.unlinked(connection)

    @property
    def has_cases(self) -> bool:
        """Whether anybody follows anything here."""
        with self.database.reading() as connection:
            return connection.execute(select(tables.cases.c.id).limit(1)).first() is not None

    @property
    def now(self) -> View:
        """The ledger as it stands."""
        return View(self.database, NOW)

    def verify(
        self,
        *,
        head: str | None = None,
        progress: Callable[[str, int], None] | None = None,
    ) -> Report:
        """Check the chain, every span, and every projection; see `verifying.verify`."""
        return verify(self.database, head=head, progress=progress)

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Make every projection anew from the entries; gives the number of entries."""
        with self.database.writing() as connection:
            return schema.rebuild(self.database, connection, progress)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
