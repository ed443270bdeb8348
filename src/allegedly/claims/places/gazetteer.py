"""Places of the world by name: an index of GeoNames data that is mapped, not loaded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from allegedly.claims.places.folding import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["continent", "country", "region", "district", "city", "feature", "capital"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ALIAS = 1 << 31
NO_PARENT = (1 << 32) - 1
PLACE = np.dtype(
    [
        ("id", "<u4"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("population", "<u4"),
        ("parent", "<u4"),
        ("name", "<u4"),
        ("radius", "<u2"),
        ("zone", "<u2"),
        ("kind", "u1"),
    ]
)
_PACK = Path(__file__).parent / "pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place of the gazetteer.

    `id` is its GeoNames id, 0 where it has none; `radius` is in kilometres; `zone` is an IANA
    name or None; `above` are the rows of what it lies in, nearest first, ending with the
    continent. `alias` says that it was looked up by another name than its own.
    """

    row: int
    id: int
    name: str
    kind: Kind
    lat: float
    lon: float
    radius: float
    population: int
    zone: str | None
    above: tuple[int, ...]
    alias: bool = False


class Gazetteer:
    """The arrays of a pack folder; raises ValueError where they do not belong together."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "gazetteer.json").read_text(encoding="utf-8"))
        self._zones: list[str] = about["zones"]
        self._codes: dict[int, str] = {row: code for code, row in about["countries"].items()}
        self._places = np.load(folder / "places.npy", mmap_mode="r")
        self._keys = np.load(folder / "keys.npy", mmap_mode="r")
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        self._names = np.memmap(folder / "names.bin", dtype=np.uint8, mode="r")
        shapes = (len(self._places), len(self._keys), len(self._rows))
        if shapes != (about["places"] + 1, about["keys"], about["keys"]):
            raise ValueError(f"{folder}: the gazetteer's files do not belong together")

    def __len__(self) -> int:
        return len(self._places) - 1

    def entry(self, row: int, *, alias: bool = False) -> Entry:
        """The place in a row of the table."""
        record = self._places[row]
        end = int(self._places[row + 1]["name"])
        zone = int(record["zone"])
        return Entry(
            row=row,
            id=int(record["id"]),
            name=bytes(self._names[int(record["name"]) : end]).decode("utf-8"),
            kind=KINDS[int(record["kind"])],
            lat=round(float(record["lat"]), 5),
            lon=round(float(record["lon"]), 5),
            radius=float(record["radius"]),
            population=int(record["population"]),
            zone=self._zones[zone - 1] if zone else None,
            above=tuple(self._above(row)),
            alias=alias,
        )

    def _above(self, row: int) -> Iterator[int]:
        parent = int(self._places[row]["parent"])
        while parent != NO_PARENT:
            yield parent
            parent = int(self._places[parent]["parent"])

    def country(self, entry: Entry) -> str | None:
        """The ISO 3166 code of the country that a place is or lies in, None where there is none."""
        return next((c for c in map(self._codes.get, (entry.row, *entry.above)) if c), None)

    def named(self, folded: Sequence[str]) -> list[tuple[Entry, ...]]:
        """For each folded name the places that bear it, in the order of the table."""
        wanted = np.array([key(name) for name in folded], dtype=np.uint64)
        first = np.searchsorted(self._keys, wanted, side="left")
        last = np.searchsorted(self._keys, wanted, side="right")
        return [tuple(self._read(a, b)) for a, b in zip(first, last, strict=True)]

    def _read(self, first: int, last: int) -> Iterable[Entry]:
        for mark in self._rows[first:last]:
            yield self.entry(int(mark) & ~ALIAS, alias=bool(int(mark) & ALIAS))

    def by_id(self, geonames_id: int) -> Entry | None:
        """The place of a GeoNames id."""
        rows = np.flatnonzero(self._places["id"][:-1] == geonames_id)
        return self.entry(int(rows[0])) if len(rows) else None

    def largest_within(
        self, south: float, west: float, north: float, east: float, *, most: int
    ) -> list[Entry]:
        """The most populous towns between two parallels and two meridians, the largest first."""
        rows, lat, lon = self._towns
        here = (lat > south) & (lat < north) & (lon > west) & (lon < east)
        return [self.entry(int(row)) for row in rows[np.flatnonzero(here)[:most]]]

    @cached_property
    def _towns(self) -> tuple[Any, Any, Any]:
        """The rows of all towns, the most populous first, with where they lie."""
        places = self._places[:-1]
        rows = np.flatnonzero(
            np.isin(places["kind"], [KINDS.index("city"), KINDS.index("capital")])
        )
        people = places["population"][rows].astype(np.int64)
        rows = rows[np.argsort(-people, kind="stable")]
        return rows, places["lat"][rows], places["lon"][rows]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package, opened once."""
    return Gazetteer(_PACK)
