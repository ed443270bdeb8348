"""`allegedly import`: an export comes back, or what an annotator made of one."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer looks at it
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.add import INTERRUPTED
from allegedly.cli.opening import Behind, Where, opened
from allegedly.cli.printing import put_json
from allegedly.cli.program import ALL_DONE, NONE_DONE, SOME_REJECTED, app, complain

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.exports.jsonl import Brought
    from allegedly.ledger import Ledger

import_ = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Bring an export back into a ledger.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(import_, name="import")
EPILOG = (
    "Exit status: 0 everything is in the ledger; 1 the file was refused whole, with the reason; 2 "
    "wrong usage; 3 some of it was refused, the rest is in; 4 the ledger is missing, damaged, "
    "full, read-only, unreachable or of another version; 130 interrupted."
)
EVERY = 100  # lines between two reports of progress


@import_.command(epilog=EPILOG)
def jsonl(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file of JSON lines.")],
    *,
    where: Where = None,
    behind: Behind = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Bring back `export jsonl` without loss, or ledger JSON, one story a line.

    The same readings and decisions, with the same ids; what the ledger has already adds nothing.
    """
    with opened(where, create=True, behind=behind) as ledger:
        brought = _brought(ledger, path)
        _tell(brought, as_json=as_json)
        raise typer.Exit(SOME_REJECTED if brought.refused else ALL_DONE)


def _brought(ledger: Ledger, path: Path) -> Brought:
    from allegedly.exports.jsonl import DamagedError  # noqa: PLC0415  # loads with the ledger

    try:
        return ledger.import_jsonl(path, progress=_progress())
    except DamagedError as error:
        complain(str(path), f"{error}; nothing was brought in")
        raise typer.Exit(NONE_DONE) from error
    except OSError as error:
        complain(str(path), error.strerror or str(error))
        raise typer.Exit(NONE_DONE) from error
    except KeyboardInterrupt:
        complain(str(path), "interrupted; the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None


def _progress() -> Callable[[int], None] | None:
    if not sys.stderr.isatty():
        return None

    def tell(number: int) -> None:
        if number % EVERY == 0:
            typer.echo(f"\rline {number:,}", nl=False, err=True)

    return tell


def _tell(brought: Brought, *, as_json: bool) -> None:
    for what, reason in brought.refused:
        complain(what, reason)
    counts = {
        name: getattr(brought, name) for name in ("documents", "readings", "decisions", "known")
    }
    if as_json:
        put_json({"brought": counts, "refused": [list(pair) for pair in brought.refused]})
        return
    parts = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    typer.echo(f"allegedly: brought in {parts}, {len(brought.refused):,} refused", err=True)
