"""Which ledger is meant: a path, a URL, the environment, or the default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from platformdirs import user_data_path

from allegedly.store.errors import LedgerError

if TYPE_CHECKING:
    from allegedly.store.databases import Database

VARIABLE: Final = "ALLEGEDLY_LEDGER"
NAME: Final = "allegedly.ledger"
_SERVERS: Final = ("postgresql://", "postgres://", "postgresql+psycopg://")
_FILE: Final = "sqlite:///"


def address(given: str | os.PathLike[str] | None = None) -> str:
    """The ledger that is meant, in this order.

    What is given; the environment's ALLEGEDLY_LEDGER; `allegedly.ledger` in the working folder
    where there is one; the user's own in their data folder.
    """
    named = os.fspath(given) if given is not None else os.environ.get(VARIABLE)
    if named:
        return named
    return NAME if Path(NAME).exists() else str(of_user())


def of_user() -> Path:
    """The ledger in the user's data folder."""
    return user_data_path("allegedly", appauthor=False) / NAME


def database(named: str, *, create: bool = False, damaged: bool = False) -> Database:
    """The database at an address; a `damaged` one is read as far as it goes.

    Raises LedgerError where there is none or it is no address.
    """
    # The drivers load when they are needed and no sooner.
    if named.startswith(_SERVERS):
        from allegedly.store.postgresql import Postgres  # noqa: PLC0415

        _, _, rest = named.partition("://")
        return Postgres.at(f"postgresql://{rest}")
    if "://" in named and not named.startswith(_FILE):
        raise LedgerError(f"{named}: no ledger's address; give a path or a postgresql:// URL")
    from allegedly.store.sqlite import Sqlite  # noqa: PLC0415

    path = Path(unquote(named.removeprefix(_FILE)) if named.startswith(_FILE) else named)
    if create:
        path.parent.mkdir(parents=True, exist_ok=True)
    return Sqlite.at(path, create=create, damaged=damaged)
