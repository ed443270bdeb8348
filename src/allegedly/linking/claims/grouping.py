"""Claims that say the same become one group, whatever a person has decided holding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.claims.clustering import APART, average_link, components, joined, parted
from allegedly.linking.claims.compare import compared
from allegedly.linking.claims.weights import CLIP, shipped
from allegedly.linking.lexicon import is_mutual
from allegedly.records import ClaimGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile
    from allegedly.linking.claims.weights import Weights

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Pair = tuple[int, int]

EVEN: Final = 0.0
"""Mean log odds from which two groups are one: more likely the same than not, not a swept value."""
JOINED: Final = 1.0
"""Log odds of a pair from which a new claim has the other one's group made anew.

Swept on the stories of the cases, one after the other: 0, 0.5 and 1 gave a B-cubed F1 of 0.540,
0.548 and 0.537, where all pairs compared at once gave 0.541 (with earlier weights 2 gave 0.500 for
0.546); on those of the benchmark 380, 290 and 160 claims were looked at with each.
"""
LARGEST: Final = 1500
"""Claims that are clustered at once; a larger component is cut at ever surer pairs first."""
LOOKED_AT: Final = 40  # members of a group by which it is shown and its probability is told
_SMALL: Final = 24  # claims that are compared pair by pair as fast as all with all
_ROWS: Final = 64  # of a matrix that is made above its diagonal alone
_STEP: Final = 0.5  # log odds by which it is cut harder each time
_AT_ONCE: Final = 200_000  # pairs compared at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What people decided: pairs of numbers of claims that are one, and that are not."""

    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()

    def at_odds(self, count: int) -> bool:
        """Whether, of so many claims, two that are kept apart are joined, through others too."""
        own = joined(count, self.together)
        return any(own[left] == own[right] for left, right in self.apart)


FREE = Constraints()


def grouped(
    profiles: Sequence[Profile],
    own: Table,
    *,
    constraints: Constraints = FREE,
    weights: Weights | None = None,
) -> Ints:
    """The number of each claim's group, the lowest of its members', every pair being compared."""
    weights = weights or shipped()
    everything = np.arange(len(own))
    return _clustered(profiles, own, everything, constraints, weights)


def grouped_by(  # noqa: PLR0913 - claims, which to compare, and what holds
    profiles: Sequence[Profile],
    own: Table,
    left: Ints,
    right: Ints,
    *,
    constraints: Constraints = FREE,
    weights: Weights | None = None,
) -> Ints:
    """The same where only some pairs may match: components of likely pairs, each cleaned up.

    A pair that no key brought together is compared only if likely pairs join the two.
    """
    weights = weights or shipped()
    likely = np.concatenate(
        [log_odds(own, a, b, weights) for a, b in _runs(left, right)] or [_none()]
    )
    left, right, likely = _with_decided(left, right, likely, constraints)
    found = np.arange(len(own))
    for members in _components(len(own), left, right, likely):
        found[members] = members[_clustered(profiles, own, members, constraints, weights)]
    return found


def likely(own: Table, new: Ints, *, weights: Weights | None = None) -> tuple[Ints, Ints]:
    """The pairs of a new claim with any other of a table that are likely to be one."""
    odds = crossed(own, new, np.arange(len(own)), weights or shipped())
    odds[np.arange(len(new)), new] = -CLIP
    left, right = np.nonzero(odds > JOINED)
    return new[left], right


def regrouped(  # noqa: PLR0913 - claims, which pairs join them, what holds
    profiles: Sequence[Profile],
    own: Table,
    left: Ints,
    right: Ints,
    *,
    constraints: Constraints = FREE,
    weights: Weights | None = None,
) -> Ints:
    """The same where it is known which pairs join claims: each of their components is cleaned up.

    A claim that is in no pair is its own group.
    """
    weights = weights or shipped()
    found = np.arange(len(own))
    sure = np.array(constraints.together, dtype=np.int64).reshape(-1, 2)
    ends = [np.concatenate(side) for side in zip((left, right), sure.T, strict=True)]
    parts = list(parted(components(len(own), *ends)))
    for members, distance in zip(parts, _distances(own, parts, weights), strict=True):
        found[members] = members[_joined(profiles, members, distance, constraints)]
    return found


def _distances(own: Table, parts: Sequence[Ints], weights: Weights) -> Iterator[Floats]:
    """For each of some sets of claims all distances inside, (members, members).

    What is small is compared pair by pair in one go, which for many small sets is the faster.
    """
    small = [members for members in parts if len(members) <= _SMALL]
    pairs = [members[np.array(np.triu_indices(len(members), 1))] for members in small]
    left, right = np.concatenate([np.zeros((2, 0), dtype=np.int64), *pairs], axis=1)
    odds = np.concatenate([_none(), *(log_odds(own, a, b, weights) for a, b in _runs(left, right))])
    at = 0
    for members in parts:
        above = np.zeros((len(members), len(members)), dtype=np.float32)
        if len(members) <= _SMALL:
            inside = np.triu_indices(len(members), 1)
            above[inside] = -odds[at : (at := at + len(inside[0]))]
        else:
            part, every = own.of(members), np.arange(len(members))
            for row in range(0, len(every), _ROWS):
                some, rest = every[row : row + _ROWS], every[row:]
                above[row : row + _ROWS, row:] = -crossed(part, some, rest, weights)
            above = np.triu(above, 1)
        yield above + above.T


