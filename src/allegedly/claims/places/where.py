"""The places that a content is about, without those that only speak or are spoken to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import cue_lexicon, tokens
from allegedly.claims.places.atlas import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.records import Place, Spans

REACH = 60  # characters read on each side of a name: four words at least
_STOP = re.compile(r"[.!?;:,()\[\]“”\"\n]")


def places_of(text: str, content: Spans, found: Sequence[Place]) -> tuple[Place, ...]:
    """Those of a document's places that lie in a content and say where, in the order given.

    A government called by its city (*Moscow denied*, *urged Kyiv*) is no place of the content:
    a name directly before a speech verb or directly after one, without a preposition.
    """
    inside = [p for p in found if any(part.contains(p.span) for part in content)]
    return tuple(p for p in inside if not (_speaks(text, p) or _addressed(text, p)))


def _speaks(text: str, place: Place) -> bool:
    after = _STOP.split(text[place.span.end : place.span.end + REACH], maxsplit=1)[0]
    words = [t.word for t in tokens(after)]
    auxiliaries = table("context")["auxiliaries"]
    while words and words[0] in auxiliaries:
        words.pop(0)
    before = _before(text, place)
    located = bool(before) and before[-1] in _prepositions()
    return bool(words) and not located and after[:1].isspace() and _is_cue(words[0])


def _addressed(text: str, place: Place) -> bool:
    before = _before(text, place)
    return bool(before) and _is_cue(before[-1])


def _before(text: str, place: Place) -> list[str]:
    start = max(0, place.span.start - REACH)
    return [t.word for t in tokens(_STOP.split(text[start : place.span.start])[-1])]


def _is_cue(word: str) -> bool:
    """Whether a word is a verb that attributes by itself, as the lexicon has it."""
    lexicon = cue_lexicon()
    lemma = lexicon.lemmatise((word,))
    match = lexicon.rows.at(lemma, 0)
    return match is not None and match.last == 1 and word in lexicon.lemmas


@cache
def _prepositions() -> frozenset[str]:
    context = table("context")
    return frozenset((*context["inside"], *context["toward"], *context["of"]))
