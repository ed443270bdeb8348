"""The label chain against every label sequence written out."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from allegedly.encoder import posteriors

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


def runs(path: tuple[int, ...]) -> set[tuple[int, int]]:
    """Ranges that label 1 opens and label 2 goes on with."""
    return {
        (i, next((j for j in range(i + 1, len(path)) if path[j] != 2), len(path)))
        for i, label in enumerate(path)
        if label == 1
    }


def test_the_posterior_of_a_segment_sums_all_paths_that_have_exactly_it(
    scores: NDArray[np.float32],
) -> None:
    scores[:, :, 0, 2] = -1e4  # nothing goes on that was not opened
    for row, words in enumerate(LENGTHS.tolist()):
        chances = posteriors(scores, LENGTHS)[row]
        every = all_paths(scores[row], words)
        weight = sum(np.exp(s) for s in every.values())
        found = {(i, j): p for i, j, p in chances.segments(1, 2, 0.0)}
        heads, tails = chances.edges(1, 2)
        for start, end in itertools.combinations(range(words + 1), 2):
            wanted = sum(np.exp(s) for p, s in every.items() if (start, end) in runs(p)) / weight
            assert found[start, end] == pytest.approx(wanted, rel=1e-3, abs=1e-6)
        for t in range(words):
            opens = sum(p for (i, _), p in found.items() if i == t)
            ends = sum(p for (_, j), p in found.items() if j == t + 1)
            assert heads[t] == pytest.approx(opens, rel=1e-3, abs=1e-6)
            assert tails[t] == pytest.approx(ends, rel=1e-3, abs=1e-6)


def test_a_segment_below_what_is_asked_is_not_given(scores: NDArray[np.float32]) -> None:
    chances = posteriors(scores, LENGTHS)[0]
    assert all(p >= 0.2 for _, _, p in chances.segments(1, 2, 0.2))
    assert len(chances.segments(1, 2, 0.2)) < len(chances.segments(1, 2, 0.0))


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
    assert posteriors(scores, np.array([5]))[0].forward[0, 2] == 0
