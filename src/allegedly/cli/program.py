"""The program itself: its name, its version, its exit statuses."""

from __future__ import annotations

from importlib.metadata import version as installed_version
from typing import Annotated

import typer

# Wrong usage leaves with 2 and Ctrl-C with 130: typer's own doing.
ALL_DONE, NONE_DONE, SOME_REJECTED, NO_LEDGER, NOT_SOUND, PIPE_CLOSED = 0, 1, 3, 4, 5, 141
STDIN = "-"

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Rich help would take longer to load than everything else together.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; leaves the program with the exit status that --help tells."""
    app()


def complain(name: str, reason: str) -> None:
    """Say on standard error what is wrong with what."""
    typer.echo(f"allegedly: {name}: {reason}", err=True)


def _tell_version(asked: bool) -> None:  # noqa: FBT001  # typer's signature
    if asked:
        typer.echo(f"allegedly {installed_version('allegedly')}")
        raise typer.Exit


@app.callback()
def allegedly(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """Who said what, through whom, on what evidence: claims read out of news stories."""
