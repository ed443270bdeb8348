"""Profiles of claims as columns, so that many pairs are compared at once."""

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
    from collections.abc import Callable, Iterable, Sequence

    from allegedly.linking.claims.profiles import Profile

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Words = frozenset[str] | tuple[str, ...]

_WIDTH: Final = 512  # bits of a set of words, so that ten words hardly ever meet by chance
_NAMES: Final = 128  # bits of a set of names
_SETS: Final = {
    "terms": _WIDTH,
    "setting": _WIDTH,
    "speaker": _NAMES,
    "named": _NAMES,
    "places": _NAMES,
    "agents": _NAMES,
}
"""Bits of each set of words that a profile has by itself."""
_TWICE: Final = 2  # times that a name must stand with its party
_MOSTLY: Final = 0.8  # share of those times with the same one
NO_DAY: Final = -1
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


def table(
    profiles: Sequence[Profile], vectors: Floats, words: Sequence[bytes] | None = None
) -> Table:
    """Profiles and their vectors, in the same order, as columns; `words` from `words_of`."""
    told = b"".join(map(words_of, profiles) if words is None else words)
    sets = np.frombuffer(told, dtype=np.uint64).reshape(len(profiles), sum(_SETS.values()) // 64)
    ends = np.cumsum([width // 64 for width in _SETS.values()])
    bits = dict(zip(_SETS, np.split(sets, ends[:-1], axis=1), strict=True))
    names = _Numbers()
    speaks_for = affiliations(profiles)
    party = [p.party or speaks_for(p) for p in profiles]
    return Table(
        vectors=vectors,
        **bits,
        party=_bits(party, _NAMES),
        agent=_column(names.of(p.agent) for p in profiles),
        act=_column(names.of(None if p.act == "assert" else p.act) for p in profiles),
        force=_column(names.of(force(p.act)) for p in profiles),
        asserting=np.array([force(p.act) == "asserts" for p in profiles], dtype=np.bool_),
        document=_column(names.of(p.document) for p in profiles),
        at=np.array([p.at for p in profiles], dtype=np.int64).reshape(-1, 2),
        day=_column(NO_DAY if p.day is None else p.day for p in profiles),
        sourced=np.array([p.source is not None for p in profiles], dtype=np.bool_),
        rejecting=np.array([p.rejecting for p in profiles], dtype=np.bool_),
        denying=np.array([p.act == "deny" for p in profiles], dtype=np.bool_),
        accusing=np.array([p.act == "accuse" for p in profiles], dtype=np.bool_),
        negative=np.array([p.negative for p in profiles], dtype=np.bool_),
        figures=_figures(profiles),
        times=_times(profiles),
    )


def words_of(own: Profile) -> bytes:
    """The sets of words of a profile as bits one after the other, as a table holds them."""
    agent = (own.agent,) if own.agent else ()
    sets = (own.terms, own.setting, own.speaker, own.named, own.places, agent)
    return b"".join(map(_row, sets, _SETS.values()))


def chosen(own: Table, profiles: Sequence[Profile], which: Ints) -> Table:
    """The columns of some claims of a table, whose profiles come in the same order as `which`.

    Which parties their speakers speak for is told from these claims alone.
    """
    speaks_for = affiliations(profiles)
    party = _bits([p.party or speaks_for(p) for p in profiles], _NAMES)
    return replace(own.of(which), party=party)


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


@lru_cache(maxsize=1 << 12)  # claims of one story have one setting, and many the same party
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
    told = [(row, own.time) for row, own in enumerate(profiles) if own.time]
    rank = {day: i for i, day in enumerate(sorted({day for _, time in told for day in time}))}
    found = np.full((len(profiles), 2), -1, dtype=np.int64)
    for row, (first, last) in told:
        found[row] = rank[first], rank[last]
    return found
