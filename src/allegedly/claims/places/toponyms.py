"""Names in a text that some place bears, each with the places that it may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.places.atlas import table
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.claims.places.atlas import Atlas
    from allegedly.claims.places.gazetteer import Entry

LONGEST = 5  # words of a name
SHORTEST_WORD = 4  # a word all in capitals and shorter than this is an abbreviation
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}|(?:[A-Z]\.)+[A-Z]\b|\b(?:St|ST|Ste|Mt|Ft)\.|[^\W_]+(?:['’][^\W_]+)*"
)
_GAP = re.compile(r"[^\S\n]|[-‐‑]")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, without a possessive *'s*; that ends at `tail`."""

    text: str
    start: int
    end: int
    tail: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A name that may be a place's: words `first` to `last` (not included) of the text."""

    span: Span
    name: str
    first: int
    last: int
    entries: tuple[Entry, ...]


def words_of(text: str) -> list[Word]:
    """The words of a text, hyphenated ones apart."""
    found = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if word:
            found.append(Word(word, match.start(), match.start() + len(word), match.end()))
    return found


def toponyms(text: str, words: Sequence[Word], atlas: Atlas) -> list[Toponym]:
    """The longest names from left to right that the atlas knows; they share no word.

    Needs time in proportion to the length of the text.
    """
    runs = {i: tuple(_ends(text, words, i)) for i, w in enumerate(words) if w.text[0].isupper()}
    names = {_name(text, words, i, last) for i, ends in runs.items() for last in ends}
    listed = sorted(names)
    known = dict(zip(listed, atlas.named(listed), strict=True))
    found: list[Toponym] = []
    free = 0
    for i, ends in runs.items():
        if i >= free:
            last = max((e for e in ends if known[_name(text, words, i, e)]), default=0)
            if last:
                name = _name(text, words, i, last)
                span = Span(words[i].start, words[last - 1].end)
                entries = known[name]
                found.append(Toponym(span=span, name=name, first=i, last=last, entries=entries))
                free = last
    return found


def _name(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return text[words[first].start : words[last - 1].end]


def _ends(text: str, words: Sequence[Word], first: int) -> Iterator[int]:
    """Where names that begin with a word may end."""
    joining = _joining()
    if _spelt(words[first].text):
        yield first + 1
    for last in range(first + 2, min(first + LONGEST, len(words)) + 1):
        before, word = words[last - 2], words[last - 1]
        if not _GAP.fullmatch(text, before.tail, word.start):
            return
        if word.text[0].isupper():
            yield last
        elif word.text not in joining:
            return


def _spelt(word: str) -> bool:
    """Whether one word may be a name: not a number, a letter or a code in capitals."""
    return (
        any(c.islower() for c in word)
        or len(word) >= SHORTEST_WORD
        or "." in word
        or (word in _codes())
    )


@cache
def _joining() -> frozenset[str]:
    return frozenset(table("context")["joining"])


@cache
def _codes() -> frozenset[str]:
    """Abbreviations that stand alone."""
    return frozenset(
        form for forms in table("abbreviations")["anywhere"].values() for form in forms
    )
