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


Email = Annotated[
    str | None,
    typer.Option(
        help="The address that the sign-in provider must have verified, at the first sign-in."
    ),
]


@user.command(epilog=LEDGER_EPILOG)
def add(
    name: Name,
    *,
    role: Role = "reviewer",
    email: Email = None,
    without: Annotated[
        bool, typer.Option("--no-password", help="Only through the sign-in provider.")
    ] = False,
    where: Where = None,
) -> None:
    """Make an account; the password is asked for, or read from a pipe."""
    from allegedly.web.security.shared import NO_PASSWORD  # noqa: PLC0415

    if without and email is None:
        raise typer.BadParameter("--no-password needs --email, or nobody could sign in")
    with opened(where) as ledger:
        people, chosen = ledger.people, _role(role)
        people.prepare()
        address = _email(email)
        if address is not None:
            _check_free(ledger, address)
        people.add(name, chosen, _now(), password=NO_PASSWORD if without else _password())
        if address is not None:
            _identify(ledger, name, email=address)
        _record(ledger, "account made", name, role=role, **({"email": address} if address else {}))


@user.command(epilog=LEDGER_EPILOG)
def openid(
    name: Name,
    *,
    email: Email = None,
    subject: Annotated[
        str | None, typer.Option(metavar="SUB", help="What the provider calls the person.")
    ] = None,
    issuer: Annotated[
        str | None,
        typer.Option(envvar="ALLEGEDLY_OIDC_ISSUER", metavar="URL", help="The provider."),
    ] = None,
    where: Where = None,
) -> None:
    """Say who may sign in to an account through the provider; with neither, nobody."""
    if subject is not None and issuer is None:
        raise typer.BadParameter("--subject needs --issuer, whose name for the person it is")
    with opened(where) as ledger:
        ledger.people.account(name)
        issuer = issuer if subject is not None else None
        _identify(ledger, name, email=_email(email), issuer=issuer, subject=subject)
        ledger.people.end(_now(), account=name)
        said = {"email": email, "issuer": issuer, "subject": subject}
        _record(ledger, "identity changed", name, **{k: v for k, v in said.items() if v})


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
    from allegedly.store import Identities  # noqa: PLC0415  # databases load when needed

    with opened(where) as ledger:
        people, known = ledger.people, Identities(ledger.database).all()
        people.prepare()
        for account in people.accounts():
            shut = "  closed" if account.closed_at else ""
            open_now = len(people.sessions(account.name))
            who = known.get(account.name)
            by = f"  {who.email or who.subject}" if who else ""
            put(f"{account.role:<9} {account.name}  {open_now} open{by}{shut}")


def _password() -> str:
    from allegedly.web.security.shared import hashed  # noqa: PLC0415  # argon2 loads when needed

    if not sys.stdin.isatty():
        return hashed(sys.stdin.readline().rstrip("\n"))
    first = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != first:
        raise typer.BadParameter("the two are not the same")
    return hashed(first)


def _identify(ledger: Ledger, name: str, **known: str | None) -> None:
    from allegedly.store import Identities  # noqa: PLC0415  # databases load when needed

    identities = Identities(ledger.database)
    identities.prepare()
    identities.give(name, **known)


def _check_free(ledger: Ledger, address: str) -> None:
    from allegedly.store import Identities, RefusedError  # noqa: PLC0415

    for known in Identities(ledger.database).all().values():
        if known.email == address:
            raise RefusedError(f"{address} is the account of {known.account} already")


def _email(given: str | None) -> str | None:
    from allegedly.store.identities import folded_email  # noqa: PLC0415

    return folded_email(given)


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
