"""Server-sent events: what was recorded, as it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from allegedly.store import LedgerError
from allegedly.web.app.problems import ProblemError, of_ledger
from allegedly.web.pages.problem import problem_answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from allegedly.web.app.desk import Desk
    from allegedly.web.stream.news import Listener

BEAT: Final = 20.0  # seconds; proxies close what is silent for longer
LONGEST: Final = 3600.0  # a page opens the stream anew, and its session is looked at again


def stream(desk: Desk, request: Request) -> Response:
    """The stream of what is recorded from now on; raises ProblemError where too many listen."""
    del request
    listener = desk.news.listen()
    if listener is None:
        raise ProblemError(503, "Too many pages are open.")
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _events(desk, listener), media_type="text/event-stream", headers=headers
    )


async def events(desk: Desk, request: Request) -> Response:
    """Let a reader in, then stream."""

    def admitted() -> None:
        visitor = desk.guard.visitor(request)
        request.state.visitor = visitor
        desk.guard.limit(request, visitor, "reads")
        desk.guard.admit(visitor, "reader")

    try:
        await run_in_threadpool(admitted)
        return stream(desk, request)
    except ProblemError as problem:
        return problem_answer(request, problem)
    except LedgerError as error:
        return problem_answer(request, of_ledger(error))


async def _events(desk: Desk, listener: Listener) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 3000\n\n"
        if desk.linking is not None and desk.linking.state.state == "runs":
            yield _event(desk.linking.state)
        silent = 0.0
        while silent < LONGEST:
            told = await listener.next(BEAT)
            if told is None:
                return
            if told is False or told is True:
                silent += BEAT
                yield b": still here\n\n"
                continue
            yield _event(told)
    finally:
        desk.news.leave(listener)


def _event(told: object) -> bytes:
    return b"event: told\ndata: " + msgspec.json.encode(told) + b"\n\n"
