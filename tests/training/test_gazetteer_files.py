from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegedly.claims.places.folding import fold
from allegedly.claims.places.gazetteer import Gazetteer
from training.gazetteer import Entry, crown
from training.gazetteer_files import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def pack(tmp_path: Path) -> Gazetteer:
    land = Entry(id=1, name="Orlund", kind="country", population=9, code="OR", capital="Selme")
    county = Entry(id=2, name="Hale County", kind="district", parent=land)
    empty = Entry(id=3, name="Nowhere", kind="district", parent=land)
    towns = [
        Entry(
            id=4 + n,
            name="Selme",
            kind="city",
            aliases=["Zelma"],
            lat=10.0 + n,
            lon=20.0,
            population=people,
            zone="Etc/UTC",
            parent=county,
        )
        for n, people in enumerate((100, 90_000))
    ]
    crown(towns)
    write(tmp_path, [land, county, empty, *towns], fold, {"towns": "none==1"})
    return Gazetteer(tmp_path)


def test_the_larger_town_of_the_capitals_name_is_the_capital(pack: Gazetteer) -> None:
    [named] = pack.named(["selme"])
    assert [(e.id, e.kind) for e in named] == [(4, "city"), (5, "capital")]


def test_a_division_has_the_centre_people_and_zone_of_its_towns(pack: Gazetteer) -> None:
    [[county]] = pack.named(["hale county"])
    assert (county.lat, county.lon, county.population) == (10.5, 20.0, 90_100)
    assert county.zone == "Etc/UTC"
    assert 50 < county.radius < 60  # half a degree of latitude


def test_a_division_without_towns_has_no_place(pack: Gazetteer) -> None:
    assert pack.named(["nowhere"]) == [()]
    assert len(pack) == 4


def test_other_names_and_names_without_their_generic_word_are_aliases(pack: Gazetteer) -> None:
    zelma, hale = pack.named(["zelma", "hale"])
    assert [e.alias for e in zelma] == [True, True]
    assert [(e.id, e.alias) for e in hale] == [(2, True)]


def test_country_and_containers_are_read_back(pack: Gazetteer) -> None:
    town = pack.by_id(5)
    assert town is not None
    assert pack.country(town) == "OR"
    assert [pack.entry(row).name for row in town.above] == ["Hale County", "Orlund"]
    assert pack.by_id(3) is None
