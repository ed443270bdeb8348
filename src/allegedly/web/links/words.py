"""Links, and why they are made, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.web.pages import say
from allegedly.web.pages.standing import DecisionView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegedly.records import LinkRelation, Reason, Slot
    from allegedly.store import StoredLinkDecision

SLOTS: Final[dict[Slot, str]] = {
    "words": "words",
    "agent": "whom it tells of",
    "action": "act",
    "target": "parties",
    "place": "places",
    "time": "times",
    "quantity": "figures",
    "negation": "so or not so",
    "source": "who says it",
    "person": "person",
}
RELATIONS: Final[dict[LinkRelation, tuple[str, str]]] = {
    "same": ("says the same as", "says the same as"),
    "denies": ("denies", "is denied by"),
    "contradicts": ("contradicts", "is contradicted by"),
    "confirms": ("confirms", "is confirmed by"),
    "updates": ("updates", "is updated by"),
}
TELLS: Final = 0.05  # what weighs less would be shown as nothing
SHOWN: Final = 90  # characters of what a slot holds


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """What speaks for two claims' being linked, or against it, and how strongly (log odds)."""

    said: str
    weighs: str
    speaks_for: bool


def reasons(found: Iterable[Reason]) -> tuple[ReasonView, ...]:
    """Reasons as a page shows them."""
    return tuple(
        ReasonView(
            said=f"{SLOTS[reason.slot]}: {_held(reason)}",
            weighs=f"{reason.weighs:+.1f}".replace("-", "−"),
            speaks_for=reason.weighs > 0,
        )
        for reason in found
        if abs(reason.weighs) >= TELLS
    )


def related(relation: LinkRelation, *, ours: bool) -> str:
    """What the one end of a link does to the other."""
    return RELATIONS[relation][0 if ours else 1]


def word_view(
    word: StoredLinkDecision, claim: str, words: Callable[[str], str | None]
) -> DecisionView:
    """A person's word on a link as the history of one of its claims shows it."""
    ours = word.left == claim
    other = word.right if ours else word.left
    stands = word.current and word.verdict != "undo"
    return DecisionView(
        id=str(word.seq),
        seq=word.seq,
        reviewer=word.reviewer,
        when=say.clock(word.recorded_at),
        said=_said(word, ours=ours),
        value=None,
        reason=word.reason,
        kind="claim",
        subject=claim,
        document=None,
        stands=stands,
        undoable=stands,
        undo=f"/api/links/{word.seq}/undo",
        other=f"/claims/{other}",
        other_words=_cut(words(other) or "another claim"),
    )


def _said(word: StoredLinkDecision, *, ours: bool) -> str:
    if word.verdict == "undo":
        return "took back a decision about it and"
    if word.relation == "same":
        return "joined it with" if word.verdict == "link" else "parted it from"
    said = related(word.relation, ours=ours)
    return f"said that it {said}" if word.verdict == "link" else f"said that it is not so: {said}"


def _held(reason: Reason) -> str:
    left, right = _cut(reason.left), _cut(reason.right)
    if reason.slot == "words":
        return _shared(reason.left, reason.right)
    if left == right:
        return left or "none"
    return " | ".join(part or "none" for part in (left, right))


def _shared(left: str, right: str) -> str:
    """The words that both hold, where they are lists of words."""
    one, other = left.split(", "), right.split(", ")
    both = [word for word in one if word in other and word]
    if both or not (left or right):
        return _cut(", ".join(both)) or "none on either side"
    return " | ".join(_cut(part) or "none" for part in (left, right))


def _cut(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rstrip()} …"
