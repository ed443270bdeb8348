"""The places that a content is about, without those that only speak or are spoken to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import cue_lexicon, tokens
from allegedly.claims.places.atlas import table
from allegedly.claims.places.document import find_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.records import Place, Span, Spans

REACH = 60  # characters read on each side of a name: four words at least
LONGEST_CODE = 4  # letters of *DPRK*
_NEXT = re.compile(r"[^\S\n]([^\W\d_]+)")
_STOP = re.compile(r"[.!?;:,()\[\]“”\"\n]")


def places_of(text: str, content: Spans, found: Sequence[Place] | None = None) -> tuple[Place, ...]:
    """Those of a text's places that lie in a content and say where, in the order of the text.

    `found` are the text's places in its order; left out, they are those of `find_places`.

    A government called by its city (*Moscow denied*, *urged Kyiv*) is no place of the content:
    a name directly before a speech verb or directly after one, without a preposition. Nor is a
    short form that stands as an adjective (*a U.S. base*).
    """
    known = _places(text) if found is None else found
    inside = [p for part in content for p in _within(part, known)]
    return tuple(p for p in inside if not any(no(text, p) for no in _NO_PLACES))


@lru_cache(maxsize=4)
def _places(text: str) -> tuple[Place, ...]:
    return find_places(text)


def _within(part: Span, found: Sequence[Place]) -> Sequence[Place]:
    first = bisect_left(found, part.start, key=lambda p: p.span.start)
    return found[first : bisect_right(found, part.end, lo=first, key=lambda p: p.span.end)]


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


def _adjective(text: str, place: Place) -> bool:
    name = place.span.cut(text)
    if not name.isupper() or len(name.replace(".", "")) > LONGEST_CODE:
        return False
    after = _NEXT.match(text, place.span.end)
    noun = after is not None and (
        after.group(1)[0].isupper() or after.group(1) in table("context")["possessed"]
    )
    return noun or _before(text, place)[-1:] in (["a"], ["an"])


_NO_PLACES = (_speaks, _addressed, _adjective)


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
