"""What was just decided of the links of several claims, for the page that goes on from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.exports import wording
from allegedly.store import LedgerError
from allegedly.web.app.problems import ProblemError
from allegedly.web.links.several import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.store import StoredLinkDecision
    from allegedly.web.app.routing import Call

_DONE: Final = "links:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a person has just recorded, and the entries by which it is taken back."""

    reviewer: str
    said: str
    reason: str
    words: str


def done(call: Call) -> Done | None:
    """The words that an address names, while they all stand."""
    named = str(call.query.get("done", ""))
    if not named.startswith(_DONE):
        return None
    ledger = call.desk.ledger
    try:
        listed = numbers(named.removeprefix(_DONE).replace("-", " "))
        words = [ledger.link_word(number) for number in listed[:100]]
    except (LedgerError, ProblemError):
        return None
    if not words or not all(word.current and word.verdict != "undo" for word in words):
        return None
    return Done(
        reviewer=words[0].reviewer,
        said=_said(words),
        reason=words[0].reason,
        words=" ".join(str(word.seq) for word in words),
    )


def _said(words: Sequence[StoredLinkDecision]) -> str:
    claims = len({end for word in words for end in (word.left, word.right)})
    verdict = "joined" if words[0].verdict == "link" else "parted"
    return f"{verdict} {wording.counted(claims, 'claim')}"
