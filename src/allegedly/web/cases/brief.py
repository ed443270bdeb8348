"""The brief of a case: on the desk, and to take along."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from starlette.responses import RedirectResponse

from allegedly import cases
from allegedly.brief import to_html, to_json, to_markdown
from allegedly.store import NotInLedgerError
from allegedly.web.api.asking import answered
from allegedly.web.api.exporting import download, safe_name
from allegedly.web.pages.frame import show, to

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from allegedly.brief import Brief
    from allegedly.web.app.routing import Call


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """In which form a brief is taken along."""

    form: Literal["html", "markdown"] = "html"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The id of the story in which a record stands."""

    story: Annotated[str, msgspec.Meta(max_length=64)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage:
    """A brief, with the name of its case."""

    name: str
    brief: Brief


def brief(call: Call) -> Response:
    """The page of a case's brief."""
    made = _made(call)
    page = BriefPage(name=made.name, brief=made)
    return show(call, "brief.html.j2", page, title=f"Brief: {made.title}", section="/cases")


def file(call: Call) -> Response:
    """A brief as a file."""
    made, form = _made(call), call.asked(Form).form
    name = f"brief-{safe_name(made.name)}"
    if form == "markdown":
        return download(to_markdown(made).encode(), "text/markdown", f"{name}.md")
    return download(to_html(made).encode(), "text/html", f"{name}.html")


def data(call: Call) -> Response:
    """A brief as JSON."""
    return answered(to_json(_made(call)))


def _or_in_its_story(answer: Callable[[Call], Response]) -> Callable[[Call], Response]:
    """An answer for a record, or the story of one that has no page: statements, origins."""

    @wraps(answer)
    def either(call: Call) -> Response:
        story = call.asked(Standing).story
        try:
            return answer(call)
        except NotInLedgerError:
            if story is None:
                raise
            name = call.view.document(story).id
            return RedirectResponse(to(f"/documents/{name}", call.moment), 303)

    return either


@_or_in_its_story
def record(call: Call) -> Response:
    """A record where it can be read: on its own page, anything else in its story."""
    kind, name = call.view.find(call.part("id"))
    if kind == "claim":
        return RedirectResponse(to(f"/claims/{name}", call.moment), 303)
    if kind in {"document", "assessment", "silence"}:
        return RedirectResponse(to(f"/{kind}s/{name}", call.moment), 303)
    document = call.view.record(name).document
    return RedirectResponse(to(f"/documents/{document}", call.moment), 303)


def _made(call: Call) -> Brief:
    """The brief, kept until anything is recorded."""
    name, moment = call.part("name"), call.moment
    key = ("brief", name, moment, call.view.head().seq)
    return call.desk.kept.get(key, lambda: cases.brief(call.view, name, as_of=moment or "now"))
