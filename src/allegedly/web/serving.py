"""The HTTP server: uvicorn, with a limit on how long a request's head may take."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from allegedly.web.app.application import application

if TYPE_CHECKING:
    from allegedly.web.app.desk import Desk

HEAD_PATIENCE: Final = 10.0  # seconds
MOST_CONNECTIONS: Final = 1_000
LARGEST_HEAD: Final = 32 * 1024
BACKLOG: Final = 512


class Patient(H11Protocol):
    """HTTP/1.1 that hangs up on who does not finish the head of a first request in time."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # uvicorn's signature
        """Begin to wait for the first request."""
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(HEAD_PATIENCE, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any that is free. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio lets an answer leave at once (TCP_NODELAY) only where the socket says that it is TCP;
    # else a body waits 40 ms for the other side to acknowledge the head.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except BaseException:
        found.close()
        raise
    return found


def server(desk: Desk, proxies: str | None = None) -> uvicorn.Server:
    """A server of a desk; `proxies` are the addresses whose word on who asks is believed."""
    desk.warm()
    config = uvicorn.Config(
        application(desk),
        http=Patient,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxies is not None,
        forwarded_allow_ips=proxies,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=LARGEST_HEAD,
    )
    return uvicorn.Server(config)
