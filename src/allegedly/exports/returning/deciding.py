"""What came back becomes decisions of a named annotator, each checked like any other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from allegedly.exports.returning.differences import Proposal, Refused, proposals
from allegedly.store import NotInLedgerError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegedly.exports.returning.differences import Returned
    from allegedly.store import Store, StoredDecision, View

    # `review.decide`, which is on this level and so is handed in.
    Decide = Callable[..., StoredDecision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who annotated and why, and what silence means: of claims left as they were, and left out.

    An annotator who looked at every claim accepts what is `unchanged` and rejects what is
    `missing`; of one who did not, neither can be said.
    """

    reviewer: str
    reason: str
    unchanged: Literal["leave", "accept"] = "leave"
    missing: Literal["leave", "reject"] = "leave"


@dataclass(slots=True, kw_only=True)
class Annotated:
    """What came of a file: decisions by verdict, what was already so, and what was refused."""

    decided: Counter[str] = field(default_factory=Counter)
    known: int = 0
    unchanged: int = 0
    missing: int = 0
    refused: list[Refused] = field(default_factory=list)


def decide_all(
    store: Store, came: Iterable[Returned | Refused], wanted: Wanted, decide: Decide
) -> Annotated:
    """Record what an annotator decided; what does not hold is refused, with the reason.

    What stands already in the same words adds nothing, so the same file can come back twice.
    """
    done = Annotated()
    seen: dict[str, set[str]] = {}
    for each in came:
        if isinstance(each, Refused):
            done.refused.append(each)
            continue
        if each.kind == "claim":
            seen.setdefault(each.document, set()).add(each.record or "")
        asked = list(proposals(store.now, each))
        if not asked and each.record is not None:
            done.unchanged += 1
            asked = _accepted(each, wanted)
        _decide(store, asked, wanted, decide, done)
    for document, records in seen.items():
        _left_out(store, document, records, wanted, decide, done)
    return done


def _accepted(came: Returned, wanted: Wanted) -> list[Proposal | Refused]:
    if wanted.unchanged == "leave" or came.record is None:
        return []
    return [Proposal(where=came.where, subject=came.record, verdict="accept")]


def _left_out(  # noqa: PLR0913, PLR0917  # what is missing, from where, and what that means
    store: Store,
    document: str,
    records: set[str],
    wanted: Wanted,
    decide: Decide,
    done: Annotated,
) -> None:
    missing = [c.id for c in store.now.reading(document).claims if c.id not in records]
    done.missing += len(missing)
    if wanted.missing == "reject":
        asked = [Proposal(where=f"claim {c}", subject=c, verdict="reject") for c in missing]
        _decide(store, asked, wanted, decide, done)


def _decide(
    store: Store,
    asked: Iterable[Proposal | Refused],
    wanted: Wanted,
    decide: Decide,
    done: Annotated,
) -> None:
    for each in asked:
        if isinstance(each, Refused):
            done.refused.append(each)
            continue
        reason = each.reason or wanted.reason
        try:
            if _noted(store.now, each, wanted.reviewer, reason):
                done.known += 1
                continue
            before = store.now.head().seq
            said = {"reviewer": wanted.reviewer, "reason": reason, "value": each.value}
            found = decide(store, each.subject, each.verdict, **said)
        except (RefusedError, NotInLedgerError) as error:
            done.refused.append(Refused(where=each.where, reason=str(error)))
        else:
            if found.seq > before:
                done.decided[each.verdict] += 1
            else:
                done.known += 1


def _noted(view: View, each: Proposal, reviewer: str, reason: str) -> bool:
    """Whether the same note of the same person stands; notes add up, so it must be looked for."""
    if each.verdict != "note":
        return False
    words = view.decisions(each.subject, current=True)
    return any((w.verdict, w.reviewer, w.reason) == ("note", reviewer, reason) for w in words)
