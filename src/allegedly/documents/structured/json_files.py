"""A JSON file: a feed, a chat, an agency's item, or rows of a table."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from allegedly.documents.captured import Place, Reads, rejected
from allegedly.documents.limits import too_large
from allegedly.documents.structured.chats import is_telegram, read_telegram
from allegedly.documents.structured.feeds import is_json_feed, read_json_feed
from allegedly.documents.structured.tables import read_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.documents.captured import Found

_SAMPLE = 65_536


def read_json(raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    """The documents of a JSON file, by what it holds."""
    if is_telegram(raw[:_SAMPLE]) and not reads.columns:
        yield from read_telegram(raw, place, reads)
        return
    if len(raw) > reads.limits.file:
        yield from rejected(place, too_large("a JSON file that is no chat", reads.limits.file))
        return
    try:
        value = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        yield from rejected(place, f"not JSON: {error}")
        return
    yield from _value(value, raw, place, reads)


def _value(value: object, raw: bytes, place: Place, reads: Reads) -> Iterator[Found]:
    if isinstance(value, dict) and is_json_feed(value):
        yield from read_json_feed(value, place, reads)
    elif isinstance(value, list):
        for number, row in enumerate(islice(value, reads.limits.items), 1):
            own = msgspec.json.encode(row)
            inner = place.within(f"row={number}")
            yield read_object(row, inner, own, reads, media_type="application/json")
        if not value:
            yield from rejected(place, "empty")
    else:
        yield read_object(value, place, raw, reads, media_type="application/json")
