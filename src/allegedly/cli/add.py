"""`allegedly init` and `allegedly add`: a ledger is made, and stories go into it."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.comparing import Compare, keep_compared
from allegedly.cli.opening import LEDGER_EPILOG, AsJson, Behind, Where, opened, told
from allegedly.cli.printing import put_json
from allegedly.cli.program import ALL_DONE, NONE_DONE, SOME_REJECTED, STDIN, app, complain
from allegedly.cli.read import check_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from allegedly.adding import Passed
    from allegedly.ledger import Ledger
    from allegedly.records import Rejected
    from allegedly.store import Recorded

INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How stories are added: what is known of them all, and what is told."""

    known: dict[str, str | None]
    columns: dict[str, str]
    as_json: bool
    quiet: bool


ADD_EPILOG = (
    "Exit status: 0 every story is in the ledger; 1 none could be added; 2 wrong usage; 3 some "
    "were rejected, the others are kept; 4 the ledger is missing, damaged, full, read-only, "
    "unreachable or of another version (what was acknowledged is kept); 130 interrupted; 141 the "
    "reader of the output went away. What is rejected is named on standard error with the reason. "
    "The same command goes on where it was interrupted."
)


@app.command(epilog=LEDGER_EPILOG)
def init(where: Where = None) -> None:
    """Make a ledger, or bring an older one up to date; by default in the working folder."""
    import os  # noqa: PLC0415  # for the one look below

    from allegedly.ledger import Ledger  # noqa: PLC0415  # databases load when they are needed
    from allegedly.store import NAME, VARIABLE  # noqa: PLC0415

    named = where or os.environ.get(VARIABLE) or NAME
    with told():
        before, shown = Ledger.init(named)
        if before is None:
            typer.echo(f"a new ledger: {shown}")
        else:
            typer.echo(f"{shown}: up to date (its layout was {before})")


@app.command(epilog=ADD_EPILOG)
def add(  # noqa: PLR0913  # one argument per option is how typer is told
    stories: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files and folders; - is standard input. Text, web pages, PDF, mail, feeds, WARC, "
            "WACZ, ZIP, tar, tables, chats, news items: what a file is, its content tells.",
        ),
    ],
    *,
    where: Where = None,
    title: Annotated[str | None, typer.Option(help="The title of the one story.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the stories.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were published, ISO 8601.")
    ] = None,
    uri: Annotated[str | None, typer.Option(help="Where the one story was found.")] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD=COLUMN,…",
            help="Which column of a table holds what: text, html, title, publisher, published, "
            "updated, byline, uri, language, retrieved_at. The usual names are known.",
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only what is rejected is told.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name the files that are passed over, too.")
    ] = False,
    link: Compare = True,
    behind: Behind = False,
) -> None:
    """Read stories into the ledger; what it has already adds nothing."""
    if stories.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once")
    check_date(published)
    files = list(_files(stories))
    found = [file for file, passed in files if passed is None]
    if len(found) > 1 and (title is not None or uri is not None):
        raise typer.BadParameter("one title or address cannot stand for several stories")
    known = {"title": title, "publisher": publisher, "published": published, "uri": uri}
    how = How(known=known, columns=column_map(columns), as_json=as_json, quiet=quiet)
    with opened(where, create=True, behind=behind) as ledger:
        status = _add(ledger, found, how)
        if not quiet:
            _tell_passed(files, by_name=verbose)
        if link:
            keep_compared(ledger, quiet=quiet)
        raise typer.Exit(status)


def _files(names: Iterable[str]) -> Iterator[tuple[Path | None, Passed | None]]:
    """The files that are meant, and why one is passed over; None is standard input."""
    from allegedly.adding import files_in  # noqa: PLC0415  # parsers load when needed

    for name in names:
        if name == STDIN:
            yield None, None
        else:
            yield from files_in(Path(name))


