"""What people decide stays decided when a story is read again, and no longer than that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.store.stories import (
    FIRST,
    SECOND,
    TEXT,
    at,
    capture,
    claim,
    decide,
    denied,
    read,
    taken,
    undo,
    whole,
)

from allegedly.records import Decision, Run
from allegedly.store import OvertakenError, recording

if TYPE_CHECKING:
    from allegedly.records import Claim
    from allegedly.store import Store

THIRD = Run(code="allegedly 0.1.0", model="three")
SHORTER = claim(TEXT, "two men took the old bell", "The warden", "told", probability=0.5)
OTHER_SOURCE = claim(TEXT, "that two men took the old bell", "reporters", "told")


def add(store: Store, run: Run, *claims: Claim) -> int:
    reading = read(*claims)
    return store.record(reading, capture(reading), run).seq


def statuses(store: Store) -> dict[str, str]:
    return {found.id: found.stands.status for found in store.now.claims()}


def test_a_rejected_claim_stays_rejected_under_its_own_id(ledger: Store) -> None:
    add(ledger, FIRST, taken(), denied())
    decide(ledger, taken())
    add(ledger, SECOND, taken(act="accuse", probability=0.5), denied())
    assert statuses(ledger) == {taken().id: "rejected", denied().id: "suggested"}


def test_a_rejected_claim_stays_rejected_under_another_id(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    decision = decide(ledger, taken())
    add(ledger, SECOND, SHORTER, denied())
    assert SHORTER.id != taken().id
    assert statuses(ledger) == {SHORTER.id: "rejected", denied().id: "suggested"}
    [found] = [c for c in ledger.now.claims() if c.id == SHORTER.id]
    assert found.stands.carried
    assert found.stands.decisions == (decision,)
    add(ledger, THIRD, taken())
    assert statuses(ledger) == {taken().id: "rejected"}


def test_another_claim_in_its_place_is_not_rejected(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    decide(ledger, taken())
    add(ledger, SECOND, OTHER_SOURCE, denied())
    assert set(statuses(ledger).values()) == {"suggested"}


def test_a_rejected_claim_that_is_not_read_again_is_gone(ledger: Store) -> None:
    add(ledger, FIRST, taken(), denied())
    decide(ledger, taken())
    add(ledger, SECOND, denied())
    assert statuses(ledger) == {denied().id: "suggested"}


def test_an_accepted_claim_stays_though_a_later_model_misses_it(ledger: Store) -> None:
    add(ledger, FIRST, taken(), denied())
    decision = decide(ledger, taken(), "accept")
    add(ledger, SECOND, denied())
    assert statuses(ledger) == {taken().id: "accepted", denied().id: "suggested"}
    assert [c.id for c in ledger.now.reading(read().document.id).claims] == [denied().id]
    undo(ledger, decision, "bo", "a slip")
    assert statuses(ledger) == {denied().id: "suggested"}


def test_an_acceptance_is_not_lent_to_what_nobody_saw(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    decide(ledger, taken(), "accept")
    add(ledger, SECOND, taken(probability=0.1))
    assert statuses(ledger) == {taken().id: "accepted"}
    add(ledger, THIRD, taken(act="accuse"))
    assert statuses(ledger) == {taken().id: "reopened"}
    decide(ledger, taken(), "accept")
    assert statuses(ledger) == {taken().id: "accepted"}


def test_a_correction_is_carried_to_what_was_corrected(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    spans = [[s.start, s.end] for s in at(TEXT, "two men took the old bell")]
    decide(ledger, taken(), "correct", value={"content": spans})
    add(ledger, SECOND, SHORTER)
    [found] = ledger.now.claims()
    assert (found.id, found.stands.status) == (SHORTER.id, "corrected")
    assert found.stands.corrected == {"content": spans}


def test_decisions_are_superseded_and_undone_and_all_is_kept(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    first = decide(ledger, taken())
    second = decide(ledger, taken(), "accept", reviewer="bo", reason="it is one")
    assert statuses(ledger) == {taken().id: "accepted"}
    with pytest.raises(
        OvertakenError, match=r"bo decided about it in the meantime \(accept: it is"
    ):
        undo(ledger, first, "bo", "late")
    undo(ledger, second, "bo", "a slip")
    assert statuses(ledger) == {taken().id: "suggested"}
    verdicts = [(d.verdict, d.current) for d in ledger.now.decisions()]
    assert verdicts == [("undo", False), ("accept", False), ("reject", False)]


def test_the_same_word_twice_adds_nothing(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    first = decide(ledger, taken())
    before = ledger.now.head()
    assert decide(ledger, taken()) == first
    assert ledger.now.head() == before


def test_a_decision_on_what_was_carried_replaces_the_one_carried(ledger: Store) -> None:
    add(ledger, FIRST, taken())
    first = decide(ledger, taken())
    add(ledger, SECOND, SHORTER)
    decide(ledger, SHORTER, "accept")
    assert statuses(ledger) == {SHORTER.id: "accepted"}
    assert [d.supersedes for d in ledger.now.decisions() if d.current] == [first]


def test_assessments_and_silences_are_carried_too(ledger: Store) -> None:

    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    for kind, record in (("silence", reading.silences[0]), ("assessment", reading.assessments[0])):
        word = Decision(
            kind=kind,  # type: ignore[arg-type]
            subject=record.id,
            verdict="reject",
            reviewer="ana",
            reason="no",
        )
        with ledger.writing() as end:
            recording.decide(end, word, reading.document.id)
    again = replace(
        reading,
        silences=(replace(reading.silences[0], id="1" * 32),),
        assessments=(replace(reading.assessments[0], id="2" * 32),),
    )
    ledger.record(again, capture(again), SECOND)
    for name in ("1" * 32, "2" * 32):
        assert ledger.now.record(name).stands.status == "rejected"


def test_all_of_it_is_rebuilt_the_same(ledger: Store) -> None:
    add(ledger, FIRST, taken(), denied())
    decide(ledger, taken())
    decide(ledger, denied(), "accept")
    add(ledger, SECOND, SHORTER)
    decide(ledger, SHORTER, "note", reason="look again")
    decide(ledger, SHORTER, "credibility", value="3")
    add(ledger, THIRD, taken(act="accuse"))
    assert ledger.verify().sound
    before = [(c, c.stands) for c in ledger.now.claims()]
    ledger.rebuild()
    assert [(c, c.stands) for c in ledger.now.claims()] == before
