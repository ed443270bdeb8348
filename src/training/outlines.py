"""The outlines of land that the desk's maps are drawn on, out of Natural Earth.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/land-50m.json src/allegedly/web/charts/world/land.npz

Natural Earth is in the public domain; world-atlas (ISC) has its 1:50m land as TopoJSON. Coasts
alone are kept: borders are among what is contested, so no map here draws any.
"""

from __future__ import annotations

import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

# Steps a degree: as many as two bytes hold, some 600 m on the ground.
STEPS = 180


def rings(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Every ring of the land, in degrees; the first and the last point are one."""
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    found = []
    for land in topology["objects"]["land"]["geometries"]:
        for polygon in land["arcs"]:
            found += [_joined(ring, arcs) for ring in polygon]
    return found


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
    found = [_distinct(np.round(np.array(r) * STEPS).astype(np.int16)) for r in rings(topology)]
    kept = [ring for ring in found if len(ring) >= 4]  # noqa: PLR2004  # less than that is a line
    starts = np.array([0, *accumulate(len(ring) for ring in kept)], dtype=np.int32)
    np.savez_compressed(target, points=np.concatenate(kept), starts=starts)


def _distinct(points: np.ndarray) -> np.ndarray:
    """Without points that are the one before."""
    moved = np.any(points[1:] != points[:-1], axis=1)
    return points[np.concatenate(([True], moved))]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
