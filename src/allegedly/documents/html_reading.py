"""A web page out of a file, an archive or a message: parsed apart, then captured."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from allegedly.documents.captured import Parsed, captured, clean, paragraphs, reader_name
from allegedly.documents.isolation import parse
from allegedly.documents.limits import too_large
from allegedly.documents.wire import Task
from allegedly.records import Rejected, Span, Zone

if TYPE_CHECKING:
    from allegedly.documents.captured import Found, Place, Reads

_HEAD: Final = 8_192
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
# The notes that browsers and SingleFile leave in a saved page.
_SAVED_FROM: Final = re.compile(
    rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000}?)\s*-->", re.IGNORECASE
)
_SINGLE_FILE: Final = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\r\n]{1,80})"
)


def read_html(  # noqa: PLR0913  # what carriers know of a page
    page: bytes,
    place: Place,
    reads: Reads,
    *,
    charset: str | None = None,
    about: Parsed | None = None,
    media_type: str = "text/html",
    raw: bytes | None = None,
) -> Found:
    """The article of a page; `about` wins over what the page says of itself.

    `raw` are the bytes that carried the page where it did not come alone.
    """
    if len(page) > reads.limits.page:
        return Rejected(uri=place.name, reason=too_large("a web page", reads.limits.page))
    answer = parse(Task(kind="html", raw=page, charset=charset or place.charset), reads.limits)
    if answer.parsed is None:
        return Rejected(uri=place.name, reason=answer.problem or "cannot be parsed")
    parsed = _with(answer.parsed, about) if about else answer.parsed
    where = _saved(page, place)
    return captured(
        _own_address(parsed, where), where, raw or page,
        reader=reader_name("html", "trafilatura", "lxml"),
        media_type=media_type, overrides=reads.overrides,
    )  # fmt: skip


def read_fragment(
    markup: str, about: Parsed, place: Place, raw: bytes, reads: Reads, **kind: str
) -> Found:
    """An article's body as markup, or as plain text where it has none, with its headline above.

    `kind` are the reader and the media type of what carried it, whose bytes `raw` are.
    """
    if not _MARKUP.search(markup):
        return captured(_titled(about, markup), place, raw, overrides=reads.overrides, **kind)
    if len(markup) > reads.limits.page:
        return Rejected(uri=place.name, reason=too_large("a web page", reads.limits.page))
    task = Task(kind="fragment", raw=markup.encode("utf-8", "replace"), title=about.title)
    answer = parse(task, reads.limits)
    if answer.parsed is None:
        return Rejected(uri=place.name, reason=answer.problem or "cannot be parsed")
    return captured(_with(answer.parsed, about), place, raw, overrides=reads.overrides, **kind)


def _titled(about: Parsed, words: str) -> Parsed:
    """Plain text under its headline."""
    body, title = paragraphs(unescape(words)), clean(about.title)
    if not title or body.startswith(title):
        return replace(about, text=body)
    head = Zone(span=Span(start=0, end=len(title)), kind="headline")
    return replace(about, text=f"{title}\n\n{body}" if body else title, marks=(head,))


def _with(parsed: Parsed, about: Parsed) -> Parsed:
    told = {
        name: value
        for name in ("title", "publisher", "byline", "published", "updated", "uri", "language")
        if (value := getattr(about, name)) is not None
    }
    return replace(parsed, **told)


def _saved(page: bytes, place: Place) -> Place:
    """The place with what a saving program noted in the page."""
    single, browser = _SINGLE_FILE.search(page[:_HEAD]), _SAVED_FROM.search(page[:_HEAD])
    match = single or browser
    if place.uri or match is None:
        return place
    when = _js_date(single[2].decode("ascii", "replace")) if single else None
    return replace(
        place, uri=match[1].decode("utf-8", "replace"), retrieved_at=when or place.retrieved_at
    )


def _js_date(value: str) -> str | None:
    """A date as JavaScript prints it: Wed May 03 2023 12:30:00 GMT+0200 (…)."""
    match = re.match(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})", value)
    try:
        return (
            datetime.strptime(" ".join(match.groups()), "%b %d %Y %H:%M:%S %z").isoformat()
            if match
            else None
        )
    except ValueError:
        return None


def _own_address(parsed: Parsed, place: Place) -> Parsed:
    """What a page claims for its address counts where nothing says where it came from.

    A page that came from one site may not pass for another's.
    """
    if place.uri is None or parsed.uri is None:
        return parsed
    return parsed if _site(parsed.uri) == _site(place.uri) else replace(parsed, uri=None)


def _site(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
