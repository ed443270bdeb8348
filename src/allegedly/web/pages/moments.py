"""Going to another moment: the form of the bar that says which one is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from starlette.responses import RedirectResponse

from allegedly.store import Moment
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.frame import to

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """A moment by either clock, and the page to see it on."""

    recorded: str | None = None
    published: str | None = None
    next: str = "/"


def go(call: Call) -> Response:
    """The same page as of another moment."""
    asked = call.asked(Going)
    parts = [asked.recorded, asked.published and f"published:{asked.published}"]
    moment = ",".join(filter(None, parts)) or None
    Moment.of(moment)  # refused here rather than on the page
    path, _, query = local(asked.next).partition("?")
    fields = [pair for pair in query.split("&") if pair and not pair.startswith("as_of=")]
    found = "&".join([*fields, to("", moment).removeprefix("?")]).strip("&")
    return RedirectResponse(f"{path}?{found}" if found else path, 303)


def local(address: str) -> str:
    """An address on this desk; raises ProblemError for any other."""
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or not address.startswith("/") or address[:2] in {"//", "/\\"}:
        raise ProblemError(422, "That address is not on this desk.")
    return address
