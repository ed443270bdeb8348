"""The table of evidence: what speaks for which kind of line, and how strongly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.zones import cues

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.records import ZoneKind
    from allegedly.zones.blocks import Block
    from allegedly.zones.pages import Page

# A line is story unless the evidence for another kind weighs more than this.
STORY: Final = 2.0
# A paragraph of its article's markup is story but for what names itself a promo or is code.
MARKED_STORY: Final = 5.0
# Shares of a line's content words that other lines have; swept over news stories of 300 to 2,000
# words: nine in ten of their own paragraphs have more than LOW.
LOW: Final = 0.25
HIGH: Final = 0.75
_TOP: Final = 5
_HEADLINE_WORDS: Final = 30
_SECTION_WORDS: Final = 8
_BYLINE_WORDS: Final = 14
_CAPTION_WORDS: Final = 18
_CARD_WORDS: Final = 7
_TITLE_CASE: Final = 0.75
_CODE_SHARE: Final = 0.08
# How a sentence starts that leans on the one before it.
_JOINING: Final = frozenset({"and", "but", "as", "after", "without", "despite", "if", "so", "or"})
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason to take a line for a kind; a negative weight speaks against it."""

    kind: ZoneKind
    weight: float
    holds: Callable[[Block, Page], bool]


def starts(pattern: re.Pattern[str]) -> Callable[[Block, Page], bool]:
    """Whether a brief line starts with the pattern."""
    return lambda block, _: block.brief and pattern.match(block.text) is not None


def quoting(block: Block, _: Page) -> bool:
    """Whether the line has quotation marks."""
    return cues.QUOTED.search(block.head) is not None


def spoken(block: Block, page: Page) -> bool:
    """Whether somebody speaks: a pull quote, often printed twice, is no teaser."""
    me = cues.FIRST_PERSON.search(block.head) is not None and not quoting(block, page)
    return me or block.text[0] in "\"“‘'«"


def saying(block: Block, _: Page) -> bool:
    """Whether the line has a word of saying."""
    return cues.SAYING.search(block.head) is not None


def repeated(block: Block, page: Page) -> bool:
    """Whether the line occurs twice."""
    return page.repeated(block)


def copied_next_door(block: Block, page: Page) -> bool:
    """Whether the next or the last line is the same: a card's picture text and its title."""
    near = (page.neighbour(block, -1), page.neighbour(block, 1))
    return page.repeated(block) and any(n is not None and n.key == block.key for n in near)


def copies_the_top(block: Block, page: Page) -> bool:
    """Whether one copy is among the first lines: a standfirst, printed again as the lead."""
    top = page.blocks[:2]
    return page.repeated(block) and any(block.key == other.key for other in top)


def about_else(block: Block, page: Page) -> bool:
    """Whether the line is about something else than the rest."""
    return block.brief and page.overlap(block) < LOW


def about_this(block: Block, page: Page) -> bool:
    """Whether the line is made of the words of the rest."""
    return block.brief and page.overlap(block) > HIGH


def label(block: Block, page: Page) -> bool:
    """Whether the line stands alone, without the end of a sentence, and introduces nothing."""
    closed = block.terminated or block.text[-1] in ':;,"”’—–-)'
    return block.brief and not closed and page.standalone(block) and _opens(block)


def _opens(block: Block) -> bool:
    first = block.text[0]
    return first.isupper() or (first.isdigit() and len(block.words) > 1)


def card_title(block: Block, page: Page) -> bool:
    """Whether the line reads as another story's headline in the midst of this one."""
    inside = 1 < block.place < len(page.blocks) - 1
    long_enough = _CARD_WORDS <= len(block.words) <= _HEADLINE_WORDS
    return inside and long_enough and label(block, page) and told(block, page)


def told(block: Block, _: Page) -> bool:
    """Whether the line has a finite verb, as far as a list can tell."""
    return cues.VERBAL.search(block.head[:1].lower() + block.head[1:]) is not None


def headline_at_top(block: Block, page: Page) -> bool:
    """Whether the line stands over the whole story."""
    after = page.neighbour(block, 1)
    over = block.place == 0 and after is not None and page.standalone(block)
    short = len(block.words) <= _HEADLINE_WORDS and block.sentences == 1
    return over and short and block.brief and (label(block, page) or title_case(block, page))


def headline_below(block: Block, page: Page) -> bool:
    """Whether the line goes on under a headline: a second deck."""
    above = page.neighbour(block, -1)
    under = block.place == 1 and above is not None and headline_at_top(above, page)
    return (
        under
        and len(block.words) > 1
        and label(block, page)
        and page.neighbour(block, 1) is not None
    )


def section_head(block: Block, page: Page) -> bool:
    """Whether the line heads the paragraphs under it."""
    after = page.neighbour(block, 1)
    short = len(block.words) <= _SECTION_WORDS and block.place > 1
    heads = after is not None and len(after.text) > 2 * len(block.text)
    return short and heads and label(block, page)


