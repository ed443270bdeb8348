"""Messages and pages that travel as messages: .eml and MHTML."""

from __future__ import annotations

import email
import email.policy
import re
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from allegedly.documents.captured import Parsed, captured, paragraphs, reader_name
from allegedly.documents.decoding import NotText, decode
from allegedly.documents.html_reading import read_html
from allegedly.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from allegedly.documents.captured import Found, Place, Reads

_MOST_PARTS: Final = 1_000
_SEPARATOR: Final = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{1,200}\d\d:\d\d[^\n]{0,60}\n"
)


def read_mail(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The words of a message, or of each in a mailbox file; attachments are left out.

    Publisher is the sender, title the subject. An HTML part is read where there is no plain one.
    """
    several = _mailbox(raw)
    for number, one in enumerate(several, 1):
        inner = place if len(several) == 1 else place.within(f"message={number}")
        yield from _message(one, inner, reads)


def _mailbox(raw: bytes) -> list[bytes]:
    """The messages of a mailbox file, whose separators start with From; else the one that it is."""
    if not raw.startswith(b"From "):
        return [raw]
    edges = [match.span() for match in _SEPARATOR.finditer(raw)] or [(0, 0)]
    starts = [end for _, end in edges]
    ends = [*(start for start, _ in edges[1:]), len(raw)]
    return [raw[start:end] for start, end in zip(starts, ends, strict=True)]


def _message(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = _parts(message)
    if parts is None:
        yield Rejected(uri=place.name, reason=f"a message of more than {_MOST_PARTS:,} parts")
        return
    plain = [text for part in parts if _is(part, "text/plain") and (text := _words(part))]
    sender = _header(message, "From")
    about = Parsed(
        text=paragraphs("\n\n".join(plain)),
        title=_header(message, "Subject"),
        publisher=_sender(sender),
        byline=sender,
        published=_date(message),
        uri=_message_id(message),
    )
    if about.text:
        name = reader_name("mail")
        yield captured(
            about, place, raw, reader=name, media_type="message/rfc822", overrides=reads.overrides
        )
        return
    page = next((part for part in parts if _is(part, "text/html")), None)
    if page is None:
        yield Rejected(uri=place.name, reason="a message without text")
        return
    yield read_html(_payload(page), place, reads, charset=page.get_content_charset(), about=about)


def read_mhtml(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The page in an MHTML file; its address and the time of saving are the file's."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = _parts(message)
    page = next(
        (part for part in parts or () if _is(part, "text/html", "application/xhtml+xml")), None
    )
    if page is None:
        yield Rejected(uri=place.name, reason="an MHTML file without a page")
        return
    where = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    inner = place.known(uri=where, retrieved_at=_date(message))
    yield read_html(
        _payload(page), inner, reads, charset=page.get_content_charset(),
        media_type="multipart/related", raw=raw,
    )  # fmt: skip


def _parts(message: Message) -> list[Message] | None:
    """The parts of a message that hold something, those of attached messages left out."""
    found: list[Message] = []
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            if part.get_content_type() != "message/rfc822" or part is message:
                waiting[:0] = [p for p in inner if isinstance(p, email.message.Message)]
        elif part.get_content_disposition() != "attachment":
            found.append(part)
        if len(found) + len(waiting) > _MOST_PARTS:
            return None
    return found


def _is(part: Message, *kinds: str) -> bool:
    return part.get_content_type() in kinds


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _words(part: Message) -> str:
    raw = _payload(part)
    charset = part.get_content_charset()
    if charset and charset not in ("us-ascii", "utf-8"):
        try:
            return raw.decode(charset, "replace")
        except (LookupError, UnicodeError):
            pass  # a charset that nobody knows: guessed below
    found = decode(raw)
    return "" if isinstance(found, NotText) else found


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        parts = email.header.decode_header(str(value))
        words = [p if isinstance(p, str) else p.decode(c or "utf-8", "replace") for p, c in parts]
    except (email.errors.HeaderParseError, LookupError, ValueError):
        return " ".join(str(value).split())[:1_000]
    return " ".join("".join(words).split())[:1_000] or None


def _sender(value: str | None) -> str | None:
    name, address = parseaddr(value or "")
    return name or address or None


def _date(message: Message) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _message_id(message: Message) -> str | None:
    found = re.fullmatch(r"\s*<([^<>\s]{3,300})>\s*", str(message.get("Message-ID", "")))
    return f"mid:{found[1]}" if found else None
