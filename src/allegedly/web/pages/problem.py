"""A problem as an answer: a page for a person, JSON for a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec
from starlette.responses import HTMLResponse, RedirectResponse, Response

from allegedly.web.app.problems import TITLES
from allegedly.web.pages.frame import templates

if TYPE_CHECKING:
    from starlette.requests import Request

    from allegedly.web.app.problems import ProblemError

MEDIA = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage:
    """What a person is told, and where they can go on."""

    status: int
    title: str
    detail: str
    back: str


def problem_answer(request: Request, problem: ProblemError) -> Response:
    """The answer to a request that cannot be met."""
    if "text/html" not in request.headers.get("accept", ""):
        content = msgspec.json.encode(problem.body(request.url.path))
        return Response(content, problem.status, problem.headers, MEDIA)
    visitor = getattr(request.state, "visitor", None)
    if problem.status == 401 and request.method == "GET" and visitor is None:  # noqa: PLR2004
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", 303)
    page = ProblemPage(
        status=problem.status,
        title=TITLES.get(problem.status, "That went wrong"),
        detail=problem.detail,
        back=back(request),
    )
    html = templates().get_template("problem.html.j2").render(page=page)
    return HTMLResponse(html, problem.status, problem.headers)


def back(request: Request) -> str:
    """Where a person came from, where that is a page of ours."""
    origin, referer = str(request.base_url), request.headers.get("referer", "")
    return "/" + referer.removeprefix(origin) if referer.startswith(origin) else "/"
