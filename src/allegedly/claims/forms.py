"""How the words of a content are rendered: quoted, partly quoted or reported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegedly.claims.quotations import quotation_depths

if TYPE_CHECKING:
    from allegedly.records import Form, Span, Spans, ZoneKind

# The longest name that may follow the words of a quotation on its own line.
_SIGNATURE = 60
_WORD = re.compile(r"\w+")


def form(text: str, content: Spans, cue: Spans = (), *, zone: ZoneKind = "story") -> Form:
    """Whether the innermost source's words are `direct`, `mixed` or `indirect`.

    `text` is the whole document, since quotation marks often lie outside a content. Marks that
    also hold the cue are somebody else's and do not count. A social post's own words are direct,
    as is a content that the layout sets off as a block after a colon.
    """
    if not cue and zone == "social_post":
        return "direct"
    if _set_off(text, content, cue):
        return "direct"
    depths = quotation_depths(text)
    quoted = [inside for part in content for inside in _words_quoted(text, depths, part, cue)]
    if quoted and all(quoted):
        return "direct"
    return "mixed" if any(quoted) else "indirect"


def _words_quoted(text: str, depths: bytes, part: Span, cue: Spans) -> list[bool]:
    """For each word of a part, whether it lies in marks that do not hold the cue as well."""
    shared = _shared_depth(depths, part, cue)
    return [depths[match.start()] > shared for match in _WORD.finditer(text, part.start, part.end)]


def _shared_depth(depths: bytes, part: Span, cue: Spans) -> int:
    """How many quotations hold both the cue and the part: the lowest depth between the two."""
    if not cue:
        return 0
    first = min(part.start, cue[0].start)
    last = max(part.end, cue[-1].end)
    return min(depths[first:last], default=0)


def _set_off(text: str, content: Spans, cue: Spans) -> bool:
    """Whether the content fills whole lines, either without a cue or after the cue and a colon."""
    if not content:
        return False
    line = text.rfind("\n", 0, content[0].start) + 1
    after = text.find("\n", content[-1].end)
    rest = text[content[-1].end : after if after >= 0 else len(text)]
    if before := text[line : content[0].start].strip():
        return not cue and before.endswith(":")  # a turn in a transcript
    if not cue:
        return len(rest) <= _SIGNATURE
    if rest.strip(" \t.,"):
        return False
    return cue[-1].end <= line and text[:line].rstrip().endswith(":")
