"""Groups of claims while new stories join them, and what of it is recorded."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from allegedly.linking.claims import chosen, links, regrouped, told
from allegedly.linking.claims.grouping import LOOKED_AT, Constraints
from allegedly.links.meeting import Met
from allegedly.records import ClaimGroup, content_id
from allegedly.store import link_reading, link_recording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from allegedly.linking.claims import Profile
    from allegedly.links.meeting import Lately
    from allegedly.records import Link, LinkDecision
    from allegedly.store.link_reading import Found
    from allegedly.store.writing import Writer

    Members = dict[str, str]
    Ints = NDArray[np.int64]


class Groups:
    """The groups that some claims are in, as stories join them one after the other.

    A group has two members at least.
    """

    def __init__(self) -> None:
        """None is known yet."""
        self._members: dict[str, Members] = {}
        self._of: dict[str, str] = {}
        self._changed: dict[str, None] = {}
        self._stood: set[str] = set()

    def load(self, connection: Connection, claims: Collection[str]) -> None:
        """Have the groups that hold any of some claims, or their ids, as they stand."""
        for name, members in link_reading.members_of(connection, claims).items():
            if name not in self._stood:
                self._stood.add(name)
                self._members[name] = members
                self._of.update(dict.fromkeys(members, name))

    def first(self, claims: Iterable[str]) -> dict[str, Members]:
        """The first members of each group that some claims are in, with their documents.

        Of a group of very many these speak for all; see `whole`.
        """
        names = dict.fromkeys(self._of[claim] for claim in claims if claim in self._of)
        return {name: dict(islice(self._members[name].items(), LOOKED_AT)) for name in names}

    def of(self, claim: str) -> str | None:
        """The group that a claim is in."""
        return self._of.get(claim)

    def whole(self, name: str) -> bool:
        """Whether the first members of a group are all of them."""
        return len(self._members[name]) <= LOOKED_AT

    def leave(self, claims: Iterable[str]) -> None:
        """Claims that are no longer what they were are in no group."""
        for claim in claims:
            name = self._of.pop(claim, None)
            if name is not None:
                del self._members[name][claim]
                self._changed[name] = None
                if len(self._members[name]) == 1:
                    self.leave(list(self._members[name]))
                elif not self._members[name]:
                    del self._members[name]

    def remake(self, parts: Sequence[Members]) -> None:
        """The groups that any of some claims is in are these now; a part of one claim is none.

        A group goes on, with its id and those of its members that nobody looked at, in the part
        that most of it is in. What is new has the id of its first member.
        """
        names = dict.fromkeys(self._of[m] for part in parts for m in part if m in self._of)
        before = {name: self._members.pop(name) for name in names}
        for member in (m for members in before.values() for m in members):
            del self._of[member]
        known = {member for part in parts for member in part}
        for part, heirs in zip(parts, _heirs(before, parts), strict=True):
            rest = {m: d for n in heirs for m, d in before[n].items() if m not in known}
            whole = part | rest
            if len(whole) > 1:
                name = heirs[0] if heirs else self._free(part, before)
                self._members[name] = whole
                self._of.update(dict.fromkeys(whole, name))
        self._changed.update(dict.fromkeys(n for n in before if before[n] != self._members.get(n)))
        made = (self._of[m] for part in parts for m in part if m in self._of)
        self._changed.update(dict.fromkeys(name for name in made if name not in before))

    def changed(self) -> dict[str, Members]:
        """The documents of the members of each group that is another than it was, or is no more."""
        now = {name: self._members.get(name, {}) for name in self._changed}
        return {name: members for name, members in now.items() if members or name in self._stood}

    def _free(self, claims: Iterable[str], before: Collection[str]) -> str:
        """The id of the first of some claims that no group has kept which that claim has left."""
        free = (claim for claim in claims if claim not in self._members and claim not in before)
        return next(free, None) or content_id("group", *claims)


def _heirs(before: Mapping[str, Members], parts: Sequence[Members]) -> list[list[str]]:
    """Which groups go on in each part: the one that gives most to it first."""
    place = {member: at for at, part in enumerate(parts) for member in part}
    found: list[list[tuple[int, str]]] = [[] for _ in parts]
    for name, members in before.items():
        at, count = Counter(place[m] for m in members if m in place).most_common(1)[0]
        found[at].append((-count, name))
    return [[name for _, name in sorted(heirs, key=lambda heir: heir[0])] for heirs in found]


def join(  # noqa: PLR0913, PLR0917 - a story's claims, what they meet, what holds
    met: Met,
    groups: Groups,
    around: Collection[Found],
    alike: Sequence[tuple[str, str]],
    held: Constraints,
    fresh: Collection[Found],
) -> list[Link]:
    """Make the groups that the claims of one story bear on anew; gives what stands against them.

    `fresh` are the story's claims, `around` is all that they may match, they themselves among it;
    `alike` are the pairs that are likely to be one; `held` is numbered as `met`. A group of which
    only the first members are looked at stays together.
    """
    first = groups.first(chain.from_iterable(alike))
    inside = {met.named[m] for m in chain(*alike, *first.values()) if m in met.named}
    which = np.array(sorted({met.at[place] for place in around} | inside), dtype=np.int64)
    profiles = [met.profiles[i] for i in which.tolist()]
    own = chosen(met.own, profiles, which)
    place = {p.id: i for i, p in enumerate(profiles)}
    rows = {name: [place[m] for m in members if m in place] for name, members in first.items()}
    fixed = [pair for name in first if not groups.whole(name) for pair in pairwise(rows[name])]
    joined = [(place[one], place[other]) for one, other in alike]
    joined += [pair for row in rows.values() for pair in pairwise(row)]
    left, right = np.array(joined, dtype=np.int64).reshape(-1, 2).T
    held = _inside(held, which, fixed)
    numbers = regrouped(profiles, own, left, right, constraints=held)
    groups.remake(_parts(profiles, numbers, {*left.tolist(), *right.tolist()}))
    about = np.searchsorted(which, sorted(met.at[place] for place in fresh))
    return links(profiles, own, _units(groups, [p.id for p in profiles]), about)


def _parts(profiles: Sequence[Profile], numbers: Ints, which: Collection[int]) -> list[Members]:
    """The documents of the claims of each number, of some claims."""
    parts: dict[int, Members] = {}
    for i in sorted(which):
        parts.setdefault(int(numbers[i]), {})[profiles[i].id] = profiles[i].document
    return list(parts.values())


def _units(groups: Groups, names: Sequence[str]) -> Ints:
    """For each claim the first that is in its group."""
    first: dict[str, int] = {}
    units = [first.setdefault(groups.of(name) or name, i) for i, name in enumerate(names)]
    return np.array(units, dtype=np.int64)


def _inside(held: Constraints, which: Ints, fixed: Iterable[tuple[int, int]]) -> Constraints:
    """People's words on some claims, numbered as these are, and pairs that stay together."""
    place = {int(number): i for i, number in enumerate(which)}

    def those(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((place[a], place[b]) for a, b in pairs if a in place and b in place)

    return Constraints(together=(*those(held.together), *fixed), apart=those(held.apart))


def constraints_of(decisions: Iterable[LinkDecision], place: Mapping[str, int]) -> Constraints:
    """What people decided of some claims, by the numbers of these."""
    same = [d for d in decisions if d.relation == "same" and {d.left, d.right} <= place.keys()]
    pairs = {
        v: tuple((place[d.left], place[d.right]) for d in same if d.verdict == v)
        for v in ("link", "unlink")
    }
    return Constraints(together=pairs["link"], apart=pairs["unlink"])


def put_groups(end: Writer, changed: Mapping[str, Members], lately: Lately, by: str) -> int:
    """Put groups as they are now, those without members as taken back; gives how many."""
    several = {name: members for name, members in changed.items() if members}
    gone = [name for name in changed if name not in several]
    link_recording.taken_back(end, gone, by)
    documents = {m: d for members in several.values() for m, d in members.items()}
    link_recording.put_groups(end, _shown(end.connection, several, lately), documents, by)
    return len(changed)


def _shown(
    connection: Connection, groups: Mapping[str, Members], lately: Lately
) -> Iterator[ClaimGroup]:
    """Groups with the member that says each best, told from the first members that there are."""
    first = {name: dict(list(members.items())[:LOOKED_AT]) for name, members in groups.items()}
    documents = {document for members in first.values() for document in members.values()}
    wanted = {member for members in first.values() for member in members}
    places = lately.places_of(connection, wanted, documents)
    met = Met.of(connection, lately, places)
    inside = {
        name: np.array([met.named[m] for m in members if m in met.named], dtype=np.int64)
        for name, members in first.items()
    }
    there = {name: members for name, members in inside.items() if len(members)}
    for name, (shown, probability) in zip(there, told(met.own, [*there.values()]), strict=True):
        yield ClaimGroup(
            id=name,
            members=tuple(groups[name]),
            shown=met.profiles[shown].id,
            probability=probability,
        )
