"""Which claims stand under which keys, at hand while stories are linked.

For few stories the ledger is asked for their keys alone. Where very many are linked, all keys are
read once and kept up to date: 16 bytes each, a hundredth of what else a claim takes.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.store import link_reading
from allegedly.store.link_reading import AT_ONCE, NEWEST, Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    Ints = NDArray[np.int64]

# Reading the 200 keys of a linked story takes 0.3 ms, asking for those that a new one needs 10 ms.
MANY: Final = 64  # stories to link, from which reading all keys may be worth it
FEWER: Final = 10  # times as many stories that are linked already, up to which it is
MOST: Final = 10_000_000  # keys that are kept: those of a million claims
_APART: Final = 50_000  # keys that came lately, before they are sorted in with the others
_PLACES: Final = 20  # bits of a claim's number in the number that it is kept as


class Keys:
    """Claims by the keys that they are kept under, all that were recorded before `until`."""

    def __init__(self, keys: Ints, claims: Ints, until: int) -> None:
        """Take keys, of shape (n,), and the claims under each as `numbered`."""
        order = np.lexsort((claims, keys))
        self._keys, self._claims, self.until = keys[order], claims[order], until
        self._lately: dict[int, list[int]] = {}
        self._count = 0

    @classmethod
    def of(cls, connection: Connection, keys: Collection[int], before: int) -> Keys:
        """Those under some keys alone, the newest `NEWEST` of each."""
        return cls(*_columns(link_reading.matching(connection, keys, before=before)), before - 1)

    @classmethod
    def whole(cls, connection: Connection, waiting: int) -> Keys | None:
        """All of a ledger in which so many stories wait; None where that is not worth it."""
        if waiting < MANY or link_reading.linked(connection) > FEWER * waiting:
            return None
        rows = islice(link_reading.every_key(connection), 1 + MOST // AT_ONCE)
        own = cls(*_columns(rows), link_reading.linked_until(connection))
        return None if len(own) > MOST else own

    def __len__(self) -> int:
        return len(self._keys) + self._count

    def add(self, seq: int, keys: Iterable[Iterable[int]]) -> None:
        """Take the keys of each claim of a document that was linked after all others."""
        for place, own in enumerate(keys):
            for key in own:
                self._lately.setdefault(key, []).append(numbered(seq, place))
                self._count += 1
        self.until = seq

    def drop(self, seqs: Collection[int]) -> None:
        """Forget what documents said that are linked anew, by the numbers of their entries."""
        if seqs:
            self._sort_in()
            gone = np.isin(self._claims >> _PLACES, list(seqs))
            self._keys, self._claims = self._keys[~gone], self._claims[~gone]

    def under(self, keys: Sequence[int]) -> Iterator[tuple[int, Ints]]:
        """The newest `NEWEST` claims under each of some keys that has any, as `numbered`."""
        if self._count > _APART:
            self._sort_in()
        asked = np.array(keys, dtype=np.int64)
        first, last = (np.searchsorted(self._keys, asked, side) for side in ("left", "right"))
        for key, start, end in zip(keys, first.tolist(), last.tolist(), strict=True):
            new = self._lately.get(key, [])[-NEWEST:]
            old = self._claims[max(start, end - NEWEST + len(new)) : end]
            if new or len(old):
                yield key, np.concatenate([old, np.array(new, dtype=np.int64)]) if new else old

    def _sort_in(self) -> None:
        lately = [(key, claim) for key, claims in self._lately.items() for claim in claims]
        keys, claims = np.array(sorted(lately), dtype=np.int64).reshape(-1, 2).T
        # They are newer than all others under their keys.
        at = np.searchsorted(self._keys, keys, "right")
        self._keys, self._claims = (
            np.insert(self._keys, at, keys),
            np.insert(self._claims, at, claims),
        )
        self._lately.clear()
        self._count = 0


def numbered(seq: int, place: int) -> int:
    """A claim as one number, that of what was recorded later being higher."""
    return seq << _PLACES | place


def claim_of(number: int) -> Found:
    """The claim of a number."""
    return Found(number >> _PLACES, number & ((1 << _PLACES) - 1))


def _columns(parts: Iterable[Sequence[tuple[int, int, int]]]) -> tuple[Ints, Ints]:
    """Keys and the claims under them as `numbered`, from rows of key, entry and place."""
    rows = [np.fromiter(chain.from_iterable(part), dtype=np.int64) for part in parts]
    keys, seqs, places = np.concatenate([*rows, np.zeros(0, dtype=np.int64)]).reshape(-1, 3).T
    return keys, seqs << _PLACES | places


def nearest(under: Mapping[int, Ints], keys: Sequence[int], most: int) -> list[int]:
    """The claims that share the most of some keys, of those the newest documents' first."""
    sides = [under[key] for key in keys if key in under]
    if not sides:
        return []
    claims, shared = np.unique(np.concatenate(sides), return_counts=True)
    if len(claims) > most:
        claims = claims[np.lexsort((claims, -(claims >> _PLACES), -shared))[:most]]
    told: list[int] = claims.tolist()
    return told
