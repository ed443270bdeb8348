"""A page becomes text with what is no running text of its article marked."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.documents.html.blocks import blocks_of
from allegedly.documents.html.body import body
from allegedly.documents.html.described import Described, described
from allegedly.documents.html.kinds import Mark, mark
from allegedly.documents.html.layout import layout_of
from allegedly.documents.html.parsing import tree
from allegedly.documents.stored_text import stored_text
from allegedly.records import Span, Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.html import HtmlElement

    from allegedly.documents.html.blocks import Block, Box
    from allegedly.documents.html.layout import Layout

    Judge = Callable[[Layout], list[bool]]

# Parts of a site that stand beside articles, or under them for all to write in.
_FURNITURE: Final = frozenset({"nav", "footer", "form"})
_COMMENTS: Final = re.compile(
    r"\b(?:comments?|disqus(?:_thread)?|respond|replies)\b", re.IGNORECASE
)
_SECTIONS: Final = frozenset({"h2", "h3", "h4"})
_SAME_TITLE: Final = 0.5  # of the words of both
_MOST_AFTER: Final = 60  # blocks after an article's last that are kept
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read of a page: its text, marks over stretches of it, and its metadata."""

    text: str
    marks: tuple[Zone, ...]
    about: Described


@dataclass(frozen=True, slots=True)
class _Line:
    block: Block
    mark: Mark


def read_page(characters: str, judge: Judge = body) -> Page | None:
    """The article of a page and what stands in it; None where the page shows no text.

    The text holds the headline, the body, and in their places captions, embedded posts, teasers
    and the like, marked. Menus, comments and what lies outside the article's part of the page are
    no part of the text. Nothing of the page is run or fetched. `judge` says of each block whether
    it is the article's.
    """
    root = tree(characters)
    if root is None:
        return None
    about = described(root)
    page = _layout(root, characters, about)
    if not page.blocks:
        return None
    text, marks = _put(_lines(page, about, judge), about)
    return Page(text=text, marks=marks, about=about) if text.strip() else None


def read_fragment(characters: str, title: str | None) -> Page | None:
    """Markup that is an article's body already, as feeds and news exchanges carry it."""
    root = tree(f"<div>{characters}</div>")
    blocks = [] if root is None else blocks_of(root)
    lines = [_Line(block, mark(block, in_body=True, is_title=False)) for block in blocks]
    about = Described(title=title)
    text, marks = _put(lines, about)
    return Page(text=text, marks=marks, about=about) if text.strip() else None


def layout_for(characters: str) -> Layout | None:
    """The layout of a page by itself, as fitting the weights needs it."""
    root = tree(characters)
    return None if root is None else _layout(root, characters, described(root))


def _layout(root: HtmlElement, characters: str, about: Described) -> Layout:
    kept = trafilatura_text(characters)
    return layout_of(blocks_of(root), kept=kept, told=about.body, title=about.title or "")


def trafilatura_text(characters: str) -> str:
    """What trafilatura keeps of a page; "" where it fails or keeps nothing."""
    import trafilatura  # noqa: PLC0415  # a third of a second that plain text need not wait for

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(characters, include_comments=False) or ""
    except Exception:  # noqa: BLE001  # a parser may raise what it likes: its word is one of many
        return ""


def _lines(page: Layout, about: Described, judge: Judge) -> list[_Line]:
    """The blocks to be kept, in their order, each with its mark."""
    in_body = _with_headings(page, judge(page))
    places = [place for place, taken in enumerate(in_body) if taken]
    if not places:
        return []
    title = _title_place(page, about, places[0])
    start = places[0] if title is None else title
    around = _common_box(page.blocks, places)
    lines = []
    after = 0
    for place in range(start, len(page.blocks)):
        block = page.blocks[place]
        after += place > places[-1]
        outside = not in_body[place] and place != title
        if outside and not _stands_in(block, around, between=place < places[-1]):
            continue
        if after > _MOST_AFTER:
            break
        found = mark(block, in_body=in_body[place], is_title=place == title)
        lines.append(_Line(block, found))
    return lines


def _with_headings(page: Layout, in_body: list[bool]) -> list[bool]:
    """The body with the headings that stand between two of its paragraphs."""
    taken = list(in_body)
    for place in range(1, len(taken) - 1):
        block = page.blocks[place]
        heading = block.box.tag in _SECTIONS and not block.linked
        taken[place] = taken[place] or (heading and taken[place - 1] and in_body[place + 1])
    return taken


def _stands_in(block: Block, around: Box | None, *, between: bool) -> bool:
    """Whether a block that is no body belongs to the article's part of the page."""
    boxes = list(block.box.up())
    if any(box.tag in _FURNITURE or _COMMENTS.search(box.labels) for box in boxes):
        return False
    return between or around is None or around in boxes


def _common_box(blocks: Sequence[Block], places: Sequence[int]) -> Box | None:
    """The innermost box that holds every block at the places."""
    first = list(blocks[places[0]].box.up())[::-1]
    length = len(first)
    for place in places[1:]:
        other = list(blocks[place].box.up())[::-1]
        same = (i for i, (a, b) in enumerate(zip(first, other, strict=False)) if a is not b)
        length = min(length, next(same, min(len(first), len(other))))
    return first[length - 1] if length else None


def _title_place(page: Layout, about: Described, first: int) -> int | None:
    """Where the page shows its headline: a heading of the title's words before the body's end."""
    wanted = {word.lower() for word in _WORD.findall(about.title or "")}
    best: tuple[float, int] | None = None
    for place, block in enumerate(page.blocks[: first + 3]):
        if block.box.tag not in ("h1", "h2", "h3") and place >= first:
            continue
        own = {word.lower() for word in block.words}
        same = len(own & wanted) / max(len(own | wanted), 1)
        same += 0.2 * (block.box.tag == "h1")
        if same >= _SAME_TITLE and (best is None or same >= best[0]):
            best = (same, place)
    if best is None:
        alone = [i for i, block in enumerate(page.blocks[:first]) if block.box.tag == "h1"]
        return alone[-1] if alone else None
    return best[1]


def _put(lines: Iterable[_Line], about: Described) -> tuple[str, tuple[Zone, ...]]:
    """The text of the lines, and zones over those that are marked."""
    kept = list(lines)
    titled = any(line.mark.kind == "headline" for line in kept[:1])
    pieces: list[str] = []
    marks: list[Zone] = []
    length = 0
    if kept and not titled and about.title:
        pieces.append(stored_text(about.title))
        length = len(pieces[0])
        marks.append(Zone(span=Span(start=0, end=length), kind="headline"))
    last: Mark | None = None
    for line in kept:
        text = stored_text(line.block.text).strip()
        if not text:
            continue
        gap = "" if not pieces else "\n" if line.block.broken else "\n\n"
        start = length + len(gap)
        pieces += [gap, text]
        length = start + len(text)
        _add(marks, line.mark, Span(start=start, end=length), joined=line.mark == last)
        last = line.mark
    return "".join(pieces), tuple(marks)


def _add(marks: list[Zone], found: Mark, span: Span, *, joined: bool) -> None:
    """Put a mark down, or let the one before go on."""
    start = marks.pop().span.start if joined else span.start
    whole = Span(start=start, end=span.end)
    marks.append(Zone(span=whole, kind=found.kind, author=found.author, published=found.published))
