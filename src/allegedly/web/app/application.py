"""The routes as an ASGI application: each request is let in, understood, answered."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route as Mounted

from allegedly.store import LedgerError
from allegedly.web import table
from allegedly.web.app.problems import ProblemError, of_ledger
from allegedly.web.app.routing import Call
from allegedly.web.pages.problem import problem_answer
from allegedly.web.security import bodies, forms
from allegedly.web.security.headers import Armour

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from allegedly.web.app.desk import Desk
    from allegedly.web.app.routing import Route


def application(desk: Desk) -> Starlette:
    """The desk as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    armour = Middleware(
        Armour,
        hosts=desk.settings.hosts,
        secure=desk.settings.secure,
    )
    app = Starlette(
        routes=[_mounted(desk, route) for route in table.ROUTES] + table.streams(desk),
        middleware=[armour, Middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)],
        exception_handlers={HTTPException: _unrouted, Exception: _failed},
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app


def _mounted(desk: Desk, route: Route) -> Mounted:
    async def endpoint(request: Request) -> Response:
        try:
            return await _answer(desk, route, request)
        except ProblemError as problem:
            return problem_answer(request, problem)
        except LedgerError as error:
            return problem_answer(request, of_ledger(error))

    return Mounted(route.path, endpoint, methods=[route.method], name=route.name)


async def _answer(desk: Desk, route: Route, request: Request) -> Response:
    guard, settings = desk.guard, desk.settings
    sent: dict[str, Any] = {}
    if route.method == "POST":
        raw = await bodies.body(request, settings.largest_body, settings.body_patience)
        sent = bodies.fields(raw, request.headers.get("content-type", "")) if raw else {}
    query = bodies.pairs(request.url.query)
    reads = route.method == "GET" and not route.slow

    def work() -> Response:
        visitor = guard.visitor(request)
        request.state.visitor = visitor
        guard.limit(request, visitor, route.limit)
        guard.admit(visitor, route.needs)
        word = request.headers.get(forms.HEADER) or sent.pop(forms.FIELD, None)
        guard.own(request, visitor, word if isinstance(word, str) else None)
        moment = query.get("as_of")
        view = desk.ledger.as_of(moment if isinstance(moment, str) else None)
        # What only reads sees one moment throughout; who writes must see what was written.
        with view.at_once() if reads else nullcontext(view) as seen:
            call = Call(
                desk=desk,
                request=request,
                visitor=visitor,
                query=query,
                sent=sent,
                view=seen,
                moment=moment,
            )
            return route.answer(call)

    threads = desk.readers if reads else desk.writers
    loop = asyncio.get_running_loop()
    desk.tidying.come()
    try:
        return await loop.run_in_executor(threads, work)
    finally:
        desk.tidying.left(loop)


async def _unrouted(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = "There is nothing at this address." if status == 404 else "That is not done here."  # noqa: PLR2004
    return problem_answer(request, ProblemError(status, detail))


async def _failed(request: Request, _error: Exception) -> Response:
    # The server logs the error itself; a visitor learns nothing about our insides.
    return problem_answer(request, ProblemError(500, "Something went wrong; it has been logged."))
