"""How much each claim rejects each other.

A score adds up what speaks for one claim's rejecting another: their vectors, whether the one who
rejects is the one accused, whether the other's speaker is named. The weights were set by hand from
what a denial is, and looked at on the three development cases; docs/links.md gives the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.claims.columns import affiliations
from allegedly.linking.claims.compare import meeting

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]

NOTHING: Final = np.float32(-9)  # score of a claim that does not reject another at all
LEAST_NEAR: Final = 0.1  # cosine below which nothing is rejected, whoever speaks
MOSTLY: Final = 2 / 3  # of a group's claims with a known side, that must be of one
_COUNTER: Final = np.float32(0.6)  # score of accusing whoever accuses
_ROUNDED: Final = np.float32(1e-3)  # by which two ways of adding up one score differ at most
_SHARED: Final = 2  # words that a claim in the negative shares with what it says is not so


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """For whom the speaker of each claim speaks, and whom each claim is about."""

    party: tuple[frozenset[str], ...]
    agent: tuple[str | None, ...]


def sides_of(profiles: Sequence[Profile]) -> Sides:
    """The sides of some claims, told from their names and from each other."""
    speaks_for = affiliations(profiles)
    return Sides(
        party=tuple(p.party or speaks_for(p) for p in profiles),
        agent=tuple(p.agent for p in profiles),
    )


def rejecting(
    profiles: Sequence[Profile],
    own: Table,
    sides: Sides,
    numbers: Ints,
    rows: Ints | None = None,
) -> Floats:
    """How much each claim (rows) rejects each other (columns); `NOTHING` for not at all.

    `numbers` are those of the claims' groups: nobody rejects what mostly their own side says, what
    looks so was misread. With `rows` only what these claims reject is told.
    """
    found = np.full((len(profiles), len(profiles)), NOTHING, dtype=np.float32)
    rows = _against(own) if rows is None else rows
    if len(rows) == 0:
        return found
    near = own.vectors[rows] @ own.vectors.T
    agents = [frozenset({agent} if agent else ()) for agent in sides.agent]
    accused = _sharing([sides.party[i] for i in rows], agents)
    back = _sharing([agents[i] for i in rows], sides.party)
    scores = np.where(
        _open(own, rows), _score(profiles, sides, rows, near, (accused, back)), NOTHING
    )
    scores[_counters(own, rows) & accused & back] = _COUNTER
    scores[near < LEAST_NEAR] = NOTHING
    scores[np.arange(len(rows)), rows] = NOTHING
    scores[_own_side(sides, rows, numbers)] = NOTHING
    found[rows] = scores
    return found


def may_reject(own: Table, numbers: Ints, about: Ints, least: float) -> Ints:
    """The claims of each group that may reject another with a score of `least`, about some claims.

    Either of the two groups has a claim of `about`. No group that does is left out: what speaks
    for it is counted, told from bits, and little of what speaks against it.
    """
    rows, reached = _against(own), np.isin(numbers, numbers[about])
    within = reached[rows]
    found = np.zeros(len(rows), dtype=np.bool_)
    for some, columns in ((within, slice(None)), (~within, reached)):
        found[some] = (_most(own, rows[some], own.of(columns)) >= least).any(axis=1)
    return rows[np.isin(numbers[rows], numbers[rows[found]])]


def _against(own: Table) -> Ints:
    """The claims that may reject something."""
    return np.flatnonzero(own.rejecting | own.negative | own.accusing)


def _open(own: Table, rows: Ints, others: Table | None = None) -> Bools:
    """What a claim (rows) may reject as a denial: no other denial."""
    others = others or own
    rejects, against = own.rejecting[rows, None], (own.rejecting | own.negative)[rows, None]
    # A threat may come to nothing, as others say; it is no word that could be denied.
    said = others.asserting | ~own.denying[rows, None]
    found: Bools = said & against & ~others.rejecting & (rejects | ~others.negative)
    return found


def _counters(own: Table, rows: Ints, others: Table | None = None) -> Bools:
    """What a claim (rows) may reject by accusing whoever accuses."""
    others = others or own
    found: Bools = own.accusing[rows, None] & others.accusing[None, :]
    return found


def _most(own: Table, rows: Ints, others: Table) -> Floats:
    """More than some claims (rows) reject each of others with, which are columns of their own."""
    near = own.vectors[rows] @ others.vectors.T
    accused = meeting(own.party[rows], others.agents)
    named = meeting(own.named[rows], others.party)
    told = 0.6 * accused + 0.3 * named - 0.1 * ~own.rejecting[rows, None]
    scores = np.where(_open(own, rows, others), 2 * near - 1 + told + _ROUNDED, NOTHING)
    scores[_counters(own, rows, others) & accused] = _COUNTER
    found: Floats = np.where(near < LEAST_NEAR - _ROUNDED, NOTHING, scores)
    return found


def _score(
    profiles: Sequence[Profile],
    sides: Sides,
    rows: Ints,
    near: Floats,
    agreeing: tuple[Bools, Bools],
) -> Floats:
    """How much some claims (rows) reject each, from what speaks for it, if it is open to that.

    `agreeing` tells whether the one is accused by the other, and the other by the one.
    """
    accused, back = agreeing
    some = [profiles[i] for i in rows]
    party = [sides.party[i] for i in rows]
    denies = np.array([one.act == "deny" for one in some])[:, None]
    rejects = np.array([one.rejecting for one in some])[:, None]
    known = np.array([bool(names) for names in party])[:, None]
    told_of = np.array([agent is not None for agent in sides.agent])
    same = _sharing(party, sides.party)
    same |= _sharing([one.speaker for one in some], [other.speaker for other in profiles])
    elsewhere = told_of & ~accused & known & denies
    # What calls another's word false (*Peru staged it*) rejects that one's word, and not this.
    others = np.array([len(names) for names in sides.party]) - back > 0
    another = told_of[rows][:, None] & others & ~denies & rejects
    named = _sharing([one.named for one in some], sides.party)
    beside = ~rejects & ~_same_matter(profiles, rows, rejects[:, 0])
    sides_tell = 0.6 * accused - 0.6 * elsewhere - 0.6 * another + 0.3 * named - 1.0 * same
    found: Floats = 2 * near - 1 + sides_tell - 0.1 * ~rejects - 0.3 * beside
    return found


def _same_matter(profiles: Sequence[Profile], rows: Ints, rejects: Bools) -> Bools:
    """Whether a claim in the negative is about what another tells, and not merely near it."""
    found = np.ones((len(rows), len(profiles)), dtype=np.bool_)
    negative = rows[~rejects]
    shared = _shared([profiles[i].terms for i in negative], [p.terms for p in profiles])
    sizes = np.array([len(p.terms) for p in profiles])
    fewer = np.minimum(sizes[negative][:, None], sizes)
    found[~rejects] = (shared >= _SHARED) & (2 * shared >= fewer)
    return found


def _own_side(sides: Sides, rows: Ints, numbers: Ints) -> Bools:
    """Whether a claim (rows) is of the one side that mostly says what another's group says."""
    names = sorted({name for party in sides.party for name in party})
    own = _marked(sides.party, {name: i for i, name in enumerate(names)})
    _, group = np.unique(numbers, return_inverse=True)
    speaks = np.zeros((int(group.max()) + 1, len(names) + 1), dtype=np.float32)
    np.add.at(speaks, group, np.column_stack([own, own.any(axis=1)]))
    mostly = (speaks[:, :-1] > 0) & (speaks[:, :-1] >= MOSTLY * speaks[:, -1:])
    size = own[rows].sum(axis=1)[:, None]
    inside = own[rows] @ mostly.T.astype(np.float32)
    found: Bools = ((inside >= size) & (size > 0))[:, group]
    return found


def _sharing(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> Bools:
    """Which of some sets of names (rows) share a name with which of others (columns)."""
    some: Bools = _shared(left, right) > 0
    return some


def _shared(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> Floats:
    """How many names some sets (rows) share with others (columns)."""
    # The rows are few; a name that none of them has is shared with nobody.
    place = {name: i for i, name in enumerate({name for names in left for name in names})}
    found: Floats = _marked(left, place) @ _marked(right, place).T
    return found


def _marked(sets: Sequence[Collection[str]], place: dict[str, int]) -> Floats:
    """Sets as rows of noughts and ones; names that have no place are left out."""
    found = np.zeros((len(sets), len(place)), dtype=np.float32)
    if place:
        ones = [(row, place[n]) for row, names in enumerate(sets) for n in names if n in place]
        rows, columns = np.array(ones, dtype=np.int64).reshape(-1, 2).T
        found[rows, columns] = 1
    return found
