"""Label scores become segments: a source, a cue or a stretch of content, each with a posterior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegedly.attributions.decoding import WORTHS, decode
from allegedly.encoder import posteriors
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from allegedly.attributions.decoding import Role, Taken, Worth
    from allegedly.encoder import Encoded, Posteriors

FORBIDDEN = -1e4  # score of a label pair that cannot be


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words [start, end) of a window in one role; `span` counts in the document's text.

    `vector` (4 * link,) is the mean of its words' link vectors, `stretch` the number of the stretch
    read that they stand in.
    """

    role: Role
    start: int
    end: int
    span: Span
    probability: float
    vector: NDArray[np.float32]
    stretch: int


def segments(
    windows: Sequence[Encoded], labels: tuple[str, ...], worths: Mapping[Role, Worth] = WORTHS
) -> list[list[Segment]]:
    """Decode windows together; one list of segments per window, in the order of the text."""
    return [
        [_segment(w, taken, chances, labels) for taken in decode(chances, labels, worths)]
        for w, chances in zip(windows, chains(windows, labels), strict=True)
    ]


def chains(windows: Sequence[Encoded], labels: tuple[str, ...]) -> list[Posteriors]:
    """Posteriors of each window's chain, in which no segment goes on into another stretch."""
    if not windows:
        return []
    lengths = np.array([len(w.start) for w in windows], dtype=np.int64)
    count = len(labels)
    inside = [i for i, label in enumerate(labels) if label.startswith("I-")]
    scores = np.zeros((len(windows), int(lengths.max()), count, count), dtype=np.float32)
    for i, w in enumerate(windows):
        scores[i, : len(w.start)] = w.scores
        opens = np.flatnonzero(w.stretch[1:] != w.stretch[:-1]) + 1
        scores[i, opens[:, None], :, inside] = FORBIDDEN
    return posteriors(scores, lengths)


def _segment(
    window: Encoded, taken: Taken, chances: Posteriors, labels: tuple[str, ...]
) -> Segment:
    start, end = taken.start, taken.end
    own = (labels.index(f"B-{taken.role}"), labels.index(f"I-{taken.role}"))
    return Segment(
        role=taken.role,
        start=start,
        end=end,
        span=Span(int(window.start[start]), int(window.end[end - 1])),
        probability=min(1.0, chances.presence(start, end, own)),
        vector=window.links[start:end].mean(0),
        stretch=int(window.stretch[start]),
    )
