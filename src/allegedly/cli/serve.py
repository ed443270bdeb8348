"""`allegedly serve`: the desk, on this machine for one person, or shared behind a proxy."""

from __future__ import annotations

import getpass
import os
import webbrowser
from importlib.util import find_spec
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated, Final

import typer

from allegedly.cli.opening import LEDGER_EPILOG, Behind, Where, opened
from allegedly.cli.program import NONE_DONE, app, complain

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.web import Settings
    from allegedly.web.security.openid import Provider

PORT: Final = 8321


@app.command(epilog=LEDGER_EPILOG)
def serve(  # noqa: PLR0913  # one argument per option is how typer is told
    *,
    where: Where = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")
    ] = PORT,
    reviewer: Annotated[
        str | None,
        typer.Option(
            "--reviewer", envvar="ALLEGEDLY_REVIEWER", help="Who decides; else your user's name."
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    shared: Annotated[
        bool,
        typer.Option("--shared", help="For many people: they sign in, see `allegedly user add`."),
    ] = False,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="URL",
            help="Shared: the address that people use, https://…, as the proxy serves it.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Shared: the address to listen on.")] = "127.0.0.1",
    proxy: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESSES", help="Shared: proxies whose X-Forwarded-For is believed."
        ),
    ] = None,
    issuer: Annotated[
        str | None,
        typer.Option(
            "--oidc-issuer",
            envvar="ALLEGEDLY_OIDC_ISSUER",
            metavar="URL",
            help="Shared: an OpenID Connect provider through which people may sign in.",
        ),
    ] = None,
    client: Annotated[
        str | None,
        typer.Option(
            "--oidc-client",
            envvar="ALLEGEDLY_OIDC_CLIENT",
            metavar="ID",
            help="What the provider calls this desk.",
        ),
    ] = None,
    secret: Annotated[
        Path | None,
        typer.Option(
            "--oidc-secret-file",
            envvar="ALLEGEDLY_OIDC_SECRET_FILE",
            metavar="FILE",
            help="Holds the client's secret, as does $ALLEGEDLY_OIDC_SECRET; without, PKCE alone.",
        ),
    ] = None,
    called: Annotated[
        str, typer.Option("--oidc-name", metavar="NAME", help="What people call the provider.")
    ] = "your organisation",
    only: Annotated[
        bool, typer.Option("--oidc-only", help="Take no passwords: through the provider alone.")
    ] = False,
    link: Annotated[
        bool,
        typer.Option(
            "--link/--no-link",
            help="Compare what stories say once a case is begun or collected, behind the pages.",
        ),
    ] = True,
    behind: Behind = False,
) -> None:
    """Open the desk: a page on the ledger, for one person here or for many behind a proxy."""
    if shared and address is None:
        raise typer.BadParameter("a shared desk needs --address, the URL that people use")
    if not shared and (address or proxy or host != "127.0.0.1"):
        raise typer.BadParameter("--address, --host and --proxy are for a desk that is --shared")
    if only and not (shared and issuer):
        raise typer.BadParameter("--oidc-only needs --shared and --oidc-issuer")
    with opened(where, create=not shared, behind=behind) as ledger:
        who = None if shared else reviewer or getpass.getuser()
        provider = _provider(issuer, client, secret, called) if shared else None
        asked = _Asked(host, port, who, address, proxy, browser=browser)
        asked.provider, asked.passwords, asked.links = provider, not only, link
        _run(ledger, asked)


class _Asked:
    """What was asked for on the command line."""

    def __init__(  # noqa: PLR0913  # the options
        self,
        host: str,
        port: int,
        reviewer: str | None,
        address: str | None,
        proxy: str | None,
        *,
        browser: bool,
    ) -> None:
        self.host, self.port, self.reviewer = host, port, reviewer
        self.address, self.proxy, self.browser = address, proxy, browser
        self.provider: Provider | None = None
        self.passwords = True
        self.links = True

    def settings(self, port: int) -> Settings:
        """The desk's settings, its port known."""
        from allegedly.web import Settings, alone  # noqa: PLC0415  # the server loads when needed

        if self.reviewer is not None:
            return alone(self.reviewer, port, links=self.links)
        return Settings(
            origins=((self.address or "").rstrip("/"),),
            openid=self.provider,
            passwords=self.passwords,
            links=self.links,
        )


def _provider(
    issuer: str | None, client: str | None, secret: Path | None, called: str
) -> Provider | None:
    """The sign-in provider that was asked for; its secret is no argument that others could see."""
    from allegedly.web.app.problems import ProblemError  # noqa: PLC0415
    from allegedly.web.security.openid import Provider  # noqa: PLC0415

    if issuer is None:
        return None
    if client is None:
        raise typer.BadParameter("--oidc-issuer needs --oidc-client, the desk's name there")
    if not all(find_spec(name) for name in ("authlib", "httpx2")):
        raise typer.BadParameter('--oidc-issuer needs Authlib: pip install "allegedly[oidc]"')
    try:
        kept = os.environ.get("ALLEGEDLY_OIDC_SECRET") if secret is None else secret.read_text()
        return Provider(
            issuer=issuer, client=client, secret=(kept or "").strip() or None, name=called
        )
    except OSError as error:
        raise typer.BadParameter(f"{secret}: {error.strerror}") from error
    except ProblemError as error:
        raise typer.BadParameter(error.detail) from error


def _run(ledger: Ledger, asked: _Asked) -> None:
    from allegedly.web import Desk  # noqa: PLC0415  # the server loads when it is needed
    from allegedly.web.security.alone import Alone  # noqa: PLC0415
    from allegedly.web.serving import listening, server  # noqa: PLC0415

    try:
        socket = listening(asked.host, asked.port)
    except OSError as error:
        complain(f"{asked.host}:{asked.port}", f"{error.strerror}; --port 0 takes any that is free")
        raise typer.Exit(NONE_DONE) from error
    with socket:
        port = socket.getsockname()[1]
        desk = Desk.of(ledger, asked.settings(port))
        typer.echo(f"allegedly: the ledger {ledger.database.shown}", err=True)
        if isinstance(desk.keeper, Alone):
            _invite(f"http://127.0.0.1:{port}/enter?token={desk.keeper.token()}", asked)
        else:
            typer.echo(f"allegedly: listening on {asked.host}:{port} for {asked.address}", err=True)
        server(desk, asked.proxy).run([socket])


def _invite(address: str, asked: _Asked) -> None:
    """Print the address that opens the desk once, and open it."""
    typer.echo(f"allegedly: open {address}", err=True)
    typer.echo("allegedly: it opens once, in one browser; Ctrl-C ends the desk", err=True)
    if asked.browser:
        webbrowser.open(address)
