"""What waits for a person, what matters most first.

The order is kept in memory and follows the ledger: a document about which something was recorded is
asked for anew, the others stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from math import log2
from threading import Lock
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.ledger import Ledger
    from allegedly.store import Waiting

# What makes a claim matter, each from 0 to 1, and how much. Not swept: no desk's choices are on
# record yet. Reopened comes before all else, for a person has been overtaken by a machine there.
REOPENED: Final = 4.0
DISPUTED: Final = 1.0
DOUBTFUL: Final = 1.5
COPIED: Final = 0.5
COPIES: Final = 32  # places at which copying counts in full
TOLD: Final = frozenset({"reading", "capture", "decision"})
MOST_NEWS: Final = 2_000
ALL_ANEW: Final = 200  # documents at which asking for all is quicker than one by one


class Item(msgspec.Struct, frozen=True, gc=False):
    """A claim that waits: why, and how much it matters.

    There is one for every claim and none can be in a cycle, so none is searched for cycles.
    """

    id: str
    document: str
    probability: float
    copies: int
    disputed: tuple[str, ...]
    reopened: bool
    weight: float


@dataclass(slots=True)
class Queue:
    """The order of one ledger, as of now."""

    ledger: Ledger
    _by_document: dict[str, list[Item]] = field(default_factory=dict)
    _ordered: list[Item] = field(default_factory=list)
    _seq: int = 0
    _lock: Lock = field(default_factory=Lock)

    def window(self, at: int, count: int) -> tuple[list[Item], int]:
        """So many items from a place in the order on, and how many wait in all.

        A place beyond the end is the last one.
        """
        with self._lock:
            head = self.ledger.now.head().seq
            if head != self._seq:
                self._follow(head)
            waiting = len(self._ordered)
            at = max(0, min(at, waiting - 1))
            return self._ordered[at : at + count], waiting

    def _follow(self, head: int) -> None:
        touched = self._touched(head)
        if touched is None or len(touched) > ALL_ANEW:
            self._by_document = _weighed(*self.ledger.now.waiting())
            items = (item for listed in self._by_document.values() for item in listed)
            self._ordered = sorted(items, key=_order)
        else:
            for document in touched:
                self._replace(document)
        self._seq = head

    def _replace(self, document: str) -> None:
        """The items of one document as they are now, each in its place."""
        for item in self._by_document.get(document, ()):
            del self._ordered[bisect_left(self._ordered, _order(item), key=_order)]
        found = _weighed(*self.ledger.now.waiting(document)).get(document, [])
        self._by_document[document] = found
        for item in found:
            insort(self._ordered, item, key=_order)

    def _touched(self, head: int) -> set[str] | None:
        """Documents about which anything was recorded since, None for too many to tell."""
        if self._seq == 0:
            return None
        found = self.ledger.as_of(head).entries(TOLD, after=self._seq, limit=MOST_NEWS)
        if len(found) == MOST_NEWS:
            return None
        return {str(entry.body["document"]) for entry in found if entry.body.get("document")}


def _order(item: Item) -> tuple[float, str]:
    """The most weighty first; of two alike always the same one."""
    return (-item.weight, item.id)


def _weighed(
    waiting: Iterable[Waiting], ties: Iterable[tuple[str, str, str]]
) -> dict[str, list[Item]]:
    disputed: dict[str, set[str]] = defaultdict(set)
    for claim, relation, target in ties:
        if relation in {"denies", "contradicts"}:
            disputed[claim].add(relation)
            disputed[target].add("denied" if relation == "denies" else "contradicted")
    found: dict[str, list[Item]] = defaultdict(list)
    for each in waiting:
        found[each.document].append(_item(each, tuple(sorted(disputed.get(each.id, ())))))
    return found


def _item(waiting: Waiting, disputed: tuple[str, ...]) -> Item:
    doubt = 1 - abs(2 * waiting.probability - 1)
    copied = min(1.0, log2(max(1, waiting.captures)) / log2(COPIES))
    weight = (
        REOPENED * waiting.reopened + DISPUTED * bool(disputed) + DOUBTFUL * doubt + COPIED * copied
    )
    return Item(
        id=waiting.id,
        document=waiting.document,
        probability=waiting.probability,
        copies=waiting.captures,
        disputed=disputed,
        reopened=waiting.reopened,
        weight=round(weight, 6),
    )
