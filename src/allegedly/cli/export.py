"""`allegedly export`: what a ledger holds leaves in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.ask import (
    Act,
    Document,
    Publisher,
    Since,
    Source,
    Status,
    Until,
    narrowing,
)
from allegedly.cli.opening import LEDGER_EPILOG, When, Where, viewed
from allegedly.cli.program import NONE_DONE, STDIN, app

if TYPE_CHECKING:
    from allegedly.exports.leaving import Left
    from allegedly.exports.snapshot import Selection
    from allegedly.store import View

STDOUT = STDIN
EPILOG = (
    "Beside PATH, PATH.losses.txt tells what the format could not carry; for standard output it is "
    "told on standard error. " + LEDGER_EPILOG
)


@app.command(epilog=EPILOG)
def export(  # noqa: PLR0913  # one argument per option is how typer is told
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="jsonl, csv, xlsx, parquet, webannotation, brat, inception, stix, ftm or "
            "schemaorg; list tells what they are.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="PATH", help="Where to; - is standard output."),
    ] = STDOUT,
    *,
    where: Where = None,
    as_of: When = None,
    search: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Only claims that answer a search.")
    ] = None,
    case: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only the documents of this case.")
    ] = None,
    source: Source = None,
    act: Act = None,
    publisher: Publisher = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    document: Document = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell of errors alone.")] = False,
) -> None:
    """Write the ledger, a document or a search in another format, as of any moment."""
    if format_ == "list":
        _list_formats()
        return
    asked = {"source": source, "act": act, "publisher": publisher, "status": status}
    asked |= {"document": document, "since": since, "until": until}
    with viewed(where, as_of) as view:
        selection = _selection(view, asked, search, case)
        left = _export(view, format_, output, selection, as_of or "now", force=force)
    if not quiet:
        _tell(left, output)


def _list_formats() -> None:
    from allegedly.exports.formats import FORMATS  # noqa: PLC0415  # --help needs none of it

    for each in FORMATS.values():
        extra = f"  needs allegedly[{each.extra}]" if each.extra else ""
        typer.echo(f"{each.name:<15} {each.title} ({each.shape}){extra}")


def _selection(
    view: View, asked: dict[str, str | None], search: str | None, case: str | None
) -> Selection:
    from allegedly.exports.selecting import select  # noqa: PLC0415  # loads with the ledger

    return select(view, narrowing(view, asked), search, case=case)


def _export(  # noqa: PLR0913  # what leaves, how and where to
    view: View, name: str, output: str, selection: Selection, moment: str, *, force: bool
) -> Left:
    from allegedly.exports.formats import MissingExtraError  # noqa: PLC0415  # as above
    from allegedly.exports.leaving import ExportError, export, format_of  # noqa: PLC0415

    try:
        wanted = format_of(name)
        if output == STDOUT and wanted.shape != "text":
            raise typer.BadParameter(f"{name} cannot go to standard output: give -o PATH")
        target = sys.stdout.buffer if output == STDOUT else Path(output)
        return export(view, name, target, selection=selection, moment=moment, force=force)
    except (ExportError, MissingExtraError) as error:
        typer.echo(f"allegedly: {error}", err=True)
        raise typer.Exit(NONE_DONE) from error


def _tell(left: Left, output: str) -> None:
    from allegedly.exports.wording import counted  # noqa: PLC0415  # loads with the ledger

    to = "" if output == STDOUT else f" to {output}"
    told = f"{counted(left.documents, 'document')} and {counted(left.claims, 'claim')}"
    typer.echo(f"allegedly: {told}{to}", err=True)
    if output == STDOUT:
        typer.echo("not carried, or only in part:", err=True)
        for line in left.losses:
            typer.echo(line, err=True)
