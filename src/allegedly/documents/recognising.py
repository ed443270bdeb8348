"""Whether a file that is named like data holds stories, as its beginning shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from allegedly.documents.sniffing import SAMPLE, sniff
from allegedly.documents.structured.chats import is_telegram
from allegedly.documents.structured.columns import columns_of
from allegedly.documents.structured.exchange import is_ninjs

if TYPE_CHECKING:
    from pathlib import PurePath

_STORIES: Final = frozenset(
    {"html", "feed", "newsml", "mail", "mhtml", "warc", "pdf", "parquet", "table"}
)
_JSON_FEED: Final = re.compile(rb"jsonfeed\.org/version")


def holds_stories(path: PurePath) -> bool:
    """Whether the content of a file is of a format whose texts are stories.

    A plain text is not, nor a JSON file that is no feed, chat, news item or table of texts.
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(SAMPLE)
    except (OSError, ValueError):
        return False
    kind = sniff(head)
    if kind == "json":
        return is_telegram(head) or _JSON_FEED.search(head) is not None or _row(head)
    return kind in _STORIES or (kind == "jsonl" and _row(head.split(b"\n", 1)[0]))


def _row(head: bytes) -> bool:
    """Whether a JSON object is an item with a text and something about it."""
    try:
        row = msgspec.json.decode(head)
    except (ValueError, RecursionError):
        return False
    if isinstance(row, list) and row:
        row = row[0]
    if not isinstance(row, dict) or row.get("schema") == "allegedly/1":
        return False
    columns = columns_of(row, {})
    return is_ninjs(row) or (bool({"text", "html"} & columns.keys()) and len(columns) > 1)
