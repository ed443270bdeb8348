"""`allegedly serve`: the desk, on this machine for one person, or shared behind a proxy."""

from __future__ import annotations

import getpass
import webbrowser
from typing import TYPE_CHECKING, Annotated, Final

import typer

from allegedly.cli.opening import LEDGER_EPILOG, Behind, Where, opened
from allegedly.cli.program import NONE_DONE, app, complain

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.web import Settings

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
    behind: Behind = False,
) -> None:
    """Open the desk: a page on the ledger, for one person here or for many behind a proxy."""
    if shared and address is None:
        raise typer.BadParameter("a shared desk needs --address, the URL that people use")
    if not shared and (address or proxy or host != "127.0.0.1"):
        raise typer.BadParameter("--address, --host and --proxy are for a desk that is --shared")
    with opened(where, create=not shared, behind=behind) as ledger:
        who = None if shared else reviewer or getpass.getuser()
        _run(ledger, _Asked(host, port, who, address, proxy, browser=browser))


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

    def settings(self, port: int) -> Settings:
        """The desk's settings, its port known."""
        from allegedly.web import Settings, alone  # noqa: PLC0415  # the server loads when needed

        if self.reviewer is not None:
            return alone(self.reviewer, port)
        return Settings(origins=((self.address or "").rstrip("/"),))


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
