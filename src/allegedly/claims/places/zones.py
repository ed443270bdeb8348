"""The time zone of a place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allegedly.claims.places.atlas import atlas

if TYPE_CHECKING:
    from allegedly.records import Place


def timezone_of(place: Place) -> str | None:
    """The IANA name of the time zone that a place lies in (*Europe/Moscow*).

    None where the place spans several zones (the United States, the Atlantic) or its zone is not
    known. A country or region has a zone where nine in ten of its townspeople live in it.
    """
    return _zone(place.geonames_id, place.name)


@lru_cache(maxsize=4096)
def _zone(geonames_id: int | None, name: str) -> str | None:
    return atlas().zone(geonames_id, name)
