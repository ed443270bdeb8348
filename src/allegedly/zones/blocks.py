"""Blocks: the lines of a document with the room that the layout gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

_LINE: Final = re.compile(r"\S[^\n]*")
_TERMINATED: Final = re.compile(r"[.!?…。！？][\"”’'»)\]*」]*$")
_WORD: Final = re.compile(r"\w[\w’'-]*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*\s+[\"“‘'(\[]?[A-Z0-9]")
# What is longer than the longest teaser, caption or post is looked at by its edges alone, so
# that the work per block has a bound.
_BRIEF: Final = 700


@dataclass(frozen=True, kw_only=True)
class Block:
    """One line with words; `start` and `end` leave out the blanks around it.

    `gap_before` and `gap_after` count the line breaks to the neighbouring blocks.
    """

    place: int
    start: int
    end: int
    text: str
    gap_before: int
    gap_after: int

    @property
    def brief(self) -> bool:
        """Whether the line is short enough to be anything but running text."""
        return len(self.text) <= _BRIEF

    @cached_property
    def head(self) -> str:
        """The first characters, enough for any cue at the start of a line."""
        return self.text[:_BRIEF]

    @cached_property
    def tail(self) -> str:
        """The last characters, enough for any cue at the end of a line."""
        return self.text[-_BRIEF:]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the head."""
        return tuple(_WORD.findall(self.head))

    @cached_property
    def terminated(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _TERMINATED.search(self.tail[-12:]) is not None

    @cached_property
    def sentences(self) -> int:
        """About how many sentences the head has."""
        return 1 + sum(1 for _ in _SENTENCE_END.finditer(self.head))

    @cached_property
    def key(self) -> str:
        """What is left of a brief line without case, blanks and punctuation; "" for a long one."""
        return " ".join(self.words).casefold() if self.brief else ""


def blocks_of(text: str) -> tuple[Block, ...]:
    """The non-blank lines of a text in their order."""
    lines = [_trimmed(match) for match in _LINE.finditer(text)]
    edges = [(0, 0), *lines, (len(text), len(text))]
    gaps = [text.count("\n", a[1], b[0]) for a, b in pairwise(edges)]
    return tuple(
        Block(
            place=place,
            start=start,
            end=end,
            text=text[start:end],
            gap_before=gaps[place],
            gap_after=gaps[place + 1],
        )
        for place, (start, end) in enumerate(lines)
    )


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match[0].rstrip())
