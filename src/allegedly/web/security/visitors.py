"""Who asks, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from allegedly.store import Role

# What a route asks for: nothing at all, or a role at least.
Needs = Literal["nobody", "reader", "reviewer", "admin"]
RANKS: Final[dict[Needs, int]] = {"nobody": 0, "reader": 1, "reviewer": 2, "admin": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is let in: their name, role and session.

    `key` is what their forms are known by. `by_token` says that a program asks, with a token in
    its header that no page of somebody else's can send.
    """

    name: str
    role: Role
    session: str
    key: bytes
    by_token: bool = False

    def may(self, needs: Needs) -> bool:
        """Whether their role is enough."""
        return RANKS[self.role] >= RANKS[needs]


class Keeper(Protocol):
    """Keeps sessions: in memory for one person, in the ledger's database for many."""

    def visitor(self, secret: str, *, by_token: bool) -> Visitor | None:
        """Whose session a secret is, None where it is nobody's or has ended."""

    def end(self, visitor: Visitor) -> None:
        """End a session."""


def digest(secret: str) -> str:
    """What is kept of a session's secret."""
    return sha256(f"session:{secret}".encode()).hexdigest()


def form_key(secret: str) -> bytes:
    """The key of a session's forms; the secret cannot be found from it."""
    return sha256(f"form:{secret}".encode()).digest()
