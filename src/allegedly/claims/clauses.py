"""Sentences, paragraphs and quotations of a text, found in linear time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_BREAK = re.compile(r"[.!?…]+[\"'”’)\]]{0,3}(?=\s)|\n")
_SHORT = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Rev|Hon|Adm|Maj|Det"
    r"|No|vs|approx|e\.g|i\.e|[A-Z](?:\.[A-Z])*)\.$"
)
_OPEN, _CLOSE = "“", "”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where sentences, paragraphs and quotations of a text begin and end.

    `sentences` and `paragraphs` are ascending starts; `quotations` ascending half-open ranges.
    """

    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    quotations: tuple[tuple[int, int], ...]

    def sentence(self, at: int) -> int:
        """The number of the sentence at an offset, counted from 0."""
        return bisect_right(self.sentences, at) - 1

    def paragraph(self, at: int) -> int:
        """The number of the paragraph at an offset, counted from 0."""
        return bisect_right(self.paragraphs, at) - 1

    def sentence_range(self, at: int, length: int) -> tuple[int, int]:
        """Start and end of the sentence at an offset in a text of the given length."""
        number = self.sentence(at)
        after = number + 1
        end = self.sentences[after] if after < len(self.sentences) else length
        return self.sentences[number], end

    def quotation(self, at: int) -> tuple[int, int] | None:
        """The quotation around an offset, if any."""
        number = bisect_right(self.quotations, (at, 1 << 62)) - 1
        if number < 0:
            return None
        start, end = self.quotations[number]
        return (start, end) if start <= at < end else None


@lru_cache(maxsize=4)
def layout(text: str) -> Layout:
    """Sentences, paragraphs and quotations of a text; an empty text is one empty sentence.

    Kept for the last few texts, since every step of the claims layer asks for it.
    """
    sentences, paragraphs = [0], [0]
    for match in _BREAK.finditer(text):
        if match.group() == "\n":
            paragraphs.append(match.end())
            sentences.append(match.end())
        elif _ends_sentence(text, match):
            sentences.append(match.end())
    return Layout(
        sentences=tuple(sentences), paragraphs=tuple(paragraphs), quotations=_quotations(text)
    )


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if _SHORT.search(text, max(0, match.start() - 12), match.start() + 1):
        return False
    rest = text[match.end() : match.end() + 3].lstrip()
    return not rest[:1].islower()


def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Double quotation marks pair up inside a paragraph; one left open ends with it."""
    found, start = [], -1
    for match in re.finditer(r'["“”\n]', text):
        mark, at = match.group(), match.start()
        if start < 0 and mark in ('"', _OPEN):
            start = at
        elif start >= 0 and mark in ('"', _CLOSE, "\n"):
            found.append((start, at + 1))
            start = -1
    if start >= 0:
        found.append((start, len(text)))
    return tuple(found)
