"""The wording of a text as rows of words, and where two texts have the same.

Texts meet by winnowed fingerprints (Schleimer, Wilkerson and Aiken 2003): of every few hashes of
rows of words in succession the least is kept, so that texts which share a run of words share one,
and a text costs no more than its own length. What meets is then compared word by word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROW: Final = 4  # words that are hashed together
WINDOW: Final = 4  # rows of which one is kept: a shared run of 7 words is never missed
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED: Final = re.compile(r"“[^”]*”|(?<!\w)\"[^\"]*\"(?!\w)|(?<!\w)‘[^’]*(?:’\w[^’]*)*’(?!\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case and where it stands; `quoted` inside quotation marks."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in two texts alike: the first word's number in each, and how many."""

    left: int
    right: int
    length: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of a text."""
    stop = len(text) if end is None else end
    quoted = [match.span() for match in _QUOTED.finditer(text, start, stop)]
    found = []
    for match in _WORD.finditer(text, start, stop):
        inside = any(a <= match.start() < b for a, b in quoted)
        bare = match[0].lower().replace("’", "'").removesuffix("'s")
        found.append(Word(bare, match.start(), match.end(), inside))
    return found


def fingerprints(text: Sequence[Word]) -> set[int]:
    """The hashes by which a text meets others; none for fewer words than a row has."""
    hashes = [crc32(" ".join(row).encode()) for row in _rows(text)]
    if not hashes:
        return set()
    last = max(len(hashes) - WINDOW + 1, 1)
    return {min(hashes[at : at + WINDOW]) for at in range(last)}


def shared_runs(left: Sequence[Word], right: Sequence[Word]) -> list[Run]:
    """The longest runs of words that two texts share, of a row at least, in the left one's order.

    A word of the left text is in one run at most.
    """
    one, other = ([word.text for word in text] for text in (left, right))
    at: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(_rows(right)):
        at.setdefault(row, []).append(number)
    rows, found, start = list(_rows(left)), [], 0
    while start < len(rows):
        runs = [
            Run(start, place, _length(one, other, start, place))
            for place in at.get(rows[start], ())
        ]
        best = max(runs, key=lambda run: (run.length, -run.right), default=None)
        if best is not None:
            found.append(best)
        start += best.length if best else 1
    return found


def _length(left: Sequence[str], right: Sequence[str], start: int, other: int) -> int:
    """How many words follow each other in both from two places on, those of a row at least."""
    length, most = ROW, min(len(left) - start, len(right) - other)
    while length < most and left[start + length] == right[other + length]:
        length += 1
    return length


def _rows(text: Sequence[Word]) -> Iterable[tuple[str, ...]]:
    plain = [word.text for word in text]
    return zip(*(plain[shift:] for shift in range(ROW)), strict=False)
