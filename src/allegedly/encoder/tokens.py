"""Text becomes word pieces with the marks that an uncased vocabulary loses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

OPENING = frozenset("“«„‟❝")
CLOSING = frozenset("”»❞")
STRAIGHT = '"'

# Marks of a piece, each a small learned embedding added to the piece's own. The sizes are part of
# the trained pack: changing them needs a new training.
CASE_MARKS = 5  # none (no letter), lower, Capitalised, ALL CAPITALS, mIxed
GAP_MARKS = 4  # touches the piece before it, blank, line break, empty line or elsewhere
LINE, EMPTY_LINE = 2, 3
QUOTE_MARKS = 3  # outside quotation marks, inside, a quotation mark itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Word pieces of one text, without special tokens.

    All arrays have shape (pieces,). `start` and `end` are code points into the text; `first` is
    true where a piece begins a word; `stretch` is the number of the stretch that it was cut from.
    """

    ids: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.bool_]
    stretch: NDArray[np.int64]
    marks: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


def tokenize(
    tokenizer: Tokenizer, text: str, spans: Sequence[tuple[int, int]] | None = None
) -> Tokens:
    """Cut stretches of a text into word pieces with their places and marks.

    `spans` are [start, end) in code points, in order and apart; by default every line. Returns
    `Tokens` whose `marks` have shape (pieces, 3): case, gap and quotation. Nothing is truncated; a
    text without any piece gives empty arrays.
    """
    ids: list[int] = []
    places: list[tuple[int, int]] = []
    first: list[bool] = []
    stretch: list[int] = []
    marks: list[tuple[int, int, int]] = []
    before = 0
    for number, (start, end) in enumerate(lines(text) if spans is None else spans):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        words = encoding.word_ids
        offsets = [(start + a, start + b) for a, b in encoding.offsets]
        begins = [i == 0 or word != words[i - 1] for i, word in enumerate(words)]
        ids += encoding.ids
        places += offsets
        first += begins
        stretch += [number] * len(begins)
        marks += _marks(text, offsets, begins, number and text.count("\n", before, start))
        before = end
    offset = np.array(places, dtype=np.int64).reshape(len(ids), 2)
    return Tokens(
        ids=np.array(ids, dtype=np.int64),
        start=offset[:, 0],
        end=offset[:, 1],
        first=np.array(first, dtype=np.bool_),
        stretch=np.array(stretch, dtype=np.int64),
        marks=np.array(marks, dtype=np.int64).reshape(len(ids), 3),
    )


def lines(text: str) -> list[tuple[int, int]]:
    """The lines of a text that are not empty, as [start, end) in code points."""
    return [m.span() for m in re.finditer(r"[^\n]+", text)]


def _marks(
    text: str, offsets: list[tuple[int, int]], first: list[bool], breaks: int
) -> list[tuple[int, int, int]]:
    """Marks of one stretch's pieces; `breaks` are the line breaks between it and the one before."""
    rows: list[tuple[int, int, int]] = []
    # A quotation mark left open never swallows the next stretch.
    inside, case, end = False, 0, -1
    gap = LINE if breaks == 1 else EMPTY_LINE
    for (start, stop), begins in zip(offsets, first, strict=True):
        piece = text[start:stop]
        if begins:
            case = _case(piece)
        inside, quote = _quote(piece, inside=inside)
        rows.append((case, gap if end < 0 else int(start > end), quote))
        end = stop
    return rows


def _case(piece: str) -> int:
    if piece.islower():
        return 1
    if piece.isupper():
        return 3 if len(piece) > 1 else 2
    if piece[:1].isupper() and piece[1:].islower():
        return 2
    return 4 if any(map(str.isalpha, piece)) and piece.lower() != piece.upper() else 0


def _quote(piece: str, *, inside: bool) -> tuple[bool, int]:
    if piece in OPENING:
        return True, 2
    if piece in CLOSING:
        return False, 2
    if piece == STRAIGHT:
        return not inside, 2
    return inside, int(inside)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of a text that go through the encoder together."""

    start: int
    end: int


def windows(tokens: Tokens, limit: int, offset: int = 0, *, alone: bool = False) -> list[Window]:
    """Cut a text into windows of at most `limit` pieces, between stretches where possible.

    `offset` shortens the first window, so that training sees other cuts in each epoch; `alone`
    gives every stretch windows of its own. A stretch longer than the limit is cut at a word.
    """
    count = len(tokens)
    edges = [0, count]
    if alone:
        inner = np.flatnonzero(tokens.stretch[1:] != tokens.stretch[:-1]) + 1
        edges = [0, *inner.tolist(), count]
    cuts: list[Window] = []
    room = max(1, limit - offset)
    for low, high in pairwise(edges):
        begin = low
        while begin < high:
            end = min(begin + room, high)
            if end < high:
                end = _cut(tokens, begin, end)
            cuts.append(Window(begin, end))
            begin, room = end, limit
    return cuts


def _cut(tokens: Tokens, begin: int, end: int) -> int:
    numbers = tokens.stretch[begin : end + 1]
    ends = np.flatnonzero(numbers[1:] != numbers[:-1])
    if len(ends):
        return begin + int(ends[-1]) + 1
    words = np.flatnonzero(tokens.first[begin + 1 : end + 1])
    return begin + int(words[-1]) + 1 if len(words) else end
