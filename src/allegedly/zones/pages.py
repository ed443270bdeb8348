"""A page: the blocks of one document with what can only be seen of all of them together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low
from typing import TYPE_CHECKING, Final

from allegedly.zones.blocks import Block, blocks_of

if TYPE_CHECKING:
    from allegedly.records import Document

_CONTENT_WORD: Final = re.compile(r"[^\W_]{4,}")
_STOP_WORDS: Final = frozenset(
    {
        *("about", "after", "also", "been", "before", "between", "could", "does", "during"),
        *("from", "have", "here", "into", "just", "like", "more", "most", "much", "only"),
        *("other", "over", "people", "said", "says", "should", "since", "some", "such", "than"),
        *("that", "their", "them", "then", "there", "these", "they", "this", "those", "through"),
        *("told", "under", "until", "were", "what", "when", "where", "which", "while", "will"),
        *("with", "would", "year", "years", "your", "today", "three", "four", "five", "last"),
    }
)
# A repeated line shorter than this is a refrain, a label or a speaker's name.
_SHORTEST_COPY: Final = 6


@dataclass(frozen=True, kw_only=True)
class Page:
    """The blocks of a document, its title and publication date where known."""

    blocks: tuple[Block, ...]
    title: str | None
    published: str | None

    @cached_property
    def rhythm(self) -> int:
        """How many line breaks usually lie between two blocks; 1 for a single block."""
        gaps = [block.gap_before for block in self.blocks[1:]]
        return median_low(gaps) if gaps else 1

    @cached_property
    def copies(self) -> Counter[str]:
        """How often each line occurs, by key."""
        return Counter(block.key for block in self.blocks if block.key)

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """In how many different lines each content word occurs; copies count as one line."""
        lines = {block.key or str(block.place): block for block in self.blocks}
        return Counter(word for block in lines.values() for word in content_words(block.text))

    def repeated(self, block: Block) -> bool:
        """Whether the line occurs elsewhere too, word by word."""
        return len(block.words) >= _SHORTEST_COPY and self.copies[block.key] > 1

    def overlap(self, block: Block) -> float:
        """The share of the line's content words that other lines have too; 1 if it has none."""
        own = content_words(block.text)
        shared = sum(self.vocabulary[word] > 1 for word in own)
        return shared / len(own) if own else 1.0

    def standalone(self, block: Block) -> bool:
        """Whether the layout sets the line apart as a paragraph of its own."""
        after = block.gap_after or self.rhythm
        return min(block.gap_before or self.rhythm, after) >= self.rhythm

    def neighbour(self, block: Block, step: int) -> Block | None:
        """The block so many places further on; None beyond the edges."""
        place = block.place + step
        return self.blocks[place] if 0 <= place < len(self.blocks) else None


def content_words(text: str) -> frozenset[str]:
    """The words that say what a text is about, in lower case, a plural as its singular."""
    words = (word.casefold() for word in _CONTENT_WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in words if word not in _STOP_WORDS)


def page_of(document: Document) -> Page:
    """The page that a document's text makes."""
    return Page(blocks=blocks_of(document.text), title=document.title, published=document.published)
