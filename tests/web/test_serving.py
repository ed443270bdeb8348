"""The server's sockets."""

from __future__ import annotations

import asyncio
import socket

from allegedly.web import serving


def test_what_is_answered_leaves_at_once() -> None:
    delays: list[int] = []

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        delays.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def meet() -> None:
        listening = serving.listening("127.0.0.1", 0)
        async with await asyncio.start_server(answer, sock=listening):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            await reader.read()
            writer.close()

    asyncio.run(meet())
    assert delays == [1]
