"""Entity scores become names: runs with one kind, cut where one begins."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from allegedly.encoder import names

LABELS = ("O", "B-person", "I-person", "B-place", "I-place")


def scores(*labels: str) -> np.ndarray:
    return 8 * np.eye(len(LABELS), dtype=np.float32)[[LABELS.index(x) for x in labels]]


def found(rows: np.ndarray, stretch: list[int] | None = None) -> list[tuple[int, int, str]]:
    lines = np.array(stretch or [0] * len(rows), dtype=np.int64)
    return [(n.start, n.end, n.kind) for n in names(rows, LABELS, lines)]


def test_neighbours_that_each_begin_are_two_names() -> None:
    rows = scores("O", "B-person", "I-person", "B-person", "O", "B-place")
    assert found(rows) == [(1, 3, "person"), (3, 4, "person"), (5, 6, "place")]


def test_a_name_that_never_begins_is_one_all_the_same() -> None:
    assert found(scores("I-place", "I-place", "O")) == [(0, 2, "place")]


def test_the_words_of_a_name_agree_on_its_kind() -> None:
    rows = scores("B-person", "I-person", "I-place")
    assert found(rows) == [(0, 3, "person")]


def test_no_name_crosses_a_line() -> None:
    rows = scores("B-person", "I-person", "I-person")
    assert found(rows, [0, 0, 1]) == [(0, 2, "person"), (2, 3, "person")]


@given(arrays(np.float32, (7, len(LABELS)), elements=st.floats(-9, 9, width=32)))
def test_names_are_apart_and_in_order(rows: np.ndarray) -> None:
    got = names(rows, LABELS, np.zeros(len(rows), dtype=np.int64))
    places = [i for n in got for i in range(n.start, n.end)]
    assert places == sorted(set(places))
    assert all(0 < n.probability <= 1.0001 for n in got)
