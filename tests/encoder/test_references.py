"""Antecedent scores become chains, and cost in proportion to the text."""

import numpy as np

from allegedly.encoder import Head, HeadLabels, chains
from allegedly.encoder.references import REACH

SIDE = 2
LABELS = HeadLabels(
    entities=("O",),
    mentions=("none",),
    relations=("root",),
    tags=("X",),
    side=SIDE,
    near=np.zeros(12, dtype=np.float32),
    same=3.0,
    nearness=np.zeros((12, 12), dtype=np.float32),
)


def head(place: int, piece: int, seek: tuple[float, float], found: tuple[float, float]) -> Head:
    # The last two: how well it serves as an antecedent, how well it has none.
    return Head(place=place, piece=piece, vector=np.array([*seek, *found, 0, 2], dtype=np.float32))


def test_a_pronoun_joins_the_one_it_seeks() -> None:
    heads = [
        head(0, 10, (0, 0), (9, 0)),
        head(3, 11, (0, 0), (0, 9)),
        head(8, 12, (0, 9), (0, 0)),
        head(9, 13, (9, 0), (0, 0)),
    ]
    assert [n for n, _ in chains(heads, LABELS)] == [0, 1, 1, 0]


def test_the_same_word_again_is_the_same_entity() -> None:
    heads = [head(i, 7, (0, 0), (0, 0)) for i in range(3)]
    numbers, links = zip(*chains(heads, LABELS), strict=True)
    assert numbers == (0, 0, 0)
    assert links[0] is None
    assert all(link is not None and 0.5 < link <= 1 for link in links[1:])


def test_a_mention_with_nobody_before_it_opens_a_chain() -> None:
    assert chains([head(0, 1, (9, 9), (9, 9))], LABELS) == [(0, None)]
    assert chains([], LABELS) == []


def test_nothing_is_compared_beyond_reach() -> None:
    heads = [head(i, i, (0, 0), (0, 0)) for i in range(REACH + 1)]
    last = head(REACH + 1, 0, (0, 0), (0, 0))
    assert chains([*heads, last], LABELS)[-1] == (REACH + 1, None)
