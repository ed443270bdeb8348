"""New claims meet those that they may match, and no others.

What a claim is compared with depends on what was recorded before its story, and on nothing that is
linked together with it: so many stories at once come to what one after the other would.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np
from msgspec import Raw

from allegedly.encoder.vectors import unpacked
from allegedly.linking.claims import Table, chosen, likely, table, words_of
from allegedly.linking.claims.blocking import asked
from allegedly.linking.claims.blocking import keys as own_keys
from allegedly.links.bodies import profile_of, vector_of
from allegedly.links.keys import MOST, Keys, claim_of, nearest
from allegedly.store import link_reading
from allegedly.store.link_reading import Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from allegedly.linking.claims import Profile

MATCHES: Final = 20
"""Claims that one brings up: those that share the most keys with it.

B-cubed F1 on the stories of the cases, one after the other, is 0.534; with 40 it was 0.536.
"""
_KEPT: Final = 60_000  # claims of linked documents that are kept at hand, of 2 to 7 kB each


class Compared:
    """The claims of one linked document as they are compared, each made of its entry when asked."""

    def __init__(self, document: str, claims: Sequence[Mapping[str, Any] | Raw]) -> None:
        """Take what the document's entry holds of each of its claims."""
        self.document = document
        self.names: tuple[str, ...] = tuple(map(_id_of, claims))
        self._bodies: list[Mapping[str, Any] | Raw | None] = list(claims)
        self._made: dict[int, tuple[Profile, NDArray[np.int8], bytes]] = {}

    def claim(self, place: int) -> tuple[Profile, NDArray[np.int8], bytes]:
        """The profile of one claim, its vector (size,) as stored, and its words as bits."""
        body = self._bodies[place]
        if body is not None:
            told = msgspec.json.decode(body) if isinstance(body, Raw) else body
            own = profile_of(told, self.document)
            self._made[place] = own, vector_of(told), words_of(own)
            self._bodies[place] = None
        return self._made[place]

    def places_of(self, names: Collection[str]) -> Iterator[int]:
        """Where some claims stand, of those that are here."""
        return (place for place, name in enumerate(self.names) if name in names)


class _Named(msgspec.Struct):
    """What tells whether a claim is asked for, before all of it is read."""

    id: str


_NAMED: Final = msgspec.json.Decoder(_Named)


def _id_of(claim: Mapping[str, Any] | Raw) -> str:
    return _NAMED.decode(claim).id if isinstance(claim, Raw) else claim["id"]


class Lately:
    """Linked documents that were lately looked at: what is told in one week meets again and again.

    `most` bounds the claims of them that are kept.
    """

    def __init__(self, most: int = _KEPT) -> None:
        """Nothing is at hand yet."""
        self._most, self._held = most, 0
        self._by_entry: OrderedDict[int, Compared] = OrderedDict()
        self._keys: Keys | None = None

    def expect(self, connection: Connection, waiting: int) -> None:
        """Have the keys of all claims at hand, where so many stories wait that it is worth it."""
        self._keys = Keys.whole(connection, waiting)

    def keys(self, connection: Connection, keys: Collection[int], before: int) -> Keys:
        """The claims under some keys, of all that was linked before an entry."""
        own = self._keys
        if own is None or own.until != link_reading.linked_until(connection, before):
            own = Keys.of(connection, keys, before)
            self._keys = None  # somebody else links too: what they link is not at hand
        elif len(own) > MOST:
            self._keys = None
        return own

    def forget(self, seqs: Collection[int]) -> None:
        """Documents are linked anew: what entries held of them counts no more."""
        if self._keys is not None:
            self._keys.drop(seqs)

    def of(self, connection: Connection, seqs: Collection[int]) -> dict[int, Compared]:
        """Linked documents by the numbers of their entries."""
        missing = sorted(seq for seq in seqs if seq not in self._by_entry)
        for seq, entry in link_reading.linking_entries(connection, missing).items():
            self.keep(seq, entry.document, entry.claims)
        found = {seq: self._by_entry[seq] for seq in seqs}
        for seq in seqs:
            self._by_entry.move_to_end(seq)
        while self._held > self._most and len(self._by_entry) > 1:
            self._held -= len(self._by_entry.popitem(last=False)[1].names)
        return found

    def places_of(
        self, connection: Connection, claims: Collection[str], documents: Collection[str]
    ) -> list[Found]:
        """Where some claims of some documents stand, of those that are linked."""
        seqs = link_reading.entries_of(connection, documents).values()
        held = self.of(connection, list(seqs))
        return [Found(seq, at) for seq, own in held.items() for at in own.places_of(claims)]

    def keep(self, seq: int, document: str, claims: Sequence[Mapping[str, Any] | Raw]) -> Compared:
        """Have a linked document at hand."""
        self._by_entry[seq] = made = Compared(document, claims)
        self._held += len(made.names)
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Claims that may match, in the order in which they were recorded, and as columns."""

    profiles: tuple[Profile, ...]
    own: Table
    at: Mapping[Found, int]
    named: Mapping[str, int]

    @classmethod
    def of(cls, connection: Connection, lately: Lately, places: Iterable[Found]) -> Met:
        """Claims by where they stand."""
        ordered = sorted(set(places))
        held = lately.of(connection, {found.seq for found in ordered})
        claims = [held[seq].claim(place) for seq, place in ordered]
        profiles = tuple(profile for profile, *_ in claims)
        stored = np.array([vector for _, vector, _ in claims], dtype=np.int8)
        vectors = unpacked(stored.reshape(len(claims), stored.size // max(1, len(claims))))
        return cls(
            profiles=profiles,
            own=table(profiles, vectors, [words for *_, words in claims]),
            at={found: i for i, found in enumerate(ordered)},
            named={p.id: i for i, p in enumerate(profiles)},
        )


def alike(met: Met, fresh: Collection[Found], around: Collection[Found]) -> list[tuple[str, str]]:
    """The pairs of a story's claims with what is around it that are likely to be one."""
    which = np.array(sorted(met.at[place] for place in around), dtype=np.int64)
    profiles = [met.profiles[i] for i in which.tolist()]
    own = chosen(met.own, profiles, which)
    new = np.searchsorted(which, sorted(met.at[place] for place in fresh))
    left, right = likely(own, new)
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return [(profiles[i].id, profiles[j].id) for i, j in pairs]


def candidates(
    connection: Connection, lately: Lately, stories: Mapping[int, Sequence[Profile]]
) -> dict[int, set[Found]]:
    """For each new story what its claims may match, the story's own claims among it.

    `stories` are profiles by the number of the entry that holds them, in order. What shares the
    most keys with a claim comes first, then what is newest; a key brings up its newest claims.
    """
    wanted = {seq: [asked(own) for own in profiles] for seq, profiles in stories.items()}
    every = sorted({key for keys in chain.from_iterable(wanted.values()) for key in keys})
    held = lately.keys(connection, every, before=min(stories, default=0))
    found = {}
    for seq, profiles in stories.items():
        under = dict(held.under(sorted({key for keys in wanted[seq] for key in keys})))
        near = {claim for keys in wanted[seq] for claim in nearest(under, keys, MATCHES)}
        own = (Found(seq, place) for place in range(len(profiles)))
        found[seq] = {*own, *map(claim_of, near)}
        held.add(seq, map(own_keys, profiles))
    return found
