from __future__ import annotations

import pytest

from allegedly.claims.places import timezone_of
from allegedly.records import Place, Span


def place(name: str, geonames_id: int | None) -> Place:
    span = Span(0, len(name))
    return Place(span=span, name=name, lat=0.0, lon=0.0, precision_km=1.0, geonames_id=geonames_id)


@pytest.mark.parametrize(
    ("name", "geonames_id", "zone"),
    [
        ("Moscow", 524901, "Europe/Moscow"),
        ("Moscow", 5601538, "America/Los_Angeles"),  # the one in Idaho
        ("Ukraine", 690791, "Europe/Kyiv"),
        ("Texas", 4736286, "America/Chicago"),
        ("Donbas", None, "Europe/Kyiv"),
    ],
)
def test_a_place_has_the_zone_that_its_people_live_in(
    name: str, geonames_id: int | None, zone: str
) -> None:
    assert timezone_of(place(name, geonames_id)) == zone


@pytest.mark.parametrize(
    ("name", "geonames_id"),
    [
        ("United States", 6252001),
        ("Russia", 2017370),
        ("Pacific Ocean", None),
        ("Nowhere", None),
        ("Nowhere", 999_999_999),
    ],
)
def test_what_spans_several_zones_or_is_unknown_has_none(
    name: str, geonames_id: int | None
) -> None:
    assert timezone_of(place(name, geonames_id)) is None
