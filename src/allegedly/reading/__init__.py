"""The Python face: a text goes in, a reading comes out; also from data frames and inside spaCy."""

from allegedly.reading.story import Reading, ReadingError, read, read_all

__all__ = ["Reading", "ReadingError", "read", "read_all"]
