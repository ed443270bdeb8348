"""Any input becomes documents: its content tells what it is, and the right reader reads it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from dataclasses import replace
from tarfile import TarError
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from zipfile import BadZipFile

from allegedly.documents.archives import (
    Bounded,
    read_tar,
    read_warc,
    read_zip,
)
from allegedly.documents.captured import Place, Reads, captured, reader_name, rejected
from allegedly.documents.html_reading import read_html
from allegedly.documents.isolation import parse
from allegedly.documents.limits import TooMuchError, too_large
from allegedly.documents.mail import read_mail, read_mhtml
from allegedly.documents.plain import parsed_text
from allegedly.documents.sniffing import SAMPLE, sniff
from allegedly.documents.structured import (
    read_feed,
    read_json,
    read_json_lines,
    read_newsml,
    read_parquet,
    read_table,
)
from allegedly.documents.wire import Task
from allegedly.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from allegedly.documents.captured import Found

    Whole = Callable[[bytes, Place, Reads], Iterator[Found]]
    Streamed = Callable[[io.BufferedReader, Place, Reads], Iterator[Found]]

AS_THEY_COME: Final = Reads()
FAULT: Final = "a fault of the reader, please report it"
_NOWHERE: Final = Place(name="")
_PACKED: Final[dict[str, Callable[[BinaryIO], object]]] = {
    "gzip": lambda file: gzip.GzipFile(fileobj=file),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


def read_path(
    path: Path, reads: Reads = AS_THEY_COME, *, address: str | None = None
) -> Iterator[Found]:
    """The documents of a file, one by one; big files are never held in memory.

    What cannot be read is Rejected and the rest goes on. `address` stands in a document whose own
    nothing tells. Never raises.
    """
    place = Place(name=str(path), archive=_uri(path), address=address)
    try:
        with path.open("rb") as file:
            yield from read_stream(file, place, reads)
    except FileNotFoundError:
        yield Rejected(uri=str(path), reason="no such file")
    except IsADirectoryError:
        yield Rejected(uri=str(path), reason="a directory, not a file")
    except PermissionError:
        yield Rejected(uri=str(path), reason="no permission to read the file")
    except (OSError, ValueError) as error:
        yield Rejected(uri=str(path), reason=f"cannot be read: {error}")


def read_bytes(
    raw: bytes, reads: Reads = AS_THEY_COME, *, place: Place = _NOWHERE
) -> Iterator[Found]:
    """The documents in some bytes, and where those were met. Never raises."""
    return read_stream(io.BytesIO(raw), place, reads)


def read_text(text: str, reads: Reads = AS_THEY_COME) -> Iterator[Found]:
    """The one document that a plain text is. Never raises."""
    return _stored(text, text.encode("utf-8", "surrogatepass"), Place(name=""), reads)


def _uri(path: Path) -> str | None:
    try:
        return path.resolve().as_uri()
    except (OSError, ValueError, RuntimeError):  # a NUL, or links that run in a circle
        return None


def read_stream(file: BinaryIO, place: Place, reads: Reads = AS_THEY_COME) -> Iterator[Found]:
    """The documents of an open file. What breaks while it is read is Rejected, never raised."""
    stream = _peekable(file)
    try:
        yield from _dispatched(stream, place, reads)
    except TooMuchError as error:
        yield Rejected(uri=place.name, reason=str(error))
    except (
        EOFError,
        OSError,
        lzma.LZMAError,
        zlib.error,
        ValueError,
        BadZipFile,
        TarError,
    ) as error:
        yield Rejected(uri=place.name, reason=f"damaged or cut off: {error}")
    except Exception as error:  # noqa: BLE001  # a fault of ours must not cost the rest of a batch
        yield Rejected(uri=place.name, reason=f"{FAULT}: {type(error).__name__}: {error}")


def _peekable(file: BinaryIO) -> io.BufferedReader:
    if isinstance(file, io.BufferedReader):
        file = cast("BinaryIO", _Raw(file))
    return io.BufferedReader(cast("io.RawIOBase", file), buffer_size=SAMPLE)


class _Raw(io.RawIOBase):
    """A buffered file as raw input of a buffer that is large enough to look ahead in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """Whether the file is a file and no pipe."""
        return self._file.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place of the file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The place in the file."""
        return self._file.tell()

    def readinto(self, buffer: object) -> int:
        """Fill a buffer."""
        return self._file.readinto(buffer)  # type: ignore[attr-defined, no-any-return]  # BinaryIO has it


def _dispatched(stream: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    kind = sniff(stream.peek(SAMPLE), reads.columns)
    if kind in _STREAMED:
        return _STREAMED[kind](stream, place, reads)
    if kind in _PACKED:
        return _unpacked(kind, stream, place, reads)
    if kind in ("zip", "tar"):
        if place.depth >= reads.limits.depth:
            return rejected(place, f"archives within archives, more than {reads.limits.depth} deep")
        inner = replace(place, depth=place.depth + 1)
        archive = read_zip if kind == "zip" else read_tar
        return archive(stream, inner, reads, read_stream)
    return _read_whole(kind, stream, place, reads)


def _unpacked(kind: str, stream: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    """The documents of a compressed file; a WARC is read by what knows where its records start."""
    head = _first_unpacked(kind, stream.peek(SAMPLE))
    if kind == "gzip" and head.startswith(b"WARC/"):
        yield from read_warc(stream, place, reads)
        return
    if place.depth >= reads.limits.depth:
        yield from rejected(place, f"archives within archives, more than {reads.limits.depth} deep")
        return
    inner = replace(place, depth=place.depth + 1)
    with cast("BinaryIO", _PACKED[kind](cast("BinaryIO", stream))) as file:
        bounded = Bounded(file, reads.limits.unpacked, "what a compressed file unpacks to")
        yield from read_stream(cast("BinaryIO", bounded), inner, reads)


def _first_unpacked(kind: str, head: bytes) -> bytes:
    if kind != "gzip":
        return b""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _read_whole(
    kind: str, stream: io.BufferedReader, place: Place, reads: Reads
) -> Iterator[Found]:
    """What is held in memory while it is read."""
    limits = reads.limits
    own = {
        "json": limits.json,
        "html": limits.page,
        "feed": limits.feed,
        "newsml": limits.feed,
        "opml": limits.feed,
    }
    most = own.get(kind, limits.file)
    raw = stream.read(most + 1)
    if len(raw) > most:
        if kind == "text":
            from allegedly.documents.captured import TOO_LONG  # noqa: PLC0415  # rare

            return rejected(place, TOO_LONG)
        return rejected(place, too_large(_CALLED.get(kind, "such a file"), most))
    return _WHOLE.get(kind, _text)(raw, place, reads)


def _text(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    return _stored(raw, raw, place, reads)


def _stored(text: bytes | str, raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    parsed = parsed_text(text)
    if isinstance(parsed, Rejected):
        yield replace(parsed, uri=place.name)
        return
    yield captured(
        parsed, place, raw, reader=reader_name("text"), media_type="text/plain",
        overrides=reads.overrides,
    )  # fmt: skip


def _html(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    yield read_html(raw, place, reads)


def _pdf(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    answer = parse(Task(kind="pdf", raw=raw, most=reads.limits.pages), reads.limits)
    if answer.parsed is None:
        yield Rejected(uri=place.name, reason=answer.problem or "cannot be parsed")
        return
    yield captured(
        answer.parsed, place, raw, reader=reader_name("pdf", "pypdfium2"),
        media_type="application/pdf", overrides=reads.overrides,
    )  # fmt: skip


def _opml(_raw: bytes, place: Place, _reads: Reads) -> Iterator[Found]:
    return rejected(place, "a list of feeds (OPML), no story: `allegedly watch` polls them")


_WHOLE: Final[dict[str, Whole]] = {
    "html": _html,
    "pdf": _pdf,
    "mail": read_mail,
    "mhtml": read_mhtml,
    "feed": read_feed,
    "newsml": read_newsml,
    "json": read_json,
    "opml": _opml,
}
_STREAMED: Final[dict[str, Streamed]] = {
    "warc": read_warc,
    "jsonl": read_json_lines,
    "table": read_table,
    "parquet": read_parquet,
}
_CALLED: Final = {
    "html": "a web page",
    "pdf": "a PDF",
    "mail": "a message",
    "mhtml": "an MHTML file",
    "feed": "a feed",
    "json": "a JSON file",
    "newsml": "a NewsML file",
}
