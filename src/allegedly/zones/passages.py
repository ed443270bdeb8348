"""Zones become passages: the lines that are read for attributions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from allegedly.records import Passage, Span
from allegedly.zones.signatures import links, opens_post, signature_in, without_pictures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.records import Document, Zone, ZoneKind

READ: Final[frozenset[ZoneKind]] = frozenset({"story", "headline", "caption", "social_post"})
_LINE: Final = re.compile(r"\S[^\n]*")
_WORD: Final = re.compile(r"\w")


def passages(document: Document, zones: Iterable[Zone]) -> Iterator[Passage]:
    """One passage per line that is to be read, without the blanks around it.

    Lines without a letter or digit are left out. Of a social post only its words are read: a line
    with a link in its midst gives two passages, and emoji before the first word are left out.
    """
    for part in zones:
        if part.kind in READ:
            yield from _of_zone(document.text, part)


def _of_zone(text: str, part: Zone) -> Iterator[Passage]:
    for line in _LINE.finditer(text, part.span.start, part.span.end):
        pieces = _post_words(line[0]) if part.kind == "social_post" else ((0, len(line[0])),)
        for start, end in pieces:
            piece = line[0][start:end]
            trimmed = line.start() + start + len(piece) - len(piece.lstrip())
            if _WORD.search(piece):
                length = len(piece.strip())
                yield Passage(span=Span(start=trimmed, end=trimmed + length), zone=part)


def _post_words(line: str) -> Iterator[tuple[int, int]]:
    """The stretches of a post's line between its links, up to its signature."""
    if opens_post(line.strip()):
        return
    signature = signature_in(line)
    end = signature.start if signature else len(line)
    start = without_pictures(line[:end])
    for left, right in links(line):
        if start < left < end:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end
