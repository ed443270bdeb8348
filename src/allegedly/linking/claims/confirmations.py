"""Who confirms, in another story, what somebody else said.

A claim that confirms or admits something is linked to the nearest claim of another speaker and
another side about the same matter. It weighs more where whoever confirms it is concerned: named in
what the other says, or of the party that it is about. The weights are those of rejections, set by
hand: the development cases have one such pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.lexicon import doubts, tokens
from allegedly.records import Link, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.claims.columns import Table
    from allegedly.linking.claims.profiles import Profile

METHOD: Final = "slots-1"
LEAST: Final = 0.4  # score from which a claim is said to confirm another
LEAST_NEAR: Final = 0.4  # cosine below which two claims are not about the same matter
CONCERNED: Final = 0.6  # what it weighs that whoever confirms is concerned
GROUPED: Final = 0.3  # and that both are said to say one thing


def confirmations(  # noqa: PLR0913, PLR0917 - claims, what is known of them, which to look at
    profiles: Sequence[Profile],
    own: Table,
    numbers: NDArray[np.int64],
    party: Sequence[frozenset[str]],
    probability: Callable[[float], float],
    which: NDArray[np.int64],
) -> Iterator[Link]:
    """What each of some claims confirms, with what shows it; one link for each that does.

    `party` are the parties that each claim's speaker speaks for, `probability` makes one of a
    score.
    """
    for i in which.tolist():
        one = profiles[i]
        if one.act != "confirm" or one.rejecting or doubts(one.frame):
            continue
        near = np.einsum("ij,j->i", own.vectors, own.vectors[i])
        best = max(_scored(profiles, numbers, party, near, i), default=None)
        if best is not None and best[0] >= LEAST:
            yield Link(
                left=one.id,
                right=profiles[-best[1]].id,
                relation="confirms",
                probability=round(probability(best[0]), 4),
                method=METHOD,
                reason=tuple(_reasons(one, profiles[-best[1]], party[i], float(near[-best[1]]))),
            )


def _scored(
    profiles: Sequence[Profile],
    numbers: NDArray[np.int64],
    party: Sequence[frozenset[str]],
    near: NDArray[np.float32],
    i: int,
) -> Iterator[tuple[float, int]]:
    """Scores of what a claim may confirm, with its place, negative so that the first is best."""
    for j in np.flatnonzero(near >= LEAST_NEAR).tolist():
        one, other = profiles[i], profiles[j]
        if _said_before(one, other) and not (party[i] & party[j] or one.speaker & other.speaker):
            concerned = CONCERNED * bool(_concerned(one, other, party[i]))
            grouped = GROUPED * bool(numbers[i] == numbers[j])
            yield 2 * float(near[j]) - 1 + concerned + grouped, -j


def _said_before(one: Profile, other: Profile) -> bool:
    """Whether another story has the other claim, no later, as something that may be confirmed."""
    later = one.day is None or other.day is None or one.day >= other.day
    opposed = other.rejecting or one.negative != other.negative
    return one.document != other.document and later and not opposed and other.act != "confirm"


def _concerned(one: Profile, other: Profile, party: frozenset[str]) -> frozenset[str]:
    """By which of their names whoever confirms is concerned in what another says."""
    named = frozenset(token.text.lower() for token in tokens(other.words))
    return (party & frozenset(other.named)) | (one.speaker & named)


def _reasons(one: Profile, other: Profile, party: frozenset[str], near: float) -> Iterator[Reason]:
    yield Reason(slot="words", left=one.words, right=other.words, weighs=round(2 * near - 1, 3))
    yield Reason(slot="action", left=one.frame, right=other.frame, weighs=0.0)
    if names := _concerned(one, other, party):
        who = ", ".join(sorted(names))
        yield Reason(slot="agent", left=one.source or "", right=who, weighs=CONCERNED)
