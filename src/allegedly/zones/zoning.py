"""A document becomes zones that cover it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from allegedly.records import Span, Zone
from allegedly.zones.evidence import kind_of
from allegedly.zones.pages import page_of
from allegedly.zones.posts import posts_of
from allegedly.zones.sections import smoothed

if TYPE_CHECKING:
    from allegedly.records import Document, ZoneKind
    from allegedly.zones.pages import Page
    from allegedly.zones.posts import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What makes two neighbouring blocks one zone; `post` tells two posts of one author apart."""

    kind: ZoneKind
    post: Post | None = None


def zone(document: Document) -> tuple[Zone, ...]:
    """The zones of a document: each character is in exactly one, in the order of the text.

    The blanks after a line belong to its zone, those before the first line to the first zone. A
    text of blanks alone is one boilerplate zone; the empty text has no zones.
    """
    page = page_of(document)
    if not page.blocks:
        blank = Span(start=0, end=len(document.text)) if document.text else None
        return (Zone(span=blank, kind="boilerplate"),) if blank else ()
    labels = _labels(page)
    runs = [
        (label, next(iter(run)).start)
        for label, run in groupby(page.blocks, key=lambda block: labels[block.place])
    ]
    starts = [0, *(start for _, start in runs[1:]), len(document.text)]
    return tuple(
        _zone(label, Span(start=start, end=end))
        for (label, _), start, end in zip(runs, starts, starts[1:], strict=False)
    )


def _labels(page: Page) -> list[_Label]:
    kinds = smoothed(page, [kind_of(block, page) for block in page.blocks])
    labels = [_Label(kind=kind) for kind in kinds]
    for post in posts_of(page):
        for place in range(post.first, post.last + 1):
            labels[place] = _Label(kind="social_post", post=post)
    return labels


def _zone(label: _Label, span: Span) -> Zone:
    return Zone(
        span=span,
        kind=label.kind,
        author=label.post.author if label.post else None,
        published=label.post.published if label.post else None,
    )
