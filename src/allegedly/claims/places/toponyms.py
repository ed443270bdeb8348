"""Names in a text that some place bears, each with the places that it may mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
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
_COMMA = re.compile(r",[^\S\n]{1,2}")
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
        if i < free:
            continue
        here = _state(text, words, i, found, atlas) if i == free else None
        last = max((e for e in ends if known[_name(text, words, i, e)]), default=0)
        if here is None and last:
            name = _name(text, words, i, last)
            here = None if atlas.people(name) else _toponym(words, i, last, name, known[name])
        if here is not None:
            found.append(here)
            free = here.last
    return found


def peoples(words: Sequence[Word], atlas: Atlas) -> list[tuple[Entry, int]]:
    """The places whose people a text speaks of (*Georgian police*), and how often."""
    capitals = [w.text for w in words if w.text[0].isupper()]
    pairs = (f"{a.text} {b.text}" for a, b in pairwise(words))
    counted = Counter((*capitals, *(pair for pair in pairs if pair[0].isupper())))
    amounts: Counter[int] = Counter()
    found: dict[int, Entry] = {}
    for name, count in counted.items():
        entry = atlas.people(name)
        if entry is not None:
            found[entry.row] = entry
            amounts[entry.row] += count
    return [(found[row], count) for row, count in amounts.items()]


def _toponym(
    words: Sequence[Word], first: int, last: int, name: str, entries: tuple[Entry, ...]
) -> Toponym:
    span = Span(words[first].start, words[first].start + len(name))
    return Toponym(span=span, name=name, first=first, last=last, entries=entries)


def _state(
    text: str, words: Sequence[Word], i: int, found: Sequence[Toponym], atlas: Atlas
) -> Toponym | None:
    """The abbreviated state that stands after a town's name and a comma."""
    if not found:
        return None
    town, start = found[-1], words[i].start
    if not _COMMA.fullmatch(text, town.span.end, start):
        return None
    short = _short().match(text, start)
    entry = atlas.after_comma(short.group()) if short else None
    if short is None or entry is None or not any(entry.row in e.above for e in town.entries):
        return None
    last = next((n for n in range(i, len(words)) if words[n].start >= short.end()), len(words))
    return _toponym(words, i, last, short.group(), (entry,))


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
    """Whether one word may be a name: not a number, a letter or a code in capitals (*E.U.*)."""
    if word in _codes():
        return True
    return any(c.islower() for c in word) or (len(word) >= SHORTEST_WORD and "." not in word)


@cache
def _joining() -> frozenset[str]:
    return frozenset(table("context")["joining"])


@cache
def _short() -> re.Pattern[str]:
    """Abbreviations of states, the longest first, where no letter follows."""
    lists = table("abbreviations")
    forms = {f for part in ("anywhere", "after_comma") for row in lists[part].values() for f in row}
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:{listed})(?!\w)")


@cache
def _codes() -> frozenset[str]:
    """Abbreviations that stand alone."""
    return frozenset(
        form for forms in table("abbreviations")["anywhere"].values() for form in forms
    )
