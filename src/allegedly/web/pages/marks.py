"""Text of a story on a page: cut on the server, every stretch with the place where it begins.

A browser sends back the number of the stretch and how many code points into it a selection begins;
it never cuts the text by offsets itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from allegedly.exports.numbering import Lines, in_text_order
from allegedly.exports.page.families import family
from allegedly.exports.page.marking import Layer, Marker, beside, content
from allegedly.exports.page.views import blocks
from allegedly.records import Assessment, Silence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from allegedly.exports.page.views import Block
    from allegedly.records import Claim, Reading
    from allegedly.store import Stands

PIECE = Markup('<span data-at="{}">{}</span>')
FOUND = Markup("<mark>{}</mark>")


def pieces(text: str, start: int, end: int) -> Markup:
    """A stretch of a text, with the place where it begins."""
    return PIECE.format(start, text[start:end])


def found(text: str, marks: Iterable[Span]) -> Markup:
    """A text with the places that answer a search marked."""
    parts, at = [], 0
    for mark in marks:
        parts += [escape(text[at : mark.start]), FOUND.format(mark.cut(text))]
        at = mark.end
    return Markup().join([*parts, escape(text[at:])])


def story(reading: Reading, stands: Mapping[str, Stands]) -> tuple[Block, ...]:
    """The whole text zone by zone, claims marked as they stand."""
    text = reading.document.text
    return blocks(reading, Marker(text, _layers(reading, stands), pieces))


def passage(
    reading: Reading, claim: Claim, number: int, stands: Mapping[str, Stands]
) -> tuple[Block, ...]:
    """The lines that one claim stands in and the nearest ones, with that claim alone marked."""
    text = reading.document.text
    alone = replace(reading, claims=(replace(claim, targets=()),), assessments=(), silences=())
    whole = blocks(alone, Marker(text, _layers(alone, stands, number), pieces))
    return _narrowed(whole, (*claim.content, *claim.cue), text)


def note(reading: Reading, record: Assessment | Silence, stood: Stands) -> tuple[Block, ...]:
    """The lines that an assessment or a silence stands in and the nearest ones, it alone marked."""
    text = reading.document.text
    assessed = (replace(record, about=()),) if isinstance(record, Assessment) else ()
    silent = () if isinstance(record, Assessment) else (record,)
    alone = replace(reading, claims=(), assessments=assessed, silences=silent)
    kind = "assessment" if assessed else "silence"
    corrected = (stood.corrected or {}).get("spans", ())
    layers = [
        *beside(alone),
        *(
            Layer(span=Span(a, b), kind=kind, claims=(), style=f"note {kind} by-person")  # type: ignore[arg-type]  # one of the two
            for a, b in corrected
        ),
    ]
    whole = blocks(alone, Marker(text, layers, pieces))
    spans = (*record.spans, *(record.name_spans if isinstance(record, Silence) else ()))
    return _narrowed(whole, spans, text)


def _narrowed(whole: tuple[Block, ...], spans: tuple[Span, ...], text: str) -> tuple[Block, ...]:
    """The blocks without the lines that are far from some words."""
    kept = _near([p.line for block in whole for p in block.paragraphs], spans, text)
    narrowed = (
        replace(block, paragraphs=tuple(p for p in block.paragraphs if p.line in kept))
        for block in whole
    )
    return tuple(block for block in narrowed if block.paragraphs)


def _near(lines: list[int], spans: tuple[Span, ...], text: str) -> frozenset[int]:
    """The numbers of the lines that some words stand in, with one before and one after."""
    if not spans:
        return frozenset(lines)
    at = Lines.of(text)
    first = at.number(min(spans))
    last = at.number_at(max(span.end for span in spans) - 1)
    begin, end = bisect_left(lines, first), bisect_right(lines, last)
    return frozenset(lines[max(0, begin - 1) : end + 1])


def _layers(reading: Reading, stands: Mapping[str, Stands], first: int = 1) -> Iterator[Layer]:
    text = reading.document.text
    for number, claim in enumerate(in_text_order(reading.claims), start=first):
        stood = stands.get(claim.id)
        status = stood.status if stood else "suggested"
        for layer in content(claim, number, text):
            yield replace(layer, style=f"{layer.style} is-{status}")
        if stood and stood.corrected and "content" in stood.corrected:
            for start, end in stood.corrected["content"]:
                style = f"claim {family(claim.act).key} by-person"
                yield Layer(span=Span(start, end), kind="claim", claims=(number,), style=style)
    yield from beside(reading)
