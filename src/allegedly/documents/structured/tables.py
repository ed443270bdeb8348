"""CSV, JSON Lines and Parquet: one document a row, read as a stream."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from allegedly.documents.archives.bounded import in_memory
from allegedly.documents.captured import Place, Reads, rejected
from allegedly.documents.decoding import NotText, decode
from allegedly.documents.limits import TooMuchError, too_large
from allegedly.documents.structured.columns import columns_of, folded, header_of, read_row
from allegedly.documents.structured.exchange import is_ninjs, read_ninjs
from allegedly.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegedly.documents.captured import Found

_SAMPLE: Final = 65_536
_BATCH: Final = 64  # rows of a Parquet file at a time
_DATETIME: Final = re.compile(r"datetime\.datetime\(([\d, ]{8,40})(?:, tzinfo=[\w.()=]{1,60})?\)")
_LONGEST_REPR: Final = 1_000_000


def read_table(stream: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    """The rows of a CSV or TSV file; the first line names the columns."""
    text = _characters(stream)
    lines = _lines(text, reads.limits.row)
    head = next(lines, "")
    header = header_of(f"{head}\n ", reads.columns)
    if header is None:
        yield from rejected(place, "a table without a column that holds texts; name it")
        return
    csv.field_size_limit(reads.limits.row)
    rows = csv.reader(lines, delimiter=header.delimiter)
    archived = [folded(cell) for cell in header.cells] == ["status", "metadata", "media"]
    columns = columns_of(header.cells, reads.columns)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            # Where a quotation never ends, nobody can tell where the next row starts.
            yield Rejected(uri=f"{place.name}#row={number}", reason=f"damaged from here: {error}")
            return
        if cells is None:
            return
        if not any(cells):
            continue
        row = dict(zip(header.cells, cells, strict=False))
        told = _auto_archived(row) if archived else row
        chosen = columns_of(told, reads.columns) if archived else columns
        raw = json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass")
        inner = place.within(f"row={number}")
        yield read_row(told, chosen, inner, raw, reads, reader="table", media_type="text/csv")


def _auto_archived(row: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a row of auto-archiver's own CSV, a dictionary as Python prints it."""
    printed = _DATETIME.sub(_iso, row.get("metadata", "")[:_LONGEST_REPR])
    try:
        told = ast.literal_eval(printed) if printed.lstrip().startswith("{") else {}
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        try:
            told = json.loads(printed)
        except (ValueError, RecursionError):
            told = {}
    return {str(key): value for key, value in told.items()} if isinstance(told, dict) else {}


def _iso(match: re.Match[str]) -> str:
    year, month, day, *clock = (int(part) for part in match[1].split(","))
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return f"'{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}'"


def read_json_lines(stream: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    """The objects of a JSON Lines file."""
    number = 0
    for line in _lines(_characters(stream), reads.limits.row):
        number += 1
        if not line.strip():
            continue
        inner = place.within(f"row={number}")
        raw = line.rstrip("\r\n").encode("utf-8", "surrogatepass")
        try:
            row = msgspec.json.decode(raw)
        except (ValueError, RecursionError) as error:
            yield Rejected(uri=inner.name, reason=f"not JSON: {error}")
            continue
        yield read_object(row, inner, raw, reads, media_type="application/x-ndjson")


def read_object(row: object, place: Place, raw: bytes, reads: Reads, *, media_type: str) -> Found:
    """One JSON object: a ninjs item, or a row whose fields are columns."""
    if not isinstance(row, dict):
        return Rejected(uri=place.name, reason="not an object with fields")
    if row.get("schema") == "allegedly/1":
        return Rejected(uri=place.name, reason="a ledger's own JSON, which is no story")
    if is_ninjs(row) and not reads.columns:
        return read_ninjs(row, place, raw, reads)
    columns = columns_of(row, reads.columns)
    if not {"text", "html"} & columns.keys():
        return Rejected(uri=place.name, reason="no field that holds a text; name it")
    return read_row(row, columns, place, raw, reads, reader="json", media_type=media_type)


def read_parquet(stream: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    """The rows of a Parquet file, of which only the columns that are wanted are read."""
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  # an extra
    except ImportError:
        yield from rejected(place, "a Parquet file wants pyarrow: pip install 'allegedly[parquet]'")
        return
    whole = in_memory(stream, reads.limits.file)
    if whole is None:
        most = reads.limits.file
        yield from rejected(place, too_large("a Parquet file that comes through a pipe", most))
        return
    try:
        table = parquet.ParquetFile(whole)
        columns = columns_of(table.schema_arrow.names, reads.columns)
        if not {"text", "html"} & columns.keys():
            yield from rejected(place, "a table without a column that holds texts; name it")
            return
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=list(columns.values())):
            for row in batch.to_pylist():
                number += 1
                raw = json.dumps(row, ensure_ascii=False, default=str, sort_keys=True).encode(
                    "utf-8", "replace"
                )
                inner = place.within(f"row={number}")
                yield read_row(
                    row, columns, inner, raw, reads,
                    reader="parquet", media_type="application/vnd.apache.parquet",
                )  # fmt: skip
    except (ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        yield Rejected(uri=place.name, reason=f"a damaged Parquet file: {str(error)[:200]}")


def _characters(stream: io.BufferedReader) -> io.TextIOWrapper:
    """The characters of a stream, whose encoding its beginning shows."""
    head = stream.peek(_SAMPLE)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        try:
            head[:-4].decode("utf-8")
        except UnicodeDecodeError as error:
            broken = error.start < len(head) - 8
            text = decode(head)
            if broken and not isinstance(text, NotText) and "\ufffd" not in text:
                encoding = "cp1252"
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def _lines(text: io.TextIOWrapper, most: int) -> Iterator[str]:
    while True:
        line = text.readline(most + 1)
        if not line:
            return
        if len(line) > most:
            raise TooMuchError(too_large("a line", most))
        yield line.replace("\x00", "")
