"""A Document becomes zones, and zones the passages that are read."""

from allegedly.zones.passages import READ, passages
from allegedly.zones.zoning import zone

__all__ = ["READ", "passages", "zone"]
