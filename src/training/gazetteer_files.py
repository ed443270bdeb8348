"""Write the gazetteer's arrays: places, names, keys and time zones."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.places.folding import key
from allegedly.claims.places.gazetteer import ALIAS, KINDS, NO_PARENT, PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from training.gazetteer import Entry

TOWNS = {"city", "capital"}
EARTH_KM = 6371.0
WITHIN = 95  # per cent of a division's towns lie inside its stated radius
MAIN_ZONE = 0.9  # of a country's townspeople make one zone the country's zone
# A part of the name that English leaves out: *Rapides* for *Rapides Parish*.
_GENERIC = r"County|Parish|Borough|District|Province|Oblast|Region|Respublika|Republic|Governorate"
GENERIC = re.compile(rf"^(?:{_GENERIC}) (?:of )?|,? (?:{_GENERIC})$")


def write(
    out: Path,
    entries: Sequence[Entry],
    fold: Callable[[str], str],
    sources: Mapping[str, str],
) -> None:
    """Complete the entries from the towns within them and write the pack folder."""
    under = _under(entries)
    for entry in entries:
        if entry.kind not in TOWNS:
            _complete(entry, under[id(entry)])
    kept = [e for e in entries if e.lat is not None]
    zones = sorted({e.zone for e in kept if e.zone})
    out.mkdir(parents=True, exist_ok=True)
    names = [e.name.encode("utf-8") for e in kept]
    (out / "names.bin").write_bytes(b"".join(names))
    np.save(out / "places.npy", _places(kept, zones, under, names))
    keys, rows = _keys(kept, fold)
    np.save(out / "keys.npy", keys)
    np.save(out / "rows.npy", rows)
    files = sorted(p for p in out.iterdir() if p.suffix in {".npy", ".bin"})
    about = {
        "data": "GeoNames (geonames.org), CC BY 4.0, changed: joined, cut down and indexed",
        "packages": sorted(sources.values()),
        "places": len(kept),
        "keys": len(keys),
        "zones": zones,
        "countries": {e.code: row for row, e in enumerate(kept) if e.code},
        "sha256": {p.name: sha256(p.read_bytes()).hexdigest() for p in files},
    }
    text = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    (out / "gazetteer.json").write_text(text, encoding="utf-8")


def _under(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """The towns under every division, country and continent."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for town in entries:
        above = town.parent if town.kind in TOWNS else None
        while above is not None:
            found[id(above)].append(town)
            above = above.parent
    return found


def _complete(entry: Entry, towns: Sequence[Entry]) -> None:
    """A division's centre, people and time zone, from its towns where nothing else says them."""
    if not towns:
        return
    if entry.lat is None or entry.lon is None:
        entry.lat = float(np.mean([t.lat for t in towns if t.lat is not None]))
        x = np.radians([t.lon for t in towns if t.lon is not None])
        entry.lon = float(np.degrees(np.arctan2(np.sin(x).mean(), np.cos(x).mean())))
    if not entry.population:
        entry.population = sum(t.population for t in towns)
    weights: dict[str, int] = defaultdict(int)
    for town in towns:
        weights[town.zone or ""] += town.population + 1
    zone = max(weights, key=lambda z: weights[z])
    if entry.kind != "continent" and weights[zone] >= MAIN_ZONE * sum(weights.values()):
        entry.zone = zone or None


def _km(entry: Entry, towns: Sequence[Entry]) -> np.ndarray:
    """Great-circle distances from a place to its towns."""
    lat, lon = np.radians([entry.lat or 0.0]), np.radians([entry.lon or 0.0])
    lats = np.radians([t.lat or 0.0 for t in towns])
    lons = np.radians([t.lon or 0.0 for t in towns])
    h = np.sin((lats - lat) / 2) ** 2
    h = h + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(h))


def _radius(entry: Entry, towns: Sequence[Entry]) -> float:
    """Within how many kilometres of its point a place surely lies."""
    if entry.kind in TOWNS:
        # A town of a thousand is about 2 km across, a city of ten million about 60 km.
        return 1.0 + 0.01 * float(np.sqrt(entry.population))
    spread = float(np.percentile(_km(entry, towns), WITHIN)) if towns else 0.0
    return max(spread, float(np.sqrt(entry.area / np.pi)), 5.0)


def _places(
    kept: Sequence[Entry],
    zones: Sequence[str],
    under: Mapping[int, Sequence[Entry]],
    names: Sequence[bytes],
) -> np.ndarray:
    row = {id(e): i for i, e in enumerate(kept)}
    zone = {z: i + 1 for i, z in enumerate(zones)}
    table = np.zeros(len(kept) + 1, dtype=PLACE)
    end = 0
    for i, e in enumerate(kept):
        parent = row.get(id(e.parent), NO_PARENT)
        radius = min(round(_radius(e, under.get(id(e), ()))), 20000)
        kind = KINDS.index(e.kind)
        zoned = zone.get(e.zone or "", 0)
        table[i] = (e.id, e.lat, e.lon, e.population, parent, end, radius, zoned, kind)
        end += len(names[i])
    table[len(kept)]["name"] = end
    return table


def _keys(kept: Sequence[Entry], fold: Callable[[str], str]) -> tuple[np.ndarray, np.ndarray]:
    """Sorted keys of all names, and the row of each with a mark on what is not the main name."""
    pairs: dict[tuple[int, int], int] = {}
    for row, entry in enumerate(kept):
        own = fold(entry.name)
        pairs[key(own), row] = 0
        named = [entry.name, *entry.aliases]
        shorter = [GENERIC.sub("", n) for n in named if entry.kind in {"region", "district"}]
        for name in (*entry.aliases, *shorter):
            folded = fold(name)
            if len(folded) > 1 and folded != own:
                pairs.setdefault((key(folded), row), ALIAS)
    ordered = sorted((k, row, mark) for (k, row), mark in pairs.items())
    keys = np.array([k for k, _, _ in ordered], dtype=np.uint64)
    rows = np.array([row | mark for _, row, mark in ordered], dtype=np.uint32)
    return keys, rows
