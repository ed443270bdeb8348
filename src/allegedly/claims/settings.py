"""When and where what is told happened, and how much of it: the same for whatever is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.places import find_places, places_of
from allegedly.claims.quantities import quantities
from allegedly.claims.times import Anchor, time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.records import (
        Document,
        Mention,
        Place,
        Quantity,
        Spans,
        Statement,
        Time,
        Zone,
    )


def setting(
    document: Document,
    content: Spans,
    *,
    cue: Spans = (),
    zone: Zone | None = None,
    places: tuple[Place, ...],
) -> tuple[Time | None, tuple[Place, ...], tuple[Quantity, ...]]:
    """The time, the places and the quantities of a content; `places` are those of the document."""
    anchor = Anchor(published=document.published, places=places)
    return (
        time(document.text, content, anchor=anchor, cue=cue, zone=zone),
        places_of(document.text, content, places),
        quantities(document.text, content),
    )


def settled(
    document: Document,
    zones: Sequence[Zone],
    statements: Iterable[Statement],
    mentions: Sequence[Mention] = (),
) -> Iterator[Statement]:
    """Statements with their times, places and quantities; `mentions` help to tell places."""
    told = list(statements)
    places = find_places(document.text, mentions) if told else ()
    for own in told:
        start = own.content[0].start
        zone = next((z for z in zones if z.span.start <= start < z.span.end), None)
        when, where, amounts = setting(document, own.content, cue=own.cue, zone=zone, places=places)
        yield replace(own, time=when, places=where, quantities=amounts)
