"""How much two stretches of text are about the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
        found.add(country or _stem(singular(word)))
    return frozenset(found)


def _stem(word: str) -> str:
    """A word without the endings of its forms, cut short: planned, planning and plans, plan."""
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORTEST:
        word = word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST and any(v in "aeiouy" for v in stem):
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return (stem[:-1] if doubled else stem)[:_STEM]
    return word.removesuffix("e")[:_STEM] if len(word) > _SHORTEST + 1 else word


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


@dataclass(frozen=True, slots=True)
class Gist:
    """A claim with what it is about and whose it is.

    `words` are those of its content; `matter` and `party` the stems of content and source, a
    source's work (spokesman) left out; `work` are the stems of that work.
    """

    claim: Claim
    at: int
    matter: frozenset[str]
    party: frozenset[str]
    work: frozenset[str]
    words: str
    cue: str


def read_gist(text: str, claim: Claim) -> Gist:
    """What a claim is about and whose it is, from its words in the text."""
    words = content_words(text, claim)
    named = " ".join(
        " ".join((source.name or "", source.role or "", *(s.cut(text) for s in source.spans)))
        for source in claim.sources[-1:]
    )
    return Gist(
        claim=claim,
        at=starts(claim),
        matter=gist(words),
        party=gist(" ".join(_surnames(claim)))
        | gist(" ".join(word for word in named.split() if not _is_work(word))),
        work=gist(" ".join(word for word in named.split() if _is_work(word))),
        words=words,
        cue=" ".join(span.cut(text) for span in claim.cue),
    )


def _surnames(claim: Claim) -> list[str]:
    """The last words of the source's name, which count even where they are titles too: King."""
    return [s.name.rsplit(maxsplit=1)[-1] for s in claim.sources[-1:] if s.name and s.name.strip()]


def _is_work(word: str) -> bool:
    return singular(word.lower().strip(",.")) in names().roles


def same_party(one: Gist, other: Gist) -> bool:
    """Whether two claims have the same innermost source."""
    left = one.claim.sources[-1].name if one.claim.sources else None
    right = other.claim.sources[-1].name if other.claim.sources else None
    return left is not None and left == right


def holds(outer: Gist, inner: Gist) -> bool:
    """Whether a claim is only the layer around another."""
    return all(any(o.contains(i) for o in outer.claim.content) for i in inner.claim.content)
