"""Whom a sign-in provider knows by which account: an e-mail address at first, then a subject.

A provider promises of its issuer and subject alone that they are never given to somebody else
(OpenID Connect Core, 5.7); of an e-mail address it does not. So an address that the provider has
verified finds an account once; from then on the account is the subject's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, Index, MetaData, Table, Text, delete, insert, inspect, select, update

from allegedly.store.errors import NotInLedgerError, RefusedError
from allegedly.store.people import accounts, as_account

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from allegedly.store.databases import Database
    from allegedly.store.people import Account

LONGEST: Final = 400

metadata: Final = MetaData()
identities: Final = Table(
    "desk_identities",
    metadata,
    Column("account", Text(), primary_key=True),
    Column("email", Text()),
    Column("issuer", Text()),
    Column("subject", Text()),
    Index("desk_identities_email", "email", unique=True),
    Index("desk_identities_subject", "issuer", "subject", unique=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How an account may be signed in to by a provider.

    `email` is what the provider must have verified at the first sign-in; with `issuer` and
    `subject`, which that sign-in or an admin sets, the e-mail address counts no more.
    """

    account: str
    email: str | None
    issuer: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Identities:
    """The identities of a ledger's accounts; every method is one transaction."""

    database: Database

    def prepare(self) -> None:
        """Make the table where it is not there yet."""
        with self.database.writing() as connection:
            metadata.create_all(connection)

    def give(
        self,
        account: str,
        *,
        email: str | None = None,
        issuer: str | None = None,
        subject: str | None = None,
    ) -> Identity:
        """Let an account be signed in to by an e-mail address or a subject, as nothing else.

        Raises RefusedError for what is another account's, NotInLedgerError for no account.
        """
        made = Identity(
            account=account, email=folded_email(email), issuer=issuer, subject=_sound(subject)
        )
        with self.database.writing() as connection:
            asked = select(accounts.c.name).where(accounts.c.name == account)
            if connection.execute(asked).first() is None:
                raise NotInLedgerError(f"nobody here is called {account}")
            self._refuse_taken(connection, made)
            connection.execute(delete(identities).where(identities.c.account == account))
            if made.email or made.subject:
                values = {name: getattr(made, name) for name in identities.c.keys()}  # noqa: SIM118  # columns
                connection.execute(insert(identities).values(values))
        return made

    def of(self, issuer: str, subject: str, email: str | None) -> tuple[Account, bool] | None:
        """The account of who a provider says it is, and whether this is the first sign-in.

        `email` is an address that the provider has verified, None for none.
        """
        named = self._account(identities.c.issuer == issuer, identities.c.subject == subject)
        if named is not None:
            return named, False
        if email is None:
            return None
        unbound = (identities.c.subject.is_(None), identities.c.email == folded_email(email))
        found = self._account(*unbound)
        return None if found is None else (found, True)

    def bind(self, account: str, issuer: str, subject: str) -> bool:
        """Make an account a subject's for good; False where somebody else's was quicker."""
        mine = (identities.c.account == account, identities.c.subject.is_(None))
        with self.database.writing() as connection:
            taken = select(identities.c.account).where(
                identities.c.issuer == issuer, identities.c.subject == subject
            )
            if connection.execute(taken).first() is not None:
                return False
            change = update(identities).where(*mine).values(issuer=issuer, subject=subject)
            return connection.execute(change).rowcount == 1

    def all(self) -> dict[str, Identity]:
        """Every identity by its account; none where no table was made."""
        with self.database.reading() as connection:
            if not inspect(connection).has_table(identities.name):
                return {}
            names, rows = identities.c.keys(), connection.execute(select(identities))
            return {row[0]: Identity(**dict(zip(names, row, strict=True))) for row in rows}

    def _account(self, *asked: Any) -> Account | None:  # noqa: ANN401  # conditions
        joined = select(accounts).join(identities, identities.c.account == accounts.c.name)
        with self.database.reading() as connection:
            row = connection.execute(joined.where(*asked)).first()
        return None if row is None else as_account(row)

    def _refuse_taken(self, connection: Connection, made: Identity) -> None:
        t = identities
        for said, asked in (
            (made.email, (t.c.email == made.email,)),
            (made.subject, (t.c.issuer == made.issuer, t.c.subject == made.subject)),
        ):
            if said is None:
                continue
            row = connection.execute(select(t.c.account).where(*asked)).first()
            if row is not None and row.account != made.account:
                raise RefusedError(f"{said} is the account of {row.account} already")


def folded_email(given: str | None) -> str | None:
    """An address as it is kept, in small letters; raises RefusedError for what is none."""
    if given is None:
        return None
    found = given.strip().casefold()
    local, at, domain = found.rpartition("@")
    if not (local and at and "." in domain) or len(found) > LONGEST or not found.isprintable():
        raise RefusedError(f"{given!r} is no e-mail address")
    return found


def _sound(subject: str | None) -> str | None:
    if subject is not None and (not subject.strip() or len(subject) > LONGEST):
        raise RefusedError("a subject has 1 to 400 characters, as the provider writes it")
    return subject
