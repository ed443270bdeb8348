"""Segments by expected worth, against every choice written out."""

import itertools
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.attributions.decoding import ROLES, Role, Taken, Worth, apart, decode
from allegedly.attributions.segments import segments
from allegedly.encoder import Encoded, posteriors

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
CONTENT, INSIDE = 5, 6


def window(scores: np.ndarray, stretch: list[int]) -> Encoded:
    words = len(scores)
    return Encoded(
        start=np.arange(words) * 2,
        end=np.arange(words) * 2 + 1,
        piece=np.zeros(words, dtype=np.int64),
        stretch=np.array(stretch),
        heads=None,
        scores=scores.astype(np.float32),
        links=np.zeros((words, 8), dtype=np.float32),
    )


def two_ends() -> np.ndarray:
    """A content of three words that may well go on for one more, or yet another."""
    scores = np.full((6, 7, 7), -20.0)
    scores[:, :, 0] = 0.0
    scores[1, :, CONTENT] = 20.0
    scores[2:4, :, INSIDE] = 0.0
    for at, weight in ((2, 20.0), (3, 20.0), (4, 0.2), (5, 20.0)):
        scores[at, CONTENT, INSIDE] = weight
        scores[at, INSIDE, INSIDE] = weight
    scores[5, INSIDE, INSIDE] = 0.0
    return scores


ONE = {r: Worth(near=0.0, least=0.3) for r in ROLES}


def read(scores: np.ndarray, worths: Mapping[Role, Worth]) -> list[tuple[str, int, int]]:
    [chain] = posteriors(scores[None].astype(np.float32), np.array([len(scores)]))
    return [(t.role, t.start, t.end) for t in decode(chain, LABELS, worths)]


def test_the_most_probable_segment_is_taken_not_the_most_probable_label_at_each_word() -> None:
    # Most paths go on past the fourth word, but no longer segment is as probable as the short one.
    assert read(two_ends(), ONE) == [("content", 1, 4)]


def test_a_longer_content_about_as_probable_is_taken() -> None:
    scores = two_ends()
    scores[4, INSIDE, INSIDE] = -0.2  # stopping before the fifth word is but a little likelier
    scores[5, [CONTENT, INSIDE], INSIDE] = -20.0
    assert read(scores, ONE) == [("content", 1, 5)]
    scores[4, INSIDE, INSIDE] = -1.0
    assert read(scores, ONE) == [("content", 1, 4)]


def test_a_segment_of_doubtful_end_is_taken_where_one_end_counts() -> None:
    dear = {r: Worth(near=0.0, least=0.6) for r in ROLES}
    near = {r: Worth(near=0.4, least=0.6) for r in ROLES}
    assert read(two_ends(), dear) == []
    assert [found[:2] for found in read(two_ends(), near)] == [("content", 1)]


def test_no_segment_crosses_into_another_stretch() -> None:
    scores = np.full((4, 7, 7), -9.0)
    scores[0, :, CONTENT] = 9.0
    scores[1:, :, INSIDE] = 9.0
    scores[2, :, CONTENT] = 0.0
    [found] = segments([window(scores, [0, 0, 1, 1])], LABELS)
    assert [(s.start, s.end, s.stretch) for s in found] == [(0, 2, 0), (2, 4, 1)]


def test_nothing_comes_of_no_windows() -> None:
    assert segments([], LABELS) == []


@st.composite
def candidates(draw: st.DrawFn) -> list[Taken]:
    found = []
    for _ in range(draw(st.integers(0, 7))):
        start = draw(st.integers(0, 8))
        end = start + draw(st.integers(1, 4))
        found.append(Taken("cue", start, end, draw(st.floats(0.01, 1))))
    return found


def overlap(some: tuple[Taken, ...]) -> bool:
    return any(a.start < b.end and b.start < a.end for a, b in itertools.combinations(some, 2))


@given(candidates())
def test_no_other_choice_without_overlap_gains_more(given_candidates: list[Taken]) -> None:
    best = max(
        sum(c.gain for c in some)
        for size in range(len(given_candidates) + 1)
        for some in itertools.combinations(given_candidates, size)
        if not overlap(some)
    )
    chosen = apart(given_candidates)
    assert not overlap(tuple(chosen))
    assert [c.start for c in chosen] == sorted(c.start for c in chosen)
    assert sum(c.gain for c in chosen) == pytest.approx(best)
