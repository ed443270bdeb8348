"""One request: bounded in size and time, to addresses that were checked, redirects too."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from allegedly.documents.fetching.addresses import RefusedAddressError, parts_of, resolve
from allegedly.documents.limits import size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LASTING: Final = frozenset({301, 308})
_CHUNK: Final = 65_536


class FetchError(Exception):
    """A request that came to nothing; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How requests are made: who asks, how long and how much, and whether at home too.

    `seconds` bounds a whole answer, `wait` a silence within it; `pause` is the least time between
    two requests to one host. `contact` goes into the user agent: an address or a mailbox.
    """

    seconds: float = 30.0
    wait: float = 10.0
    most: int = 20_000_000
    redirects: int = 5
    pause: float = 2.0
    private: bool = False
    contact: str | None = None

    @property
    def agent(self) -> str:
        """The user agent."""
        about = f"; {self.contact}" if self.contact else ""
        return f"allegedly/{version('allegedly')} (reads news feeds for a ledger of claims{about})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a server said: status, headers by name in lower case, body.

    `address` is where it came from in the end, `moved` the address that has replaced the one asked
    for, where every redirect on the way was for good.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str
    moved: str | None = None


@dataclass(slots=True)
class Fetcher:
    """Makes requests, one at a time, never two to a host within the pause."""

    manners: Manners = field(default_factory=Manners)
    _last: dict[str, float] = field(default_factory=dict)

    def get(
        self, address: str, headers: Mapping[str, str] | None = None, *, pause: float = 0.0
    ) -> Answered:
        """What is at an address; raises FetchError. `pause` is what a host asks to be left alone.

        Redirects are followed to addresses that are checked like the first.
        """
        deadline = time.monotonic() + self.manners.seconds
        here, lasting = address, True
        for _ in range(self.manners.redirects + 1):
            answer = self._one(here, headers or {}, deadline, pause)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                moved = here if lasting and here != address else None
                return Answered(
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    address=here,
                    moved=moved,
                )
            lasting = lasting and answer.status in _LASTING
            here = urljoin(here, target)
        raise FetchError(f"more than {self.manners.redirects} redirects")

    def _one(
        self, address: str, headers: Mapping[str, str], deadline: float, pause: float
    ) -> Answered:
        try:
            parts, port = parts_of(address)
            host = str(parts.hostname)
            self._be_patient(host, max(pause, self.manners.pause), deadline)
            places = resolve(host, port, private=self.manners.private)
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            with _connected(parts.scheme, host, port, places, self.manners.wait) as connection:
                connection.request("GET", path, headers=self._headers(headers))
                return self._read(connection.getresponse(), address, deadline)
        except RefusedAddressError as error:
            raise FetchError(f"refused: {error}") from error
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise FetchError(str(error) or type(error).__name__) from error

    def _be_patient(self, host: str, pause: float, deadline: float) -> None:
        now = time.monotonic()
        due = self._last.get(host, now - pause) + pause
        if due > deadline:
            raise FetchError("the host asks for longer pauses than a request may take")
        time.sleep(max(0.0, due - now))
        self._last[host] = time.monotonic()

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {
            "User-Agent": self.manners.agent,
            "Accept": "application/rss+xml, application/atom+xml, application/feed+json, "
            "application/xml;q=0.9, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **more,
        }

    def _read(self, response: http.client.HTTPResponse, address: str, deadline: float) -> Answered:
        headers = {name.lower(): value for name, value in response.getheaders()}
        packed = "gzip" in headers.get("content-encoding", "").lower()
        unpack = zlib.decompressobj(wbits=47) if packed else None
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += unpack.decompress(chunk, self.manners.most + 1) if unpack else chunk
            if len(body) > self.manners.most:
                raise FetchError(f"an answer of more than {size(self.manners.most)}")
            if time.monotonic() > deadline:
                raise FetchError(f"an answer that takes more than {self.manners.seconds:g} seconds")
        return Answered(status=response.status, headers=headers, body=bytes(body), address=address)


class _Connection(http.client.HTTPConnection):
    """A connection to IP addresses that were checked, for the host of that name."""

    def __init__(
        self, host: str, port: int, *, places: list[str], timeout: float, secure: bool
    ) -> None:
        super().__init__(host, port, timeout=timeout)
        self._places, self._secure = places, secure
        if secure:
            self.default_port = 443

    def connect(self) -> None:
        """Connect to the first of the addresses that answers."""
        problem: OSError | None = None
        for place in self._places:
            try:
                sock = socket.create_connection((place, self.port), self.timeout)
            except OSError as error:
                problem = error
                continue
            context = ssl.create_default_context()
            self.sock = (
                context.wrap_socket(sock, server_hostname=self.host) if self._secure else sock
            )
            return
        raise problem or OSError("no address")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _connected(scheme: str, host: str, port: int, places: list[str], wait: float) -> _Connection:
    return _Connection(host, port, places=places, timeout=wait, secure=scheme == "https")
