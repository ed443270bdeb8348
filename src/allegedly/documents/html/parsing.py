"""The bytes of a page become a tree, whatever its charset label says."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from lxml import html as lxml_html

from allegedly.documents.decoding import MARKS, NotText, decode, utf8

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD: Final = 4_096
_LABEL: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_XML_LABEL: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
# What pages call Latin-1 or ASCII has been cp1252 to every browser: the WHATWG's table.
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "gb2312": "gbk"}
# A label that makes more of the text unreadable than this is wrong.
_BROKEN: Final = 0.01
# Some parsers stop at a NUL, and a page may hold one to hide what follows.
_NULS: Final = re.compile("[\x00\ufffe\uffff]")


def characters(raw: bytes, label: str | None = None) -> str | NotText:
    """The characters of a page: valid UTF-8 is believed over any label, a label over guesses.

    `label` is the charset that the carrier gave, as an HTTP header does. A label that is unknown
    or makes nonsense of the bytes is passed over.
    """
    if raw.startswith(tuple(mark for mark, _ in MARKS)):
        return _clean(decode(raw))
    plain = utf8(raw)
    # In UTF-16 without its mark about half of the bytes of Latin letters are NULs.
    if plain is not None and 5 * plain[:_HEAD].count("\x00") <= len(plain[:_HEAD]):
        return _clean(plain)
    for name in (label, _labelled(raw)):
        text = _as(raw, name)
        if text is not None:
            return _clean(text)
    return _clean(decode(raw))


def _clean(text: str | NotText) -> str | NotText:
    return text if isinstance(text, NotText) else _NULS.sub("", text)


def _labelled(raw: bytes) -> str | None:
    match = _XML_LABEL.match(raw[:_HEAD]) or _LABEL.search(raw[:_HEAD])
    return match[1].decode("ascii") if match else None


def _as(raw: bytes, label: str | None) -> str | None:
    try:
        name = codecs.lookup(label or "").name
        text = raw.decode(_MEANT.get(name, name), "replace")
    except (LookupError, ValueError, TypeError, UnicodeError):
        return None
    return text if text.count("\ufffd") <= _BROKEN * len(text) else None


def tree(text: str) -> HtmlElement | None:
    """The root element of a page; None where there is no markup to read.

    Nothing is fetched, no entity is expanded but HTML's own, comments are left out.
    """
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    root = lxml_html.document_fromstring(
        text.encode("utf-8", "replace"), parser=parser, ensure_head_body=False
    )
    return root if len(root) else None
