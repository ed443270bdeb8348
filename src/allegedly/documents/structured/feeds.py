"""RSS, Atom and JSON Feed: each entry a document, as the feed tells it."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from allegedly.documents.captured import Parsed, Place, Reads, reader_name, rejected
from allegedly.documents.dates import iso_value
from allegedly.documents.html_reading import read_fragment
from allegedly.documents.structured.xml import XmlError, local, text_of, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from allegedly.documents.captured import Found

_ENTRY: Final = frozenset({"item", "entry"})
_BODIES: Final = ("encoded", "content", "description", "summary", "subtitle")
_DATES: Final = ("published", "pubDate", "issued", "date", "created", "updated", "modified")
_UPDATES: Final = ("updated", "modified")
_AUTHORS: Final = ("creator", "author")
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"


def read_feed(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The entries of an RSS (0.9 to 2.0, RDF) or Atom feed, the first `limits.items` of them.

    An entry's text is its headline and the longest body that the feed gives it: often a summary.
    """
    try:
        root = xml_root(raw)
    except XmlError as error:
        yield from rejected(place, f"damaged XML: {error}")
        return
    channel = next((e for e in root.iter() if local(e) == "channel"), root)
    publisher = _child_text(channel, "title")
    entries = (element for element in root.iter() if local(element) in _ENTRY)
    number = 0
    for number, entry in enumerate(islice(entries, reads.limits.items), 1):
        yield _entry(entry, publisher, place.within(f"entry={number}"), reads)
    if not number:
        yield from rejected(place, "a feed without entries")


def _entry(entry: _Element, publisher: str | None, place: Place, reads: Reads) -> Found:
    from lxml import etree  # noqa: PLC0415  # plain text need not wait for it

    title = text_of(_child(entry, "title"))
    about = Parsed(
        text="",
        title=_plain(title),
        publisher=_child_text(_child(entry, "source"), "title")
        or text_of(_child(entry, "source"))
        or publisher,
        byline=_author(entry),
        published=_date(entry, _DATES),
        updated=_date(entry, _UPDATES),
        language=(entry.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2] or None,
    )
    raw = etree.tostring(entry, encoding="utf-8", with_tail=False)
    return read_fragment(
        _body(entry), about, place.known(uri=_link(entry)), raw, reads,
        reader=reader_name("feed", "lxml"), media_type="application/feed+xml",
    )  # fmt: skip


def _body(entry: _Element) -> str:
    bodies = (_markup(child) for child in entry if local(child) in _BODIES)
    return max(bodies, key=len, default="")


def _markup(element: _Element) -> str:
    """The body in an element: markup as elements, or escaped as text."""
    if len(element) == 0:
        return element.text or ""
    from lxml import etree  # noqa: PLC0415  # plain text need not wait for it

    for inner in element.iter():
        if isinstance(inner.tag, str):
            inner.tag = local(inner)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


def _plain(title: str | None) -> str | None:
    """A title without the markup and the entities that feeds leave in it."""
    if title is None or ("<" not in title and "&" not in title):
        return title
    from lxml import html  # noqa: PLC0415  # plain titles need not wait for it

    try:
        return " ".join(html.fragment_fromstring(title, create_parent=True).text_content().split())
    except (ValueError, AssertionError, RecursionError):
        return title


def _child(element: _Element | None, name: str) -> _Element | None:
    return None if element is None else next((e for e in element if local(e) == name), None)


def _child_text(element: _Element | None, name: str) -> str | None:
    return text_of(_child(element, name))


def _author(entry: _Element) -> str | None:
    found = [child for child in entry if local(child) in _AUTHORS]
    names = [_child_text(child, "name") or text_of(child) for child in found[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _date(entry: _Element, names: tuple[str, ...]) -> str | None:
    found = (text_of(_child(entry, name)) for name in names)
    return next((time for value in found if value and (time := iso_value(value))), None)


def _link(entry: _Element) -> str | None:
    """The address of an entry's story, web addresses alone."""
    links = [e for e in entry if local(e) == "link"]
    best = [e for e in links if (e.get("rel") or "alternate") == "alternate"]
    guids = [
        text_of(e) for e in entry if local(e) in ("guid", "id") and e.get("isPermaLink") != "false"
    ]
    values = [e.get("href") or text_of(e) for e in best or links] + guids
    return next((v for v in values if v and v.startswith(("http://", "https://"))), None)


def is_json_feed(value: object) -> bool:
    """Whether a JSON document is a JSON Feed."""
    version = value.get("version") if isinstance(value, dict) else None
    return isinstance(version, str) and "jsonfeed.org" in version


def read_json_feed(feed: dict[str, Any], place: Place, reads: Reads) -> Iterator[Found]:
    """The items of a JSON Feed."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield from rejected(place, "a feed without entries")
        return
    for number, item in enumerate(islice(items, reads.limits.items), 1):
        inner = place.within(f"entry={number}")
        if isinstance(item, dict):
            yield _json_item(item, feed, inner, reads)
        else:
            yield from rejected(inner, "not an object with fields")


def _json_item(item: dict[str, Any], feed: dict[str, Any], place: Place, reads: Reads) -> Found:
    authors = item.get("authors") or feed.get("authors") or [item.get("author")]
    names = (
        [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    )
    about = Parsed(
        text="",
        title=_string(item, "title"),
        publisher=_string(feed, "title"),
        byline=", ".join(name for name in names if isinstance(name, str)) or None,
        published=iso_value(_string(item, "date_published") or ""),
        updated=iso_value(_string(item, "date_modified") or ""),
        language=(_string(item, "language") or _string(feed, "language") or "")[:2] or None,
    )
    keys = ("content_html", "content_text", "summary")
    body = next((text for key in keys if (text := _string(item, key))), "")
    uri = _string(item, "url") or _string(item, "external_url") or _string(item, "id")
    web = uri if uri and uri.startswith(("http://", "https://")) else None
    raw = json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")
    return read_fragment(
        body, about, place.known(uri=web), raw, reads,
        reader=reader_name("json feed", "lxml"), media_type="application/feed+json",
    )  # fmt: skip


def _string(value: dict[str, Any], name: str) -> str | None:
    found = value.get(name)
    return found if isinstance(found, str) and found.strip() else None
