"""One person on this machine: a token that opens the desk once, sessions in memory."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock
from typing import TYPE_CHECKING

from allegedly.web.security.visitors import Visitor, digest, form_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta


@dataclass(slots=True)
class Alone:
    """The sessions of one person; they end when the program does."""

    reviewer: str
    longest: timedelta
    now: Callable[[], datetime]
    _token: str | None = None
    _ends: dict[str, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def token(self) -> str:
        """A new token, which opens the desk once; the one before opens nothing any more."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    def enter(self, token: str) -> str | None:
        """The secret of a new session for a token that is right, which is then used up."""
        with self._lock:
            if self._token is None or not compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = None
            secret = secrets.token_urlsafe(32)
            self._ends[digest(secret)] = self.now() + self.longest
            return secret

    def visitor(self, secret: str, *, by_token: bool) -> Visitor | None:
        """Whose session a secret is."""
        session = digest(secret)
        ends = self._ends.get(session)
        if by_token or ends is None or ends <= self.now():
            return None
        return Visitor(name=self.reviewer, role="admin", session=session, key=form_key(secret))

    def end(self, visitor: Visitor) -> None:
        """End a session."""
        self._ends.pop(visitor.session, None)
