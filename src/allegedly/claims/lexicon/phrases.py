"""Rows of words found in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Short forms of auxiliaries are words of their own (we 'll), a short "not" is not (don't).
_WORD = re.compile(
    r"[^\W_]+(?:(?!['’](?:ll|d|ve|re|m)\b)['’\-][^\W_]+)*|['’](?:ll|d|ve|re|m)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case with straight apostrophes, and where it stands in its text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; offsets count code points of that text."""
    return tuple(
        Token(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text)
    )


@dataclass(frozen=True, slots=True)
class Match:
    """The words `first` to `last` (last not included) stand for `label`."""

    first: int
    last: int
    label: str


class Phrases:
    """Labelled rows of words; an entry that ends in * stands for every word that begins so."""

    def __init__(self, labelled: Mapping[str, Sequence[str]]) -> None:
        self._rows: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: list[tuple[str, str]] = []
        for label, entries in labelled.items():
            for entry in entries:
                self._add(entry, label)
        for rows in self._rows.values():
            rows.sort(key=lambda row: -len(row[0]))

    def _add(self, entry: str, label: str) -> None:
        if entry.endswith("*"):
            self._stems.append((entry[:-1], label))
            return
        row = tuple(entry.split())
        self._rows.setdefault(row[0], []).append((row, label))

    def at(self, words: Sequence[str], index: int) -> Match | None:
        """The longest row that starts at a word, or None."""
        for row, label in self._rows.get(words[index], ()):
            last = index + len(row)
            if tuple(words[index:last]) == row:
                return Match(index, last, label)
        for stem, label in self._stems:
            if words[index].startswith(stem):
                return Match(index, index + 1, label)
        return None

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """Matches from left to right that share no word, each the longest at its place."""
        index = 0
        while index < len(words):
            match = self.at(words, index)
            if match is not None:
                yield match
            index = match.last if match is not None else index + 1

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.at((word,), 0) is not None
