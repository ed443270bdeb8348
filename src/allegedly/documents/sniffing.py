"""What some bytes are, by their content alone: a name lies as easily as it is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Literal[
    "warc", "zip", "tar", "gzip", "bzip2", "xz", "pdf", "parquet", "html", "feed", "newsml", "opml",
    "json", "jsonl", "mail", "mhtml", "table", "text",
]  # fmt: skip
SAMPLE: Final = 65_536
_HEADER_LINE: Final = re.compile(
    rb"([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n"
)
# Headers of mail that no header of a plain story has; two of all are wanted, one of these.
_MAIL_ONLY: Final = frozenset(
    {
        *(b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"),
        *(b"content-type", b"content-transfer-encoding", b"dkim-signature", b"reply-to", b"from"),
        *(b"to", b"x-mailer", b"snapshot-content-location"),
    }
)
_MAIL: Final = _MAIL_ONLY | {b"date", b"subject", b"cc", b"sender"}
_RELATED: Final = re.compile(rb"content-type:\s*multipart/related", re.IGNORECASE)
_ROOT: Final = re.compile(
    r"<(?:[\w.-]+:)?(rss|feed|rdf|newsitem|newsmessage|packageitem|conceptitem|opml|html)\b",
    re.IGNORECASE,
)
_XML_ROOTS: Final[dict[str, Format]] = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "opml": "opml", "html": "html",
    "newsitem": "newsml", "newsmessage": "newsml", "packageitem": "newsml", "conceptitem": "newsml",
}  # fmt: skip
_PROLOGUE: Final = re.compile(
    r"\s*(?:<\?[^>]{0,1000}\?>\s*|<!--(?:(?!-->).){0,20000}-->\s*|<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,20000}\])?\s*>\s*)*",
    re.IGNORECASE | re.DOTALL,
)
_HTML_DOCTYPE: Final = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_HTML_TAG: Final = re.compile(
    r"<(?:html|head|body|title|meta|link|script|style|div|p|h[1-6]|article|section|main|table|ul"
    r"|ol|span|a|br|img|header|figure|blockquote|center|font|form|iframe|nav|base)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_CELL: Final = re.compile(r'\s*(?:"(?:[^"]|"")*"|[^",;\t\r\n]*)\s*')
_TAR_MAGIC: Final = (b"ustar\x0000", b"ustar  \x00", b"ustar\x00")


def sniff(head: bytes, columns: Mapping[str, str] | None = None) -> Format:
    """The format of input that starts so; `text` where nothing speaks for another.

    `columns` are those of a table, as the caller names them.
    """
    binary = _binary(head)
    if binary is not None:
        return binary
    mail = _mail(head)
    return mail or _textual(_characters(head), columns or {})


def _binary(head: bytes) -> Format | None:
    starts: tuple[tuple[bytes, Format], ...] = (
        (b"WARC/", "warc"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "gzip"),
        (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"PAR1", "parquet"),
    )  # fmt: skip
    for magic, name in starts:
        if head.startswith(magic):
            return name
    if head[257:265].startswith(_TAR_MAGIC):
        return "tar"
    # The standard lets a PDF start anywhere in its first kilobyte; a text may speak of one.
    start = head.find(b"%PDF-", 0, 1024)
    return "pdf" if start == 0 or (start > 0 and b"\x00" in head) else None


def _mail(head: bytes) -> Format | None:
    place = 0
    names: set[bytes] = set()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if text.startswith(b"From "):  # a mailbox file's separator
        place = text.find(b"\n") + 1
    while (match := _HEADER_LINE.match(text, place)) is not None:
        names.add(match[1].lower())
        place = match.end()
    if len(names & _MAIL) < 2 or not names & _MAIL_ONLY:  # noqa: PLR2004  # one may be chance
        return None
    if not names & {b"message-id", b"mime-version", b"received", b"return-path"} and not (
        b"from" in names and names & {b"date", b"to"} and b"subject" in names
    ):
        return None
    return "mhtml" if _RELATED.search(text[:place]) else "mail"


def _characters(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8-sig", "replace")


def _textual(text: str, columns: Mapping[str, str]) -> Format:
    start = text.lstrip("\ufeff \t\r\n\f\v")
    if start.startswith("<"):
        return _markup(start)
    if start[:1] in ("{", "["):
        return _json(start)
    if _columns(start, columns):
        return "table"
    return "html" if _tagged(start) else "text"


def _markup(text: str) -> Format:
    if _HTML_DOCTYPE.match(text):
        return "html"
    prologue = _PROLOGUE.match(text)
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    if root:
        return _XML_ROOTS[root[1].lower()]
    return "html" if _HTML_TAG.search(text) else "text"


def _tagged(text: str) -> bool:
    """Whether a page lost its beginning: several tags, one of them structural."""
    tags = [match[0].lower() for match in _HTML_TAG.finditer(text[:8_192])]
    closing = sum(
        text[:8_192].count(f"</{name}>") for name in ("p", "div", "head", "h1", "article")
    )
    return len(tags) > 4 and closing > 2 and len("".join(tags)) > 0.03 * len(text[:8_192])  # noqa: PLR2004


def _json(text: str) -> Format:
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    whole = [
        line for line in lines if line.lstrip().startswith("{") and line.rstrip().endswith("}")
    ]
    first = text.split("\n", 1)[0].rstrip()
    if len(lines) > 1 and len(whole) >= min(len(lines), 2):
        return "jsonl"
    if first.startswith("{") and first.endswith("}") and len(lines) == 1:
        return "json"  # one object on one line: the readers tell what it is
    if re.match(r"\{\s*[\"}]|\[\s*[\[{\"\]]", text):
        return "json"
    return "text"


def _columns(text: str, columns: Mapping[str, str]) -> bool:
    """Whether the first line names columns, and the second has as many cells."""
    from allegedly.documents.structured.columns import header_of  # noqa: PLC0415  # a sibling's table

    return header_of(text, columns) is not None
