"""Coming in and going out: the one-time token of one person, the passwords of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import RedirectResponse

from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.frame import show
from allegedly.web.pages.moments import local
from allegedly.web.security.alone import Alone
from allegedly.web.security.shared import Shared

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.web.app.routing import Call


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """The token that opens a desk once."""

    token: str


class Onwards(msgspec.Struct, frozen=True, kw_only=True):
    """Where a visitor wanted to go."""

    next: str = "/"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """A name and a password."""

    name: str
    password: str
    next: str = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The page to sign in, or to be told how the desk is opened.

    `provider` is what people call the one through which they may sign in, None for none.
    """

    shared: bool
    passwords: bool
    provider: str | None
    next: str
    complaint: str | None


def enter(call: Call) -> Response:
    """Open the desk of one person with its token."""
    keeper = call.desk.keeper
    secret = keeper.enter(call.asked(Token).token) if isinstance(keeper, Alone) else None
    if secret is None:
        raise ProblemError(403, "That token has been used or is none: run `allegedly serve` again.")
    return with_session(call, secret, "/")


def sign_in(call: Call) -> Response:
    """The page to sign in."""
    return _page(call, local(call.asked(Onwards).next))


def signed_in(call: Call) -> Response:
    """Sign in with a name and a password."""
    keeper, given = call.desk.keeper, call.body(Credentials)
    onwards = local(given.next)
    if not isinstance(keeper, Shared):
        raise ProblemError(403, "This desk has one user and no passwords.")
    if not call.desk.settings.passwords:
        raise ProblemError(403, "This desk takes no passwords: sign in through the provider.")
    address = call.request.client.host if call.request.client else "?"
    wait = call.desk.guard.limiter.wait("sign_ins", f"name:{given.name.casefold()[:80]}")
    account = None if wait else keeper.check(given.name, given.password)
    if account is None:
        tell(
            call, {"event": "refused", "account": given.name[:80], "from": address}, once=given.name
        )
        complaint = "Wait a minute." if wait else "That is not the name or not the password."
        return _page(call, onwards, complaint, 429 if wait else 403)
    tell(call, {"event": "signed in", "account": account.name, "from": address})
    return with_session(call, keeper.begin(account.name), onwards)


def sign_out(call: Call) -> Response:
    """End the session."""
    call.desk.keeper.end(call.who)
    if call.desk.settings.shared:
        tell(call, {"event": "signed out", "account": call.who.name})
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(call.desk.settings.cookie, secure=call.desk.settings.secure)
    answer.headers["clear-site-data"] = '"cache"'
    return answer


def tell(call: Call, event: dict[str, str], once: str | None = None) -> None:
    """Record what happened at the door; who keeps guessing does not fill the ledger."""
    if once is not None and call.desk.guard.limiter.wait("sign_ins", f"told:{once[:80]}"):
        return
    call.desk.writes.write(lambda: call.desk.ledger.record_event(event))


def _page(call: Call, onwards: str, complaint: str | None = None, status: int = 200) -> Response:
    page = SignInPage(
        shared=call.desk.settings.shared,
        passwords=call.desk.settings.passwords,
        provider=call.desk.openid.provider.name if call.desk.openid else None,
        next=onwards,
        complaint=complaint,
    )
    return show(call, "sign_in.html.j2", page, title="Sign in", status=status)


def with_session(call: Call, secret: str, onwards: str) -> Response:
    """The way on, with the cookie of a session that begins."""
    settings = call.desk.settings
    answer = RedirectResponse(onwards, 303)
    answer.set_cookie(
        settings.cookie,
        secret,
        max_age=int(settings.longest.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.secure,
    )
    return answer
