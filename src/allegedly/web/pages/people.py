"""Who may sign in, who is signed in, and what was done at the door: for admins of a shared desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse

from allegedly.store import Identities, stamp
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages import say
from allegedly.web.pages.frame import show
from allegedly.web.security.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from allegedly.store import Identity, Session
    from allegedly.web.app.routing import Call

EVENTS: Final = 100


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """An account's name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """An open session or a program's token."""

    kind: str
    begun: str
    used: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """An account with its open sessions."""

    name: str
    role: str
    closed: str | None
    identity: str | None
    sessions: tuple[SessionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something that was done at the door, from the audit log in the ledger."""

    seq: int
    when: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Accounts, sessions and the audit log."""

    people: tuple[PersonView, ...]
    events: tuple[EventView, ...]


def people(call: Call) -> Response:
    """The page of accounts, sessions and the audit log."""
    keeper = _keeper(call)
    by_account: dict[str, list[SessionView]] = {}
    for session in keeper.people.sessions():
        if session.ends_at > stamp(keeper.now()):
            by_account.setdefault(session.account, []).append(_session(session))
    known = Identities(call.desk.ledger.database).all()
    page = PeoplePage(
        people=tuple(
            PersonView(
                name=account.name,
                role=account.role,
                closed=say.clock(account.closed_at) if account.closed_at else None,
                identity=_identity(known.get(account.name)),
                sessions=tuple(by_account.get(account.name, ())),
            )
            for account in keeper.people.accounts()
        ),
        events=tuple(
            EventView(seq=e.seq, when=say.clock(e.recorded_at), said=_said(e.body))
            for e in call.view.entries(["audit"], limit=EVENTS, latest=True)
        ),
    )
    return show(call, "people.html.j2", page, title="People", section="/people")


def revoke(call: Call) -> Response:
    """End every session and token of an account."""
    keeper, name = _keeper(call), call.body(Name).name
    keeper.people.account(name)

    def write() -> None:
        ended = keeper.people.end(keeper.now(), account=name)
        event = {"event": "sessions ended", "account": name, "by": call.who.name}
        call.desk.ledger.record_event(event | {"sessions": ended})

    call.desk.writes.write(write)
    return RedirectResponse("/people", 303)


def _keeper(call: Call) -> Shared:
    if not isinstance(call.desk.keeper, Shared):
        raise ProblemError(404, "This desk has one user and no accounts.")
    return call.desk.keeper


def _identity(known: Identity | None) -> str | None:
    if known is None:
        return None
    if known.subject is None:
        return f"{known.email}, not signed in yet"
    return f"{known.email or 'subject'} · {known.subject} of {known.issuer}"


def _session(session: Session) -> SessionView:
    return SessionView(
        kind=session.kind,
        begun=say.clock(session.begun_at),
        used=say.clock(session.used_at),
        ends=say.clock(session.ends_at),
    )


def _said(event: Mapping[str, object]) -> str:
    parts = [str(event.get("account", "")), str(event.get("event", ""))]
    more = (
        f"{name} {event[name]}"
        for name in ("role", "from", "by", "subject", "email", "why")
        if event.get(name)
    )
    return " · ".join([" ".join(filter(None, parts)), *more])
