"""The one place where it is decided whether a request may go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.web.app.problems import ProblemError
from allegedly.web.security import forms

if TYPE_CHECKING:
    from starlette.requests import Request

    from allegedly.web.app.settings import Settings
    from allegedly.web.security.limits import Kind, Limiter
    from allegedly.web.security.visitors import Keeper, Needs, Visitor

SAFE: Final = frozenset({"GET", "HEAD"})
BEARER: Final = "bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Sessions, limits and the rules about them."""

    settings: Settings
    keeper: Keeper
    limiter: Limiter

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks: a program by its token, else a person by their session's cookie."""
        header = request.headers.get("authorization", "")
        if header:
            if header[: len(BEARER)].lower() != BEARER:
                return None
            return self.keeper.visitor(header[len(BEARER) :].strip(), by_token=True)
        secret = request.cookies.get(self.settings.cookie)
        return self.keeper.visitor(secret, by_token=False) if secret else None

    def admit(self, visitor: Visitor | None, needs: Needs) -> None:
        """Let a visitor pass whose role is enough; raises ProblemError 401 or 403."""
        if needs == "nobody":
            return
        if visitor is None:
            problem = ProblemError(401, "The session has ended, or there was none.")
            problem.headers["www-authenticate"] = "Bearer"
            raise problem
        if not visitor.may(needs):
            raise ProblemError(403, f"This takes a {needs}; {visitor.name} is a {visitor.role}.")

    def limit(self, request: Request, visitor: Visitor | None, kind: Kind) -> None:
        """Pass a request within its visitor's limits; raises ProblemError 429."""
        address = request.client.host if request.client else "?"
        wait = self.limiter.wait(kind, visitor.name if visitor else address)
        if wait:
            problem = ProblemError(429, "Too many requests in a minute; wait a little.")
            problem.headers["retry-after"] = str(int(wait) + 1)
            raise problem

    def own(self, request: Request, visitor: Visitor | None, word: str | None) -> None:
        """Pass a write that one of our own pages, or a program, has sent; else ProblemError 403."""
        if request.method in SAFE or (visitor is not None and visitor.by_token):
            return
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        if origin is None or origin not in self.settings.origins or site != "same-origin":
            raise ProblemError(403, "The request does not come from a page of this desk.")
        if visitor is not None and not forms.holds(word, visitor.key):
            raise ProblemError(403, "The form is out of date: load the page again and resend it.")
