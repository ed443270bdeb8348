"""Bytes become Documents, or are rejected with a reason."""

from allegedly.documents.captured import (
    MOST_CHARACTERS,
    Captured,
    Overrides,
    Place,
    Reads,
)
from allegedly.documents.decoding import NotText, decode
from allegedly.documents.header import Header, read_header
from allegedly.documents.limits import Limits
from allegedly.documents.opening import read_bytes, read_path, read_stream, read_text
from allegedly.documents.plain import read_document, read_file
from allegedly.documents.recognising import holds_stories
from allegedly.documents.stored_text import stored_text
from allegedly.documents.structured import FIELDS

__all__ = [
    "FIELDS",
    "MOST_CHARACTERS",
    "Captured",
    "Header",
    "Limits",
    "NotText",
    "Overrides",
    "Place",
    "Reads",
    "decode",
    "holds_stories",
    "read_bytes",
    "read_document",
    "read_file",
    "read_header",
    "read_path",
    "read_stream",
    "read_text",
    "stored_text",
]
