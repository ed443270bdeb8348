"""Words are found again in a text that has moved: by the quotation and what stands around it.

The exact words decide; white space and the shape of quotation marks and dashes may have changed.
Of several places the one that shares most context wins, and only if no other shares as much.
Nothing is guessed: words that are not there, or are there twice alike, are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that one system writes for another's; each is one character, so places stay.
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
MOST_PLACES: Final = 1_000  # of one quotation; one that is everywhere tells no place
_BLANKS: Final = re.compile(r"\s+")


class UnanchoredError(ValueError):
    """Words that have no certain place in the text; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words with what stood before and after them, and where they stood."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None

    @classmethod
    def of(cls, text: str, span: Span, around: int = 64) -> Quote:
        """The words of a text at a span, with so many characters on each side."""
        return cls(
            exact=span.cut(text),
            prefix=text[max(0, span.start - around) : span.start],
            suffix=text[span.end : span.end + around],
            start=span.start,
        )


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text with blanks run together and marks made alike, and where each character stood."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Folded:
        kept, places, after_blank = [], [], False
        for place, character in enumerate(text.translate(_ALIKE)):
            blank = character.isspace()
            if not (blank and after_blank):
                kept.append(" " if blank else character)
                places.append(place)
            after_blank = blank
        return cls("".join(kept), (*places, len(text)))


def anchor(text: str, quote: Quote) -> Span:
    """Where a quotation stands in a text; raises UnanchoredError."""
    if not quote.exact.strip():
        raise UnanchoredError("no words are quoted")
    if quote.start is not None:
        there = text[quote.start : quote.start + len(quote.exact)] == quote.exact
        if there and _agrees(text, quote):
            return Span(quote.start, quote.start + len(quote.exact))
    folded = _folded(text)
    exact = _fold(quote.exact).strip()
    found = list(_occurrences(folded.text, exact))
    if not found:
        raise UnanchoredError(f"the words “{_short(quote.exact)}” are not in the text")
    start = _best(folded.text, found, exact, quote)
    last = folded.places[start + len(exact) - 1]
    return Span(folded.places[start], last + 1)


def _agrees(text: str, quote: Quote) -> bool:
    """Whether what stands around the old place is what stood there."""
    assert quote.start is not None  # noqa: S101  # anchor has looked
    end = quote.start + len(quote.exact)
    before = text[max(0, quote.start - len(quote.prefix)) : quote.start]
    after = text[end : end + len(quote.suffix)]
    return before == quote.prefix and after == quote.suffix


@lru_cache(maxsize=8)
def _folded(text: str) -> _Folded:
    return _Folded.of(text)


def _fold(text: str) -> str:
    return _BLANKS.sub(" ", text.translate(_ALIKE))


def _occurrences(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact)
    count = 0
    while at >= 0:
        count += 1
        if count > MOST_PLACES:
            raise UnanchoredError(f"the words “{_short(exact)}” are everywhere in the text")
        yield at
        at = text.find(exact, at + 1)


def _best(text: str, found: list[int], exact: str, quote: Quote) -> int:
    if len(found) == 1:
        return found[0]
    prefix, suffix = _fold(quote.prefix), _fold(quote.suffix)
    shared = [
        _common_end(text[max(0, at - len(prefix)) : at], prefix)
        + _common_start(text[at + len(exact) : at + len(exact) + len(suffix)], suffix)
        for at in found
    ]
    most = max(shared)
    if not most or shared.count(most) > 1:
        raise UnanchoredError(
            f"the words “{_short(quote.exact)}” are in the text {len(found)} times, and what stood "
            "around them does not tell which is meant"
        )
    return found[shared.index(most)]


def _common_start(one: str, two: str) -> int:
    count = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        count += 1
    return count


def _common_end(one: str, two: str) -> int:
    return _common_start(one[::-1], two[::-1])


def _short(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= 60 else f"{said[:60]}…"  # noqa: PLR2004  # a line of a terminal
