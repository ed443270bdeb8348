"""PolNeAR-style gold attributions become training windows."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from allegedly.attributions.decoding import ROLES
from allegedly.encoder.tokens import Tokens, tokenize, windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LABELS = ("O", *(f"{begins}-{role}" for role in ROLES for begins in "BI"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A gold document as words: tags (words,) and, per segment, role, word range, attribution."""

    id: str
    tokens: Tokens
    words: NDArray[np.int64]  # piece index of each word's first piece
    tags: NDArray[np.int64]
    segments: tuple[tuple[int, int, int, int], ...]
    gold: bool = True  # false for a text that only a teacher has labelled
    soft: NDArray[np.float16] | None = None  # a teacher's pair posteriors (words, labels ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One window: pieces [start, end) of a story."""

    story: Story
    start: int
    end: int


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read one JSON object a line."""
    with path.open(encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def story(tokenizer: Tokenizer, row: dict[str, Any]) -> Story:
    """Lay the gold spans of one document over its words."""
    tokens = tokenize(tokenizer, row["text"])
    words = np.flatnonzero(tokens.first)
    starts = tokens.start[words]
    tags = np.zeros(len(words), dtype=np.int64)
    segments = []
    for number, attribution in enumerate(row["attributions"]):
        for role, name in enumerate(ROLES):
            for start, end in attribution[name] or []:
                low = int(np.searchsorted(starts, start))
                high = int(np.searchsorted(starts, end))
                if low < high:
                    tags[low] = 1 + 2 * role
                    tags[low + 1 : high] = 2 + 2 * role
                    segments.append((role, low, high, number))
    return Story(
        id=row["id"], tokens=tokens, words=words, tags=tags, segments=tuple(sorted(segments))
    )


def examples(
    stories: list[Story], limit: int, rng: np.random.Generator | None
) -> Iterator[Example]:
    """Cut stories into windows of at most `limit` pieces; with `rng` the first one is shortened."""
    for s in stories:
        offset = int(rng.integers(0, limit // 2)) if rng is not None else 0
        for w in windows(s.tokens, limit, offset):
            yield Example(story=s, start=w.start, end=w.end)


def with_labels(stories: list[Story], tokenizer: Tokenizer, folder: Path) -> list[Story]:
    """Add a teacher's labels to gold stories, and the texts that only the teacher has labelled.

    The folder holds `texts.jsonl` (id, text) and, for each id, `ID.npy` of shape (words, 49).
    """
    rows = read_jsonl(folder / "texts.jsonl")
    known = {s.id for s in stories}
    extra = [
        replace(story(tokenizer, {**r, "attributions": []}), gold=False)
        for r in rows
        if r["id"] not in known
    ]
    return [replace(s, soft=np.load(folder / f"{s.id}.npy")) for s in stories + extra]
