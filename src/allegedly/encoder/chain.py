"""The label chain of the attribution heads: best path and posteriors, many windows at once.

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


def best_paths(scores: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Most probable label sequences (Viterbi 1967).

    Shapes: scores (windows, words, labels, labels), lengths (windows,), result (windows, words);
    labels after a window's length mean nothing.
    """
    windows, words, labels, _ = scores.shape
    before = np.zeros((words, windows, labels), dtype=np.int64)
    best = scores[:, 0, 0]
    final = best.copy()
    for t in range(1, words):
        reached = best[:, :, None] + scores[:, t]
        before[t] = reached.argmax(1)
        best = np.take_along_axis(reached, before[t][:, None], 1)[:, 0]
        final[lengths > t] = best[lengths > t]
    path = np.zeros((windows, words), dtype=np.int64)
    rows = np.arange(windows)
    label = final.argmax(1)
    for t in range(words - 1, -1, -1):
        last = lengths - 1 == t
        path[:, t] = np.where(last, final.argmax(1), label)
        label = before[t, rows, path[:, t]]
    return path


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
        scale[t] = np.maximum(weight.sum(1), 1e-30)
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
