"""How much of anything is read: what is beyond is refused with a word, and the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on input; sizes are bytes, `seconds` is for the parsing of one page or PDF.

    `ratio` is how many times larger than its packed form a member of an archive may be, once it is
    larger than `free`; `depth` how many archives may lie within one another.
    """

    file: int = 80_000_000  # a text, a message, a feed: what is held in memory at once
    page: int = 20_000_000  # a web page
    json: int = 300_000_000  # a JSON document: exports of chats are large
    row: int = 20_000_000  # a line of JSON Lines, a record of a table
    members: int = 1_000_000  # of one ZIP or tar
    unpacked: int = 200_000_000_000  # of one ZIP, tar or gzip file
    ratio: int = 200
    free: int = 20_000_000
    feed: int = 20_000_000  # a feed, a news item
    depth: int = 4
    seconds: float = 20.0
    memory: int = 3_000_000_000  # address space of the process that parses
    pages: int = 3_000  # of one PDF
    items: int = 100_000  # of one feed, chat or exchange file


DEFAULT: Final = Limits()


class TooMuchError(ValueError):
    """Input beyond a limit; the message says which."""


def size(count: float) -> str:
    """A number of bytes for people: 80 MB."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":  # noqa: PLR2004  # the next unit
            return f"{count:.0f} {unit}"
        count /= 1000
    return ""


def too_large(what: str, most: int) -> str:
    """The reason for refusing something larger than a limit."""
    return f"too large: {what} may have {size(most)} at most"
