"""A page's blocks: what a browser would set as lines of their own, in the order of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# Nothing of these is ever shown as text of the page.
_UNSEEN: Final = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "frame"),
        *("object", "embed", "applet", "canvas", "audio", "video", "map", "select", "option"),
        *("button", "input", "textarea", "datalist", "dialog", "noframes", "title", "meta"),
    }
)
_INLINE: Final = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby"),
        *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        *("wbr", "picture", "source", "output", "tspan", "amp-img", "amp-ad"),
    }
)
_BLANKS: Final = re.compile(r"[ \t\n\r\f\v\u00a0\u2002-\u200a\u202f\u3000]+")
_HIDING: Final = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|rem|%|pt)?\s*(?:;|$)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$))",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"\w+")
_CARD_WORDS: Final = 12
_CARD_LINKED: Final = 0.85
_MOST_LINKS: Final = 200
_MOST_INNER: Final = 20
_LONGEST_LABEL: Final = 300
DEEPEST: Final = 2_000  # levels of elements; no page that people read comes near


@dataclass(slots=True, eq=False)
class Box:
    """An element with what its ancestors say: `labels` are its class, id and role, in lower case.

    `words` counts the words of blocks right in it, `inside` those anywhere within.
    """

    tag: str
    labels: str
    above: Box | None
    element: HtmlElement
    depth: int
    words: int = 0
    inside: int = 0

    def up(self) -> Iterator[Box]:
        """The box and those around it, the nearest first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.above


@dataclass(slots=True, eq=False)
class Block:
    """One line of a page: its text with blanks collapsed, and the box that holds it.

    `linked` counts the characters that are links, `emphasised` those in bold or italics. `after`
    says what parted it from the block before: a box's edge, or a line break alone.
    """

    text: str
    box: Box
    linked: int = 0
    emphasised: int = 0
    broken: bool = False
    words: tuple[str, ...] = field(default=())


@dataclass(slots=True)
class _Line:
    """The pieces of a line that is being collected."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    emphasised: int = 0
    broken: bool = False

    def take(self, text: str | None, links: int, stress: int) -> None:
        if text:
            self.pieces.append(text)
            size = len(text.strip())
            self.linked += size if links else 0
            self.emphasised += size if stress else 0


def blocks_of(root: HtmlElement) -> list[Block]:
    """The blocks of a page that are to be seen; hidden elements, scripts and forms are left out."""
    return _Walk().walk(root)


class _Walk:
    """One pass over the tree, without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.line = _Line()
        self.links = self.stress = 0
        self.cards: list[tuple[HtmlElement, Box]] = []

    def walk(self, root: HtmlElement) -> list[Block]:
        box = _box(root, None)
        stack: list[tuple[HtmlElement, Box, Iterator[HtmlElement]]] = [(root, box, iter(root))]
        self.line.take(root.text, 0, 0)
        while stack:
            element, box, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(element, box, stack[-1][1] if stack else box)
            elif unseen(child) or len(stack) > DEEPEST:
                self.line.take(child.tail, self.links, self.stress)
            elif child.tag == "span" and self.line.pieces and hover_card(child):
                self.cards.append((child, box))
                self.line.take(child.tail, self.links, self.stress)
            else:
                stack.append((child, self._enter(child, box), iter(child)))
        self._close(box)
        return self.found

    def _enter(self, element: HtmlElement, around: Box) -> Box:
        tag = element.tag
        box = around
        if tag in ("br", "hr"):
            self._close(around, broken=tag == "br")
        elif tag not in _INLINE:
            self._close(around)
            box = _box(element, around)
        elif element.get("class") and tag not in ("a", "b", "em", "i", "strong"):
            box = _box(element, around)
        self.links += tag == "a"
        self.stress += tag in ("b", "strong", "em", "i")
        self.line.take(element.text, self.links, self.stress)
        return box

    def _leave(self, element: HtmlElement, box: Box, around: Box) -> None:
        tag = element.tag
        self.links -= tag == "a"
        self.stress -= tag in ("b", "strong", "em", "i")
        if tag not in _INLINE and tag not in ("br", "hr"):
            self._close(box)
        self.line.take(element.tail, self.links, self.stress)
        del around

    def _close(self, box: Box, *, broken: bool = False) -> None:
        line, self.line = self.line, _Line(broken=broken)
        text = _BLANKS.sub(" ", "".join(line.pieces)).strip()
        if not text:
            self.line.broken = broken or line.broken
        else:
            self._put(text, line, box)
        cards, self.cards = self.cards, []
        for element, around in cards:
            words = _BLANKS.sub(" ", " ".join(element.itertext())).strip()
            self._put(words, _Line(linked=len(words)), _box(element, around))

    def _put(self, text: str, line: _Line, box: Box) -> None:
        words = tuple(_WORD.findall(text))
        block = Block(
            text=text,
            box=box,
            linked=line.linked,
            emphasised=line.emphasised,
            broken=line.broken,
            words=words,
        )
        self.found.append(block)
        box.words += len(words)
        for outer in box.up():
            outer.inside += len(words)


def hover_card(element: HtmlElement) -> bool:
    """Whether an element in the midst of a line is a list of links that shows on hovering.

    Such a list is a block after its paragraph; of nested elements the innermost is the list.
    """
    inner = islice(element.iterdescendants("span"), _MOST_INNER)
    return _lists_links(element) and not any(map(_lists_links, inner))


def _lists_links(element: HtmlElement) -> bool:
    links = list(islice(element.iter("a"), _MOST_LINKS))
    if len(links) < 2:  # noqa: PLR2004  # one is a link in a sentence
        return False
    whole = len("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).split()) for link in links)
    return whole >= _CARD_WORDS and linked >= _CARD_LINKED * whole


def unseen(element: HtmlElement) -> bool:
    """Whether a browser would show nothing of the element."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _UNSEEN:
        return True
    if element.get("hidden") is not None:
        return bool(element.get("hidden") != "until-found")
    style = element.get("style")
    return style is not None and _HIDING.search(style) is not None


def _box(element: HtmlElement, around: Box | None) -> Box:
    names = (element.get("class"), element.get("id"), element.get("role"), element.get("itemprop"))
    labels = " ".join(filter(None, names))[:_LONGEST_LABEL]
    depth = 0 if around is None else around.depth + 1
    return Box(tag=element.tag, labels=labels, above=around, element=element, depth=depth)
