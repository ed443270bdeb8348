"""Many people: passwords, sessions in the ledger's database, tokens for programs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from allegedly.store import NotInLedgerError, RefusedError, Session, stamp
from allegedly.web.security.visitors import Visitor, digest, form_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.store import Account, People
    from allegedly.store.people import SessionKind

SHORTEST_PASSWORD: Final = 12  # characters; NIST SP 800-63B asks for eight at least
LONGEST_PASSWORD: Final = 1024
NO_PASSWORD: Final = "none"  # noqa: S105  # what is kept for who signs in through a provider alone
# A session's use is written down once in a while and not with every request.
TOUCHED_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The sessions of a shared desk; they end by time, idleness, revocation, or a new password."""

    people: People
    idle: timedelta
    longest: timedelta
    token_lasts: timedelta
    now: Callable[[], datetime]

    def check(self, name: str, password: str) -> Account | None:
        """The account whose password it is; takes as long where there is no such account."""
        try:
            account = self.people.account(name)
        except NotInLedgerError:
            account = None
        known = account if account is not None and account.closed_at is None else None
        known = None if known is not None and known.password == NO_PASSWORD else known
        kept = known.password if known else _decoy()
        return known if _verified(kept, password[:LONGEST_PASSWORD]) else None

    def begin(self, name: str, kind: SessionKind = "browser") -> str:
        """The secret of a new session or token; nothing that the browser sent goes into it."""
        secret, now = secrets.token_urlsafe(32), self.now()
        lasts = self.longest if kind == "browser" else self.token_lasts
        self.people.begin(
            Session(
                id=digest(secret),
                account=name,
                kind=kind,
                begun_at=stamp(now),
                used_at=stamp(now),
                ends_at=stamp(now + lasts),
                closed_at=None,
            )
        )
        return secret

    def visitor(self, secret: str, *, by_token: bool) -> Visitor | None:
        """Whose session a secret is, None where it has ended."""
        found = self.people.session(digest(secret))
        if found is None:
            return None
        session, account = found
        if not self._holds(session, account) or (session.kind == "token") != by_token:
            return None
        if session.used_at <= stamp(self.now() - TOUCHED_EVERY):
            self.people.touch(session.id, self.now())
        return Visitor(
            name=account.name,
            role=account.role,
            session=session.id,
            key=form_key(secret),
            by_token=by_token,
        )

    def end(self, visitor: Visitor) -> None:
        """End a session."""
        self.people.end(self.now(), session=visitor.session)

    def _holds(self, session: Session, account: Account) -> bool:
        now = self.now()
        if session.closed_at is not None or account.closed_at is not None:
            return False
        rested = session.kind == "browser" and session.used_at <= stamp(now - self.idle)
        return session.ends_at > stamp(now) and not rested


def hashed(password: str) -> str:
    """A password as argon2id keeps it; raises RefusedError for one that is too short or long."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise RefusedError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return PasswordHasher().hash(password)


def _verified(kept: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


@cache
def _decoy() -> str:
    return PasswordHasher().hash(secrets.token_urlsafe(16))