def is_title(block: Block, page: Page) -> bool:
    """Whether the line is the document's title."""
    return block.brief and page.title is not None and block.text == page.title


def title_case(block: Block, _: Page) -> bool:
    """Whether nearly all longer words are capitalised."""
    longer = [word for word in block.words if len(word) > 3]  # noqa: PLR2004  with, from, over
    capitals = sum(not word[0].islower() for word in longer)
    return len(longer) > 1 and capitals >= _TITLE_CASE * len(longer)


def byline(block: Block, page: Page) -> bool:
    """Whether the line names its author near the top or at the very end."""
    near = block.place < _TOP or block.place >= len(page.blocks) - 2
    short = len(block.words) <= _BYLINE_WORDS and not block.text.endswith(".")
    return near and short and cues.BYLINE.match(block.text) is not None


def date_line(block: Block, page: Page) -> bool:
    """Whether the line is a date alone near the top, or at the end."""
    near = block.place < _TOP or block.place >= len(page.blocks) - 2
    short = len(block.words) <= _BYLINE_WORDS
    return near and short and cues.DATE_LINE.match(block.text) is not None


def credited(block: Block, _: Page) -> bool:
    """Whether a short line ends with the credit of a picture."""
    return block.brief and cues.CREDIT.search(block.text) is not None


def names_a_thing(block: Block, page: Page) -> bool:
    """Whether a paragraph names what is to be seen and tells nothing: no finite verb."""
    short = 3 < len(block.words) <= _CAPTION_WORDS and block.sentences == 1  # noqa: PLR2004
    plain = _LETTER.match(block.text) is not None and block.text[-1] not in ":?!"
    plain = plain and block.words[0].lower() not in _JOINING
    shown = short and plain and 0 < block.place < len(page.blocks) - 1
    return shown and page.standalone(block) and not told(block, page) and not quoting(block, page)


def has_words(block: Block, _: Page) -> bool:
    """Whether the line has letters at all."""
    return _LETTER.search(block.head) is not None


def marks_of_code(block: Block, _: Page) -> bool:
    """Whether braces, brackets and semicolons are too many for prose."""
    marks = sum(block.text.count(mark) for mark in "{}<>;=\\|")
    return (
        marks > 1
        and marks >= _CODE_SHARE * len(block.text)
        and any(mark in block.text for mark in "{}<>=")
    )


def starts_as_code(block: Block, _: Page) -> bool:
    """Whether the line starts as markup or a program does, however long it is."""
    return cues.CODE.match(block.head) is not None


EVIDENCE: Final = (
    Evidence(kind="code", weight=2.5, holds=starts_as_code),
    Evidence(kind="code", weight=3.0, holds=marks_of_code),
    Evidence(kind="boilerplate", weight=3.0, holds=starts(cues.BOILERPLATE)),
    Evidence(kind="boilerplate", weight=4.0, holds=starts(cues.SOURCE_ENTRY)),
    Evidence(kind="byline", weight=4.0, holds=date_line),
    Evidence(kind="byline", weight=3.5, holds=byline),
    Evidence(kind="caption", weight=3.2, holds=credited),
    Evidence(kind="caption", weight=3.2, holds=starts(cues.CAPTION_LABEL)),
    Evidence(kind="caption", weight=2.4, holds=names_a_thing),
    Evidence(kind="headline", weight=3.4, holds=is_title),
    Evidence(kind="headline", weight=3.0, holds=headline_at_top),
    Evidence(kind="headline", weight=2.6, holds=headline_below),
    Evidence(kind="headline", weight=2.5, holds=section_head),
    Evidence(kind="teaser", weight=6.5, holds=starts(cues.PROMO)),
    Evidence(kind="teaser", weight=6.5, holds=starts(cues.PROMO_LABEL)),
    Evidence(kind="teaser", weight=6.5, holds=starts(cues.NEWSLETTER)),
    Evidence(kind="teaser", weight=2.6, holds=repeated),
    Evidence(kind="teaser", weight=0.8, holds=copied_next_door),
    Evidence(kind="teaser", weight=1.4, holds=card_title),
    Evidence(kind="teaser", weight=0.8, holds=about_else),
    Evidence(kind="teaser", weight=-0.3, holds=about_this),
    Evidence(kind="teaser", weight=-1.5, holds=copies_the_top),
    Evidence(kind="teaser", weight=-1.5, holds=spoken),
    Evidence(kind="teaser", weight=-0.2, holds=quoting),
    Evidence(kind="teaser", weight=-0.3, holds=saying),
)


def kind_of(block: Block, page: Page, story: float = STORY) -> ZoneKind:
    """The kind for which the evidence weighs most; story where none outweighs it."""
    weights: dict[ZoneKind, float] = {"story": story}
    for evidence in EVIDENCE:
        if evidence.holds(block, page):
            weights[evidence.kind] = weights.get(evidence.kind, 0.0) + evidence.weight
    return max(weights, key=lambda kind: weights[kind])
