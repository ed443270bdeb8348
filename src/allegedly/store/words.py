"""Words as the search index knows them, and where a text has them.

Both databases index the words that this module finds, so they find the same things, and the
places that it marks are the places that were found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from allegedly.records import Span
from allegedly.store.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAST_MARK: Final = 0x1F000  # beyond are pictographs and variation selectors
INDEXED: Final = 50_000  # words of one text that the index takes; PostgreSQL has a limit
# Signs that stand in most English news and part words anyway; what is left is mostly ASCII, which
# is folded ten times as fast.
_SIGNS: Final = "“”‘’«»–—…•·›\u00a0\u2009"
LONGEST: Final = 255  # letters of an indexed word; longer ones are parted
_ASCII_WORD: Final = re.compile(rf"[a-z0-9]{{1,{LONGEST}}}")
_ASCII_TEXT_WORD: Final = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST}}}")
_ASCII_FOLDS: Final = "".join(chr(c).lower() if chr(c).isalnum() else " " for c in range(128))
_TOO_LONG: Final = re.compile(rf"[A-Za-z0-9]{{{LONGEST + 1}}}")
_QUERY_PART: Final = re.compile(
    r'(?P<no>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<more>\*)?'
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` must be there, any term of each; none of `unwanted` may."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()


def folded(text: str) -> str:
    """The words of a text without case and accents, one blank between them."""
    text = _plain(text)
    if text.isascii():
        return _ascii_folded(text)
    # No word goes on over a blank, so what is ASCII beside other letters is folded as fast.
    folds = []
    for ascii_, pieces in groupby(text.split(), str.isascii):
        piece = " ".join(pieces)
        folds.append(
            _ascii_folded(piece) if ascii_ else " ".join(word for word, _, _ in _words(piece))
        )
    return " ".join(filter(None, folds))


def _ascii_folded(text: str) -> str:
    words = text.translate(_ASCII_FOLDS).split()
    if len(text) > LONGEST and max(map(len, words), default=0) > LONGEST:
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return " ".join(words)


@lru_cache(maxsize=4_096)  # a story names its sources again and again
def folded_name(name: str) -> str:
    """The words of a name, without case and accents."""
    return folded(name)


def _plain(text: str) -> str:
    """A text with a blank for each sign, so that places stay; thirty times as fast as translate."""
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text


def indexed(text: str) -> str:
    """The words of a text that the index takes: the first fifty thousand."""
    return capped(folded(text))


def capped(words: str) -> str:
    """So many folded words as the index takes."""
    if len(words) < INDEXED:
        return words
    return " ".join(words.split(" ", INDEXED)[:INDEXED])


def parse(query: str) -> Query:
    """Read a query: words, "phrases", prefix*, -without, this OR that.

    Raises RefusedError where nothing is left to look for.
    """
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    joined = False
    for part in _QUERY_PART.finditer(query):
        if part["word"] == "OR" and wanted:
            joined = True
            continue
        term = _term(part)
        if not term.words:
            continue
        if part["no"]:
            unwanted.append(term)
        elif joined:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joined = False
    if not wanted:
        raise RefusedError(f"nothing to search for in {query!r}")
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def _term(part: re.Match[str]) -> Term:
    phrase = part["phrase"]
    text = part["word"] if phrase is None else phrase
    prefix = bool(part["more"]) or (phrase is None and text.endswith("*"))
    return Term(tuple(folded(text).split()), prefix)


def found(text: str, query: Query) -> tuple[Span, ...]:
    """Where a text has the wanted terms, in its order; terms that touch are one span."""
    places = _Places(text)
    spans = sorted({s for terms in query.wanted for term in terms for s in places.of(term)})
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def holds(text: str, query: Query) -> bool:
    """Whether a text answers a query by itself."""
    places = _Places(text)
    return all(any(map(places.has, terms)) for terms in query.wanted) and not any(
        map(places.has, query.unwanted)
    )


class _Places:
    """Where a text has terms; plain ASCII is searched as it is, all else word by word."""

    def __init__(self, text: str) -> None:
        self._text = _plain(text)
        self._words: list[tuple[str, int, int]] | None = None
        if not self._text.isascii() or _TOO_LONG.search(self._text):
            self._words = list(_words(self._text))

    def of(self, term: Term) -> Iterator[Span]:
        if self._words is not None:
            return _places(self._words, term)
        return (Span(*match.span(1)) for match in _pattern(term).finditer(self._text))

    def has(self, term: Term) -> bool:
        return next(self.of(term), None) is not None


@lru_cache
def _pattern(term: Term) -> re.Pattern[str]:
    """A term in ASCII text; looked ahead for, since phrases may overlap."""
    words = "[^a-z0-9]+".join(map(re.escape, term.words))
    end = "[a-z0-9]*" if term.prefix else "(?![a-z0-9])"
    return re.compile(rf"(?<![a-z0-9])(?=({words}{end}))", re.IGNORECASE | re.ASCII)


def _places(words: list[tuple[str, int, int]], term: Term) -> Iterator[Span]:
    *head, last = term.words
    length = len(term.words)
    for at in range(len(words) - length + 1):
        word = words[at + length - 1][0]
        fits = word.startswith(last) if term.prefix else word == last
        if fits and all(words[at + i][0] == want for i, want in enumerate(head)):
            yield Span(words[at][1], words[at + length - 1][2])


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    pattern = _ASCII_TEXT_WORD if text.isascii() else _word_pattern()
    for match in pattern.finditer(text):
        word = _fold(match[0])
        if len(word) > LONGEST:
            yield from _parted(match[0], match.start())
        elif word:
            yield word, match.start(), match.end()


def _parted(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A word that is too long, in parts; a letter that stands for two is not cut."""
    part, begun = "", start
    for at, letter in enumerate(map(_fold, word), start):
        if len(part) + len(letter) > LONGEST:
            yield part, begun, at
            part, begun = "", at
        part += letter
    yield part, begun, start + len(word)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return _fold_letters(word)


@cache
def _word_pattern() -> re.Pattern[str]:
    """Letters and digits with the marks upon them; `re` knows no class of marks."""
    marks = [c for c in map(chr, range(_LAST_MARK)) if unicodedata.category(c)[0] == "M"]
    return re.compile(rf"[^\W_](?:[^\W_]|[{''.join(_ranges(marks))}])*")


def _ranges(characters: list[str]) -> Iterator[str]:
    start = before = characters[0]
    for character in [*characters[1:], "\U0010ffff"]:
        if ord(character) != ord(before) + 1:
            yield f"{start}-{before}"
            start = character
        before = character


def _fold_letters(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain.casefold() if c.isalnum())