def _tell_passed(files: Iterable[tuple[Path | None, Passed | None]], *, by_name: bool) -> None:
    """What of the folders was not read: how many files, or which."""
    counts = Counter(passed for _, passed in files if passed is not None)
    if by_name:
        for file, passed in files:
            if passed is not None:
                typer.echo(f"passed over ({passed}): {file}", err=True)
    if counts:
        parts = " and ".join(f"{counts[kind]} {kind}" for kind in sorted(counts))
        more = "" if by_name else "; -v names them"
        typer.echo(f"allegedly: passed over in folders: {parts}{more}", err=True)


def column_map(columns: str | None) -> dict[str, str]:
    """FIELD=COLUMN pairs as a dictionary; leaves the program where they are none."""
    from allegedly.documents import FIELDS  # noqa: PLC0415  # --help need not wait for it

    pairs = [pair.partition("=") for pair in (columns or "").split(",") if pair.strip()]
    found = {field.strip(): column.strip() for field, _, column in pairs}
    wrong = [field for field in found if field not in FIELDS or not found[field]]
    if wrong:
        raise typer.BadParameter(
            f"--columns: {wrong[0]} is none of {', '.join(FIELDS)}, or names no column"
        )
    return found


def _add(ledger: Ledger, stories: list[Path | None], how: How) -> int:
    from allegedly.encoder import PackError  # noqa: PLC0415  # --help must not wait for the model

    counts: Counter[str] = Counter()
    try:
        files = map(_named, _watched(stories, quiet=how.quiet))
        for name, done in ledger.add_named(files, columns=how.columns, **how.known):
            counts[tell(done, name, how)] += 1
    except KeyboardInterrupt:
        sum_up(counts, "interrupted; the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    except PackError as error:
        complain("model pack", str(error))
        return NONE_DONE
    if not how.quiet and (counts.total() > 1 or not stories):
        sum_up(counts)
    if not counts["rejected"]:
        return ALL_DONE if stories else NONE_DONE
    return SOME_REJECTED if counts.total() > counts["rejected"] else NONE_DONE


def _named(story: Path | None) -> tuple[str, Path | BinaryIO]:
    """A file and what it is called; None is standard input."""
    return (STDIN, sys.stdin.buffer) if story is None else (str(story), story)


def tell(done: Recorded | Rejected, name: str, how: How) -> str:
    """Tell what came of one story; gives that in a word."""
    from allegedly.records import Rejected  # noqa: PLC0415  # --help need not wait for it

    if isinstance(done, Rejected):
        complain(done.uri or name, done.reason)
        return "rejected"
    outcome = _outcome(done)
    if how.as_json:
        put_json({"story": name, "outcome": outcome, **asdict(done)})
    elif not how.quiet:
        typer.echo(f"{outcome:<9} {done.document[:12]}  {done.claims:>4} claims  {name}")
    return outcome


def _outcome(done: Recorded) -> str:
    if done.new_document:
        return "added"
    if done.new_reading:
        return "read anew"
    return "captured" if done.new_capture else "known"


def sum_up(counts: Counter[str], more: str = "") -> None:
    """Say on standard error how many stories came to what."""
    told_of = (
        *("added", "read anew", "captured", "known", "rejected"),
        *("feeds", "failed feeds", "not due"),
    )
    parts = [f"{counts[what]} {what}" for what in told_of if counts[what]]
    line = ", ".join(parts) or "no stories"
    typer.echo(f"allegedly: {line}{f'; {more}' if more else ''}", err=True)


def _watched(stories: list[Path | None], *, quiet: bool) -> Iterable[Path | None]:
    """The stories, with a progress bar where it stands in nobody's way."""
    if quiet or sys.stdout.isatty() or len(stories) < 2 or not sys.stderr.isatty():  # noqa: PLR2004
        return stories
    from rich.console import Console  # noqa: PLC0415  # seldom needed
    from rich.progress import track  # noqa: PLC0415  # seldom needed

    return track(stories, "Adding", console=Console(stderr=True), transient=True)
