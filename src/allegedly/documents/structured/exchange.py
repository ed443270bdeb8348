"""Items as agencies exchange them: ninjs and NewsML-G2, the IPTC's two formats."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from allegedly.documents.captured import Parsed, Place, Reads, reader_name, rejected
from allegedly.documents.dates import iso_value
from allegedly.documents.html_reading import read_fragment
from allegedly.documents.structured.xml import XmlError, local, text_of, xml_root
from allegedly.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from allegedly.documents.captured import Found

_NINJS: Final = frozenset({"body_html", "body_text", "bodies", "body_xhtml"})
_OF_NINJS: Final = frozenset(
    {
        "versioncreated",
        "headline",
        "headlines",
        "representationtype",
        "pubstatus",
        "$standard",
        "standard",
    }
)
_INLINE: Final = frozenset({"inlineXML", "inlineData"})


def is_ninjs(item: dict[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: its body, and what only such items have."""
    return bool(_NINJS & item.keys()) and len(_OF_NINJS & item.keys()) > 0 and "uri" in item


def read_ninjs(item: dict[str, Any], place: Place, raw: bytes, reads: Reads) -> Found:
    """One ninjs item, of version 1 or 2."""
    about = Parsed(
        text="",
        title=_string(item.get("headline")) or _value(item.get("headlines")),
        publisher=_provider(item),
        byline=_string(item.get("byline")) or _string(item.get("by")),
        published=_iso(item.get("firstcreated")) or _iso(item.get("versioncreated")),
        updated=_iso(item.get("versioncreated")),
        language=(_string(item.get("language")) or "")[:2].lower() or None,
    )
    body = _string(item.get("body_html")) or _string(item.get("body_xhtml"))
    body = body or _string(item.get("body_text")) or _value(item.get("bodies"))
    if not body:
        return Rejected(uri=place.name, reason="an item without a body")
    return read_fragment(
        body, about, place.known(uri=_string(item.get("uri"))), raw, reads,
        reader=reader_name("ninjs", "lxml"), media_type="application/json",
    )  # fmt: skip


def _provider(item: dict[str, Any]) -> str | None:
    for source in item.get("infosources") or ():
        if isinstance(source, dict) and _string(source.get("name")):
            return _string(source["name"])
    provider = item.get("provider")
    found = _string(provider.get("name")) if isinstance(provider, dict) else _string(provider)
    return found or _string(item.get("copyrightholder")) or _string(item.get("located"))


def _value(values: object) -> str | None:
    """The value of the first of ninjs 2's alternatives, one with markup before plain ones."""
    found = [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []
    marked = [v for v in found if "html" in str(v.get("contenttype", ""))]
    return next((text for v in (*marked, *found) if (text := _string(v.get("value")))), None)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _iso(value: object) -> str | None:
    return iso_value(value) if isinstance(value, str) else None


def read_newsml(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The items of a NewsML-G2 file, one or a message of many."""
    try:
        root = xml_root(raw)
    except XmlError as error:
        yield from rejected(place, f"damaged XML: {error}")
        return
    items = [element for element in root.iter() if local(element) == "newsItem"]
    if not items:
        yield from rejected(place, "a NewsML-G2 file without a news item")
    for item in islice(items, reads.limits.items):
        guid = item.get("guid")
        inner = place if len(items) == 1 else place.within(f"item={guid or items.index(item) + 1}")
        yield _newsml_item(item, inner.known(uri=guid), reads)


def _newsml_item(item: _Element, place: Place, reads: Reads) -> Found:
    from lxml import etree  # noqa: PLC0415  # news exchanges are rare

    found = {name: _first(item, name) for name in _NEWSML}
    raw = etree.tostring(item, encoding="utf-8", with_tail=False)
    inline = next((e for e in item.iter() if local(e) in _INLINE), None)
    if inline is None:
        return Rejected(uri=place.name, reason="an item without words of its own")
    body = "".join(_markup(child) for child in inline) or text_of(inline)
    about = Parsed(
        text="",
        title=text_of(found["headline"]) or text_of(found["title"]),
        publisher=_named(found["provider"]) or text_of(found["creditline"]),
        byline=text_of(found["by"]),
        published=_time(found["firstCreated"]) or _time(found["versionCreated"]),
        updated=_time(found["versionCreated"]) or _time(found["contentModified"]),
        language=_language(found["language"], item),
    )
    return read_fragment(
        body or "", about, place, raw, reads,
        reader=reader_name("newsml-g2", "lxml"), media_type="application/vnd.iptc.g2.newsitem+xml",
    )  # fmt: skip


_NEWSML: Final = (
    *("headline", "title", "provider", "creditline", "by", "firstCreated", "versionCreated"),
    *("contentModified", "language"),
)


def _first(item: _Element, name: str) -> _Element | None:
    return next((element for element in item.iter() if local(element) == name), None)


def _named(element: _Element | None) -> str | None:
    if element is None:
        return None
    name = next((text_of(e) for e in element.iter() if local(e) == "name"), None)
    return name or element.get("literal") or element.get("qcode")


def _time(element: _Element | None) -> str | None:
    return iso_value(text_of(element) or "")


def _language(element: _Element | None, item: _Element) -> str | None:
    tag = element.get("tag") if element is not None else None
    tag = tag or item.get("{http://www.w3.org/XML/1998/namespace}lang")
    return tag[:2].lower() if tag else None


def _markup(element: _Element) -> str:
    """An inline document's body as markup without namespaces, its metadata left out."""
    from lxml import etree  # noqa: PLC0415  # news exchanges are rare

    for head in [e for e in element.iter() if local(e) in ("head", "body.head", "docdata")]:
        above = head.getparent()
        if above is not None:
            above.remove(head)
    for inner in element.iter():
        if isinstance(inner.tag, str):
            inner.tag = local(inner)
    etree.cleanup_namespaces(element)
    text: str = etree.tostring(element, encoding="unicode", method="html", with_tail=True)
    return text
