"""Places: the names found in a document, and where on earth they are."""

from allegedly.claims.places.zones import timezone_of

__all__ = ["timezone_of"]
