"""Which ledger a command is about, and what is said when something is wrong with it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.program import NO_LEDGER, NONE_DONE, PIPE_CLOSED, complain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.ledger import Ledger
    from allegedly.store import View

Where = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="PATH|URL",
        help="The ledger: a file or postgresql://…; else $ALLEGEDLY_LEDGER, else "
        "allegedly.ledger in the working folder, else the one in your data folder.",
    ),
]
When = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="MOMENT",
        help="Show the ledger as it stood: the number of an entry, a date or time of "
        "recording, published:DATE for the world's clock, or two of them with a comma.",
    ),
]
Reviewer = Annotated[
    str, typer.Option("--reviewer", envvar="ALLEGEDLY_REVIEWER", help="Who decides.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Behind = Annotated[
    bool,
    typer.Option(
        "--clock-behind",
        help="Record at the last entry's time where this machine's clock is far behind it.",
    ),
]
LEDGER_EPILOG = (
    "Exit status: 0 done; 1 nothing to do it with, or refused, with the reason; 2 wrong usage; "
    "4 the ledger is missing, damaged, full, read-only, unreachable or of another version; "
    "130 interrupted; 141 the reader of the output went away."
)


@contextmanager
def opened(where: str | None, *, create: bool = False, behind: bool = False) -> Iterator[Ledger]:
    """The ledger that is meant; leaves the program with a word where that goes wrong."""
    from allegedly.ledger import Ledger  # noqa: PLC0415  # databases load when they are needed

    with told(), Ledger.open(where, create=create, clock_may_lag=behind) as ledger:
        if create and ledger.is_new:
            typer.echo(f"allegedly: a new ledger: {ledger.database.shown}", err=True)
        yield ledger


@contextmanager
def viewed(where: str | None, moment: str | None) -> Iterator[View]:
    """The ledger that is meant, as it stood at a moment."""
    with opened(where) as ledger:
        yield ledger.as_of(moment)


@contextmanager
def told() -> Iterator[None]:
    """Errors become a line on standard error and an exit status; a closed pipe is no error."""
    from allegedly.store import LedgerError, NotInLedgerError, RefusedError  # noqa: PLC0415

    try:
        yield
        sys.stdout.flush()
    except (NotInLedgerError, RefusedError) as error:
        typer.echo(f"allegedly: {error}", err=True)
        raise typer.Exit(NONE_DONE) from error
    except LedgerError as error:
        typer.echo(f"allegedly: {error}", err=True)
        raise typer.Exit(NO_LEDGER) from error
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from error
    except OSError as error:
        complain(str(error.filename or "ledger"), error.strerror or str(error))
        raise typer.Exit(NO_LEDGER) from error
