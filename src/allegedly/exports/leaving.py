"""An export is written: beside the other files or not at all, and with what it could not carry."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from allegedly.exports.formats import FORMATS, loss_lines
from allegedly.exports.snapshot import EVERYTHING, Selection, snapshot

if TYPE_CHECKING:
    from typing import BinaryIO

    from allegedly.exports.formats import Format
    from allegedly.exports.snapshot import Snapshot
    from allegedly.store import View

LOSSES: Final = ".losses.txt"


class ExportError(ValueError):
    """An export that cannot be written; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What left: how many documents and claims, and what could not be carried, as lines."""

    documents: int
    claims: int
    losses: tuple[str, ...]


def export(  # noqa: PLR0913  # what leaves, how and where to
    view: View,
    name: str,
    target: Path | BinaryIO,
    *,
    selection: Selection = EVERYTHING,
    moment: str = "now",
    force: bool = False,
) -> Left:
    """Write a selection of a ledger in a format, and beside it what the format could not carry.

    `target` is a path (of a folder where a format makes one) or an open binary file, beside which
    nothing is written. What stands at the path is replaced only with `force`, and only when the
    export is whole. Raises ExportError, MissingExtraError, LedgerErrors and OSErrors.
    """
    wanted = format_of(name)
    writer = wanted.writer()
    leaving = snapshot(view, selection, moment=moment)
    if not isinstance(target, Path):
        if wanted.shape == "folder":
            raise ExportError(f"{wanted.title} is a folder and cannot go to a stream")
        writer(leaving, target)
    else:
        _check(target, wanted, force=force)
        _write_beside(leaving, writer, target, wanted)
        target.with_name(target.name + LOSSES).write_text(_told(leaving, wanted), "utf-8")
    return Left(
        documents=leaving.tally["text"],
        claims=leaving.tally["content"],
        losses=tuple(loss_lines(name, leaving.tally)),
    )


def format_of(name: str) -> Format:
    """The format of a name; raises ExportError."""
    if name not in FORMATS:
        raise ExportError(f"{name!r} is no format: {', '.join(FORMATS)}")
    return FORMATS[name]


def _check(target: Path, wanted: Format, *, force: bool) -> None:
    if target.is_dir() and wanted.shape != "folder":
        raise ExportError(f"{target} is a folder")
    if target.exists() and not force:
        raise ExportError(f"{target} is there already; --force replaces it")
    if not target.parent.is_dir():
        raise ExportError(f"there is no folder {target.parent}")


def _write_beside(leaving: Snapshot, writer: object, target: Path, wanted: Format) -> None:
    """Write under another name in the same folder, and only then under the right one."""
    spare = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        made = spare / target.name
        if wanted.shape == "folder":
            made.mkdir()
            writer(leaving, made)  # type: ignore[operator]  # as the shape has it
        else:
            with made.open("wb") as out:
                writer(leaving, out)  # type: ignore[operator]
        _replace(made, target, spare)
    finally:
        shutil.rmtree(spare, ignore_errors=True)


def _replace(made: Path, target: Path, spare: Path) -> None:
    with suppress(FileNotFoundError):
        if target.is_dir():
            target.rename(spare / "before")
    os.replace(made, target)  # noqa: PTH105  # the same call on every system


def _told(leaving: Snapshot, wanted: Format) -> str:
    head = leaving.head
    when = f"as of {leaving.moment} (entry {head.seq}, recorded {head.recorded_at})"
    lines = [
        f"{wanted.title}: {leaving.selection.asked}, {when}.",
        "",
        "Not carried, or only in part:",
        *loss_lines(wanted.name, leaving.tally),
    ]
    return "\n".join(lines) + "\n"
