"""What a claim answers in its own story, told where its words alone say little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.stories import FIRST, capture, claim, decide, read

from allegedly.records import Target

if TYPE_CHECKING:
    from allegedly.records import Claim, Relation
    from allegedly.store import Store

TEXT = "Two men took the bell, the warden said. The mayor denied it, and the priest did not."


def record(ledger: Store, *relations: Relation) -> tuple[Claim, Claim]:
    """A story with a claim and a denial of it."""
    taken = claim(TEXT, "Two men took the bell", "the warden", "said")
    targets = tuple(Target(relation=each, claim=taken.id) for each in relations)
    denied = claim(TEXT, "it", "The mayor", "denied", act="deny", targets=targets)
    reading = read(taken, denied, text=TEXT)
    ledger.record(reading, capture(reading), FIRST)
    return taken, denied


def test_what_a_denial_denies(ledger: Store) -> None:
    taken, denied = record(ledger, "denies", "repeats")
    found = ledger.now.answered(ledger.now.claims())
    assert set(found) == {denied.id}
    assert found[denied.id].relation == "denies"
    assert found[denied.id].claim.id == taken.id
    assert found[denied.id].claim.content == "Two men took the bell"
    assert ledger.now.answered([]) == {}


def test_a_person_s_word_on_what_is_answered_counts(ledger: Store) -> None:
    _, denied = record(ledger, "denies")
    before = ledger.now.head().seq
    decide(ledger, denied, "correct", value={"targets": []})
    assert ledger.now.answered(ledger.now.claims()) == {}
    then = ledger.as_of(before)
    assert set(then.answered(then.claims())) == {denied.id}
