"""A map of places with their stated precision, drawn from outlines that ship in the package.

Land and large towns are drawn, borders are not: they are among what is contested.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, floor, log10, radians
from typing import TYPE_CHECKING, Final

from allegedly.claims.places.gazetteer import gazetteer
from allegedly.web.charts.outlines import land
from allegedly.web.charts.scales import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.claims.places.gazetteer import Entry

HEIGHT: Final = 440.0
LEAST: Final = 3.0  # degrees of latitude that a map shows
VAGUE_KM: Final = 250.0  # a place less exact than this is a country, and no spot
SELDOM: Final = 0.08  # of the place told of most: what is told of less is put in words alone
KM_A_DEGREE: Final = 111.2
TOWNS: Final = 14
NAME: Final = (110.0, 18.0)  # pixels that a name takes
EDGE: Final = 24.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place: where, how exactly in kilometres, what is told of it."""

    name: str
    lat: float
    lon: float
    precision_km: float
    label: str
    href: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A spot where it is drawn; `radius` is its precision, `size` that of its dot.

    `name` is empty where there is no room for it.
    """

    x: float
    y: float
    radius: float
    size: float
    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town for orientation."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The picture; `land` is the path of every outline in view."""

    width: float
    height: float
    land: str
    marks: tuple[Mark, ...]
    towns: tuple[Town, ...]
    scale: str
    scale_width: float


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def pixels(self) -> float:
        """Pixels a degree of latitude."""
        return HEIGHT / (self.north - self.south)

    def at(self, lat: float, lon: float) -> Point:
        """Where a point is drawn; equirectangular, true to scale in the middle."""
        x = (lon - self.west) / (self.east - self.west) * WIDTH
        return round(x, 1), round((self.north - lat) * self.pixels, 1)


@lru_cache(maxsize=128)
def drawn(spots: tuple[Spot, ...]) -> Map | None:
    """The map of some places, None where there are none that are exact enough for a map."""
    exact = [spot for spot in spots if spot.precision_km <= VAGUE_KM]
    if not exact:
        return None
    most = max(spot.count for spot in exact)
    often = [spot for spot in exact if spot.count >= SELDOM * most]
    window = _window(often)
    marks = tuple(_marks(often, window, most))
    kilometres = _round_down(120 / window.pixels * KM_A_DEGREE)
    return Map(
        width=WIDTH,
        height=HEIGHT,
        land=land((window.west, window.north, window.east, window.south), WIDTH, HEIGHT, EDGE),
        marks=marks,
        towns=tuple(_towns(window, [window.at(spot.lat, spot.lon) for spot in often])),
        scale=f"{kilometres:g} km",
        scale_width=round(kilometres / KM_A_DEGREE * window.pixels, 1),
    )


def _window(spots: list[Spot]) -> Window:
    reach = [spot.precision_km / KM_A_DEGREE for spot in spots]
    south = min(s.lat - r for s, r in zip(spots, reach, strict=True))
    north = max(s.lat + r for s, r in zip(spots, reach, strict=True))
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    middle, centre = (south + north) / 2, (west + east) / 2
    shrink = max(0.2, cos(radians(min(75.0, abs(middle)))))
    high = max(LEAST, 1.25 * (north - south), 1.25 * (east - west) * shrink * HEIGHT / WIDTH)
    wide = high * WIDTH / HEIGHT / shrink
    return Window(centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2)


def _marks(spots: list[Spot], window: Window, most: int) -> Iterator[Mark]:
    """The spots, those told of most on top; a name that would hide another is left out."""
    taken: list[Point] = []
    found = []
    for spot in sorted(spots, key=lambda spot: (-spot.count, spot.name)):
        x, y = window.at(spot.lat, spot.lon)
        free = all(abs(x - a) > NAME[0] or abs(y - b) > NAME[1] for a, b in taken)
        taken += [(x, y)] if free else []
        found.append(_mark(spot, window, most, named=free))
    yield from reversed(found)


def _mark(spot: Spot, window: Window, most: int, *, named: bool) -> Mark:
    x, y = window.at(spot.lat, spot.lon)
    return Mark(
        x=x,
        y=y,
        radius=round(spot.precision_km / KM_A_DEGREE * window.pixels, 1),
        size=round(4 + 5 * (spot.count / most) ** 0.5, 1),
        name=spot.name if named else "",
        label=spot.label,
        href=spot.href,
    )


def _round_down(kilometres: float) -> float:
    size: float = 10.0 ** floor(log10(kilometres))
    return next(s * size for s in (5, 2, 1) if s * size <= kilometres)


@lru_cache(maxsize=64)  # as the land that they lie on
def _largest(box: tuple[float, float, float, float]) -> Sequence[Entry]:
    return gazetteer().largest_within(*box, most=4 * TOWNS)


def _towns(window: Window, marks: list[Point]) -> Iterator[Town]:
    """The largest towns in view whose names stand in the way of no other and of no mark."""
    taken = list(marks)
    box = (window.south, window.west, window.north, window.east)
    for entry in _largest(box):
        x, y = window.at(entry.lat, entry.lon)
        free = all(abs(x - a) > NAME[0] or abs(y - b) > NAME[1] for a, b in taken)
        if free and EDGE < x < WIDTH - NAME[0] and EDGE < y < HEIGHT - EDGE:
            taken.append((x, y))
            yield Town(x=x, y=y, name=entry.name)
        if len(taken) == TOWNS + len(marks):
            return
