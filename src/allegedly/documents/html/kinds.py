"""The kind of each block of a page that is kept: what it is by markup, where markup tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.documents.dates import iso_value
from allegedly.documents.html.cues import says
from allegedly.documents.platforms import account_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.documents.html.blocks import Block, Box
    from allegedly.records import ZoneKind

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HANDLE: Final = re.compile(r"@(\w[\w.]{1,40})")
_LINKED: Final = 0.6
_LABEL_WORDS: Final = 6
_HEADING_WORDS: Final = 10
_BYLINE_WORDS: Final = 25
_BY: Final = re.compile(
    r"(?:by|von|par|por|di|door|od|av)\s+\S"
    r"|(?:first |last )?(?:published|updated|posted|modified)\b.{0,40}\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What markup says that a block is; a post's `author` and `published` with it.

    `post` tells two posts of one author apart.
    """

    kind: ZoneKind
    author: str | None = None
    published: str | None = None
    post: Box | None = None


def mark(block: Block, *, in_body: bool, is_title: bool) -> Mark:
    """The kind of a block; story for running text, whose words may still say what it is."""
    embed = _embed(block)
    if embed is not None:
        return Mark(kind="social_post", author=_author(embed), published=_date(embed), post=embed)
    if is_title:
        return Mark(kind="headline")
    if _legend(block):
        return Mark(kind="caption")
    if in_body:
        return Mark(kind="headline" if _heading(block) else "story")
    return Mark(kind=_outside(block))


def _heading(block: Block) -> bool:
    """Whether a block heads a section: a heading, or a short line all in bold."""
    bold = block.emphasised >= len(block.text.replace(" ", "")) and not block.broken
    short = len(block.words) <= _HEADING_WORDS and block.text[-1] not in '.,;:!?…”"’'
    return block.box.tag in _HEADINGS or (bold and short and block.text[0].isupper())


def _outside(block: Block) -> ZoneKind:
    """The kind of a block that is no part of the article's body."""
    if _signed(block):
        return "byline"
    if any(box.tag == "figure" for box in block.box.up()) and block.linked < _LINKED * len(
        block.text
    ):
        return "caption"
    if _deck(block):
        return "headline"
    if block.linked > _LINKED * len(block.text) or _near(block, "related", "newsletter"):
        return "teaser"
    return "boilerplate"


def _near(block: Block, *families: str) -> bool:
    boxes = list(block.box.up())[:4]
    return any(says(family, box.labels) for family in families for box in boxes)


def _embed(block: Block) -> Box | None:
    return next((box for box in block.box.up() if says("post", box.labels)), None)


def _legend(block: Block) -> bool:
    boxes = list(block.box.up())[:3]
    tagged = any(box.tag in ("figcaption", "caption") for box in boxes)
    return tagged or any(says("legend", box.labels) for box in boxes[:2])


def _signed(block: Block) -> bool:
    short = len(block.words) <= _BYLINE_WORDS
    boxes = list(block.box.up())[:3]
    named = any(says("signature", box.labels) or box.tag in ("time", "address") for box in boxes)
    return short and (named or _BY.match(block.text) is not None)


def _deck(block: Block) -> bool:
    boxes = list(block.box.up())[:2]
    told = len(block.words) >= _LABEL_WORDS and block.linked == 0
    return told and any(says("deck", box.labels) for box in boxes)


def _author(embed: Box) -> str | None:
    """The handle that a post shows, else the one in its links."""
    text = " ".join(embed.element.itertext())
    shown = list(_HANDLE.finditer(text))
    for handle in _linked_handles(embed):
        if any(match[1].lower() == handle.lower() for match in shown):
            return handle
    signed = re.search(r"\(@(\w[\w.]{1,40})\)", text)
    return (signed[1] if signed else None) or next(_linked_handles(embed), None)


def _linked_handles(embed: Box) -> Iterator[str]:
    places = [embed.element.get(name) for name in ("cite", "data-instgrm-permalink", "data-href")]
    places += [link.get("href") for link in embed.element.iter("a")][::-1]
    yield from (handle for handle in map(account_of, places) if handle)


def _date(embed: Box) -> str | None:
    """The day that a post shows, which platforms put into its last link or a time element."""
    for element in embed.element.iter("time"):
        found = iso_value(element.get("datetime") or element.text or "")
        if found:
            return found
    links = [link.text_content() for link in embed.element.iter("a")]
    dates = (iso_value(text) for text in reversed(links[-3:]))
    return next((date for date in dates if date), None)
