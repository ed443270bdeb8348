"""Segments find their cue by link vector and by how they stand."""

import numpy as np
import pytest

from allegedly.attributions.assembly import assemble, gap_bucket
from allegedly.attributions.decoding import Role
from allegedly.attributions.segments import Segment
from allegedly.encoder import HeadLabels, Pack
from allegedly.records import Span

LINK = 2
TEXT = "abcdefghijklmno"
PACK = Pack(
    name="test",
    labels=("O",),
    window=10,
    link=LINK,
    gaps=((0.0,) * 12, (0.0,) * 12),
    no_source=0.0,
    introducers=frozenset(),
    cue_words=frozenset(),
    heads=HeadLabels(
        entities=("O",),
        mentions=("none",),
        relations=("root",),
        tags=("X",),
        side=1,
        near=np.zeros(12, dtype=np.float32),
        same=0.0,
        nearness=np.zeros((12, 12), dtype=np.float32),
    ),
)


def segment(role: Role, start: int, end: int, vector: tuple[float, ...]) -> Segment:
    return Segment(
        role=role,
        start=start,
        end=end,
        span=Span(start, end),
        probability=0.9,
        vector=np.array(vector, dtype=np.float32),
        stretch=0,
    )


# The four parts of a vector: cue seeking a source, cue seeking a content, source, content.
def cue(start: int, source: tuple[float, float], content: tuple[float, float]) -> Segment:
    return segment("cue", start, start + 1, (*source, *content, 0, 0, 0, 0))


def source(start: int, vector: tuple[float, float]) -> Segment:
    return segment("source", start, start + 1, (0, 0, 0, 0, *vector, 0, 0))


def content(start: int, vector: tuple[float, float]) -> Segment:
    return segment("content", start, start + 1, (0, 0, 0, 0, 0, 0, *vector))


def test_each_content_goes_to_the_cue_that_seeks_it() -> None:
    said, denied = cue(2, (9, 0), (9, 0)), cue(6, (0, 9), (0, 9))
    parts = [source(1, (9, 0)), said, content(3, (9, 0)), source(5, (0, 9)), denied]
    found = assemble(TEXT, [*parts, content(7, (0, 9)), content(9, (9, 0))], PACK)
    assert [(a.cue.start, [c.start for c in a.contents]) for a in found] == [(2, [3, 9]), (6, [7])]
    assert [a.source.start for a in found if a.source] == [1, 5]


def test_a_source_may_serve_several_cues() -> None:
    parts = [source(0, (9, 0)), cue(1, (9, 0), (9, 0)), content(2, (9, 0))]
    found = assemble(TEXT, [*parts, cue(4, (9, 0), (0, 9)), content(5, (0, 9))], PACK)
    assert [a.source.start for a in found if a.source] == [0, 0]


def test_a_cue_that_seeks_nobody_has_no_source() -> None:
    [found] = assemble(TEXT, [source(0, (-9, 0)), cue(1, (9, 0), (1, 0)), content(2, (1, 0))], PACK)
    assert found.source is None


def test_nothing_comes_of_a_cue_or_a_content_alone() -> None:
    assert assemble(TEXT, [cue(1, (0, 0), (0, 0))], PACK) == []
    assert assemble(TEXT, [content(1, (0, 0)), source(2, (0, 0))], PACK) == []


@pytest.mark.parametrize(
    ("cue_words", "other", "between", "bucket"),
    [
        ((4, 5), (1, 3), 0, 3),
        ((4, 5), (0, 1), 1, 1),
        ((4, 5), (5, 9), 0, 9),
        ((4, 5), (8, 9), 7, 8),
    ],
)
def test_buckets(
    cue_words: tuple[int, int], other: tuple[int, int], between: int, bucket: int
) -> None:
    assert gap_bucket(cue_words, other, between) == bucket
