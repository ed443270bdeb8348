"""The outlines of land within a window, as the path of an SVG: all rings at once, in arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points = NDArray[np.float64]  # pixels, one row a point
    Numbers = NDArray[np.int64]

STEPS: Final = 150  # of the outlines, a degree
NEAR: Final = 1.5  # pixels; points of an outline that are nearer to each other are one
FEWEST: Final = 3  # points that have an area
_FILE: Final = Path(__file__).parent / "world" / "land.npz"
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Outlines:
    """Rings one after another: their points in degrees, the ring of each, and each ring's box."""

    points: Points
    rings: Numbers
    boxes: Points


@cache
def outlines() -> Outlines:
    """The outlines that ship with the package, read once."""
    with np.load(_FILE) as kept:
        points, starts = kept["points"] / STEPS, kept["starts"]
    parts = [points[a:b] for a, b in pairwise(starts)]
    boxes = np.array([(*part.min(axis=0), *part.max(axis=0)) for part in parts])
    return Outlines(points, np.repeat(np.arange(len(parts)), np.diff(starts)), boxes)


@lru_cache(maxsize=64)  # cases of one desk often reach as far as each other
def land(view: Box, width: float, height: float, edge: float) -> str:
    """The path of what is in view (west, north, east, south, in degrees) and large enough to see.

    It is drawn on so many pixels, with a few more beyond each edge.
    """
    west, north, east, south = view
    scale = np.array((width / (east - west), height / (south - north)))
    found = outlines()
    left, bottom, right, top = found.boxes.T
    seen = (left < east) & (right > west) & (bottom < north) & (top > south)
    seen &= np.maximum(right - left, top - bottom) * -scale[1] > NEAR * 2
    inside = seen[found.rings]
    points = (found.points[inside] - (west, north)) * scale
    points, rings = _thinned(points, found.rings[inside])
    return "".join(_paths(*clipped(points, rings, (-edge, -edge, width + edge, height + edge))))


def _thinned(points: Points, rings: Numbers) -> tuple[Points, Numbers]:
    """Points that are near each other are one."""
    steps = np.round(points / NEAR)
    kept = np.ones(len(points), dtype=bool)
    kept[1:] = np.any(steps[1:] != steps[:-1], axis=1) | (rings[1:] != rings[:-1])
    return points[kept], rings[kept]


def clipped(points: Points, rings: Numbers, box: Box) -> tuple[Points, Numbers]:
    """Rings cut to a box by each of its sides in turn (Sutherland and Hodgman)."""
    left, top, right, bottom = box
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        points, rings = _cut(points, rings, sign * (points[:, axis] - edge))
    return points, rings


def _cut(points: Points, rings: Numbers, within: Points) -> tuple[Points, Numbers]:
    """Rings cut by one side, within which a point lies where its distance is not negative."""
    inside = within >= 0
    if inside.all():
        return points, rings
    before = _before(rings)
    crosses = inside != inside[before]
    apart = np.where(crosses, within[before] - within, 1.0)
    share = (within[before] / apart)[:, None]
    crossing = points[before] + share * (points - points[before])
    both = np.stack((crossing, points), axis=1).reshape(-1, 2)
    kept = np.stack((crosses, inside), axis=1).ravel()
    return both[kept], np.repeat(rings, 2)[kept]


def _before(rings: Numbers) -> Numbers:
    """The point before each in its ring; before the first comes the last."""
    starts, ends = _bounds(rings)
    found = np.arange(len(rings)) - 1
    found[starts] = ends - 1
    return found


def _bounds(rings: Numbers) -> tuple[Numbers, Numbers]:
    """Where each ring begins and ends among the points."""
    starts = np.flatnonzero(np.diff(rings, prepend=-1))
    return starts, np.append(starts[1:], len(rings))[: len(starts)]


def _paths(points: Points, rings: Numbers) -> Iterator[str]:
    """Each ring as its first point and the steps from it: half as long as all of its points."""
    whole = np.rint(points).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=0)
    starts, ends = _bounds(rings)
    moved = np.any(steps != 0, axis=1)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start >= FEWEST:
            drawn = steps[start + 1 : end][moved[start + 1 : end]].ravel().tolist()
            x, y = whole[start].tolist()
            yield f"M{x} {y}" + "l%d %d" * (len(drawn) // 2) % tuple(drawn) + "Z"
