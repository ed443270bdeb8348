"""Label scores become segments: a source, a cue or a stretch of content, each with a posterior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from allegedly.encoder import best_paths, posteriors
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.encoder import Encoded, Posteriors

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = get_args(Role)


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


def segments(windows: Sequence[Encoded], labels: tuple[str, ...]) -> list[list[Segment]]:
    """Decode windows together; one list of segments per window, in the order of the text."""
    if not windows:
        return []
    lengths = np.array([len(w.start) for w in windows], dtype=np.int64)
    count = len(labels)
    scores = np.zeros((len(windows), int(lengths.max()), count, count), dtype=np.float32)
    for i, w in enumerate(windows):
        scores[i, : len(w.start)] = w.scores
    paths = best_paths(scores, lengths)
    chances = posteriors(scores, lengths)
    return [
        _window_segments(w, paths[i, : len(w.start)].tolist(), chances[i], labels)
        for i, w in enumerate(windows)
    ]


def _window_segments(
    window: Encoded, path: list[int], chances: Posteriors, labels: tuple[str, ...]
) -> list[Segment]:
    found = []
    for start, end in _runs(path, window.stretch.tolist(), labels):
        role = _role(labels[path[start]])
        own = (labels.index(f"B-{role}"), labels.index(f"I-{role}"))
        found.append(
            Segment(
                role=role,
                start=start,
                end=end,
                span=Span(int(window.start[start]), int(window.end[end - 1])),
                probability=min(1.0, chances.presence(start, end, own)),
                vector=window.links[start:end].mean(0),
                stretch=int(window.stretch[start]),
            )
        )
    return found


def _runs(path: list[int], stretches: list[int], labels: tuple[str, ...]) -> list[tuple[int, int]]:
    """Ranges of words with one role; the end of a stretch always ends one."""
    found: list[tuple[int, int]] = []
    start = -1
    for i, label in enumerate(path):
        name = labels[label]
        goes_on = start >= 0 and name.startswith("I-") and stretches[i] == stretches[i - 1]
        if start >= 0 and not goes_on:
            found.append((start, i))
            start = -1
        if start < 0 and name != "O":
            start = i
    if start >= 0:
        found.append((start, len(path)))
    return found


def _role(label: str) -> Role:
    name = label[2:]
    for role in ROLES:
        if role == name:
            return role
    raise ValueError(f"the pack has a label that is no role: {label}")
