"""Syntax scores become heads; a subtree holds what hangs on a word, without a gap."""

import numpy as np
import pytest

from allegedly.encoder import HeadLabels, Heads, Tree, tree
from allegedly.encoder.nearness import bucket

LABELS = HeadLabels(
    entities=("O",),
    mentions=("none",),
    relations=("root", "det", "nsubj"),
    tags=("NOUN", "VERB"),
    side=3,
    near=np.zeros(12, dtype=np.float32),
    same=0.0,
    nearness=np.zeros((12, 12), dtype=np.float32),
)


def one_hot(rows: list[int], width: int) -> np.ndarray:
    return 9 * np.eye(width, dtype=np.float32)[rows]


def test_each_word_hangs_on_its_best_head() -> None:
    wanted = [1, 2, 2]
    syntax = np.concatenate(
        [one_hot(wanted, 3), one_hot([0, 1, 2], 3), np.zeros((3, 1), dtype=np.float32)], axis=1
    )
    none = np.zeros((3, 1), dtype=np.float32)
    heads = Heads(
        entities=none,
        mentions=none,
        antecedents=none,
        syntax=syntax,
        relations=one_hot([1, 2, 0], 3),
        tags=one_hot([0, 0, 1], 2),
        factuality=none,
    )
    found = tree(heads, LABELS)
    assert found.heads.tolist() == wanted
    assert found.relations == ("det", "nsubj", "root")
    assert found.tags == ("NOUN", "NOUN", "VERB")
    assert found.subtree(2) == (0, 3)
    assert found.subtree(1) == (0, 2)
    assert found.subtree(1, frozenset({"det"})) == (1, 2)


def test_words_in_a_circle_are_no_trap() -> None:
    circle = Tree(
        heads=np.array([1, 0, 2]),
        relations=("dep", "dep", "root"),
        tags=("X", "X", "X"),
        children=((1,), (0,), ()),
    )
    assert circle.subtree(0) == (0, 2)


@pytest.mark.parametrize(
    ("distance", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (10**6, 11)]
)
def test_distances_fall_in_buckets_by_powers_of_two(distance: int, expected: int) -> None:
    assert bucket(np.array([distance]), 12).tolist() == [expected]
