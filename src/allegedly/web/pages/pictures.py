"""What the pictures of a document or a case are drawn from: its claims, as read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.exports import wording
from allegedly.web.charts.atlas import Spot, drawn
from allegedly.web.charts.network import network

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records import Claim, Place
    from allegedly.web.charts.atlas import Map
    from allegedly.web.charts.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with the address of the place where it can be read, and who published it."""

    claim: Claim
    href: str
    publisher: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """A map of the places and who cites whom; the words of both for who cannot see them."""

    map: Map | None
    places: tuple[tuple[str, int], ...]
    network: Network | None


def pictures(told: Iterable[Told]) -> Pictures:
    """The pictures of some claims."""
    told = list(told)
    spots = _spots(told)
    return Pictures(
        map=drawn(spots),
        places=tuple((spot.label, spot.count) for spot in spots),
        network=network(map(_chain, told)),
    )


def _spots(told: list[Told]) -> list[Spot]:
    found: dict[tuple[str, float, float], list[tuple[Place, Told]]] = defaultdict(list)
    for each in told:
        for place in {(p.name, p.lat, p.lon): p for p in each.claim.places}.values():
            found[place.name, place.lat, place.lon].append((place, each))
    spots = [_spot(pairs) for pairs in found.values()]
    return sorted(spots, key=lambda spot: (-spot.count, spot.name))


def _spot(pairs: list[tuple[Place, Told]]) -> Spot:
    place, first = pairs[0]
    said = wording.counted(len(pairs), "claim")
    return Spot(
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision_km=place.precision_km,
        label=f"{wording.where(place)}: {said}",
        href=first.href,
        count=len(pairs),
    )


def _chain(told: Told) -> tuple[str, ...]:
    """Names from the outlet down; a claim that names nobody ends there."""
    hops = (wording.hop(source, told.text)[0] for source in told.claim.sources)
    names = [told.publisher or "the publisher", *hops]
    return tuple(n for n, before in zip(names, [None, *names], strict=False) if n != before)
