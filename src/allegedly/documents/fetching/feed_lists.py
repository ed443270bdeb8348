"""OPML: a list of feeds, as feed readers exchange it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from allegedly.documents.structured.xml import XmlError, local, xml_root

_MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed of a list."""

    address: str
    title: str | None = None


def read_opml(raw: bytes) -> list[Feed]:
    """The feeds of an OPML file, each once; raises ValueError where it is none or lists none."""
    try:
        root = xml_root(raw)
    except XmlError as error:
        raise ValueError(f"damaged XML: {error}") from error
    if local(root).lower() != "opml":
        raise ValueError("not an OPML file")
    found: dict[str, Feed] = {}
    for outline in root.iter():
        address = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if address and len(found) < _MOST:
            title = outline.get("title") or outline.get("text")
            found.setdefault(address, Feed(address=address, title=title))
    if not found:
        raise ValueError("an OPML file that lists no feed")
    return list(found.values())
