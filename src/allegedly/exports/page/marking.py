"""The story's text cut at every span boundary and marked where it stands.

Claims overlap, so marks are no tree. The text is swept from left to right: at each boundary the
marks that end are closed, with those opened after them, and what still holds is opened again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from allegedly.exports import wording
from allegedly.exports.numbering import in_text_order
from allegedly.exports.page.families import family

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.records import Assessment, Claim, Reading, Span, Spans

LayerKind = Literal["claim", "assessment", "silence", "source", "cue"]
KINDS: tuple[LayerKind, ...] = ("claim", "assessment", "silence", "source", "cue")
# Deeper nests than this would draw their underlines into the next line.
DEEPEST = 3
TAG = Markup('<a class="tag" dir="ltr" id="{}" href="#{}" aria-label="{}">{}</a>')
MORE = Markup('<span class="tag" dir="ltr" aria-hidden="true">… {}</span>')
NO_TAG = Markup()
OPEN = Markup('<{} class="{}" data-claim="{}">')


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One stretch to mark: what it is, the claims it belongs to, and the tag it begins with."""

    span: Span
    kind: LayerKind
    claims: tuple[int, ...]
    style: str = ""
    tag: Markup = NO_TAG

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it opens: earlier, then longer, then outer kinds first."""
        return (self.span.start, -self.span.end, KINDS.index(self.kind))

    @property
    def element(self) -> str:
        """Contents are marks; everything else is a span."""
        return "mark" if self.kind == "claim" else "span"


Piece = Callable[[str, int, int], Markup]  # a text, and which code points of it to show


def plain(text: str, start: int, end: int) -> Markup:
    """A stretch of text as it is, escaped."""
    return escape(text[start:end])


class Marker:
    """Marks the lines of a text, which must be asked for from first to last.

    `piece` writes each stretch between two boundaries.
    """

    def __init__(self, text: str, marked: Iterable[Layer], piece: Piece = plain) -> None:
        self._text = text
        self._piece = piece
        self._waiting = deque(sorted(marked, key=lambda layer: layer.order))
        self._near: list[Layer] = []

    def line(self, start: int, end: int) -> Markup:
        """The words from `start` to `end`, escaped and marked; `start` never goes back."""
        self._near = [layer for layer in self._near if layer.span.end > start]
        while self._waiting and self._waiting[0].span.start < end:
            self._near.append(self._waiting.popleft())
        here = [layer for layer in self._near if layer.span.end > start]
        return Markup().join(self._sweep(start, end, here))

    def _sweep(self, start: int, end: int, here: list[Layer]) -> Iterator[Markup]:
        edges = {edge for layer in here for edge in (layer.span.start, layer.span.end)}
        bounds = sorted({start, end} | {edge for edge in edges if start < edge < end})
        waiting = deque(here)
        active: list[Layer] = []
        standing: list[Layer] = []
        for left, right in pairwise(bounds):
            active = [layer for layer in active if layer.span.end > left]
            while waiting and waiting[0].span.start <= left:
                active.append(waiting.popleft())
            kept = _shared(standing, active)
            yield from (_close(layer) for layer in reversed(standing[kept:]))
            for depth in range(kept, len(active)):
                yield from _opened(active, depth, left)
            yield self._piece(self._text, left, right)
            standing = list(active)
        yield from (_close(layer) for layer in reversed(standing))


def layers(reading: Reading) -> Iterator[Layer]:
    """Everything of a reading that is marked in its text."""
    text = reading.document.text
    for number, claim in enumerate(in_text_order(reading.claims), start=1):
        yield from content(claim, number, text)
    yield from beside(reading)


def beside(reading: Reading) -> Iterator[Layer]:
    """Everything of a reading that is marked in its text but the contents of claims."""
    yield from _attributing(reading)
    for index, assessment in enumerate(reading.assessments, start=1):
        yield from _assessed(assessment, index)
    for index, silence in enumerate(reading.silences, start=1):
        label = f"S{index} silence"
        yield from _tagged("silence", silence.spans, f"silence-{index}", label)


def content(claim: Claim, number: int, text: str) -> Iterator[Layer]:
    """A claim's content, with the tag that it begins with."""
    label = f"{number} {wording.ACTS[claim.act]}"
    said = f"{label}, {wording.innermost(claim, text)}: to the claim"
    tag = TAG.format(f"mark-{number}", f"claim-{number}", said, label)
    for index, span in enumerate(claim.content):
        yield Layer(
            span=span,
            kind="claim",
            claims=(number,),
            style=f"claim {family(claim.act).key}",
            tag=MORE.format(number) if index else tag,
        )


def _attributing(reading: Reading) -> Iterator[Layer]:
    """Sources and cues, each stretch once however many claims share it."""
    shared: dict[tuple[Span, LayerKind], list[int]] = defaultdict(list)
    for number, claim in enumerate(in_text_order(reading.claims), start=1):
        for source in claim.sources:
            for span in source.spans:
                shared[span, "source"].append(number)
        for span in claim.cue:
            shared[span, "cue"].append(number)
    for (span, kind), claims in shared.items():
        yield Layer(span=span, kind=kind, claims=tuple(dict.fromkeys(claims)), style=kind)


def _assessed(assessment: Assessment, index: int) -> Iterator[Layer]:
    label = f"A{index} {wording.ASSESSMENTS[assessment.kind]}"
    yield from _tagged("assessment", assessment.spans, f"assessment-{index}", label)


def _tagged(kind: LayerKind, spans: Spans, key: str, label: str) -> Iterator[Layer]:
    tag = TAG.format(f"mark-{key}", key, f"{label}: to the note", label)
    for index, span in enumerate(spans):
        yield Layer(
            span=span, kind=kind, claims=(), style=f"note {kind}", tag=NO_TAG if index else tag
        )


def _shared(before: list[Layer], after: list[Layer]) -> int:
    """How many marks from the outermost on stay open."""
    pairs = zip(before, after, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a is not b), min(len(before), len(after)))


def _opened(active: list[Layer], depth: int, left: int) -> Iterator[Markup]:
    layer = active[depth]
    outer = sum(each.kind == "claim" for each in active[:depth])
    style = f"{layer.style} depth-{min(outer, DEEPEST)}" if layer.kind == "claim" else layer.style
    yield OPEN.format(layer.element, style, " ".join(map(str, layer.claims)))
    if left == layer.span.start:
        yield layer.tag


def _close(layer: Layer) -> Markup:
    return Markup("</{}>").format(layer.element)
