"""Passages become attributions, nested ones found by reading a content again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from allegedly.attributions.assembly import assemble
from allegedly.attributions.segments import segments
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.attributions.assembly import Assembled
    from allegedly.attributions.segments import Segment
    from allegedly.encoder import Encoded, Encoder, Pack
    from allegedly.records import Passage, Zone, ZoneKind

TOGETHER = 64  # windows decoded together
DEPTH = 3  # contents of contents of contents are read again, no deeper
SHORTEST = 4  # words a content must have to hold another attribution
WORD = re.compile(r"[^\W\d_]+")
ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\Z")
EDGES = " \t“”\"‘’'«»,;:"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch to read on its own, and the attribution whose content it is."""

    span: Span
    zone: Zone
    within: Attribution | None


def extract(
    text: str, passages: Iterable[Passage], windows: Iterable[Encoded], encoder: Encoder
) -> Iterator[Attribution]:
    """Read the attributions of one document, outer ones before those within them.

    `windows` are those of the passages, in their order. At each depth attributions come in the
    order of the text; `within` is set on nested ones, whose contents the encoder reads again.
    """
    outer = [_Stretch(p.span, p.zone, None) for p in passages]
    found = list(_read(text, outer, windows, encoder.pack))
    yield from found
    for _ in range(DEPTH):
        contents = [
            _Stretch(span, a.zone, a)
            for a in found
            for part in a.content
            if (span := _worth_reading(text, part, encoder.pack))
        ]
        contents.sort(key=lambda s: s.span)
        # They come from all over the text: side by side in a window they would pass for one story.
        spans = [(s.span.start, s.span.end) for s in contents]
        found = list(_read(text, contents, encoder.encode(text, spans, alone=True), encoder.pack))
        yield from found


def _worth_reading(text: str, span: Span, pack: Pack) -> Span | None:
    """The content without what only opens or closes it, if it may hold an attribution itself."""
    found = list(WORD.finditer(text, span.start, span.end))
    if found and found[0][0].lower() in pack.introducers:
        del found[0]
    if len(found) < SHORTEST or pack.cue_words.isdisjoint(m[0].lower() for m in found):
        return None
    end = span.end - (len(span) - len(span.cut(text).rstrip(EDGES)))
    return Span(found[0].start(), end)


def _read(
    text: str, stretches: Sequence[_Stretch], windows: Iterable[Encoded], pack: Pack
) -> Iterator[Attribution]:
    rest = iter(windows)
    while batch := list(islice(rest, TOGETHER)):
        for found in segments(batch, pack.labels):
            for within, group in _groups(found, stretches):
                for made in assemble(text, group, pack):
                    zone = stretches[made.cue.stretch].zone
                    yield _attribution(text, made, zone, within, pack.name)


def _groups(
    found: Sequence[Segment], stretches: Sequence[_Stretch]
) -> Iterator[tuple[Attribution | None, list[Segment]]]:
    """Segments that may belong together: those of one kind of zone, or of one content."""
    groups: dict[tuple[int, ZoneKind], list[Segment]] = {}
    for s in found:
        stretch = stretches[s.stretch]
        groups.setdefault((id(stretch.within), stretch.zone.kind), []).append(s)
    for group in groups.values():
        yield stretches[group[0].stretch].within, group


def _whole(text: str, span: Span) -> Span:
    """The span with the last full stop of an abbreviation (*4 a.m.*), which is a word's part."""
    if text[span.end : span.end + 1] == "." and ABBREVIATED.search(text, span.start, span.end):
        return Span(span.start, span.end + 1)
    return span


def _attribution(
    text: str, made: Assembled, zone: Zone, within: Attribution | None, method: str
) -> Attribution:
    return Attribution(
        source=(_whole(text, made.source.span),) if made.source else (),
        cue=(made.cue.span,),
        content=tuple(_whole(text, c.span) for c in made.contents),
        zone=zone,
        within=within,
        score=made.score,
        method=method,
    )
