"""Who decides without having seen the last word is told of it, and writes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from tests.store.stories import FIRST, capture, denied, taken, whole

from allegedly import review
from allegedly.store import ANYTHING, OvertakenError, RefusedError, Store

if TYPE_CHECKING:
    from tests.store.stories import Clock

    from allegedly.store import Seen, StoredDecision

ANA: Any = {"reviewer": "ana", "reason": "read it"}
BEN: Any = {"reviewer": "ben", "reason": "read it too"}


@pytest.fixture
def subjects(ledger: Store) -> dict[str, str]:
    """What can be decided about beside cases, by its kind."""
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    return {
        "claim": taken().id,
        "assessment": reading.assessments[0].id,
        "silence": reading.silences[0].id,
        "document": reading.document.id,
        "source": "source:warden",
    }


def said(store: Store, subject: str, seen: Seen, **who: str) -> StoredDecision:
    return review.decide(store, subject, "note", seen=seen, **{**ANA, **who})


@pytest.mark.parametrize("kind", ["claim", "assessment", "silence", "document", "source"])
def test_the_last_word_must_have_been_seen(
    ledger: Store, subjects: dict[str, str], kind: str
) -> None:
    subject, before = subjects[kind], ledger.now.head().seq
    first = said(ledger, subject, None)
    head = ledger.now.head()
    for seen in (before, None, "0" * 32):
        with pytest.raises(
            OvertakenError, match=r"ana decided about it .*\(note: read it\)"
        ) as told:
            said(ledger, subject, seen, reviewer="ben")
        assert told.value.word == first
    assert ledger.now.head() == head
    second = said(ledger, subject, first.id)
    third = said(ledger, subject, second.seq)
    other = review.decide(ledger, denied().id, "reject", seen=None, **BEN)
    said(ledger, subject, third.id)
    said(ledger, subject, other.seq + 1)
    said(ledger, subject, ANYTHING)
    assert ledger.verify().sound


def test_taking_back_is_a_word_too(ledger: Store, subjects: dict[str, str]) -> None:
    first = review.decide(ledger, subjects["claim"], "reject", **ANA)
    undone = review.decide(ledger, first.id, "undo", **ANA)
    with pytest.raises(OvertakenError, match=r"ana took back a decision about it .*\(read it\)"):
        review.decide(ledger, subjects["claim"], "accept", seen=first.id, **BEN)
    with pytest.raises(OvertakenError, match="ana took back"):
        review.decide(ledger, first.id, "undo", **BEN)
    with pytest.raises(OvertakenError, match="ana took back"):
        review.decide(ledger, first.id, "undo", seen=first.id, **BEN)
    with pytest.raises(RefusedError, match="took another back"):
        review.decide(ledger, undone.id, "undo", **BEN)
    review.decide(ledger, subjects["claim"], "accept", seen=undone.id, **BEN)


def test_who_takes_back_what_was_replaced_is_told_by_whom(
    ledger: Store, subjects: dict[str, str]
) -> None:
    first = review.decide(ledger, subjects["claim"], "reject", **ANA)
    second = review.decide(ledger, subjects["claim"], "accept", **BEN)
    head = ledger.now.head()
    with pytest.raises(OvertakenError, match=r"ben decided .*\(accept: read it too\)") as told:
        review.decide(ledger, first.id, "undo", **ANA)
    assert told.value.word == second
    assert ledger.now.head() == head


def test_who_takes_back_must_have_seen_the_last_word_too_if_asked(
    ledger: Store, subjects: dict[str, str]
) -> None:
    first = review.decide(ledger, subjects["claim"], "reject", **ANA)
    noted = said(ledger, subjects["claim"], first.id, reviewer="ben")
    with pytest.raises(OvertakenError, match=r"ben decided .*\(note: read it\)"):
        review.decide(ledger, first.id, "undo", seen=first.id, **ANA)
    review.decide(ledger, first.id, "undo", seen=noted.id, **ANA)


def test_where_nobody_has_decided_nothing_was_the_last_word(
    ledger: Store, subjects: dict[str, str]
) -> None:
    elsewhere = review.decide(ledger, denied().id, "reject", **ANA)
    with pytest.raises(RefusedError, match="nobody has decided about it yet"):
        review.decide(ledger, subjects["claim"], "accept", seen=elsewhere.id, **BEN)


def test_of_many_who_decide_at_once_one_does(
    ledger: Store, subjects: dict[str, str], url: str, clock: Clock
) -> None:
    """Each over a connection of its own, as several programs write."""
    ready = Barrier(8)

    def decide(number: int) -> object:
        with Store.open(url, clock=clock) as own:
            ready.wait(30)
            try:
                return said(own, subjects["claim"], None, reviewer=f"reader {number}").id
            except OvertakenError as error:
                return error.word.id

    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(decide, range(8)))
    assert told == {word.id for word in ledger.now.decisions()}
    assert len(told) == 1
