"""Every name of a place that an English text may use: the gazetteer and our own lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from allegedly.claims.naming.lists import names
from allegedly.claims.places.folding import fold
from allegedly.claims.places.gazetteer import Entry, Gazetteer, Kind, gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Above every town that bears the name of a people (Polish, 0; Hungarian, 0; Indian, 2,000) and
# below every capital that our lists name with its country.
LARGEST_NAMESAKE = 100_000
_RANK = ("country", "region", "capital", "city", "district", "continent", "feature")


def _size(entry: Entry) -> tuple[int, int]:
    """Sorts the larger kind and the greater number of people first."""
    return _RANK.index(entry.kind), -entry.population


@cache
def table(name: str, language: str = "en") -> dict[str, Any]:
    """One TOML file of a language's lists, parsed; raises FileNotFoundError where there is none."""
    path = files("allegedly.claims.places").joinpath(language, f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Atlas:
    """Looks names up in the gazetteer, among our own features and among abbreviations."""

    def __init__(self, places: Gazetteer, language: str = "en") -> None:
        self.gazetteer = places
        self._features: dict[str, list[Entry]] = {}
        self._rows: dict[int, Entry] = {}
        short = table("abbreviations", language)
        self._anywhere = dict(self._stands_for(short["anywhere"]))
        self._after_comma = dict(self._stands_for(short["after_comma"], "region"))
        self._short = frozenset(form.lower() for form in self._anywhere)
        for group in table("features", language).values():
            self._add(group)
        self._peoples = dict(self._nations(language))

    def _nations(self, language: str) -> Iterator[tuple[str, Entry]]:
        """The lists of naming hold countries with their capitals; what is no place is a people."""
        country = names().country
        listed = sorted(country)
        found = {name: self._largest(name) for name in set(country.values())}
        borne = self.gazetteer.named([fold(word) for word in listed])
        for word, entries in zip(listed, borne, strict=True):
            nation = found[country[word]]
            city = any(
                e.kind in {"city", "capital"} and e.population > LARGEST_NAMESAKE for e in entries
            )
            own = nation is None or word in self._short or nation.row in {e.row for e in entries}
            if nation is not None and not city and not own:
                yield fold(word), nation
        for name, words in table("peoples", language).items():
            for word in words:
                entry = self._largest(name) or self.gazetteer.named([fold(name)])[0][0]
                yield fold(word), entry

    def _largest(self, name: str) -> Entry | None:
        """The country, else the region, of a name."""
        entries = (*self.gazetteer.named([fold(name)])[0], *self._features.get(fold(name), ()))
        whole = [e for e in entries if e.kind in {"country", "region", "continent", "feature"}]
        return min(whole, key=_size, default=None)

    def _stands_for(
        self, listed: Mapping[str, Sequence[str]], first: Kind = "country"
    ) -> Iterator[tuple[str, Entry]]:
        names = list(listed)
        found = self.gazetteer.named([fold(name) for name in names])
        for name, entries in zip(names, found, strict=True):
            best = min(entries, key=lambda e: (e.kind != first, e.alias, *_size(e)))
            for form in listed[name]:
                yield form, best

    def _add(self, group: Mapping[str, Mapping[str, Any]]) -> None:
        for name, row in group.items():
            above = self._country(row["in"]) if "in" in row else ()
            entry = Entry(
                row=-2 - len(self._rows),
                id=0,
                name=name,
                kind="feature",
                lat=float(row["at"][0]),
                lon=float(row["at"][1]),
                radius=float(row["km"]),
                population=0,
                zone=row.get("zone"),
                above=above,
            )
            self._rows[entry.row] = entry
            for form in (name, *row.get("also", ())):
                self._features.setdefault(fold(form), []).append(entry)

    def _country(self, name: str) -> tuple[int, ...]:
        [entries] = self.gazetteer.named([fold(name)])
        entry = next(e for e in entries if e.kind == "country")
        return (entry.row, *entry.above)

    def named(self, names: Sequence[str]) -> list[tuple[Entry, ...]]:
        """For each name, as a text has it, the places that may be meant."""
        folded = [fold(name) for name in names]
        found = self.gazetteer.named(folded)
        return [self._joined(*each) for each in zip(names, folded, found, strict=True)]

    def _joined(self, name: str, folded: str, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        short = self._anywhere.get(name)
        if short is not None:
            return (short,)
        return (*found, *self._features.get(folded, ()))

    def people(self, word: str) -> Entry | None:
        """The country that an adjective or a people's name belongs to (*Georgian*)."""
        return self._peoples.get(fold(word))

    def after_comma(self, form: str) -> Entry | None:
        """What an abbreviation such as *Tex.* or *TX* stands for after a town's name."""
        return self._after_comma.get(form) or self._anywhere.get(form)

    def entry(self, row: int) -> Entry:
        """The place in a row, the rows of our own features being negative."""
        return self._rows[row] if row < 0 else self.gazetteer.entry(row)

    def zone(self, geonames_id: int | None, name: str) -> str | None:
        """The IANA time zone of a place, None where it has several or is not known."""
        if geonames_id is not None:
            entry = self.gazetteer.by_id(geonames_id)
            return entry.zone if entry else None
        return next((e.zone for e in self._features.get(fold(name), ())), None)


@cache
def atlas(language: str = "en") -> Atlas:
    """The atlas of a language, opened once."""
    return Atlas(gazetteer(), language)
