"""`allegedly import`: an export comes back, or what an annotator made of one."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer looks at it
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from allegedly.cli.add import INTERRUPTED
from allegedly.cli.opening import AsJson, Behind, Where, opened
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
Reviewer = Annotated[
    str, typer.Option("--reviewer", envvar="ALLEGEDLY_REVIEWER", help="Who annotated.")
]
Reason = Annotated[
    str, typer.Option("--reason", help="Why, for decisions that bring no note of their own.")
]
Unchanged = Annotated[
    Literal["leave", "accept"],
    typer.Option(help="What it says of a claim that it was left as it was."),
]
Missing = Annotated[
    Literal["leave", "reject"],
    typer.Option(help="What it says of a claim that it is not in the file any more."),
]


@import_.command(epilog=EPILOG)
def jsonl(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file of JSON lines.")],
    *,
    where: Where = None,
    behind: Behind = False,
    as_json: AsJson = False,
) -> None:
    """Bring back `export jsonl` without loss, or ledger JSON, one story a line.

    The same readings and decisions, with the same ids; what the ledger has already adds nothing.
    """
    with opened(where, create=True, behind=behind) as ledger:
        brought = _brought(ledger, path)
        _tell(brought, as_json=as_json)
        raise typer.Exit(SOME_REJECTED if brought.refused else ALL_DONE)


@import_.command("annotations", epilog=EPILOG)
def annotated(  # noqa: PLR0913  # one argument per option is how typer is told
    format_: Annotated[
        Literal["brat", "webannotation", "jsonl"],
        typer.Argument(metavar="FORMAT", help="brat, webannotation or jsonl."),
    ],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The file, or brat's folder.")],
    *,
    reviewer: Reviewer,
    reason: Reason = "annotated",
    unchanged: Unchanged = "leave",
    missing: Missing = "leave",
    where: Where = None,
    behind: Behind = False,
    as_json: AsJson = False,
) -> None:
    """Bring what an annotator made of an export back as that person's decisions.

    What was changed becomes a correction, a verdict an acceptance or rejection, a comment a note,
    and words that the machine had missed a note on the document. Words are found again where the
    text has moved, and refused where they cannot be.
    """
    from allegedly.exports.returning import Wanted  # noqa: PLC0415  # loads with the ledger

    wanted = Wanted(reviewer=reviewer, reason=reason, unchanged=unchanged, missing=missing)
    with opened(where, behind=behind) as ledger:
        if not path.exists():
            complain(str(path), "no such file")
            raise typer.Exit(NONE_DONE)
        done = ledger.import_annotations(format_, path, wanted)
        for each in done.refused:
            complain(each.where, each.reason)
        counts = {"decided": dict(done.decided), "known": done.known, "unchanged": done.unchanged}
        _tell_annotated(counts | {"missing": done.missing}, len(done.refused), as_json=as_json)
        nothing = not (done.decided or done.known or done.unchanged)
        refused = NONE_DONE if nothing else SOME_REJECTED
        raise typer.Exit(refused if done.refused else ALL_DONE)


def _tell_annotated(counts: dict[str, Any], refused: int, *, as_json: bool) -> None:
    if as_json:
        put_json({**counts, "refused": refused})
        return
    decided = ", ".join(f"{number:,} {verdict}" for verdict, number in counts["decided"].items())
    rest = ", ".join(f"{counts[name]:,} {name}" for name in ("known", "unchanged", "missing"))
    typer.echo(f"allegedly: decided {decided or 'nothing'}; {rest}, {refused:,} refused", err=True)


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
