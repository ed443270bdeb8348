"""Pairs of claims compared in whole arrays: what speaks for their saying the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from allegedly.linking.force import force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from allegedly.linking.claims.profiles import Profile

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Counts = NDArray[np.uint16]
Column = Floats | Bools | Ints
Words = frozenset[str] | tuple[str, ...]

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
_WIDTH: Final = 512  # bits of a set of words, so that ten words hardly ever meet by chance
_NAMES: Final = 128  # bits of a set of names
_SHORT: Final = 2  # words of a content that tells little by itself
_TWICE: Final = 2  # times that a name must stand with its party
_MOSTLY: Final = 0.8  # share of those times with the same one
_NO_DAY: Final = -1
_FAR: Final = 7  # days from which on a difference tells no more
ASSERTS: Final = -1  # number of the act of whoever says that something is so
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Profiles as columns, so that many pairs are compared at once.

    Shapes: vectors (claims, size) of length 1; sets of words as bits, 64 to a number
    (claims, numbers); figures (claims, kinds of figure), not a number for none; at (claims, 2),
    first and last character; times (claims, 2), the ranks of first and last day among all of the
    table; the others (claims,), names and kinds as numbers. -1 for none.
    """

    vectors: Floats
    terms: Bits
    setting: Bits
    speaker: Bits
    party: Bits
    named: Bits
    places: Bits
    agents: Bits
    agent: Ints
    act: Ints
    force: Ints
    asserting: NDArray[np.bool_]
    document: Ints
    at: Ints
    day: Ints
    sourced: NDArray[np.bool_]
    rejecting: NDArray[np.bool_]
    denying: NDArray[np.bool_]
    accusing: NDArray[np.bool_]
    negative: NDArray[np.bool_]
    figures: NDArray[np.float64]
    times: Ints

    def __len__(self) -> int:
        return len(self.day)

    def of(self, which: Ints | Bools | slice) -> Table:
        """The same of some claims, in this order."""
        return Table(**{field.name: getattr(self, field.name)[which] for field in fields(self)})


def table(profiles: Sequence[Profile], vectors: Floats) -> Table:
    """Profiles and their vectors, in the same order, as columns."""
    names = _Numbers()
    speaks_for = affiliations(profiles)
    party = [p.party or speaks_for(p) for p in profiles]
    return Table(
        vectors=vectors,
        terms=_bits([p.terms for p in profiles], _WIDTH),
        setting=_bits([p.setting for p in profiles], _WIDTH),
        speaker=_bits([p.speaker for p in profiles], _NAMES),
        party=_bits(party, _NAMES),
        named=_bits([p.named for p in profiles], _NAMES),
        places=_bits([p.places for p in profiles], _NAMES),
        agents=_bits([(p.agent,) if p.agent else () for p in profiles], _NAMES),
        agent=_column(names.of(p.agent) for p in profiles),
        act=_column(names.of(None if p.act == "assert" else p.act) for p in profiles),
        force=_column(names.of(force(p.act)) for p in profiles),
        asserting=np.array([force(p.act) == "asserts" for p in profiles], dtype=np.bool_),
        document=_column(names.of(p.document) for p in profiles),
        at=np.array([p.at for p in profiles], dtype=np.int64).reshape(-1, 2),
        day=_column(_NO_DAY if p.day is None else p.day for p in profiles),
        sourced=np.array([p.source is not None for p in profiles], dtype=np.bool_),
        rejecting=np.array([p.rejecting for p in profiles], dtype=np.bool_),
        denying=np.array([p.act == "deny" for p in profiles], dtype=np.bool_),
        accusing=np.array([p.act == "accuse" for p in profiles], dtype=np.bool_),
        negative=np.array([p.negative for p in profiles], dtype=np.bool_),
        figures=_figures(profiles),
        times=_times(profiles),
    )


def chosen(own: Table, profiles: Sequence[Profile], which: Ints) -> Table:
    """The columns of some claims of a table, whose profiles come in the same order as `which`.

    Which parties their speakers speak for is told from these claims alone.
    """
    speaks_for = affiliations(profiles)
    party = _bits([p.party or speaks_for(p) for p in profiles], _NAMES)
    return replace(own.of(which), party=party)


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


def affiliations(profiles: Iterable[Profile]) -> Callable[[Profile], frozenset[str]]:
    """For which parties the speakers of some claims speak where their names alone do not tell.

    Elsewhere among these claims the same name stands with its party (*Ukrainian President …*).
    """
    known: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in profiles:
        if own.party:  # of most speakers no party is known
            for word in own.speaker:
                known[word].update(own.party)
    told = ((word, _sure(parties)) for word, parties in known.items())
    sure = {word: parties for word, parties in told if parties}

    def speaks_for(own: Profile) -> frozenset[str]:
        if sure.keys().isdisjoint(own.speaker):
            return _NOBODY
        return frozenset(p for word in own.speaker for p in sure.get(word, ()))

    return speaks_for


def _sure(parties: Counter[str]) -> tuple[str, ...]:
    total = parties.total()
    return tuple(p for p, n in parties.items() if n >= _TWICE and n >= _MOSTLY * total)


class _Numbers:
    """A number for each name, -1 for none."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, name: str | None) -> int:
        return -1 if name is None else self._known.setdefault(name, len(self._known))


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _bits(sets: Sequence[Words], width: int) -> Bits:
    """Sets of words as bits, the same bit for the same word in any table."""
    rows = b"".join([_row(words, width) for words in sets])
    return np.frombuffer(rows, dtype=np.uint64).reshape(len(sets), width // 64)


@lru_cache(maxsize=1 << 17)  # a claim meets those of its week again and again
def _row(words: Words, width: int) -> bytes:
    found = np.zeros(width, dtype=np.uint8)
    found[[_place(word) % width for word in words]] = 1
    return np.packbits(found).tobytes()


@lru_cache(maxsize=1 << 16)
def _place(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "big")


def _figures(profiles: Sequence[Profile]) -> NDArray[np.float64]:
    kinds = {name: i for i, name in enumerate({name for p in profiles for name, _ in p.numbers})}
    found = np.full((len(profiles), len(kinds)), np.nan)
    for row, own in enumerate(profiles):
        for name, value in dict(own.numbers).items():
            found[row, kinds[name]] = value
    return found


def _times(profiles: Sequence[Profile]) -> Ints:
    rank = {day: i for i, day in enumerate(sorted({d for p in profiles for d in p.time or ()}))}
    rows = [[rank[day] for day in p.time] if p.time else [-1, -1] for p in profiles]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


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
    known = day != _NO_DAY
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
