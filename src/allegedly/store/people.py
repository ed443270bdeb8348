"""Who may use a shared desk: accounts, their sessions, and what each has looked at.

None of it is part of the record: these tables change, hold no story and no decision, and are made
when the first account is. What people did with them is recorded in the ledger as `audit` entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from sqlalchemy import Column, Index, MetaData, Table, Text, insert, select, update

from allegedly.store.errors import NotInLedgerError, RefusedError
from allegedly.store.moments import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from allegedly.store.databases import Database

Role = Literal["reader", "reviewer", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
SessionKind = Literal["browser", "token"]
LONGEST_NAME: Final = 80

_metadata: Final = MetaData()
accounts: Final = Table(
    "desk_accounts",
    _metadata,
    Column("name", Text(), primary_key=True),
    Column("role", Text(), nullable=False),
    Column("password", Text(), nullable=False),
    Column("made_at", Text(), nullable=False),
    Column("closed_at", Text()),
)
_sessions: Final = Table(
    "desk_sessions",
    _metadata,
    Column("id", Text(), primary_key=True),
    Column("account", Text(), nullable=False),
    Column("kind", Text(), nullable=False),
    Column("begun_at", Text(), nullable=False),
    Column("used_at", Text(), nullable=False),
    Column("ends_at", Text(), nullable=False),
    Column("closed_at", Text()),
    Index("desk_sessions_account", "account"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in.

    `password` is an argon2 hash. `closed_at` is when the account was shut.
    """

    name: str
    role: Role
    password: str
    made_at: str
    closed_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in, or a program's token; `id` is a digest, so that the table opens no door."""

    id: str
    account: str
    kind: SessionKind
    begun_at: str
    used_at: str
    ends_at: str
    closed_at: str | None


@dataclass(frozen=True, slots=True)
class People:
    """The accounts of a ledger's database; every method is one transaction."""

    database: Database

    def prepare(self) -> None:
        """Make the tables where they are not there yet."""
        with self.database.writing() as connection:
            _metadata.create_all(connection)

    def add(self, name: str, role: Role, now: datetime, *, password: str) -> Account:
        """Make an account; raises RefusedError for a name that is taken or no name."""
        called = _sound(name)
        made = Account(
            name=called, role=role, password=password, made_at=stamp(now), closed_at=None
        )
        values = {field: getattr(made, field) for field in accounts.c.keys()}  # noqa: SIM118  # columns
        with self.database.writing() as connection:
            taken = select(accounts.c.name).where(accounts.c.name == called)
            if connection.execute(taken).first() is not None:
                raise RefusedError(f"there is an account {called} already")
            connection.execute(insert(accounts).values(values))
        return made

    def account(self, name: str) -> Account:
        """An account by its name; raises NotInLedgerError."""
        asked = select(accounts).where(accounts.c.name == name)
        with self.database.reading() as connection:
            row = connection.execute(asked).first()
        if row is None:
            raise NotInLedgerError(f"nobody here is called {name}")
        return as_account(row)

    def accounts(self) -> list[Account]:
        """All accounts by name, closed ones too."""
        with self.database.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name))
            return [as_account(row) for row in rows]

    def change(self, name: str, now: datetime, **changed: str | None) -> None:
        """Set a role, a password or the time of closing, and end the account's sessions."""
        self.account(name)
        with self.database.writing() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(**changed))
            _end(connection, stamp(now), _sessions.c.account == name)

    def begin(self, session: Session) -> None:
        """Record a session that begins."""
        values = {field: getattr(session, field) for field in _sessions.c.keys()}  # noqa: SIM118  # columns
        with self.database.writing() as connection:
            connection.execute(insert(_sessions).values(values))

    def session(self, name: str) -> tuple[Session, Account] | None:
        """A session by its digest with its account, whether it still holds or not."""
        joined = select(_sessions, accounts).join(accounts, accounts.c.name == _sessions.c.account)
        with self.database.reading() as connection:
            row = connection.execute(joined.where(_sessions.c.id == name)).first()
        if row is None:
            return None
        size = len(_sessions.c)
        return Session(**_named(_sessions, row[:size])), Account(**_named(accounts, row[size:]))

    def sessions(self, account: str | None = None) -> list[Session]:
        """Sessions that were not ended, the latest used first."""
        rows = select(_sessions).where(_sessions.c.closed_at.is_(None))
        rows = rows if account is None else rows.where(_sessions.c.account == account)
        with self.database.reading() as connection:
            found = connection.execute(rows.order_by(_sessions.c.used_at.desc()))
            return [Session(**_named(_sessions, row)) for row in found]

    def touch(self, name: str, now: datetime) -> None:
        """Record that a session was used."""
        with self.database.writing() as connection:
            used = update(_sessions).where(_sessions.c.id == name)
            connection.execute(used.values(used_at=stamp(now)))

    def end(self, now: datetime, *, session: str | None = None, account: str | None = None) -> int:
        """End one session, or all of an account; gives how many were ended."""
        which = _sessions.c.id == session if session else _sessions.c.account == account
        with self.database.writing() as connection:
            return _end(connection, stamp(now), which)


def _end(connection: Connection, now: str, which: Any) -> int:  # noqa: ANN401  # a condition
    still = update(_sessions).where(which, _sessions.c.closed_at.is_(None))
    return connection.execute(still.values(closed_at=now)).rowcount


def as_account(row: Row[Any]) -> Account:
    """A row of the accounts' table."""
    return Account(**_named(accounts, row))


def _named(table: Table, values: Any) -> dict[str, Any]:  # noqa: ANN401  # a row or a part of one
    return dict(zip(table.c.keys(), values, strict=True))


def _sound(name: str) -> str:
    trimmed = " ".join(name.split())
    if not trimmed or len(trimmed) > LONGEST_NAME or not trimmed.isprintable():
        raise RefusedError(f"{name!r} is no name for an account")
    return trimmed
