"""A document becomes zones that cover it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from allegedly.records import Span, Zone
from allegedly.zones.evidence import MARKED_STORY, kind_of
from allegedly.zones.pages import page_of
from allegedly.zones.posts import posts_of
from allegedly.zones.sections import smoothed

if TYPE_CHECKING:
    from allegedly.records import Document, ZoneKind
    from allegedly.zones.blocks import Block
    from allegedly.zones.pages import Page
    from allegedly.zones.posts import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What makes two neighbouring blocks one zone; `post` tells two posts of one author apart."""

    kind: ZoneKind
    post: Post | Zone | None = None


def zone(document: Document) -> tuple[Zone, ...]:
    """The zones of a document: each character is in exactly one, in the order of the text.

    Where the document's format marked a line, that is its kind, but that a line marked as story
    may say of itself that it is a promo; their own words tell the others'.
    The blanks after a line belong to its zone, those before the first line to the first zone. A
    text of blanks alone is one boilerplate zone; the empty text has no zones.
    """
    page = page_of(document)
    if not page.blocks:
        blank = Span(start=0, end=len(document.text)) if document.text else None
        return (Zone(span=blank, kind="boilerplate"),) if blank else ()
    labels = _labels(page, document.marks)
    runs = [
        (label, next(iter(run)).start)
        for label, run in groupby(page.blocks, key=lambda block: labels[block.place])
    ]
    starts = [0, *(start for _, start in runs[1:]), len(document.text)]
    return tuple(
        _zone(label, Span(start=start, end=end))
        for (label, _), start, end in zip(runs, starts, starts[1:], strict=False)
    )


def _labels(page: Page, marks: tuple[Zone, ...]) -> list[_Label]:
    marked = _marked(page, marks)
    labels = [_Label(kind=kind) for kind in smoothed(page, _kinds(page, marked))]
    for post in posts_of(page):
        places = range(post.first, post.last + 1)
        if all(place not in marked or marked[place].kind == "story" for place in places):
            for place in places:
                labels[place] = _Label(kind="social_post", post=post)
    for place, mark in marked.items():
        if mark.kind == "story":
            if labels[place].kind != "social_post":
                labels[place] = _Label(kind=_told(page.blocks[place], page))
        else:
            labels[place] = _Label(
                kind=mark.kind, post=mark if mark.kind == "social_post" else None
            )
    return labels


def _kinds(page: Page, marked: dict[int, Zone]) -> list[ZoneKind]:
    """The kind of each block by its mark, or by its words where it has none."""
    found: list[ZoneKind] = []
    for block in page.blocks:
        mark = marked.get(block.place)
        if mark is None:
            found.append(kind_of(block, page))
        else:
            found.append(_told(block, page) if mark.kind == "story" else mark.kind)
    return found


def _told(block: Block, page: Page) -> ZoneKind:
    """The kind of a block that its markup takes for running text."""
    return kind_of(block, page, MARKED_STORY)


def _marked(page: Page, marks: tuple[Zone, ...]) -> dict[int, Zone]:
    """The mark over each block that has one."""
    starts = [mark.span.start for mark in marks]
    found: dict[int, Zone] = {}
    for block in page.blocks:
        place = bisect_right(starts, block.start) - 1
        if place >= 0 and block.start < marks[place].span.end:
            found[block.place] = marks[place]
    return found


def _zone(label: _Label, span: Span) -> Zone:
    return Zone(
        span=span,
        kind=label.kind,
        author=label.post.author if label.post else None,
        published=label.post.published if label.post else None,
    )
