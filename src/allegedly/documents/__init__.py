"""Bytes become a Document, or are rejected with a reason."""

from allegedly.documents.decoding import NotText, decode
from allegedly.documents.header import Header, read_header
from allegedly.documents.plain import MOST_CHARACTERS, Overrides, read_document, read_file
from allegedly.documents.stored_text import stored_text

__all__ = [
    "MOST_CHARACTERS",
    "Header",
    "NotText",
    "Overrides",
    "decode",
    "read_document",
    "read_file",
    "read_header",
    "stored_text",
]
