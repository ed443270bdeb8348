"""Pairs of claims compared in whole arrays: what speaks for their saying the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from allegedly.linking.claims.columns import NO_DAY, Bits, Bools, Floats, Ints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.linking.claims.columns import Table

Counts = NDArray[np.uint16]
Column = Floats | Bools | Ints

FEATURES: Final = (
    "frame",  # cosine of the vectors of source, cue and content
    "terms",  # share of all their words that both have
    "contained",  # share of the shorter one's words that both have
    "same_speaker",
    "other_speaker",
    "both_own_voice",
    "one_own_voice",
    "one_denies",
    "one_rejects",
    "both_reject_same_speaker",
    "both_reject_other_speaker",
    "one_negative",
    "same_act",
    "other_force",  # the one asserts, the other demands, threatens or promises, or condemns
    "same_agent",
    "other_agent",
    "other_parties",
    "other_figure",
    "other_place",
    "other_time",
    "same_document",
    "nested",  # the one stands within the other's words
    "days_apart",
    "setting",
    "short",
    "frame_of_short",
)
_SHORT: Final = 2  # words of a content that tells little by itself
_FAR: Final = 7  # days from which on a difference tells no more


def features(own: Table, left: Ints, right: Ints) -> Floats:
    """What is compared of each pair of claims, of shape (*pairs, features); see `FEATURES`.

    `left` and `right` number claims: of one shape (pairs,), or, for each of some claims with each
    of others, of shapes (rows, 1) and (1, columns), which takes a tenth of the time.
    """
    shape = np.broadcast_shapes(left.shape, right.shape)
    found = np.empty((*shape, len(FEATURES)), dtype=np.float32)
    for place, column in enumerate(compared(own, left, right)):
        found[..., place] = column
    return found


def compared(own: Table, left: Ints, right: Ints) -> Iterator[Column]:
    """The same one feature after the other, each of the shape of the pairs."""
    frame = _products(own.vectors, left, right)
    yield frame
    shared, either, less = _overlap(own.terms, left, right)
    yield _share(shared, either)
    yield _share(shared, less)
    yield from _slots(own, left, right)
    yield own.document[left] == own.document[right]
    yield _nested(own, left, right)
    yield _days(own.day, left, right)
    settings, all_settings, _ = _overlap(own.setting, left, right)
    yield _share(settings, all_settings)
    short = less <= _SHORT
    yield short
    yield frame * short


def _slots(own: Table, left: Ints, right: Ints) -> Iterator[Bools]:
    """What is so of a pair or is not: who speaks, who denies, of whom, of what, where and when."""
    same, other = _speakers(own, left, right)
    reject, rejects = own.rejecting[left], own.rejecting[right]
    sourced, sourceds = own.sourced[left], own.sourced[right]
    both_reject = reject & rejects
    yield same
    yield other
    yield ~sourced & ~sourceds
    yield sourced != sourceds
    yield (own.denying[left] & ~rejects) | (own.denying[right] & ~reject)
    yield reject != rejects
    yield both_reject & same
    yield both_reject & other
    yield own.negative[left] != own.negative[right]
    yield _equal(own.act, left, right)
    yield own.force[left] != own.force[right]
    yield _equal(own.agent, left, right)
    yield _unequal(own.agent, left, right)
    yield _disjoint(own.named, left, right)
    yield _figures_differ(own.figures, left, right)
    yield _disjoint(own.places, left, right)
    yield _times_differ(own.times, left, right)


def _products(vectors: Floats, left: Ints, right: Ints) -> Floats:
    """Cosines of pairs."""
    found: Floats
    if left.ndim == 1:
        found = np.einsum("ij,ij->i", vectors[left], vectors[right])
    else:
        found = vectors[left[:, 0]] @ vectors[right[0]].T
    return found


def _shared(bits: Bits, left: Ints, right: Ints) -> Counts:
    """How many words both have."""
    found = np.zeros(np.broadcast_shapes(left.shape, right.shape), dtype=np.uint16)
    for word in bits.T:
        if word.any():  # of names hardly one is set
            found += np.bitwise_count(word[left] & word[right])
    return found


def _meet(bits: Bits, left: Ints, right: Ints) -> Bools:
    """Whether both have a word."""
    found = np.zeros(np.broadcast_shapes(left.shape, right.shape), dtype=np.bool_)
    for word in bits.T:
        if word.any():
            found |= (word[left] & word[right]) != 0
    return found


def meeting(some: Bits, others: Bits) -> Bools:
    """Whether each of some sets of words has a word with each of others, (some, others).

    Hardly ever two different words are taken for one, and never one for two.
    """
    found = np.zeros((len(some), len(others)), dtype=np.bool_)
    for one, other in zip(some.T, others.T, strict=True):
        if one.any() and other.any():
            found |= (one[:, None] & other) != 0
    return found


def _share(some: Counts, every: Counts) -> Floats:
    """Which share some words are of all."""
    return np.divide(some, np.maximum(every, 1), dtype=np.float32)


def _count(bits: Bits) -> Counts:
    ones: Counts = np.bitwise_count(bits).sum(axis=-1, dtype=np.uint16)
    return ones


def _any(bits: Bits) -> Bools:
    some: Bools = bits.max(axis=-1) > 0
    return some


def _overlap(bits: Bits, left: Ints, right: Ints) -> tuple[Counts, Counts, Counts]:
    """How many words both have, either has, and the one with fewer has."""
    both, size = _shared(bits, left, right), _count(bits)
    one, other = size[left], size[right]
    return both, one + other - both, np.minimum(one, other)


def _speakers(own: Table, left: Ints, right: Ints) -> tuple[Bools, Bools]:
    """Whether two speakers share a name or a party, and whether they speak for other parties."""
    names = _meet(own.speaker, left, right)
    parties = _meet(own.party, left, right)
    known, same = _any(own.party), names | parties
    return same, known[left] & known[right] & ~same


def _equal(column: Ints, left: Ints, right: Ints) -> Bools:
    known = column >= 0
    same: Bools = (column[left] == column[right]) & known[left]
    return same


def _unequal(column: Ints, left: Ints, right: Ints) -> Bools:
    known = column >= 0
    other: Bools = (column[left] != column[right]) & known[left]
    return other & known[right]


def _disjoint(bits: Bits, left: Ints, right: Ints) -> Bools:
    """Whether both have words and none in common."""
    known = _any(bits)
    return (known[left] & known[right]) & ~_meet(bits, left, right)


def _nested(own: Table, left: Ints, right: Ints) -> Bools:
    """Whether the one's words are part of the other's: a claim that another one tells of."""
    found: Bools = own.document[left] == own.document[right]
    a, b = (np.broadcast_to(side, found.shape)[found] for side in (left, right))
    begins, ends = (own.at[a] - own.at[b]).T
    found[found] = (begins * ends <= 0) & ((begins != 0) | (ends != 0))
    return found


def _days(day: Ints, left: Ints, right: Ints) -> Ints:
    known = day != NO_DAY
    apart: Ints = np.minimum(np.abs(day[left] - day[right]), _FAR)
    apart *= known[left] & known[right]
    return apart


def _figures_differ(figures: NDArray[np.float64], left: Ints, right: Ints) -> Bools:
    """Whether two claims count one thing and come to different figures."""
    has = (~np.isnan(figures)).sum(axis=1) > 0
    found: Bools = has[left] & has[right]
    if found.any():
        a, b = (np.broadcast_to(side, found.shape)[found] for side in (left, right))
        known = ~np.isnan(figures[a]) & ~np.isnan(figures[b])
        found[found] = (known & (figures[a] != figures[b])).any(axis=1)
    return found


def _times_differ(times: Ints, left: Ints, right: Ints) -> Bools:
    """Whether both tell when, and one is over before the other begins."""
    known = times[:, 0] >= 0
    found: Bools = known[left] & known[right]
    if found.any():
        first, last = times[:, 0], times[:, 1]
        found &= (last[left] < first[right]) | (last[right] < first[left])
    return found
