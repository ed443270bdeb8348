"""The outlines of land that the desk's maps are drawn on, out of Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/land-50m.json src/allegedly/web/charts/world/land.npz

Natural Earth is in the public domain; world-atlas (ISC) has its 1:50m land as TopoJSON. Coasts
alone are kept: borders are among what is contested, so no map here draws any.
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np

# Steps a degree: as many as two bytes hold for what lies across the antimeridian, some 740 m.
STEPS = 150


def rings(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Every ring of the land, in degrees; the first and the last point are one."""
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for land in topology["objects"]["land"]["geometries"]:
        for polygon in land["arcs"]:
            for ring in polygon:
                found += _whole(_joined(ring, arcs))
    return found


def _whole(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """A ring without jumps at the antimeridian: what lies across it is there once on either side.

    The ring around the pole is closed below it.
    """
    shift, whole = 0.0, [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        shift += 360.0 * ((lon - before < -180.0) - (lon - before > 180.0))  # noqa: PLR2004
        whole.append((lon + shift, lat))
    if shift:
        return [[*whole, (whole[-1][0], -90.0), (whole[0][0], -90.0)]]
    east, west = max(lon for lon, _ in whole), min(lon for lon, _ in whole)
    turns = [0.0, *([-360.0] if east > 180.0 else []), *([360.0] if west < -180.0 else [])]  # noqa: PLR2004
    return [[(lon + turn, lat) for lon, lat in whole] for turn in turns]


def _degrees(arc: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    across, up = (accumulate(steps) for steps in zip(*arc, strict=True))
    return [(x * width + left, y * height + bottom) for x, y in zip(across, up, strict=True)]


def _joined(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The arcs of a ring one after the other; a negative number is an arc run backwards."""
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def main(source: Path, target: Path) -> None:
    """Write the rings as one array of points and one of where each ring begins."""
    topology = json.loads(source.read_text("utf-8"))
    most = 32767 / STEPS  # degrees: what is further out lies in no map
    found = [
        _distinct(np.round(np.clip(np.array(ring), -most, most) * STEPS).astype(np.int16))
        for ring in rings(topology)
    ]
    kept = [ring for ring in found if len(ring) >= 4]  # noqa: PLR2004  # less than that is a line
    starts = np.array([0, *accumulate(len(ring) for ring in kept)], dtype=np.int32)
    np.savez_compressed(target, points=np.concatenate(kept), starts=starts)


def _distinct(points: np.ndarray) -> np.ndarray:
    """Without points that are the one before."""
    moved = np.any(points[1:] != points[:-1], axis=1)
    return points[np.concatenate(([True], moved))]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
