"""How many of what a content counts."""

from allegedly.claims.quantities.read import quantities

__all__ = ["quantities"]
