"""What speaks for each place that a name may mean, as numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.places.gazetteer import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.claims.places.gazetteer import Entry

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

EARTH_KM = 6371.0
MOST_MEANINGS = 60  # of one name, those with the most people first
MOST_ANCHORS = 200  # places that distances are measured to, so that long texts stay linear
NEAR_KM = 100.0

# The columns of the two tables, in order; weights.toml has a weight for each.
OWN = (
    "people",
    *(f"kind_{kind}" for kind in KINDS if kind != "city"),
    "alias",
    "usual",
    "within_qualifier",
    "outside_qualifier",
)
AROUND = ("country_named", "region_named", "district_named", "same_country", "same_region", "near")
FEATURES = OWN + AROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a document with what it may mean, how often it occurs and what follows it.

    `qualifier` is the row of the place that follows after a comma (*Paris, Texas*); `usual`
    is the GeoNames id of what news mostly means by the name.
    """

    entries: tuple[Entry, ...]
    count: int = 1
    qualifier: int | None = None
    usual: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """All meanings of all names of a document, one a row of each array.

    `name` is the number of the name; `rows` the place, then the district, region, country and
    continent that it lies in (-1 for none).
    """

    entries: tuple[Entry, ...]
    name: Indices
    names: int
    weight: Floats
    rows: Indices
    points: Floats
    own: Floats


def meanings(names: Sequence[Name]) -> Meanings:
    """The table of a document's names, with the features that need no other name."""
    entries: list[Entry] = []
    number: list[int] = []
    own: list[list[float]] = []
    for i, name in enumerate(names):
        for entry in sorted(name.entries, key=lambda e: -e.population)[:MOST_MEANINGS]:
            entries.append(entry)
            number.append(i)
            own.append(_own(entry, name))
    points = np.radians(np.array([(e.lat, e.lon) for e in entries]).reshape(-1, 2))
    return Meanings(
        entries=tuple(entries),
        name=np.array(number, dtype=np.int64),
        names=len(names),
        weight=np.sqrt([n.count for n in names]),
        rows=np.array([_levels(e) for e in entries], dtype=np.int64).reshape(-1, 5),
        points=points,
        own=np.array(own).reshape(-1, len(OWN)),
    )


def _own(entry: Entry, name: Name) -> list[float]:
    qualified = name.qualifier is not None
    inside = qualified and name.qualifier in (entry.row, *entry.above)
    kinds = [float(entry.kind == kind) for kind in KINDS if kind != "city"]
    return [
        prominence(entry),
        *kinds,
        float(entry.alias),
        float(entry.id == name.usual),
        float(inside),
        float(qualified and not inside),
    ]


def prominence(entry: Entry) -> float:
    """Decimal logarithm of the people there; a sea or region counts as if evenly settled."""
    settled = entry.radius**2 if entry.kind == "feature" else 0.0
    return math.log10(entry.population + 10 * settled + 1)


_LEVEL = {"district": 1, "region": 2, "country": 3, "continent": 4}


def _levels(entry: Entry) -> list[int]:
    """The row of the place and of what lies above it, by level; -1 where a level is missing."""
    levels = [entry.row, -1, -1, -1, -1]
    if entry.kind in _LEVEL:
        levels[_LEVEL[entry.kind]] = entry.row
    # From the outermost in: continent, country, region, district.
    for level, row in zip((4, 3, 2, 1), reversed(entry.above), strict=False):
        levels[level] = row
    return levels


def around(table: Meanings, belief: Floats) -> Floats:
    """Features from the other names, given how likely each meaning is held to be."""
    mass = belief * table.weight[table.name]
    total = max(float(table.weight.sum()), 1.0)
    columns = [_named(table, mass, level) for level in (3, 2, 1)]
    columns += [_shared(table, mass, level) / total for level in (3, 2)]
    columns.append(_near(table, mass))
    return np.column_stack(columns) if len(table.name) else np.zeros((0, len(AROUND)))


def _named(table: Meanings, mass: Floats, level: int) -> Floats:
    """Whether another name means the country, region or district that a place lies in."""
    spoken: dict[int, float] = {}
    for row, amount in zip(table.rows[:, 0].tolist(), mass.tolist(), strict=True):
        spoken[row] = spoken.get(row, 0.0) + amount
    above, itself = table.rows[:, level].tolist(), table.rows[:, 0].tolist()
    found = [
        spoken.get(a, 0.0) if a not in {own, -1} else 0.0
        for a, own in zip(above, itself, strict=True)
    ]
    return np.asarray(np.minimum(np.array(found), 1.0))


def _shared(table: Meanings, mass: Floats, level: int) -> Floats:
    """How much of the other names' weight lies in the same country or region."""
    whole: dict[int, float] = {}
    own: dict[tuple[int, int], float] = {}
    rows, names = table.rows[:, level].tolist(), table.name.tolist()
    for row, name, amount in zip(rows, names, mass.tolist(), strict=True):
        if row != -1:
            whole[row] = whole.get(row, 0.0) + amount
            own[name, row] = own.get((name, row), 0.0) + amount
    pairs = zip(rows, names, strict=True)
    return np.array([whole[r] - own[n, r] if r != -1 else 0.0 for r, n in pairs])


def _near(table: Meanings, mass: Floats) -> Floats:
    """How many of the other names lie near, a name counting less the further away it is."""
    small = np.array([e.radius <= NEAR_KM for e in table.entries])
    order = np.argsort(-(mass * small), kind="stable")[:MOST_ANCHORS]
    anchors = order[(mass * small)[order] > 0]
    found = np.zeros(len(mass))
    for start in range(0, len(mass), 1000):
        part = slice(start, start + 1000)
        kernel = np.exp(-distance(table.points[part], table.points[anchors]) / NEAR_KM)
        other = table.name[part, None] != table.name[None, anchors]
        found[part] = (kernel * other * mass[anchors]).sum(axis=1)
    return np.asarray(np.log1p(found))


def distance(here: Floats, there: Floats) -> Floats:
    """Great-circle distances in kilometres between points in radians, one row for each `here`."""
    lat, lon = here[:, None, 0], here[:, None, 1]
    lats, lons = there[None, :, 0], there[None, :, 1]
    h = np.sin((lats - lat) / 2) ** 2
    h = h + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))))
