"""Keys by which claims that may say the same find each other, however many others there are."""

from __future__ import annotations

from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.profiles import Profile

    Ints = NDArray[np.int64]

TELLING: Final = 5
"""Words of a content that make keys, two by two: ten keys. The longest: they are the rarest."""
SETTING: Final = 3  # words of the headline that make keys with the content's most telling one
WEEK: Final = 7  # days that share a key; a claim has the keys of its week and of the one before
LARGEST: Final = 200  # claims under one key that are compared with each other: its latest


def keys(own: Profile) -> tuple[int, ...]:
    """The keys of a claim, as signed whole numbers of 64 bits, each once.

    Two claims share a key where their contents share two telling words, or one and one of the
    headline's, in one week or two that touch.
    """
    telling = sorted(own.terms, key=lambda term: (-len(term), term))[:TELLING]
    setting = sorted(own.setting - set(telling), key=lambda term: (-len(term), term))[:SETTING]
    pairs = [*combinations(sorted(telling), 2), *((t, s) for t in telling[:1] for s in setting)]
    if not telling:  # *it*, *the claim*: by what the story is about and who speaks
        pairs = list(combinations(sorted(setting), 2))
    return tuple(
        dict.fromkeys(_number(*sorted(pair), week) for pair in pairs for week in _weeks(own))
    )


def _weeks(own: Profile) -> tuple[str, ...]:
    if own.day is None:
        return ("",)
    week = own.day // WEEK
    return (str(week), str(week - 1))


def _number(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def candidates(held: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Pairs (earlier, later) of claims that share a key; `held` are the keys of each in order."""
    key = np.fromiter((k for own in held for k in own), dtype=np.int64)
    claim = np.repeat(np.arange(len(held)), [len(own) for own in held])
    order = np.lexsort((claim, key))
    key, claim = key[order], claim[order]
    found = [np.zeros((0, 2), dtype=np.int64), *_pairs(key, claim)]
    both = np.unique(np.concatenate(found), axis=0)
    return both[:, 0], both[:, 1]


def _pairs(key: Ints, claim: Ints) -> Iterator[Ints]:
    """The pairs under each key, those of one distance in the order at a time."""
    for apart in range(1, LARGEST):
        same = np.flatnonzero(key[apart:] == key[:-apart])
        if len(same) == 0:
            return
        # A key that is full keeps its latest: pairs that are far apart are the rarest anyway.
        yield np.stack([claim[same], claim[same + apart]], axis=1)
