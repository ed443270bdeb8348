"""The label chain of the attribution heads: posteriors of labels and of whole segments.

A linear-chain CRF (Lafferty et al. 2001) whose score of each (label before, label) pair depends on
the word. The label before the first word is 0, outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TINY = 1e-30  # a weight below it counts as it


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Scaled forward and backward weights of one window; all of shape (words, labels) or (words,).

    `forward[t]` sums to one; `backward` is scaled so that `forward[t] * backward[t]` is the
    posterior of the labels of word t.
    """

    pairs: Floats
    forward: Floats
    backward: Floats
    scale: Floats

    def presence(self, start: int, end: int, labels: tuple[int, ...]) -> float:
        """Posterior that a word carries one of the labels, the mean over the words [start, end)."""
        each = self.forward[start:end] * self.backward[start:end]
        return float(each[:, list(labels)].sum(1).mean())

    def segments(self, begin: int, inside: int, least: float) -> list[tuple[int, int, float]]:
        """Exact posterior of each segment: `begin` at its first word, `inside` at the others.

        Gives (start, end, posterior) with words [start, end), in order, for those that reach
        `least`; a longer or shorter segment at the same place does not count for them.
        """
        opening, closing = self.edges(begin, inside)
        alone, after = self._closing(begin, inside), self._closing(inside, inside)
        # A segment is never more probable than its first word as a first one, and its last as last.
        starts, lasts = np.flatnonzero(opening >= least), np.flatnonzero(closing >= least)
        start, last = np.meshgrid(starts, lasts, indexing="ij")
        chances = np.where(
            start == last,
            self.forward[start, begin] * alone[last],
            self._longer(start, last, begin, inside) * after[last],
        )
        rows, columns = np.nonzero((chances >= least) & (start <= last))
        return [
            (int(starts[i]), int(lasts[j]) + 1, float(chances[i, j]))
            for i, j in zip(rows, columns, strict=True)
        ]

    def edges(self, begin: int, inside: int) -> tuple[Floats, Floats]:
        """Posteriors, each of shape (words,), that a segment begins at a word and that one ends."""
        opening = self.forward[:, begin] * self.backward[:, begin]
        alone, after = self._closing(begin, inside), self._closing(inside, inside)
        return opening, self.forward[:, begin] * alone + self.forward[:, inside] * after

    def _closing(self, label: int, inside: int) -> Floats:
        """Scaled weight of all that may follow a segment's last word, which carries `label`."""
        ends = np.ones(len(self.scale), dtype=np.float32)
        onward = self.pairs[1:, label] * self.backward[1:] / self.scale[1:, None]
        ends[:-1] = onward.sum(1) - onward[:, inside]
        return ends

    def _longer(
        self, start: NDArray[np.int64], last: NDArray[np.int64], begin: int, inside: int
    ) -> Floats:
        """Scaled weight of all that leads to a segment of two words or more, up to its last."""
        second = np.minimum(start + 1, len(self.scale) - 1)
        opens = self.pairs[second, begin, inside] / self.scale[second]
        goes_on = np.log(np.maximum(self.pairs[:, inside, inside], TINY)) - np.log(self.scale)
        run = np.cumsum(goes_on, dtype=np.float64)
        inner = np.exp(np.where(last > start, run[last] - run[second], -np.inf))
        return np.asarray(self.forward[start, begin] * opens * inner, dtype=np.float32)


def posteriors(scores: Floats, lengths: NDArray[np.int64]) -> list[Posteriors]:
    """Forward and backward weights of each window (Rabiner 1989, with scaling)."""
    windows, words, labels, _ = scores.shape
    # Forbidden pairs carry a large negative score and become zeros.
    pairs = np.exp(scores - scores.max((2, 3), keepdims=True))
    forward = np.zeros((words, windows, labels), dtype=np.float32)
    scale = np.ones((words, windows), dtype=np.float32)
    weight = pairs[:, 0, 0]
    for t in range(words):
        if t:
            weight = np.matmul(weight[:, None], pairs[:, t])[:, 0]
        scale[t] = np.maximum(weight.sum(1), TINY)
        weight = weight / scale[t][:, None]
        forward[t] = weight
    backward = np.ones((words, windows, labels), dtype=np.float32)
    weight = np.ones((windows, labels), dtype=np.float32)
    for t in range(words - 2, -1, -1):
        step = np.matmul(pairs[:, t + 1], (weight / scale[t + 1][:, None])[:, :, None])[:, :, 0]
        weight = np.where((lengths - 1 > t)[:, None], step, 1.0).astype(np.float32)
        backward[t] = weight
    return [
        Posteriors(pairs[i, :n], forward[:n, i], backward[:n, i], scale[:n, i])
        for i, n in enumerate(lengths.tolist())
    ]
