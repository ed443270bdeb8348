"""Groups that stand against each other: denials and contradictions, with what shows them.

How much one claim rejects another is in `rejecting`; a group rejects another where enough of its
members reject the members that are nearest to them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.claims.confirmations import LEAST_NEAR, confirmations
from allegedly.linking.claims.rejecting import NOTHING, may_reject, rejecting, sides_of
from allegedly.linking.lexicon import is_mutual, reverses
from allegedly.records import Link, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile
    from allegedly.linking.claims.rejecting import Sides
    from allegedly.records import LinkRelation

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

METHOD: Final = "slots-1"
LEAST: Final = 0.4  # score from which a group is said to reject another
NEXT: Final = 0.05  # a second group is rejected too where it is behind the first by no more
SHARE: Final = 0.25  # of a group's members, that must reject something
AKIN: Final = 0.5  # cosine of a claim with the earlier one of its speaker that it goes back on
_ROUNDED: Final = 1e-3  # by which two ways of adding up one cosine differ at most
_TOP: Final = 3  # members of the rejected group that are looked at: the nearest


def rejections(
    profiles: Sequence[Profile], own: Table, numbers: Ints
) -> list[tuple[int, int, float]]:
    """Which group rejects which: (number of the one, of the other, score), the surest first."""
    scores = rejecting(profiles, own, sides_of(profiles), numbers)
    return _surest([*_rejections(numbers, scores), *_mutual(profiles, numbers)])


def _surest(found: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    return sorted(dict.fromkeys(found), key=lambda link: -link[2])


def _rejections(numbers: Ints, scores: Floats) -> Iterator[tuple[int, int, float]]:
    against = np.unique(numbers[(scores > NOTHING).any(1)]).tolist()
    return (link for n in against for link in _rejected(n, numbers, scores))


def links(
    profiles: Sequence[Profile], own: Table, numbers: Ints, about: Ints | None = None
) -> list[Link]:
    """The same as records between the members that show it best, with updates and confirmations.

    With `about` only those at one end of which there is one of these claims.
    """
    sides = sides_of(profiles)
    about = np.arange(len(profiles)) if about is None else about
    near = (own.vectors @ own.vectors[about].T).max(axis=1, initial=-1)
    found = [
        *_against(profiles, own, sides, numbers, about),
        *_updates(profiles, own, sides, numbers, _by_any(near, AKIN, about)),
        *confirmations(
            profiles, own, numbers, sides.party, probability, _by_any(near, LEAST_NEAR, about)
        ),
    ]
    ids = {profiles[i].id for i in about.tolist()}
    return [link for link in found if link.left in ids or link.right in ids]


def _by_any(near: Floats, least: float, about: Ints) -> Ints:
    """Some claims and those that are so near to any of them, (cosine of the nearest,)."""
    close = near >= least - _ROUNDED
    close[about] = True
    return np.flatnonzero(close)


def _against(
    profiles: Sequence[Profile], own: Table, sides: Sides, numbers: Ints, about: Ints
) -> Iterator[Link]:
    """Groups that stand against each other, of which one has one of some claims."""
    mutual = list(_mutual(profiles, numbers))
    rows = may_reject(own, numbers, about, LEAST)
    shown = np.isin(numbers, [number for number, *_ in mutual])
    scores = rejecting(profiles, own, sides, numbers, np.union1d(rows, np.flatnonzero(shown)))
    for one, other, score in _surest([*_rejections(numbers, scores), *mutual]):
        left, right = _shown(
            np.flatnonzero(numbers == one), np.flatnonzero(numbers == other), scores
        )
        yield Link(
            left=profiles[left].id,
            right=profiles[right].id,
            relation=_relation(profiles[left], sides, left, right),
            probability=round(float(probability(score)), 4),
            method=METHOD,
            reason=tuple(_reasons(profiles, own, sides, left, right)),
        )


def _updates(
    profiles: Sequence[Profile], own: Table, sides: Sides, numbers: Ints, which: Ints
) -> Iterator[Link]:
    """Where one of some claims goes back on what was said, or gives another figure of that.

    The earlier claim is the nearest of the same speaker in another group, of an earlier story.
    """
    for i in which.tolist():
        one = profiles[i]
        if one.source is None or not (reverses(one.frame) or one.numbers):
            continue
        near = own.vectors @ own.vectors[i]
        earlier = [
            j
            for j in np.flatnonzero((near >= AKIN) & (numbers != numbers[i])).tolist()
            if _goes_back(one, profiles[j], sides, i, j)
        ]
        best = max(earlier, key=near.__getitem__, default=None)
        if best is not None:
            yield Link(
                left=one.id,
                right=profiles[best].id,
                relation="updates",
                probability=round(float(near[best]), 4),
                method=METHOD,
                reason=tuple(_changed(one, profiles[best], float(near[best]))),
            )


def _goes_back(one: Profile, other: Profile, sides: Sides, i: int, j: int) -> bool:
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


def _rejected(number: int, numbers: Ints, scores: Floats) -> Iterator[tuple[int, int, float]]:
    own = np.flatnonzero(numbers == number)
    against = own[(scores[own] > NOTHING).any(1)]
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
    """How much some claims reject the nearest members of a group, most of which must be open."""
    told = (scores > NOTHING).any(axis=1)
    if (scores > NOTHING).mean() < 0.5:  # noqa: PLR2004 - half
        return float(NOTHING)
    top = min(_TOP, scores.shape[1])
    return float(np.sort(scores[told], axis=1)[:, -top:].mean())


def _mutual(profiles: Sequence[Profile], numbers: Ints) -> Iterator[tuple[int, int, float]]:
    """What two sides say of each other stands against each other."""
    first: dict[tuple[str, str], list[int]] = {}
    for i, own in enumerate(profiles):
        if own.kind == "converse" or is_mutual(own.frame):
            first.setdefault((own.document, own.words), []).append(i)
    parted = [
        (i, j) for both in first.values() for i, j in pairwise(both) if numbers[i] != numbers[j]
    ]
    if not parted:
        return
    accusing = np.array([p.act == "accuse" or is_mutual(p.frame) for p in profiles])
    for i, j in parted:
        groups = (numbers == numbers[i], numbers == numbers[j])
        if all(accusing[group].mean() >= SHARE for group in groups):
            yield int(numbers[j]), int(numbers[i]), 1.0


def _shown(left: Ints, right: Ints, scores: Floats) -> tuple[int, int]:
    inside = scores[np.ix_(left, right)]
    row, column = np.unravel_index(int(inside.argmax()), inside.shape)
    return int(left[row]), int(right[column])


def _relation(one: Profile, sides: Sides, i: int, j: int) -> LinkRelation:
    """Whoever is accused denies; whoever else says that it is not so contradicts."""
    concerned = sides.agent[j] is not None and sides.agent[j] in sides.party[i]
    return "denies" if one.rejecting and (one.act == "deny" or concerned) else "contradicts"


def _reasons(
    profiles: Sequence[Profile], own: Table, sides: Sides, i: int, j: int
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
