"""How one desk is run: for one person on this machine, or shared behind a proxy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from allegedly.web.security.openid import Provider

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a desk is told when it starts.

    `origins` are the addresses that its pages have, scheme and port included; a request that names
    another host or comes from a page of another origin is refused. `reviewer` is who decides where
    the desk has one user, None where it is shared. `openid` is the provider through which people of
    a shared desk may sign in, `passwords` whether they may without. `links` says whether what the
    stories of new cases say is compared with the others' behind the pages. Sizes are bytes.
    """

    origins: tuple[str, ...]
    reviewer: str | None = None
    idle: timedelta = timedelta(hours=4)
    longest: timedelta = timedelta(hours=14)
    token_lasts: timedelta = timedelta(days=180)
    largest_body: int = 64 * 1024
    body_patience: float = 10.0
    reads_a_minute: int = 1200
    writes_a_minute: int = 240
    sign_ins_a_minute: int = 6
    openid: Provider | None = None
    passwords: bool = True
    links: bool = True

    @property
    def shared(self) -> bool:
        """Whether people sign in."""
        return self.reviewer is None

    @property
    def hosts(self) -> frozenset[str]:
        """What a request's Host may be."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over TLS alone."""
        return all(origin.startswith("https://") for origin in self.origins)

    @property
    def cookie(self) -> str:
        """The session cookie's name; browsers do not keep cookies apart by port, so it does."""
        port = urlsplit(self.origins[0]).port
        return f"__Host-allegedly-{port or 443}" if self.secure else f"allegedly-{port or 80}"

    @property
    def cookie_away(self) -> str:
        """The name of the cookie of who is at the sign-in provider."""
        return f"{self.cookie}-away"


def alone(reviewer: str, port: int, **other: object) -> Settings:
    """A desk for one person: this machine's loopback addresses and nothing else."""
    origins = tuple(f"http://{host}:{port}" for host in LOOPBACK)
    return Settings(origins=origins, reviewer=reviewer, **other)  # type: ignore[arg-type]  # by name
