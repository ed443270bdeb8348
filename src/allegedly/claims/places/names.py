"""A document's toponyms gathered by name, with what the words beside them tell."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from allegedly.claims.places.atlas import table
from allegedly.claims.places.folding import fold
from allegedly.claims.places.ranking import Name
from allegedly.claims.places.toponyms import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.places.atlas import Atlas
    from allegedly.claims.places.gazetteer import Entry, Kind
    from allegedly.records import Span

_COMMA = re.compile(r",[^\S\n]{1,2}")
_BESIDE = re.compile(r"[^\S\n]+([^\W\d_]+)")
_DIVISION: frozenset[Kind] = frozenset({"region", "district"})
_TOWN: frozenset[Kind] = frozenset({"city", "capital"})
# What a word after a name says that the name means, where it can mean that.
_KINDS: dict[str, frozenset[Kind]] = {
    **dict.fromkeys(("region", "province", "oblast", "state", "governorate"), _DIVISION),
    **dict.fromkeys(("county", "parish", "district", "borough", "raion"), _DIVISION),
    **dict.fromkeys(("city", "town", "village", "suburb"), _TOWN),
}


def gather(
    text: str, found: Sequence[Toponym], nations: Sequence[tuple[Entry, int]] = ()
) -> tuple[list[Name], list[int]]:
    """The names of a document and, for each toponym, the number of its name.

    One name has one meaning in a document, unless what follows it says otherwise (*Paris, Texas*
    in a story about Paris). Nations, each with the number of its adjectives, come last and have
    no toponym: they are context.
    """
    qualified = qualifiers(text, found)
    by_name: dict[tuple[str, int | None], list[int]] = {}
    for i, toponym in enumerate(found):
        by_name.setdefault((fold(toponym.name), qualified[i]), []).append(i)
    _adopt(by_name)
    number = [0] * len(found)
    names = []
    for n, ((folded, qualifier), members) in enumerate(by_name.items()):
        entries = _as_called(text, [found[i] for i in members])
        usual = _usual().get(folded)
        names.append(Name(entries=entries, count=len(members), qualifier=qualifier, usual=usual))
        for i in members:
            number[i] = n
    names += [Name(entries=(entry,), count=count) for entry, count in nations]
    return names, number


def given(text: str, spans: Sequence[Span], atlas: Atlas) -> list[Toponym]:
    """Toponyms that somebody else found; one that the atlas does not know has no entries."""
    words = [span.cut(text) for span in spans]
    known = atlas.named(words)
    return [
        Toponym(span=span, name=word, first=0, last=0, entries=_given(word, entries, atlas))
        for span, word, entries in zip(spans, words, known, strict=True)
    ]


def _given(word: str, entries: tuple[Entry, ...], atlas: Atlas) -> tuple[Entry, ...]:
    only = atlas.people(word) or atlas.after_comma(word)
    return (only,) if only else entries


@cache
def _usual() -> dict[str, int]:
    return {fold(name): row for name, row in table("usual").items()}


def _adopt(by_name: dict[tuple[str, int | None], list[int]]) -> None:
    """A bare name means what it means with the one qualifier that the document gives it."""
    for name, qualifier in list(by_name):
        if qualifier is None:
            others = [key for key in by_name if key[0] == name and key[1] is not None]
            if len(others) == 1:
                by_name[others[0]] += by_name.pop((name, None))


def qualifiers(text: str, found: Sequence[Toponym]) -> list[int | None]:
    """For each toponym the row of the place after the comma that a meaning of it lies in."""
    known: dict[tuple[str, str], int | None] = {}
    rows: list[int | None] = []
    for here, after in zip_longest(found, found[1:]):
        comma = _COMMA.match(text, here.span.end)
        if comma is None or after is None or after.span.start != comma.end():
            rows.append(None)
            continue
        pair = here.name, after.name
        if pair not in known:
            known[pair] = _holder(here, after)
        rows.append(known[pair])
    return rows


def _holder(here: Toponym, after: Toponym) -> int | None:
    above = {row for entry in here.entries for row in entry.above}
    holders = [e for e in after.entries if e.row in above]
    return max(holders, key=lambda e: (e.kind == "country", e.population)).row if holders else None


def _as_called(text: str, found: Sequence[Toponym]) -> tuple[Entry, ...]:
    """The meanings of a name, cut down to what a word after it calls it (*Donetsk region*)."""
    entries = found[0].entries
    for toponym in found:
        beside = _BESIDE.match(text, toponym.span.end)
        kinds = _KINDS.get(beside.group(1).lower(), frozenset()) if beside else frozenset()
        called = tuple(e for e in entries if e.kind in kinds)
        if called:
            return called
    return entries
