"""Embedded social posts: from the signature upwards over the lines that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.zones import cues
from allegedly.zones.post_dates import post_date
from allegedly.zones.signatures import (
    forwarded_from,
    media_link,
    opens_post,
    signature_in,
    starts_with_picture,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.zones.blocks import Block
    from allegedly.zones.pages import Page
    from allegedly.zones.signatures import Signature

# A line above belongs to the post if the evidence weighs more than this.
_BELONGS: Final = 1.0
# Platforms cut a post's preview at 280 characters; a few allow more.
_LONGEST_POST: Final = 700
_MOST_LINES: Final = 8
_OWN_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The places of a post's first and last block, whose it is and when it was published."""

    first: int
    last: int
    author: str | None
    published: str | None


def posts_of(page: Page) -> tuple[Post, ...]:
    """The social posts of a page in their order; they never overlap."""
    posts: list[Post] = []
    for block in page.blocks:
        post = _post(block, page, 1 + max((p.last for p in posts[-1:] if p.author), default=-1))
        if post is None:
            continue
        # What a platform prints above a post was taken for one before its signature was read.
        while posts and posts[-1].last >= post.first:
            posts.pop()
        posts.append(post)
    return tuple(posts)


def _post(block: Block, page: Page, floor: int) -> Post | None:
    """The post that the block signs, opens or is; None where it has no mark of one."""
    if block.place < floor:
        return None
    signature = signature_in(block.text)
    if signature is None and not _bare_post(block):
        return None
    forwarder, below = forwarded_from(block.text), page.neighbour(block, 1)
    return Post(
        first=_first(page, block, signature, floor),
        last=block.place + (forwarder is not None and below is not None and below.brief),
        author=signature.author if signature else forwarder,
        published=_date(signature, page),
    )


def _date(signature: Signature | None, page: Page) -> str | None:
    return post_date(signature.shown, published=page.published) if signature else None


def _bare_post(block: Block) -> bool:
    return block.brief and (media_link(block.text) or opens_post(block.text))


def _first(page: Page, signed: Block, signature: Signature | None, floor: int) -> int:
    """The place of the post's first block."""
    anchor = _opening_above(page, signed, floor)
    if anchor is not None:
        return anchor
    place = signed.place
    length = len(signed.text)
    bare = signature is not None and _bare(signed, signature)
    while place > floor and not starts_with_picture(page.blocks[place].text):
        above = page.blocks[place - 1]
        length += len(above.text)
        weight = _weight(above, page.blocks[place], page) + (2.0 if bare else 0.0)
        if length > _LONGEST_POST or weight <= _BELONGS:
            break
        bare = False
        place -= 1
    return place


def _bare(block: Block, signature: Signature) -> bool:
    return len(block.text[: signature.start].split()) < _OWN_WORDS


def _opening_above(page: Page, signed: Block, floor: int) -> int | None:
    """The nearest line above that opens a post, if all between may belong to it."""
    length = 0
    for place in range(signed.place, max(floor, signed.place - _MOST_LINES) - 1, -1):
        block = page.blocks[place]
        length += len(block.text)
        if length > _LONGEST_POST or (place < signed.place and _told_by_reporter(block, page)):
            return None
        if starts_with_picture(block.text) or opens_post(block.text):
            return place
    return None


def _told_by_reporter(block: Block, _: Page) -> bool:
    """Whether the line tells of others' words, as stories do and posts seldom do."""
    quotes = cues.QUOTED.search(block.head) is not None
    return block.text.endswith(":") or (quotes and cues.SAYING.search(block.head) is not None)


def _wide_gap(above: Block, _: Block, page: Page) -> bool:
    return above.gap_after > page.rhythm


def _narrow_gap(above: Block, _: Block, page: Page) -> bool:
    return above.gap_after < page.rhythm


def _goes_on(_: Block, below: Block, __: Page) -> bool:
    return below.text[0].islower()


def _unfinished(above: Block, _: Block, __: Page) -> bool:
    return not above.terminated and not above.text.endswith((":", "”", '"'))


def _platform_marks(above: Block, _: Block, __: Page) -> bool:
    words = above.head.split()
    return media_link(above.head) or any(word[0] in "#@" and len(word) > 1 for word in words)


def _picture_first(above: Block, _: Block, __: Page) -> bool:
    return starts_with_picture(above.text)


def _reporting(above: Block, _: Block, page: Page) -> bool:
    return _told_by_reporter(above, page)


def _attributing(above: Block, _: Block, __: Page) -> bool:
    return cues.SAYING.search(above.head) is not None


# Posts lose their line breaks to blank lines when a page is turned into text, so that the gaps
# inside a post differ from those between paragraphs: the layout weighs most.
_EVIDENCE: Final[tuple[tuple[float, Callable[[Block, Block, Page], bool]], ...]] = (
    (1.7, _wide_gap),
    (1.5, _narrow_gap),
    (1.5, _goes_on),
    (0.4, _unfinished),
    (1.5, _platform_marks),
    (1.5, _picture_first),
    (-3.0, _reporting),
    (-0.6, _attributing),
)


def _weight(above: Block, below: Block, page: Page) -> float:
    return sum(weight for weight, holds in _EVIDENCE if holds(above, below, page))
