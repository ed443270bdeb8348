"""Claims as comma-separated values: UTF-8 with a byte order mark, as spreadsheets need it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from allegedly.exports.tables.rows import COLUMNS, rows
from allegedly.exports.tables.safe import guarded

if TYPE_CHECKING:
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot
    from allegedly.exports.tables.rows import Cell

BOM = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the system's old encoding


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write a header and a row a claim, RFC 4180; text that would calculate gets an apostrophe."""
    out.write(BOM)
    out.write(_line([column.name for column in COLUMNS]))
    for story in snapshot.stories():
        out.writelines(
            _line([_cell(column.cell(row)) for column in COLUMNS]) for row in rows(snapshot, story)
        )


def _cell(value: Cell) -> str:
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)


def _line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8")
