"""Places: the names found in a document, and where on earth they are."""

from allegedly.claims.places.document import find_places, resolve_places
from allegedly.claims.places.where import places_of
from allegedly.claims.places.zones import timezone_of

__all__ = ["find_places", "places_of", "resolve_places", "timezone_of"]
