"""What the pictures of a document or a case are drawn from: its claims, as read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
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
    """What the pictures need of a claim: its chain from the outlet down, its places."""

    hops: tuple[str, ...]
    places: tuple[Place, ...]
    href: str

    @classmethod
    def of(cls, claim: Claim, publisher: str | None, text: str, href: str) -> Told:
        """A claim of a reading."""
        hops = (wording.hop(source, text)[0] for source in claim.sources)
        return cls(
            hops=(publisher or "the publisher", *hops), places=tuple(claim.places), href=href
        )


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
        map=drawn(tuple(spots)),
        places=tuple((spot.label, spot.count) for spot in spots),
        network=network(map(_chain, told)),
    )


def _spots(told: list[Told]) -> list[Spot]:
    found: dict[tuple[str, float, float], list[tuple[Place, Told]]] = defaultdict(list)
    for each in told:
        for place in {(p.name, p.lat, p.lon): p for p in each.places}.values():
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
    """Names from the outlet down, each once in a row; a claim that names nobody ends there."""
    return tuple(name for name, _ in groupby(told.hops))
