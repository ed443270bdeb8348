"""The form that every route has: what it needs, what it takes, what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from allegedly.store import View
    from allegedly.web.app.desk import Desk
    from allegedly.web.security.limits import Kind
    from allegedly.web.security.visitors import Needs, Visitor

Method = Literal["GET", "POST"]
Shape = TypeVar("Shape")


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """A query or a body without fields of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that was let in.

    `query` and `sent` are the fields of its address and body, `view` the ledger at the moment that
    its address names, `moment` that moment as it was given.
    """

    desk: Desk
    request: Request
    visitor: Visitor | None
    query: Mapping[str, Any]
    sent: Mapping[str, Any]
    view: View
    moment: str | None

    @property
    def who(self) -> Visitor:
        """The visitor of a route that needs one."""
        if self.visitor is None:
            raise ProblemError(401, "Sign in first.")
        return self.visitor

    def asked(self, shape: type[Shape]) -> Shape:
        """The query as a typed record; raises ProblemError 422."""
        return shaped(self.query, shape)

    def body(self, shape: type[Shape]) -> Shape:
        """The body as a typed record; raises ProblemError 422."""
        return shaped(self.sent, shape)

    def part(self, name: str) -> str:
        """A part of the path; raises ProblemError for one that nothing can be called."""
        found = str(self.request.path_params[name])
        if "\0" in found:  # which not every database can even look for
            raise ProblemError(404, "There is nothing at this address.")
        return found

    @property
    def wants_page(self) -> bool:
        """Whether a person's browser asks, so that an answer is a page."""
        return "text/html" in self.request.headers.get("accept", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: who may ask, what is asked, and the function that answers.

    `query` and `body` are the records that it takes, `gives` the one that it answers with, where
    it is a route of the API; `summary` is a sentence for its document. A `slow` one asks
    another server or writes a file: no transaction is held meanwhile, and no reader waits for it.
    """

    path: str
    name: str
    answer: Callable[[Call], Response]
    needs: Needs = "reader"
    method: Method = "GET"
    summary: str = ""
    query: type[msgspec.Struct] = Nothing
    body: type[msgspec.Struct] = Nothing
    gives: Any = None
    status: int = 200
    limit: Kind = "reads"
    slow: bool = False


def shaped(fields: Mapping[str, Any], shape: type[Shape]) -> Shape:
    """Fields as a typed record; raises ProblemError 422, saying which does not hold."""
    try:
        return msgspec.convert(fields, shape, strict=False)
    except msgspec.ValidationError as error:
        raise ProblemError(422, str(error)) from error