def log_odds(own: Table, left: Ints, right: Ints, weights: Weights) -> Floats:
    """Log odds that pairs of claims say the same."""
    return weights.added_up(compared(own, left, right))


def crossed(own: Table, left: Ints, right: Ints, weights: Weights) -> Floats:
    """The same for each of some claims with each of others, (left, right)."""
    found = np.empty((len(left), len(right)), dtype=np.float32)
    rows = max(1, _AT_ONCE // max(1, len(right)))
    for at in range(0, len(left), rows):
        some = left[at : at + rows, None]
        found[at : at + rows] = log_odds(own, some, right[None, :], weights)
    return found


def groups(profiles: Sequence[Profile], own: Table, numbers: Ints) -> list[ClaimGroup]:
    """Groups as records, in the order of their first members."""
    inside = [np.flatnonzero(numbers == number) for number in np.unique(numbers)]
    return [
        ClaimGroup(
            id=profiles[members[0]].id,
            members=tuple(profiles[i].id for i in members.tolist()),
            shown=profiles[shown].id,
            probability=probability,
        )
        for members, (shown, probability) in zip(inside, told(own, inside), strict=True)
    ]


def told(own: Table, inside: Sequence[Ints]) -> Iterator[tuple[int, float]]:
    """Of each group the member that says it best, and the mean probability of its pairs.

    Among its first `LOOKED_AT` members: over more the mean is hardly another.
    """
    if not inside:
        return
    weights = shipped()
    few = [members[:LOOKED_AT] for members in inside]
    for members, distance in zip(few, _distances(own, few, weights), strict=True):
        pairs = -distance[np.triu_indices(len(members), 1)]
        likely = round(float(weights.probability(pairs).mean()), 4) if len(pairs) else 1.0
        yield _shown(own, members), likely


def _shown(own: Table, members: Ints) -> int:
    """The member nearest to all, which says best what they have in common."""
    mean = own.vectors[members].mean(0)
    return int(members[int((own.vectors[members] @ mean).argmax())])


def _clustered(
    profiles: Sequence[Profile],
    own: Table,
    members: Ints,
    constraints: Constraints,
    weights: Weights,
) -> Ints:
    """Places in `members` of the first member of each one's group."""
    [distance] = _distances(own, [members], weights)
    return _joined(profiles, members, distance, constraints)


def _joined(
    profiles: Sequence[Profile], members: Ints, distance: Floats, constraints: Constraints
) -> Ints:
    """The same from all distances between the members, of which some become `APART`."""
    place = {int(member): i for i, member in enumerate(members)}
    own_profiles = [profiles[i] for i in members.tolist()]
    for i, j in (*_inside(constraints.apart, place), *_converse(own_profiles)):
        distance[i, j] = distance[j, i] = APART
    return average_link(distance, -EVEN, _inside(constraints.together, place))


def _converse(profiles: Sequence[Profile]) -> Iterator[Pair]:
    """Pairs of which one is what the one side says of the other, and one the other way round."""
    mutual = [i for i, p in enumerate(profiles) if p.kind == "converse" or is_mutual(p.frame)]
    for at, i in enumerate(mutual):
        for j in mutual[:at]:
            if (profiles[i].kind == "converse") != (profiles[j].kind == "converse"):
                yield i, j


def _inside(pairs: Iterable[Pair], place: dict[int, int]) -> Iterator[Pair]:
    return ((place[a], place[b]) for a, b in pairs if a in place and b in place)


def _with_decided(
    left: Ints, right: Ints, likely: Floats, constraints: Constraints
) -> tuple[Ints, Ints, Floats]:
    """Pairs that a person joined are as likely as can be, though no key brought them together."""
    if not constraints.together:
        return left, right, likely
    pairs = np.array(constraints.together, dtype=np.int64)
    sure = np.full(len(pairs), np.inf, dtype=np.float32)
    return (
        np.concatenate([left, pairs[:, 0]]),
        np.concatenate([right, pairs[:, 1]]),
        np.concatenate([likely, sure]),
    )


def _components(
    size: int, left: Ints, right: Ints, likely: Floats, least: float = EVEN
) -> Iterator[Ints]:
    """Claims that pairs of at least so much log odds join, no component larger than `LARGEST`."""
    keep = likely > least
    left, right, likely = left[keep], right[keep], likely[keep]
    for members in parted(components(size, left, right)):
        if len(members) <= LARGEST:
            yield members
        else:
            yield from _cut(members, left, right, likely, least + _STEP)


def _cut(members: Ints, left: Ints, right: Ints, likely: Floats, least: float) -> Iterator[Ints]:
    inside = np.isin(left, members)
    a, b = (np.searchsorted(members, side[inside]) for side in (left, right))
    if least >= CLIP:  # nothing is surer: as many as can be, in order
        yield from np.array_split(members, len(members) // LARGEST + 1)
        return
    for found in _components(len(members), a, b, likely[inside], least):
        yield members[found]


def _runs(left: Ints, right: Ints) -> Iterator[tuple[Ints, Ints]]:
    for at in range(0, len(left), _AT_ONCE):
        yield left[at : at + _AT_ONCE], right[at : at + _AT_ONCE]


def _none() -> Floats:
    return np.zeros(0, dtype=np.float32)
