"""WARC: millions of records in a stream, of which pages and texts are read."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, cast

from allegedly.documents.archives.bounded import Forward
from allegedly.documents.captured import captured, reader_name
from allegedly.documents.html_reading import read_html
from allegedly.documents.limits import too_large
from allegedly.documents.plain import parsed_text
from allegedly.records import Rejected

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

    from allegedly.documents.captured import Found, Place, Reads

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TEXT: Final = "text/plain"
# Payloads remembered to skip copies of them: 8 bytes each, about 60 MB in all. A copy further away
# is read again, and the ledger then finds that it has it.
_REMEMBERED: Final = 500_000
_LONGEST_HEADER: Final = 1 << 16
_BROKEN: Final = (OSError, ValueError, EOFError, RuntimeError)
_WELL: Final = range(200, 300)


class _Seen:
    """The payloads met of late."""

    def __init__(self) -> None:
        self._digests: OrderedDict[bytes, None] = OrderedDict()

    def knows(self, payload: bytes) -> bool:
        """Whether a payload was met, which it is from now on."""
        digest = blake2b(payload, digest_size=8).digest()
        if digest in self._digests:
            self._digests.move_to_end(digest)
            return True
        self._digests[digest] = None
        if len(self._digests) > _REMEMBERED:
            self._digests.popitem(last=False)
        return False


def read_warc(file: io.BufferedReader, place: Place, reads: Reads) -> Iterator[Found]:
    """The pages and plain texts among a WARC's responses, each payload once.

    The pointer of each has the record's offset in the file as it is stored. Other records are
    skipped unread.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  # WARCs are rare

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    seen = _Seen()
    try:
        records = ArchiveIterator(
            cast("io.RawIOBase", file if file.seekable() else Forward(file)),
            record_types=kinds,
            parse_http=True,
            auto_decode="all",
            max_header_len=_LONGEST_HEADER,
            func_filter=_readable,
            fsspec_args=False,
        )
        for record in records:
            yield from _record(record, place, reads, seen)
    except GeneratorExit:
        raise
    except BaseException as error:  # FastWARC's Rust panics are no Exceptions
        if not isinstance(error, _BROKEN) and type(error).__name__ != "PanicException":
            raise
        yield Rejected(uri=place.name, reason=f"a WARC that is damaged or cut off here: {error}")


def _readable(record: WarcRecord) -> bool:
    """Whether a record holds a page or a text that its server meant to give."""
    if record.is_http:
        status = record.http_headers.status_code if record.http_headers else None
        return status in _WELL and _media_type(record) in (_PAGES | {_TEXT})
    return _media_type(record) in (_PAGES | {_TEXT})


def _media_type(record: WarcRecord) -> str:
    found = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (found or "").split(";")[0].strip().lower()


def _record(record: WarcRecord, place: Place, reads: Reads, seen: _Seen) -> Iterator[Found]:
    most = reads.limits.page
    part = f"offset={record.stream_pos}"
    address = record.headers.get("WARC-Target-URI")
    inner = place.within(
        part, uri=address.strip("<> ") if address else None, retrieved_at=_date(record)
    )
    inner = replace(inner, charset=record.http_charset if record.is_http else None)
    try:
        payload = record.reader.read(most + 1)
    except _BROKEN as error:
        yield Rejected(uri=inner.name, reason=f"damaged or cut off: {error}")
        return
    if len(payload) > most:
        yield Rejected(uri=inner.name, reason=too_large("a web page", most))
    elif payload.strip() and not seen.knows(payload):
        yield _captured(payload, inner, reads, page=_media_type(record) != _TEXT)


def _captured(payload: bytes, place: Place, reads: Reads, *, page: bool) -> Found:
    if page:
        return read_html(payload, place, reads)
    parsed = parsed_text(payload)
    if isinstance(parsed, Rejected):
        return replace(parsed, uri=place.name)
    return captured(
        parsed, place, payload, reader=reader_name("text"), media_type=_TEXT,
        overrides=reads.overrides,
    )  # fmt: skip


def _date(record: WarcRecord) -> str | None:
    found = record.record_date
    return found.isoformat() if found else None
