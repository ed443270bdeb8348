"""Groups that stand against each other: denials and contradictions, with what shows them.

A score adds up what speaks for one claim's rejecting another: their vectors, whether the one who
rejects is the one accused, whether the other's speaker is named. The weights were set by hand from
what a denial is, and looked at on the three development cases; docs/links.md gives the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.claims.compare import affiliations
from allegedly.linking.lexicon import is_mutual, reverses
from allegedly.records import Link, Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.compare import Table
    from allegedly.linking.claims.profiles import Profile
    from allegedly.records import LinkRelation

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]

METHOD: Final = "slots-1"
LEAST: Final = 0.35  # score from which a group is said to reject another
NEXT: Final = 0.05  # a second group is rejected too where it is behind the first by no more
SHARE: Final = 0.25  # of a group's members, that must reject something
AKIN: Final = 0.5  # cosine of a claim with the earlier one of its speaker that it goes back on
LEAST_NEAR: Final = 0.1  # cosine below which nothing is rejected, whoever speaks
_TOP: Final = 3  # members of the rejected group that are looked at: the nearest
_NONE: Final = np.float32(-9)
_COUNTER: Final = np.float32(0.6)  # score of accusing whoever accuses


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """Who speaks, for whom, and whom each claim is about."""

    party: tuple[frozenset[str], ...]
    agent: tuple[str | None, ...]


def rejections(
    profiles: Sequence[Profile], own: Table, numbers: Ints
) -> list[tuple[int, int, float]]:
    """Which group rejects which: (number of the one, of the other, score), the surest first."""
    return _rejections(profiles, numbers, _scores(profiles, own, _sides(profiles)))


def _rejections(
    profiles: Sequence[Profile], numbers: Ints, scores: Floats
) -> list[tuple[int, int, float]]:
    rejecting = np.unique(numbers[(scores > _NONE).any(1)]).tolist()
    found = [link for n in rejecting for link in _rejected(n, numbers, scores)]
    found += _mutual(profiles, numbers)
    return sorted(dict.fromkeys(found), key=lambda link: -link[2])


def links(profiles: Sequence[Profile], own: Table, numbers: Ints) -> list[Link]:
    """The same as records between the members that show it best."""
    sides = _sides(profiles)
    scores = _scores(profiles, own, sides)
    found = []
    for one, other, score in _rejections(profiles, numbers, scores):
        left, right = _shown(
            np.flatnonzero(numbers == one), np.flatnonzero(numbers == other), scores
        )
        found.append(
            Link(
                left=profiles[left].id,
                right=profiles[right].id,
                relation=_relation(profiles[left], sides, left, right),
                probability=round(float(probability(score)), 4),
                method=METHOD,
                reason=tuple(_reasons(profiles, own, sides, left, right)),
            )
        )
    return [*found, *_updates(profiles, own, sides, numbers)]


def _updates(
    profiles: Sequence[Profile], own: Table, sides: _Sides, numbers: Ints
) -> Iterator[Link]:
    """Where somebody goes back on what they said, or gives another figure of the same thing.

    The earlier claim is the nearest of the same speaker in another group, of an earlier story.
    """
    near = own.vectors @ own.vectors.T
    for i, one in enumerate(profiles):
        if one.source is None or not (reverses(one.frame) or one.numbers):
            continue
        earlier = [
            j
            for j in np.flatnonzero((near[i] >= AKIN) & (numbers != numbers[i])).tolist()
            if _goes_back(one, profiles[j], sides, i, j)
        ]
        best = max(earlier, key=lambda j: near[i, j], default=None)
        if best is not None:
            yield Link(
                left=one.id,
                right=profiles[best].id,
                relation="updates",
                probability=round(float(near[i, best]), 4),
                method=METHOD,
                reason=tuple(_changed(one, profiles[best], float(near[i, best]))),
            )


def _goes_back(one: Profile, other: Profile, sides: _Sides, i: int, j: int) -> bool:
    speaks = one.speaker & other.speaker or (
        not one.speaker and not other.speaker and sides.party[i] & sides.party[j]
    )
    later = one.document != other.document and (one.day or 0) >= (other.day or 0)
    figures = dict(other.numbers)
    other_figure = any(figures.get(name, value) != value for name, value in one.numbers)
    return i != j and bool(speaks) and later and (other_figure or reverses(one.frame))


def _changed(one: Profile, other: Profile, near: float) -> Iterator[Reason]:
    yield Reason(slot="words", left=one.words, right=other.words, weighs=round(near, 3))
    figures = dict(other.numbers)
    for name, value in sorted(one.numbers):
        if figures.get(name, value) != value:
            told, before = f"{value:g} {name}", f"{figures[name]:g} {name}"
            yield Reason(slot="quantity", left=told, right=before, weighs=1.0)
    if reverses(one.frame):
        yield Reason(slot="action", left=one.frame, right=other.frame, weighs=1.0)


def probability(score: float) -> float:
    """A link's score as a probability: a logistic curve set by hand, not fitted.

    There are eleven such pairs in the development cases, too few to calibrate on.
    """
    return float(1 / (1 + np.exp(-4 * (score - LEAST) - 0.4)))


def _sides(profiles: Sequence[Profile]) -> _Sides:
    speaks_for = affiliations(profiles)
    return _Sides(
        party=tuple(p.party or speaks_for(p) for p in profiles),
        agent=tuple(p.agent for p in profiles),
    )


def _scores(profiles: Sequence[Profile], own: Table, sides: _Sides) -> Floats:
    """How much each claim (rows) rejects each other (columns); far below nought for not at all."""
    found = np.full((len(profiles), len(profiles)), _NONE, dtype=np.float32)
    against = own.rejecting | own.negative
    acts = np.array([p.act for p in profiles])
    rows = np.flatnonzero(against | (acts == "accuse"))
    if len(rows) == 0:
        return found
    near = own.vectors[rows] @ own.vectors.T
    agents = [frozenset({agent} if agent else ()) for agent in sides.agent]
    accused = _sharing([sides.party[i] for i in rows], agents)
    back = _sharing([agents[i] for i in rows], sides.party)
    counters = (acts[rows] == "accuse")[:, None] & np.isin(acts, ["accuse", "assert"])
    open_to = against[rows, None] & ~own.rejecting & (own.rejecting[rows, None] | ~own.negative)
    scores = np.where(open_to, _score(profiles, sides, rows, near, accused), _NONE)
    scores[counters & accused & back] = _COUNTER
    scores[near < LEAST_NEAR] = _NONE
    scores[np.arange(len(rows)), rows] = _NONE
    found[rows] = scores
    return found


def _score(
    profiles: Sequence[Profile], sides: _Sides, rows: Ints, near: Floats, accused: Bools
) -> Floats:
    """How much some claims (rows) reject each, from what speaks for it, if it is open to that."""
    some = [profiles[i] for i in rows]
    party = [sides.party[i] for i in rows]
    same = _sharing(party, sides.party)
    same |= _sharing([one.speaker for one in some], [other.speaker for other in profiles])
    elsewhere = np.array([agent is not None for agent in sides.agent]) & ~accused
    elsewhere &= np.array([bool(party[i]) and one.act == "deny" for i, one in enumerate(some)])[
        :, None
    ]
    named = _sharing([one.named for one in some], sides.party)
    less = np.array([0.0 if one.rejecting else 0.1 for one in some])[:, None]
    found: Floats = 2 * near - 1 + 0.6 * accused - 0.6 * elsewhere + 0.3 * named - 1.0 * same - less
    return found


def _sharing(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> Bools:
    """Which of some sets of names (rows) share a name with which of others (columns)."""
    place = {name: i for i, name in enumerate({name for names in right for name in names})}
    one, other = (np.zeros((len(sets), len(place)), dtype=np.float32) for sets in (left, right))
    for marked, sets in ((one, left), (other, right)):
        for row, names in enumerate(sets):
            marked[row, [place[name] for name in names if name in place]] = 1
    some: Bools = one @ other.T > 0
    return some


def _rejected(number: int, numbers: Ints, scores: Floats) -> Iterator[tuple[int, int, float]]:
    own = np.flatnonzero(numbers == number)
    against = own[(scores[own] > _NONE).any(1)]
    if len(against) < SHARE * len(own):
        return
    # A mean is no higher than the highest score in it.
    near = np.unique(numbers[scores[against].max(0) >= LEAST]).tolist()
    places = {n: np.flatnonzero(numbers == n) for n in near if n != number}
    ranked = sorted(
        ((_mean(scores[np.ix_(against, at)]), n) for n, at in places.items()), reverse=True
    )
    for score, other in ranked[:2]:
        if score >= LEAST and score >= ranked[0][0] - NEXT:
            yield number, other, score


def _mean(scores: Floats) -> float:
    if (scores > _NONE).mean() < 0.5:  # noqa: PLR2004 - most of a group must be open to it
        return float(_NONE)
    top = min(_TOP, scores.shape[1])
    return float(np.sort(scores, axis=1)[:, -top:].mean())


def _mutual(profiles: Sequence[Profile], numbers: Ints) -> Iterator[tuple[int, int, float]]:
    """What two sides say of each other stands against each other."""
    first: dict[tuple[str, str], list[int]] = {}
    for i, own in enumerate(profiles):
        if own.kind == "converse" or is_mutual(own.frame):
            first.setdefault((own.document, own.words), []).append(i)
    for both in first.values():
        for i, j in pairwise(both):
            if numbers[i] != numbers[j]:
                yield int(numbers[j]), int(numbers[i]), 1.0


def _shown(left: Ints, right: Ints, scores: Floats) -> tuple[int, int]:
    inside = scores[np.ix_(left, right)]
    row, column = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(left[row]), int(right[column])


def _relation(one: Profile, sides: _Sides, i: int, j: int) -> LinkRelation:
    """Whoever is accused denies; whoever else says that it is not so contradicts."""
    concerned = sides.agent[j] is not None and sides.agent[j] in sides.party[i]
    return "denies" if one.rejecting and (one.act == "deny" or concerned) else "contradicts"


def _reasons(
    profiles: Sequence[Profile], own: Table, sides: _Sides, i: int, j: int
) -> Iterator[Reason]:
    one, other = profiles[i], profiles[j]
    near = float(own.vectors[i] @ own.vectors[j])
    yield Reason(slot="words", left=one.words, right=other.words, weighs=round(2 * near - 1, 3))
    if one.rejecting or one.negative:
        weighs = 0.0 if one.rejecting else -0.1
        yield Reason(slot="negation", left=one.frame, right=other.frame, weighs=weighs)
    if sides.agent[j] is not None and sides.agent[j] in sides.party[i]:
        yield Reason(slot="agent", left=one.source or "", right=sides.agent[j] or "", weighs=0.6)
    if shared := sides.party[j].intersection(one.named):
        yield Reason(
            slot="target", left=", ".join(sorted(shared)), right=other.source or "", weighs=0.3
        )
