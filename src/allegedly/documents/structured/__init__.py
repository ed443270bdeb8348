"""Formats with fields: feeds, tables, agencies' items, exports of chats."""

from allegedly.documents.structured.columns import FIELDS
from allegedly.documents.structured.exchange import read_newsml
from allegedly.documents.structured.feeds import read_feed
from allegedly.documents.structured.json_files import read_json
from allegedly.documents.structured.tables import read_json_lines, read_parquet, read_table

__all__ = [
    "FIELDS",
    "read_feed",
    "read_json",
    "read_json_lines",
    "read_newsml",
    "read_parquet",
    "read_table",
]
