"""The label chain against every label sequence written out."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from allegedly.encoder import best_paths, posteriors

LABELS = 3


def all_paths(scores: NDArray[np.float32], words: int) -> dict[tuple[int, ...], float]:
    found = {}
    for path in itertools.product(range(LABELS), repeat=words):
        total = sum(scores[t, (0, *path)[t], path[t]] for t in range(words))
        found[path] = float(total)
    return found


@pytest.fixture
def scores() -> NDArray[np.float32]:
    drawn = np.random.default_rng(7).normal(size=(4, 6, LABELS, LABELS)) * 2
    return drawn.astype(np.float32)


LENGTHS = np.array([6, 1, 4, 5], dtype=np.int64)


def test_the_best_path_is_the_best_of_all(scores: NDArray[np.float32]) -> None:
    paths = best_paths(scores, LENGTHS)
    for row, words in enumerate(LENGTHS.tolist()):
        every = all_paths(scores[row], words)
        assert tuple(paths[row, :words].tolist()) == max(every, key=lambda p: every[p])


def test_the_posterior_of_a_label_sums_all_paths_that_have_it(
    scores: NDArray[np.float32],
) -> None:
    for row, words in enumerate(LENGTHS.tolist()):
        chances = posteriors(scores, LENGTHS)[row]
        every = all_paths(scores[row], words)
        weight = sum(np.exp(s) for s in every.values())
        for t in range(words):
            wanted = sum(np.exp(s) for path, s in every.items() if path[t] in (1, 2)) / weight
            assert chances.presence(t, t + 1, (1, 2)) == pytest.approx(wanted, rel=1e-3)


def test_a_forbidden_pair_is_never_taken() -> None:
    scores = np.zeros((1, 5, LABELS, LABELS), dtype=np.float32)
    scores[:, :, 0, 2] = -1e4
    scores[:, :, 2, 2] = 3
    assert 2 not in best_paths(scores, np.array([5]))[0, :1].tolist()
    assert posteriors(scores, np.array([5]))[0].forward[0, 2] == 0
