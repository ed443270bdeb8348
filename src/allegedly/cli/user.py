"""`allegedly user …`: who may sign in to a shared desk, and what each may do."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.opening import LEDGER_EPILOG, Where, opened
from allegedly.cli.printing import put
from allegedly.cli.program import app

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.store import Role as AnyRole
    from allegedly.web.security.shared import Shared

user = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Accounts of a shared desk; what is done with them is recorded in the ledger.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(user, name="user")

Name = Annotated[str, typer.Argument(help="The account's name; decisions carry it.")]
Role = Annotated[
    str,
    typer.Option(help="reader: sees everything; reviewer: decides as well; admin: people too."),
]


@user.command(epilog=LEDGER_EPILOG)
def add(
    name: Name,
    *,
    role: Role = "reviewer",
    where: Where = None,
) -> None:
    """Make an account; the password is asked for, or read from a pipe."""
    with opened(where) as ledger:
        people, chosen = ledger.people, _role(role)
        people.prepare()
        people.add(name, chosen, _now(), password=_password())
        _record(ledger, "account made", name, role=role)


@user.command(epilog=LEDGER_EPILOG)
def role(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="ROLE", help="reader, reviewer or admin.")],
    *,
    where: Where = None,
) -> None:
    """Give an account another role; its sessions end."""
    with opened(where) as ledger:
        ledger.people.change(name, _now(), role=_role(new))
        _record(ledger, "role changed", name, role=new)


@user.command(epilog=LEDGER_EPILOG)
def password(name: Name, *, where: Where = None) -> None:
    """Set a new password; the account's sessions end."""
    with opened(where) as ledger:
        ledger.people.change(name, _now(), password=_password())
        _record(ledger, "password changed", name)


@user.command(epilog=LEDGER_EPILOG)
def close(name: Name, *, where: Where = None) -> None:
    """Shut an account and end its sessions; what it decided stays."""
    from allegedly.store import stamp  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        ledger.people.change(name, _now(), closed_at=stamp(_now()))
        _record(ledger, "account closed", name)


@user.command(epilog=LEDGER_EPILOG)
def revoke(name: Name, *, where: Where = None) -> None:
    """End every session and token of an account."""
    with opened(where) as ledger:
        people = ledger.people
        people.account(name)
        ended = people.end(_now(), account=name)
        _record(ledger, "sessions ended", name)
        put(f"{ended} ended")


@user.command(epilog=LEDGER_EPILOG)
def token(name: Name, *, where: Where = None) -> None:
    """Print a token for a program: `Authorization: Bearer TOKEN`. It is shown this once."""
    with opened(where) as ledger:
        ledger.people.account(name)
        secret = _keeper(ledger).begin(name, "token")
        _record(ledger, "token made", name)
        put(secret)


@user.command("list", epilog=LEDGER_EPILOG)
def list_(*, where: Where = None) -> None:
    """List the accounts with their roles and open sessions."""
    with opened(where) as ledger:
        people = ledger.people
        people.prepare()
        for account in people.accounts():
            shut = "  closed" if account.closed_at else ""
            open_now = len(people.sessions(account.name))
            put(f"{account.role:<9} {account.name}  {open_now} open{shut}")


def _password() -> str:
    from allegedly.web.security.shared import hashed  # noqa: PLC0415  # argon2 loads when needed

    if not sys.stdin.isatty():
        return hashed(sys.stdin.readline().rstrip("\n"))
    first = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != first:
        raise typer.BadParameter("the two are not the same")
    return hashed(first)


def _role(given: str) -> AnyRole:
    from allegedly.store import ROLES, RefusedError  # noqa: PLC0415

    if given not in ROLES:
        raise RefusedError(f"{given!r} is no role: {', '.join(ROLES)}")
    return given


def _keeper(ledger: Ledger) -> Shared:
    from allegedly.web import Settings  # noqa: PLC0415
    from allegedly.web.security.shared import Shared  # noqa: PLC0415

    plain = Settings(origins=("https://localhost",))
    return Shared(
        people=ledger.people,
        idle=plain.idle,
        longest=plain.longest,
        token_lasts=plain.token_lasts,
        now=_now,
    )


def _record(ledger: Ledger, event: str, account: str, **more: str) -> None:
    by = f"{getpass.getuser()} on the command line"
    ledger.record_event({"event": event, "account": account, "by": by, **more})


def _now() -> datetime:
    return datetime.now(UTC)
