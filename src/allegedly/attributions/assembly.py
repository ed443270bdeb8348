"""Segments become attributions: which source and which contents belong to a cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.attributions.segments import Segment
    from allegedly.encoder import Pack

    Floats = NDArray[np.float32]


QUOTES = frozenset("“\"«‘'")
QUOTED_WITHIN = 2  # stretches that may lie between a cue and a quotation set off from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """One cue with the source and the contents that chose it."""

    cue: Segment
    source: Segment | None
    contents: tuple[Segment, ...]
    score: float


def assemble(text: str, segments: Sequence[Segment], pack: Pack) -> list[Assembled]:
    """Join the segments of one window around its cues.

    Each content chooses a cue and each cue a source or none, by the scaled dot product of their
    link vectors and a learned score of how they stand to each other. A content whose cue stands in
    another line is left out unless it is quoted or announced there; so is a cue without content.
    """
    cues = [s for s in segments if s.role == "cue"]
    contents = [s for s in segments if s.role == "content"]
    sources = [s for s in segments if s.role == "source"]
    if not cues or not contents:
        return []
    chosen = _softmax(_scores(cues, contents, pack, 1).T)
    owners = [
        int(row.argmax()) if _may_own(text, cues[int(row.argmax())], content) else -1
        for row, content in zip(chosen, contents, strict=True)
    ]
    none = np.full((len(cues), 1), pack.no_source, dtype=np.float32)
    speakers = none
    if sources:
        speakers = np.concatenate([_scores(cues, sources, pack, 0), none], axis=1)
    speakers = _softmax(speakers)
    found = []
    for i, cue in enumerate(cues):
        own = [j for j in range(len(contents)) if owners[j] == i]
        if not own:
            continue
        speaker = int(speakers[i].argmax())
        source = sources[speaker] if speaker < len(sources) else None
        parts = [contents[j].probability * float(chosen[j, i]) for j in own]
        who = float(speakers[i, speaker]) * (source.probability if source else 1.0)
        found.append(
            Assembled(
                cue=cue,
                source=source,
                contents=tuple(contents[j] for j in own),
                score=min(1.0, cue.probability * min(parts) * who),
            )
        )
    return found


def _may_own(text: str, cue: Segment, content: Segment) -> bool:
    """Whether they stand together; only what is quoted or announced stands apart."""
    apart = content.stretch - cue.stretch
    if apart == 0 or (apart == 1 and text[cue.span.end - 1] == ":"):
        return True
    return abs(apart) <= QUOTED_WITHIN and text[content.span.start] in QUOTES


def _softmax(scores: Floats) -> Floats:
    weights = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(weights / weights.sum(1, keepdims=True))


def _scores(cues: Sequence[Segment], others: Sequence[Segment], pack: Pack, kind: int) -> Floats:
    """Scores of shape (cues, others); kind 0 seeks sources, 1 contents."""
    link = pack.link
    seek = np.stack([c.vector[kind * link : (kind + 1) * link] for c in cues])
    found = np.stack([o.vector[(2 + kind) * link : (3 + kind) * link] for o in others])
    gaps = np.array([[pack.gaps[kind][_gap(c, o, cues)] for o in others] for c in cues])
    return np.asarray(seek @ found.T / np.sqrt(link) + gaps)


def _gap(cue: Segment, other: Segment, cues: Sequence[Segment]) -> int:
    after = other.start >= cue.end
    low, high = (cue.end, other.start) if after else (other.end, cue.start)
    between = sum(low <= c.start < high for c in cues)
    return gap_bucket((cue.start, cue.end), (other.start, other.end), between)


def gap_bucket(cue: tuple[int, int], other: tuple[int, int], between: int) -> int:
    """Where a segment stands to a cue: side, touching or not, and cues between (0, 1, 2 or more).

    Both are word ranges [start, end). Gives 0 to 11; training uses the same buckets.
    """
    after = other[0] >= cue[1]
    touching = other[0] - cue[1] <= 1 if after else cue[0] - other[1] <= 1
    return (int(after) * 2 + int(touching)) * 3 + min(between, 2)
