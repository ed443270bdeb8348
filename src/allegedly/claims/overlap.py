"""How much two stretches of text are about the same thing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names, singular, table

if TYPE_CHECKING:
    from allegedly.records import Claim

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SHORTEST = 3
_STEM = 6


@cache
def _stops() -> frozenset[str]:
    lists = names()
    claiming = table("assessments")["words"]
    listed = {word for words in claiming.values() for word in words}
    return lists.plain | lists.prepositions | lists.reflexives | lists.relatives | listed | {"said"}


def gist(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; countries stand for their adjectives."""
    found = set()
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        if len(word) < _SHORTEST or word in _stops():
            continue
        country = names().country.get(word)
        found.add(country or singular(word)[:_STEM])
    return frozenset(found)


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of the smaller gist that the other one has too, 0 where either is empty."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def content_words(text: str, claim: Claim) -> str:
    """The words of a claim's content, its parts joined by blanks."""
    return " ".join(span.cut(text) for span in claim.content)


def starts(claim: Claim) -> int:
    """Where a claim begins in the text."""
    return min(span.start for span in (*claim.content, *claim.cue))
