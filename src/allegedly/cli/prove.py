"""`allegedly verify` and `allegedly rebuild`: what is kept is proved, and healed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.opening import AsJson, Where, opened, told
from allegedly.cli.printing import put, put_json
from allegedly.cli.program import NOT_SOUND, app

if TYPE_CHECKING:
    from collections.abc import Callable

EPILOG = (
    "Exit status: 0 all of it holds; 2 wrong usage; 4 the ledger is missing, cannot be read at all "
    "or is of another version; 5 something is wrong, named on standard output; 130 interrupted."
)


@app.command(epilog=EPILOG)
def verify(
    *,
    where: Where = None,
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="A hash kept elsewhere that the chain must have."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that no entry was changed: the chain, every span, every projection."""
    with opened(where) as ledger:
        report = ledger.verify(head=head, progress=_progress())
        if as_json:
            put_json(asdict(report) | {"sound": report.sound})
        else:
            put(f"{report.entries:,} entries, head {report.head}")
            for problem in report.problems:
                put(f"wrong: {problem}")
            put(_verdict(sound=report.sound, chain=report.chain))
        if not report.sound:
            raise typer.Exit(NOT_SOUND)


def _verdict(*, sound: bool, chain: bool) -> str:
    if sound:
        return "all of it holds"
    if chain:
        return (
            "entries were lost or changed: go back to a copy, or save what still proves with "
            "`allegedly rebuild --into NEW`"
        )
    return "the entries hold; `allegedly rebuild` makes the rest right"


@app.command(epilog=EPILOG)
def rebuild(
    *,
    where: Where = None,
    into: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|URL",
            help="Copy every entry that proves into a new ledger, as from a damaged file, or "
            "from a file to PostgreSQL.",
        ),
    ] = None,
) -> None:
    """Make every projection anew from the entries alone."""
    if into is None:
        with opened(where) as ledger:
            told_of = _progress()
            count = ledger.rebuild(lambda seq: told_of("entries", seq) if told_of else None)
            put(f"made anew from {count:,} entries")
        return
    from allegedly.store import Store  # noqa: PLC0415  # databases load when they are needed

    with told():
        copied = Store.copy(where, into)
        put(f"{copied.entries:,} entries copied to {into}, head {copied.head}")
        if copied.problem is not None:
            put(f"stopped: {copied.problem}")
            raise typer.Exit(NOT_SOUND)


def _progress() -> Callable[[str, int], None] | None:
    """A sign of life on a terminal."""
    if not sys.stderr.isatty():
        return None

    def tell(what: str, done: int) -> None:
        sys.stderr.write(f"\r\x1b[K{what} {done or ''}")
        if what.endswith("_index"):
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return tell
