"""All places of a document."""

from __future__ import annotations

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
    from allegedly.records import Span

LIKELY = 0.5
# With a tagger's word at hand, a name that it left out must look a place beyond doubt.
OVERRULES = 0.95
# A meaning held less likely than this is a guess, and the name is left unresolved.
HELD = 0.3


def find_places(text: str, mentions: Sequence[tuple[Span, str]] | None = None) -> tuple[Place, ...]:
    """The places that a text names, each resolved over the whole of it, in the order of the text.

    `mentions` are named entities with their kind (*place*, *person*, *organisation*); without
    them names are found by the gazetteer and their neighbours. Names that no place of the
    gazetteer bears, and names whose meaning stays in doubt, are left out. Needs time in
    proportion to the length of the text.
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
    text: str,
    words: Sequence[Word],
    mentions: Sequence[tuple[Span, str]] | None,
    book: Atlas,
) -> list[Toponym]:
    """The toponyms that are places here, by a tagger's word where there is one."""
    found = toponyms(text, words, book)
    scores = Signs(text, words, found).table() @ weights().place
    likely = dict(zip((t.span for t in found), 1 / (1 + np.exp(-scores)), strict=True))
    if mentions is None:
        return [t for t in found if likely[t.span] >= LIKELY]
    tagged = _tagged(text, mentions, book)
    taken = [span for span, _ in mentions]
    more = [t for t in found if likely[t.span] >= OVERRULES and not _touches(t.span, taken)]
    return sorted((*tagged, *more), key=lambda t: t.span.start)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


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


def _tagged(text: str, mentions: Sequence[tuple[Span, str]], book: Atlas) -> list[Toponym]:
    """What a tagger calls a place and the atlas knows; *Russian* is no place, whoever says so."""
    spans = [span for span, kind in mentions if kind == "place"]
    return [t for t in given(text, spans, book) if t.entries and not book.people(t.name)]


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
