"""Pairs of claims compared in whole arrays: what speaks for their saying the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from allegedly.linking.force import force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from allegedly.linking.claims.profiles import Profile

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
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
    agent: Ints
    act: Ints
    force: Ints
    document: Ints
    at: Ints
    day: Ints
    sourced: NDArray[np.bool_]
    rejecting: NDArray[np.bool_]
    denying: NDArray[np.bool_]
    negative: NDArray[np.bool_]
    figures: NDArray[np.float64]
    times: Ints

    def __len__(self) -> int:
        return len(self.day)


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
        agent=_column(names.of(p.agent) for p in profiles),
        act=_column(names.of(None if p.act == "assert" else p.act) for p in profiles),
        force=_column(names.of(force(p.act)) for p in profiles),
        document=_column(names.of(p.document) for p in profiles),
        at=np.array([p.at for p in profiles], dtype=np.int64).reshape(-1, 2),
        day=_column(_NO_DAY if p.day is None else p.day for p in profiles),
        sourced=np.array([p.source is not None for p in profiles], dtype=np.bool_),
        rejecting=np.array([p.rejecting for p in profiles], dtype=np.bool_),
        denying=np.array([p.act == "deny" for p in profiles], dtype=np.bool_),
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
    columns = {field.name: getattr(own, field.name)[which] for field in fields(own)}
    return Table(**columns | {"party": party})


def features(own: Table, left: Ints, right: Ints) -> Floats:
    """What is compared of each pair of claims, of shape (*pairs, features); see `FEATURES`.

    `left` and `right` number claims: of one shape (pairs,), or, for each of some claims with each
    of others, of shapes (rows, 1) and (1, columns), which takes a tenth of the time.
    """
    frame = _products(own.vectors, left, right)
    shared, either, less = _overlap(own.terms, left, right)
    same, other = _speakers(own, left, right)
    reject, rejects = own.rejecting[left], own.rejecting[right]
    sourced, sourceds = own.sourced[left], own.sourced[right]
    both_named = _any(own.named[left]) & _any(own.named[right])
    settings, all_settings, _ = _overlap(own.setting, left, right)
    short = less <= _SHORT
    columns = (
        frame,
        shared / np.maximum(either, 1),
        shared / np.maximum(less, 1),
        same,
        other,
        ~sourced & ~sourceds,
        sourced != sourceds,
        (own.denying[left] & ~rejects) | (own.denying[right] & ~reject),
        reject != rejects,
        reject & rejects & same,
        reject & rejects & other,
        own.negative[left] != own.negative[right],
        _equal(own.act, left, right),
        own.force[left] != own.force[right],
        _equal(own.agent, left, right),
        _unequal(own.agent, left, right),
        both_named & ~_meet(own.named, left, right),
        _figures_differ(own.figures, left, right),
        _disjoint(own.places, left, right),
        _times_differ(own.times, left, right),
        own.document[left] == own.document[right],
        _nested(own, left, right),
        _days(own.day, left, right),
        settings / np.maximum(all_settings, 1),
        short,
        frame * short,
    )
    found = np.empty((*frame.shape, len(columns)), dtype=np.float32)
    for place, column in enumerate(columns):
        found[..., place] = column
    return found


def affiliations(profiles: Iterable[Profile]) -> Callable[[Profile], frozenset[str]]:
    """For which parties the speakers of some claims speak where their names alone do not tell.

    Elsewhere among these claims the same name stands with its party (*Ukrainian President …*).
    """
    known: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for own in profiles:
        for word in own.speaker:
            known[word].update(own.party)
    sure = {word: _sure(parties) for word, parties in known.items()}

    def speaks_for(own: Profile) -> frozenset[str]:
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
    """Cosines of pairs; in one thread, where BLAS would wait for cores that stories are read on."""
    found: Floats
    if left.ndim == 1:
        found = np.einsum("ij,ij->i", vectors[left], vectors[right])
    else:
        found = np.einsum("ik,jk->ij", vectors[left[:, 0]], vectors[right[0]])
    return found


def _shared(bits: Bits, left: Ints, right: Ints) -> Ints:
    """How many words both have."""
    shape = np.broadcast_shapes(left.shape, right.shape)
    found = np.zeros(shape, dtype=np.int64)
    for word in bits.T:
        found += np.bitwise_count(word[left] & word[right])
    return found


def _meet(bits: Bits, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Whether both have a word."""
    some: NDArray[np.bool_] = _shared(bits, left, right) > 0
    return some


def _count(bits: Bits) -> Ints:
    ones: Ints = np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)
    return ones


def _any(bits: Bits) -> NDArray[np.bool_]:
    some: NDArray[np.bool_] = bits.max(axis=-1) > 0
    return some


def _overlap(bits: Bits, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """How many words both have, either has, and the one with fewer has."""
    both, size = _shared(bits, left, right), _count(bits)
    one, other = size[left], size[right]
    return both, one + other - both, np.minimum(one, other)


def _speakers(own: Table, left: Ints, right: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether two speakers share a name or a party, and whether they speak for other parties."""
    names = _meet(own.speaker, left, right)
    parties = _meet(own.party, left, right)
    known = _any(own.party[left]) & _any(own.party[right])
    return names | parties, known & ~parties & ~names


def _equal(column: Ints, left: Ints, right: Ints) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (column[left] == column[right]) & (column[left] >= 0)
    return same


def _unequal(column: Ints, left: Ints, right: Ints) -> NDArray[np.bool_]:
    other: NDArray[np.bool_] = column[left] != column[right]
    return other & (column[left] >= 0) & (column[right] >= 0)


def _disjoint(bits: Bits, left: Ints, right: Ints) -> NDArray[np.bool_]:
    apart: NDArray[np.bool_] = _any(bits[left]) & _any(bits[right])
    return apart & ~_meet(bits, left, right)


def _nested(own: Table, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Whether the one's words are part of the other's: a claim that another one tells of."""
    first, last = own.at.T
    begins, ends = first[left] - first[right], last[left] - last[right]
    within = (begins * ends <= 0) & ((begins != 0) | (ends != 0))
    nested: NDArray[np.bool_] = within & (own.document[left] == own.document[right])
    return nested


def _days(day: Ints, left: Ints, right: Ints) -> Ints:
    apart = np.minimum(np.abs(day[left] - day[right]), _FAR)
    known = (day[left] != _NO_DAY) & (day[right] != _NO_DAY)
    return np.where(known, apart, 0)


def _figures_differ(figures: NDArray[np.float64], left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Whether two claims count one thing and come to different figures."""
    has = (~np.isnan(figures)).sum(axis=1) > 0
    found: NDArray[np.bool_] = has[left] & has[right]
    a, b = (np.broadcast_to(side, found.shape)[found] for side in (left, right))
    known = ~np.isnan(figures[a]) & ~np.isnan(figures[b])
    found[found] = (known & (figures[a] != figures[b])).any(axis=1)
    return found


def _times_differ(times: Ints, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Whether both tell when, and one is over before the other begins."""
    first, last = times[:, 0], times[:, 1]
    apart: NDArray[np.bool_] = (last[left] < first[right]) | (last[right] < first[left])
    return apart & (first[left] >= 0) & (first[right] >= 0)
