"""Which layout a ledger has, how one is made, and how an older one is brought up to date."""

from __future__ import annotations

import os
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import inspect, select, text

from allegedly.store import tables, views
from allegedly.store.chain import Entry, parsed
from allegedly.store.errors import LedgerDamagedError, LedgerMissingError, LedgerVersionError
from allegedly.store.projections import KeptProjections
from allegedly.store.projector import Projector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from allegedly.store.databases import Database

HEAD: Final = "0006"  # the newest revision in migrations/versions; a test holds it
REVISIONS: Final = "allegedly_schema"  # the table that names the ledger's revision
MORE_VERSIONS: list[Path] = []  # further folders of revisions, for tests of upgrading
BATCH: Final = 1_000  # entries projected together; of 250 to 5,000 the fastest: what fits a cache


def revision(database: Database) -> str | None:
    """The revision of the ledger at a database, None where there is no ledger."""
    with database.reading() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(REVISIONS):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {REVISIONS}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def check(database: Database) -> None:
    """Pass a ledger that this program knows in silence; raise a LedgerError for any other."""
    found = revision(database)
    if found is None:
        raise LedgerMissingError(f"{database.shown}: no ledger here; `allegedly init` makes one")
    if found > HEAD:
        raise LedgerVersionError(
            f"{database.shown}: made by a newer allegedly (layout {found}, this one knows {HEAD}). "
            "Nothing was read or written: install the newer version"
        )
    if found < HEAD:
        raise LedgerVersionError(
            f"{database.shown}: made by an older allegedly (layout {found}, now {HEAD}). "
            "`allegedly init` with this ledger brings it up to date; no entry changes"
        )


def create_or_upgrade(database: Database) -> str | None:
    """Make a ledger, or bring an older one up to date; gives the revision found before.

    Raises LedgerVersionError for a newer one. Either happens whole or not at all.
    """
    with database.writing() as connection:
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise LedgerVersionError(f"{database.shown}: made by a newer allegedly ({found})")
        if found != HEAD:
            migrate(connection, HEAD)
            rebuild(database, connection)
            if found is None:
                protect(database, connection)
        return found


def protect(database: Database, connection: Connection) -> None:
    """Have the database itself refuse to change or delete an entry."""
    for statement in database.guard():
        connection.execute(text(statement))


def migrate(connection: Connection, target: str) -> None:
    """Run Alembic's revisions up to one, in the caller's transaction."""
    # Alembic takes a while to load and is needed here alone.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    with as_file(files("allegedly.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        places = [folder / "versions", *MORE_VERSIONS]
        config.set_main_option("path_separator", "os")
        config.set_main_option("version_locations", os.pathsep.join(map(str, places)))
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def rebuild(
    database: Database, connection: Connection, progress: Callable[[int], None] | None = None
) -> int:
    """Throw every projection away and make it anew from the entries; gives their number."""
    for view in reversed(views.NAMES):
        connection.execute(text(f"DROP VIEW IF EXISTS {view}"))
    for index in database.INDEXES:
        database.drop_index(connection, index)
    for table in reversed(tables.projections.sorted_tables):
        table.drop(connection, checkfirst=True)
    create_projections(database, connection)
    return project(database, connection, stored(connection), progress)


def create_projections(database: Database, connection: Connection) -> None:
    """Make the empty projections and the named views."""
    tables.projections.create_all(connection)
    for index in database.INDEXES:
        database.create_index(connection, index)
    for sql in views.statements(database):
        connection.execute(text(sql))


def project(
    database: Database,
    connection: Connection,
    entries: Iterator[Entry],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make the projections of entries in their order; gives how many there were."""
    projector, count = Projector(KeptProjections(database, connection)), 0
    for count, entry in enumerate(entries, start=1):
        try:
            projector.take(entry, parsed(entry.body))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise LedgerDamagedError(f"entry {entry.seq} cannot be read: {error}") from error
        if count % BATCH == 0:
            projector.flush()
            if progress:
                progress(count)
    projector.flush()
    database.take_statistics(connection)
    return count


def stored(connection: Connection, *, after: int = 0) -> Iterator[Entry]:
    """The entries in their order, in batches so that memory does not grow with the ledger."""
    t = tables.entries
    query = select(t).order_by(t.c.seq).limit(BATCH)
    while True:
        rows = connection.execute(query.where(t.c.seq > after)).all()
        yield from (Entry(*row) for row in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1].seq


def first_entry() -> dict[str, str]:
    """The body of a new ledger's first entry: a name that no other ledger has."""
    return {"id": uuid4().hex, "format": "allegedly-ledger/1"}
