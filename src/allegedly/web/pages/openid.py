"""Signing in through the provider that a shared desk was given: going there, and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

from allegedly.store import Identities
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.entering import tell, with_session
from allegedly.web.pages.moments import local
from allegedly.web.security.openid import LASTS
from allegedly.web.security.shared import Shared

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.store import Account
    from allegedly.web.app.routing import Call
    from allegedly.web.security.openid import OpenID, Person

BACK: Final = "/openid/back"


class Going(msgspec.Struct, frozen=True, kw_only=True):
    """Where a visitor wanted to go."""

    next: str = "/"


def start(call: Call) -> Response:
    """Send a visitor to the provider."""
    found, settings = _openid(call), call.desk.settings
    leaving = found.leave(local(call.asked(Going).next))
    answer = RedirectResponse(leaving.address, 303)
    answer.set_cookie(
        settings.cookie_away,
        leaving.secret,
        max_age=int(LASTS),
        httponly=True,
        samesite="lax",  # the provider's page leads back here, which strict would not allow
        secure=settings.secure,
    )
    return answer


def back(call: Call) -> Response:
    """Let in who comes back from the provider, where one of the accounts is theirs."""
    found, settings = _openid(call), call.desk.settings
    try:
        secret = call.request.cookies.get(settings.cookie_away)
        person, onwards = found.come_back(call.query, secret)
        account = _account(call, person)
    except ProblemError as problem:
        where = _address(call)
        event = {"event": "refused", "account": "", "from": where, "why": problem.detail[:200]}
        tell(call, event, once=f"openid:{where}")
        raise
    tell(call, {"event": "signed in", "account": account.name, "from": _address(call)} | _by(found))
    keeper = call.desk.keeper
    assert isinstance(keeper, Shared)  # noqa: S101  # `_openid` looked
    answer = with_session(call, keeper.begin(account.name), onwards)
    answer.delete_cookie(settings.cookie_away, secure=settings.secure)
    return answer


def _account(call: Call, person: Person) -> Account:
    """The account that is a person's, bound to them at their first sign-in."""
    identities = Identities(call.desk.ledger.database)
    found = identities.of(person.issuer, person.subject, person.email)
    if found is None:
        raise ProblemError(403, _nobody(person))
    account, first = found
    if account.closed_at is not None:
        raise ProblemError(403, f"The account {account.name} is closed.")
    if first:
        if not identities.bind(account.name, person.issuer, person.subject):
            raise ProblemError(403, _nobody(person))
        event = {"event": "account bound", "account": account.name, "subject": person.subject}
        tell(call, event | {"issuer": person.issuer, "email": person.email or ""})
    return account


def _nobody(person: Person) -> str:
    how = f"--email {person.email}" if person.email else f"--subject {person.subject}"
    said = person.email or f"subject {person.subject}, whose e-mail the provider has not verified,"
    return (
        f"{said} is nobody's account here. An admin can change that on the command line: "
        f"allegedly user openid NAME {how}"
    )


def _openid(call: Call) -> OpenID:
    found = call.desk.openid
    if found is None:
        raise ProblemError(404, "This desk knows no sign-in provider.")
    return found


def _by(found: OpenID) -> dict[str, str]:
    return {"by": found.provider.issuer}


def _address(call: Call) -> str:
    return call.request.client.host if call.request.client else "?"
