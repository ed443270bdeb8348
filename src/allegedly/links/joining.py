"""Groups of claims while new stories join them, and what of it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegedly.linking.claims import chosen, grown, links, told
from allegedly.linking.claims.grouping import LOOKED_AT, Constraints
from allegedly.links.meeting import Met
from allegedly.records import ClaimGroup, content_id
from allegedly.store import link_reading, link_recording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from allegedly.links.meeting import Lately
    from allegedly.records import Link, LinkDecision
    from allegedly.store.link_reading import Found
    from allegedly.store.writing import Writer

    Members = dict[str, str]
    Ints = NDArray[np.int64]


class Groups:
    """The groups that some claims are in, as stories join them one after the other.

    A group keeps the id that it has; a new one has that of the member recorded first.
    """

    def __init__(self, connection: Connection, claims: Collection[str]) -> None:
        """The groups that hold any of some claims, as they stand."""
        self._members = link_reading.members_of(connection, claims)
        self._of = {m: name for name, members in self._members.items() for m in members}
        self._changed: dict[str, None] = {}

    def of(self, claim: str) -> str | None:
        """The group that a claim is in."""
        return self._of.get(claim)

    def leave(self, claims: Iterable[str]) -> None:
        """Claims that are no longer what they were are in no group."""
        for claim in claims:
            name = self._of.pop(claim, None)
            if name is not None:
                del self._members[name][claim]
                self._changed[name] = None

    def join(self, claims: Mapping[str, str]) -> None:
        """Claims with their documents are one, with the groups that any of them is in."""
        before = list(dict.fromkeys(self._of[c] for c in claims if c in self._of))
        name = before[0] if before else self._free(claims)
        members = {m: d for group in before for m, d in self._members.pop(group).items()}
        self._members[name] = members | dict(claims)
        self._of.update(dict.fromkeys(self._members[name], name))
        self._changed.update(dict.fromkeys((*before, name)))

    def changed(self) -> dict[str, Members]:
        """The documents of the members of each group that is another than it was."""
        return {name: self._members.get(name, {}) for name in self._changed}

    def _free(self, claims: Iterable[str]) -> str:
        """The id of the first of some claims that no group has kept which that claim has left."""
        free = (claim for claim in claims if claim not in self._members)
        return next(free, None) or content_id("group", *claims)


def join(
    met: Met, groups: Groups, fresh: Sequence[Found], around: Collection[Found], held: Constraints
) -> list[Link]:
    """Have the claims of one story join groups; gives what they stand against.

    `around` is all that they may match, they themselves among it; `held` is numbered as `met`.
    """
    which = np.array(sorted(met.at[place] for place in around), dtype=np.int64)
    profiles = [met.profiles[i] for i in which.tolist()]
    own = chosen(met.own, profiles, which)
    new = np.searchsorted(which, [met.at[place] for place in fresh])
    constraints = _inside(held, which)
    numbers = grown(
        profiles, own, new, _units(groups, [p.id for p in profiles]), constraints=constraints
    )
    for number in np.unique(numbers[new]):
        members = np.flatnonzero(numbers == number).tolist()
        if len(members) > 1:
            groups.join({profiles[i].id: profiles[i].document for i in members})
    ids = {profiles[i].id for i in new.tolist()}
    return [one for one in links(profiles, own, numbers) if {one.left, one.right} & ids]


def _units(groups: Groups, names: Sequence[str]) -> Ints:
    """For each claim the first that is in its group."""
    first: dict[str, int] = {}
    units = [first.setdefault(groups.of(name) or name, i) for i, name in enumerate(names)]
    return np.array(units, dtype=np.int64)


def _inside(held: Constraints, which: Ints) -> Constraints:
    """People's words on some claims, numbered as these are."""
    place = {int(number): i for i, number in enumerate(which)}

    def those(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((place[a], place[b]) for a, b in pairs if a in place and b in place)

    return Constraints(together=those(held.together), apart=those(held.apart))


def constraints_of(decisions: Iterable[LinkDecision], place: Mapping[str, int]) -> Constraints:
    """What people decided of some claims, by the numbers of these."""
    same = [d for d in decisions if d.relation == "same" and {d.left, d.right} <= place.keys()]
    pairs = {
        v: tuple((place[d.left], place[d.right]) for d in same if d.verdict == v)
        for v in ("link", "unlink")
    }
    return Constraints(together=pairs["link"], apart=pairs["unlink"])


def put_groups(end: Writer, changed: Mapping[str, Members], lately: Lately, by: str) -> int:
    """Put groups as they are now; one of a single member is none. Gives how many were put."""
    several = {name: members for name, members in changed.items() if len(members) > 1}
    gone = [name for name in changed if name not in several]
    link_recording.taken_back(end, gone, by)
    for group in _shown(end.connection, several, lately):
        link_recording.put_group(end, group, several[group.id], by)
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
