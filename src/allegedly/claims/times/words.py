"""A text as a row of one-letter codes, each for the classes of time words that a word is in.

Rules can then be short regular expressions over codes: fast, linear, and free of spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from allegedly.claims.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OTHER = "x"
BREAK = "\n"
# The first private code point: codes never meet letters of the rules' own notation.
_FIRST = 0xE000

_TOKEN = re.compile(
    r"(?P<break>\n\s*\n)"
    r"|(?P<iso>(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-]))"
    r"|(?P<isomonth>(?<![\w-])[12]\d{3}-(?:0[1-9]|1[0-2])(?![\w-]))"
    r"|(?P<half>[AaPp]\.?[Mm]\.(?!\w)|[AaPp][Mm]\b)"
    r"|(?P<glued>\d{1,2}(?:[:.][0-5]\d)?(?=[ap]\.?m\b))"
    r"|(?P<number>\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|['’]?s)?(?![^\W_]))"
    r"|(?P<short>['’‘]\d0s\b)"
    r"|(?P<own>['’]s\b)"
    r"|(?P<word>[^\W_]+(?:['’](?!s\b)[^\W_]+)*|[^\w\s]|_)"
)
_NUMBERS: dict[str, re.Pattern[str]] = {
    "clock": re.compile(r"\d{1,2}[:.][0-5]\d"),
    "colon": re.compile(r"\d{1,2}:\d\d"),
    "bigclock": re.compile(r"(?:[01]\d|2[0-4])[0-5]\d"),
    "day": re.compile(r"(?:\d|[012]\d|3[01])(?:st|nd|rd|th)?"),
    "ordinal": re.compile(r"\d{1,4}(?:st|nd|rd|th)"),
    "hour": re.compile(r"\d|[01]\d|2[0-4]"),
    "year": re.compile(r"1[0-9]\d\d|20\d\d"),
    "clearyear": re.compile(r"19\d\d|20[0-4]\d"),
    "decade": re.compile(r"(?:1[0-9]|20)\d0['’]?s|[2-9]0['’]?s"),
    "number": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?"),
    "fraction": re.compile(r"\d/\d"),
    "slashed": re.compile(r"\d{1,2}/\d{1,2}/(?:\d\d|\d{4})"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark: its text in lower case and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The words of a text and their codes, one letter a word."""

    words: tuple[Word, ...]
    codes: str


class Classes:
    """The classes of words of a language and the code letter of every set of them.

    `members` are the words of each class in lower case; one of several words (*victory day*)
    becomes one word of the row. Words in `capital` count only where they are written with a
    capital. `literals` are words that rules name themselves, each a class of its own.
    """

    def __init__(
        self,
        members: Mapping[str, Iterable[str]],
        literals: Iterable[str],
        capital: Iterable[str],
    ) -> None:
        classes: dict[str, set[str]] = {}
        for name, words in members.items():
            for word in words:
                classes.setdefault(word, set()).add(name)
        for word in literals:
            classes.setdefault(word, set()).add(f"={word}")
        self._classes = {word: frozenset(names) for word, names in classes.items()}
        self._capital = frozenset(capital)
        self._codes: dict[frozenset[str], str] = {}
        self._joined = _joined(word for word in self._classes if " " in word)
        for names in (*self._classes.values(), *map(frozenset, _number_classes())):
            self._code(names)
        for word, names in self._classes.items():
            if word in self._capital:
                self._code(frozenset(n for n in names if n.startswith("=")))

    def _code(self, names: frozenset[str]) -> str:
        if not names:
            return OTHER
        return self._codes.setdefault(names, chr(_FIRST + len(self._codes)))

    def letters(self, name: str) -> str:
        """The code letters of all words in a class; raises KeyError for an unknown one."""
        found = "".join(code for names, code in self._codes.items() if name in names)
        if not found:
            raise KeyError(name)
        return found

    def row(self, text: str) -> Row:
        """A text as words and codes; a blank line is a break, which no rule crosses."""
        words: list[Word] = []
        codes: list[str] = []
        for word, code in self._read(text):
            words.append(word)
            codes.append(code)
        return Row(words=tuple(words), codes="".join(codes))

    def _read(self, text: str) -> Iterator[tuple[Word, str]]:
        at = 0
        for match in _TOKEN.finditer(text):
            if match.start() < at:
                continue
            joined = self._joined.match(text, match.start()) if match["word"] else None
            end = joined.end() if joined else match.end()
            at = end
            yield self._coded(text, match, end)

    def _coded(self, text: str, match: re.Match[str], end: int) -> tuple[Word, str]:
        start, kind = match.start(), match.lastgroup
        written = text[start:end]
        lower = " ".join(written.lower().replace("’", "'").split())
        word = Word(lower, start, end)
        if kind == "break":
            return word, BREAK
        if kind == "number":
            return word, self._code(_number_kinds(lower))
        if kind == "glued":
            return word, self._code(_number_kinds(lower) - {"number", "day"})
        if kind in {"iso", "isomonth", "half", "short", "own"}:
            return word, self._code(frozenset({"decade" if kind == "short" else str(kind)}))
        names = self._classes.get(lower)
        if names is None:
            return word, OTHER
        if lower in self._capital and written[0].islower():
            names = frozenset(n for n in names if n.startswith("="))
        return word, self._code(names)


def _joined(entries: Iterable[str]) -> re.Pattern[str]:
    """One expression for all entries of several words, the longest first."""
    rows = sorted(entries, key=len, reverse=True)
    spaced = (
        "[ \\n]".join(map(re.escape, entry.split(" "))).replace("'", "['’]") for entry in rows
    )
    return re.compile(rf"(?:{'|'.join(spaced)})\b" if rows else r"(?!)", re.IGNORECASE)


@cache
def _number_kinds(written: str) -> frozenset[str]:
    return frozenset(name for name, kind in _NUMBERS.items() if kind.fullmatch(written))


def _number_classes() -> Iterator[set[str]]:
    """Every set of classes that a number can have, from an example of each."""
    plain = [str(n) for n in range(100)] + [f"{n:02d}" for n in range(100)]
    more = ["100", "1400", "1299", "1850", "1899", "1959", "1999", "1990", "2000", "2050", "2060"]
    marked = ["3rd", "30th", "35th", "1,000", "2.5", "2.75", "2:30", "02:30", "25:00", "2:75"]
    rest = ["1990s", "1850s", "80s", "1/2", "3/4/20", "10.30", "10.75", "0930", "2530", "2400"]
    for written in (*plain, *more, *marked, *rest, "1", "99999", "1234567890"):
        yield set(_number_kinds(written))
        yield set(_number_kinds(written)) - {"number", "day"}
    for name in ("iso", "isomonth", "half", "decade", "own"):
        yield {name}


@cache
def calendar(language: str = "en") -> dict[str, Any]:
    """The words of time of a language; raises FileNotFoundError where there is none."""
    return table("calendar", language)
