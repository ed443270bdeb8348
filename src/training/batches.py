"""Stories become padded batches of windows."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from allegedly.encoder.model import CLS, SEP
from training.attribution_gold import LABELS, Example, Story, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.links import Segment

POOL = 40  # batches whose windows are sorted by length together, so that little is padding


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows: pieces, words and the segments of each."""

    ids: Tensor
    marks: Tensor
    mask: Tensor
    words: Tensor
    tags: Tensor
    word_mask: Tensor
    segments: list[list[Segment]]
    soft: Tensor | None
    gold: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch with its tensors on a device."""
        moved = {
            f.name: value.to(device)
            for f in fields(self)
            if isinstance(value := getattr(self, f.name), Tensor)
        }
        return replace(self, **moved)


def collate(rows: list[Example]) -> Batch:
    """Pad windows to one batch; segments are given in words of the window."""
    count, longest = len(rows), max(r.end - r.start for r in rows) + 2
    ids = torch.zeros(count, longest, dtype=torch.long)
    marks = torch.zeros(count, longest, 3, dtype=torch.long)
    mask = torch.zeros(count, longest, dtype=torch.bool)
    places, tags, segments, soft = [], [], [], []
    for i, r in enumerate(rows):
        n = r.end - r.start
        ids[i, 0], ids[i, n + 1] = CLS, SEP
        ids[i, 1 : n + 1] = torch.from_numpy(r.story.tokens.ids[r.start : r.end])
        marks[i, 1 : n + 1] = torch.from_numpy(r.story.tokens.marks[r.start : r.end])
        mask[i, : n + 2] = True
        low, high = np.searchsorted(r.story.words, [r.start, r.end])
        places.append(torch.from_numpy(r.story.words[low:high] - r.start + 1))
        tags.append(torch.from_numpy(opened(r.story.tags[low:high])))
        if r.story.soft is not None:
            soft.append(torch.from_numpy(opened_pairs(r.story.soft[low:high])))
        segments.append(
            [
                (k, max(a, low) - low, min(b, high) - low, n)
                for k, a, b, n in r.story.segments
                if a < high and b > low
            ]
        )
    padded = [nn.utils.rnn.pad_sequence(x, batch_first=True) for x in (places, tags)]
    word_mask = torch.zeros_like(padded[0], dtype=torch.bool)
    for i, p in enumerate(places):
        word_mask[i, : len(p)] = True
    known = torch.tensor([r.story.gold for r in rows])
    target = nn.utils.rnn.pad_sequence(soft, batch_first=True) if soft else None
    return Batch(ids, marks, mask, padded[0], padded[1], word_mask, segments, target, known)


def opened(tags: NDArray[np.int64]) -> NDArray[np.int64]:
    """The labels of a window, where a segment that was cut in two begins anew."""
    if len(tags) and tags[0] and tags[0] % 2 == 0:
        tags = tags.copy()
        tags[0] -= 1
    return tags


def opened_pairs(soft: NDArray[np.float16]) -> NDArray[np.float32]:
    """The same for a teacher's pair posteriors: at the first word, inside counts as begin."""
    labels = len(LABELS)
    pairs = soft.astype(np.float32).reshape(len(soft), labels, labels)
    if len(pairs):
        pairs[0, :, 1::2] += pairs[0, :, 2::2]
        pairs[0, :, 2::2] = 0
    return pairs.reshape(len(soft), labels * labels)


def batches(
    stories: list[Story], limit: int, pieces: int, seed: tuple[int, int] | None
) -> Iterator[list[Example]]:
    """Batches of about `pieces` pieces, windows of like length together.

    With a seed the windows are cut and shuffled anew, the same for the same seed; without one
    they come in order.
    """
    rng = np.random.default_rng(seed) if seed is not None else None
    rows = list(examples(stories, limit, rng))
    if rng is not None:
        rows = [rows[i] for i in rng.permutation(len(rows))]
    found: list[list[Example]] = []
    pool = POOL * max(1, pieces // limit)
    for i in range(0, len(rows), pool):
        found += filled(sorted(rows[i : i + pool], key=lambda r: r.end - r.start), pieces)
    order = rng.permutation(len(found)) if rng is not None else range(len(found))
    for i in order:
        yield found[i]


def filled(rows: list[Example], pieces: int) -> list[list[Example]]:
    """Cut windows sorted by length into runs whose padded size is at most `pieces`."""
    found: list[list[Example]] = [[]]
    for r in rows:
        if found[-1] and (r.end - r.start + 2) * (len(found[-1]) + 1) > pieces:
            found.append([])
        found[-1].append(r)
    return found
