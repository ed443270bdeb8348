"""XML from strangers: no entity is expanded, nothing is fetched, and damage is mended or told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class XmlError(ValueError):
    """XML that cannot be read."""


def xml_root(raw: bytes) -> _Element:
    """The root element of an XML file; raises XmlError where there is none.

    Entities of the file's own are not expanded, so that a billion laughs stay one line.
    """
    from lxml import etree  # noqa: PLC0415  # plain text need not wait for it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        recover=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlError(str(error)[:200]) from error
    if root is None:
        raise XmlError("no element")
    return root


def local(element: _Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: _Element | None) -> str | None:
    """The words of an element and all in it, on one line; None where there are none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None
