"""All places of a document."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.places.atlas import atlas
from allegedly.claims.places.evidence import Signs
from allegedly.claims.places.names import gather, given
from allegedly.claims.places.resolution import resolve
from allegedly.claims.places.toponyms import peoples, toponyms, words_of
from allegedly.claims.places.weights import weights
from allegedly.records import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.places.atlas import Atlas
    from allegedly.claims.places.gazetteer import Entry
    from allegedly.claims.places.toponyms import Toponym, Word
    from allegedly.records import Mention, Span

LIKELY = 0.5
# What a tagger calls a place needs less; what it surely calls a person is none. Of 0.05 to 0.5 and
# of 0.8, 0.9 and never, with and without organisations, these gave the best F1 of spans on the
# development parts of LGL (0.771 to 0.791) and GeoVirus (0.929 to 0.935).
LIKELY_IF_TAGGED = 0.3
SURELY_A_PERSON = 0.8
# A meaning held less likely than this is a guess, and the name is left unresolved.
HELD = 0.3


def find_places(text: str, mentions: Sequence[Mention] = ()) -> tuple[Place, ...]:
    """The places that a text names, each resolved over the whole of it, in the order of the text.

    Names are found by the gazetteer and their neighbours; a tagger's `mentions` tip the balance.
    Names that no place of the gazetteer bears, and names whose meaning stays in doubt, are left
    out. Needs time in proportion to the length of the text.
    """
    book, words = atlas(), words_of(text)
    found = named_places(text, words, mentions, book)
    return tuple(_places(text, found, words, book))


def resolve_places(text: str, spans: Sequence[Span]) -> tuple[Place | None, ...]:
    """Where the names at some spans are; None for a name that no place bears."""
    book = atlas()
    found = given(text, spans, book)
    known = [t for t in found if t.entries]
    placed = {p.span: p for p in _places(text, known, words_of(text), book, held=0.0)}
    return tuple(placed.get(span) for span in spans)


def named_places(
    text: str, words: Sequence[Word], mentions: Sequence[Mention], book: Atlas
) -> list[Toponym]:
    """The toponyms that are places here, by their neighbours and by a tagger's word."""
    found = toponyms(text, words, book)
    scores = Signs(text, words, found).table() @ weights().place
    likely = 1 / (1 + np.exp(-scores))
    tagged = [m for m in mentions if m.form == "name"]
    # A longer name is another thing's: the strait of Hale is not Hale.
    places = {m.span for m in tagged if m.kind == "place"}
    people = _Stretches(
        [m.span for m in tagged if m.kind == "person" and m.probability >= SURELY_A_PERSON]
    )
    return [
        t
        for t, chance in zip(found, likely, strict=True)
        if (chance >= LIKELY_IF_TAGGED and t.span in places)
        or (chance >= LIKELY and not people.touch(t.span))
    ]


class _Stretches:
    """Spans apart from each other, to be asked whether one shares a character with another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)

    def touch(self, span: Span) -> bool:
        at = bisect_left(self._spans, span.end, key=lambda s: s.start)
        return at > 0 and self._spans[at - 1].overlaps(span)


def _places(
    text: str, found: Sequence[Toponym], words: Sequence[Word], book: Atlas, held: float = HELD
) -> list[Place]:
    names, number = gather(text, found, peoples(words, book))
    meant = resolve(names)
    places = []
    for toponym, n in zip(found, number, strict=True):
        best = meant[n]
        if best is not None and best[1] >= held:
            places.append(_place(toponym, best[0], book))
    return places


def _place(toponym: Toponym, entry: Entry, book: Atlas) -> Place:
    return Place(
        span=toponym.span,
        name=_shown(toponym.name, entry),
        lat=entry.lat,
        lon=entry.lon,
        precision_km=entry.radius,
        geonames_id=entry.id or None,
        country=book.gazetteer.country(entry),
    )


def _shown(name: str, entry: Entry) -> str:
    """The gazetteer's name, but the text's own for a region that it lists by a foreign one."""
    foreign = entry.kind in {"region", "district"} and not name.isupper() and "." not in name
    return name if foreign and entry.alias else entry.name
