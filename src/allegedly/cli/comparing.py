"""Stories that wait are compared with the others, so that a brief tells each thing once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.links import Linked

Compare = Annotated[
    bool,
    typer.Option(
        "--link/--no-link",
        help="Where the ledger has cases, compare what the new stories say with the others.",
    ),
]


def compare(ledger: Ledger) -> Linked:
    """Link what waits, with a count of it on a terminal; interrupted, it goes on next time."""
    try:
        return ledger.link(progress=_progress if sys.stderr.isatty() else None)
    except KeyboardInterrupt:
        typer.echo("allegedly: interrupted; allegedly case link goes on from here", err=True)
        raise


def keep_compared(ledger: Ledger, *, quiet: bool) -> None:
    """The same where the ledger has cases: without them nobody asks who else says a thing."""
    if not ledger.has_cases:
        return
    found = compare(ledger)
    if found.documents and not quiet:
        typer.echo(f"allegedly: {compared(found)}", err=True)


def compared(found: Linked) -> str:
    """What came of linking, in a line."""
    from allegedly.exports.wording import counted  # noqa: PLC0415  # --help need not wait for it

    stories = counted(found.documents, "story", "stories")
    groups, links = counted(found.groups, "group"), counted(found.links, "link")
    return f"{stories} compared: {groups}, {links}"


def _progress(done: int, waiting: int) -> None:
    end = "\r\x1b[K" if done == waiting else ""
    sys.stderr.write(f"\r\x1b[KComparing {done} of {waiting}{end}")
    sys.stderr.flush()
