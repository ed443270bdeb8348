"""What is told in a case, as reported and as the desk decided, as of any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cases import bell
from tests.store.stories import Clock

from allegedly.ledger import Ledger
from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cases.bell import Bell

    from allegedly.records import Standing, Voice


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, create=True, clock=Clock()) as opened:
        yield opened


@pytest.fixture
def told(ledger: Ledger) -> Bell:
    return bell.begin(ledger)


def names(voices: tuple[Voice, ...]) -> list[str]:
    return [voice.name for voice in voices]


def first(found: list[Standing]) -> Standing:
    assert found
    return found[0]


def test_the_most_contested_stands_first(ledger: Ledger, told: Bell) -> None:
    stands = first(ledger.standing("bell"))
    assert stands.members == (told.claim(0, 0), told.claim(1, 0))
    assert names(stands.asserted_by) == ["warden"]
    assert names(stands.denied_by) == ["mayor", "mayor of Orrin"]
    assert [(kind, voice.name) for kind, voice in stands.assessed] == [
        ("could_not_verify", "Orrin Gossip"),
        ("no_evidence", "Orrin Post"),
    ]
    assert names(stands.changed_by) == ["warden"]
    assert (stands.stories, stands.origins) == (2, 2)


def test_figures_changes_and_questions_are_of_the_same_record(ledger: Ledger, told: Bell) -> None:
    [figure] = ledger.figures("bell")
    assert [(r.source, r.words, r.value) for r in figure.reports] == [
        ("warden", "two men", 2),
        ("warden", "Two men", 2),
        ("warden", "Four men", 4),
    ]
    [change] = ledger.changes("bell")
    assert (change.source, change.kind) == ("warden", "figure")
    assert (change.earlier, change.later) == (told.claim(1, 0), told.claim(2, 0))
    assert [(q.kind, q.who) for q in ledger.open_questions("bell")] == [
        ("silence", "mayor"),
        ("one_side", "warden"),
        ("unverified", "warden"),
    ]


def test_what_people_rejected_stays_out_of_what_the_desk_decided(
    ledger: Ledger, told: Bell
) -> None:
    denial = told.claim(0, 1)
    ledger.decide(denial, "reject", reviewer="ana", reason="not about the bell")
    assert names(first(ledger.standing("bell")).denied_by) == ["mayor of Orrin"]
    reported = first(ledger.standing("bell", decided=False))
    assert names(reported.denied_by) == ["mayor", "mayor of Orrin"]
    ledger.decide(told.claim(1, 0), "reject", reviewer="ana", reason="gossip")
    stands = next(s for s in ledger.standing("bell") if told.claim(0, 0) in s.members)
    assert stands.members == (told.claim(0, 0),)
    whole = first(ledger.standing("bell", decided=False))
    assert whole.decided_rejected == (told.claim(1, 0),)
    assert len(whole.members) == 2
    assert ledger.changes("bell") != []  # by its figure, against the first story's


def test_a_corrected_claim_is_told_as_corrected(ledger: Ledger, told: Bell) -> None:
    named = [{"spans": [[0, 10]], "name": "Ana Ruk", "kind": "person", "role": None}]
    ledger.decide(
        told.claim(0, 0), "correct", reviewer="ana", reason="it is she", value={"sources": named}
    )
    assert names(first(ledger.standing("bell")).asserted_by) == ["Ana Ruk", "warden"]
    assert names(first(ledger.standing("bell", decided=False)).asserted_by) == ["warden"]


def test_links_are_as_people_left_them(ledger: Ledger, told: Bell) -> None:
    denial, accusation = told.claim(0, 1), told.claim(0, 0)
    ledger.decide_link(
        denial, accusation, "unlink", relation="denies", reviewer="ana", reason="another matter"
    )
    assert names(first(ledger.standing("bell")).denied_by) == ["mayor of Orrin"]
    assert len(first(ledger.standing("bell", decided=False)).denied_by) == 2


def test_a_rejected_silence_and_doubt_are_gone(ledger: Ledger, told: Bell) -> None:
    story = told.readings[0]
    for record in (story.silences[0].id, story.assessments[0].id):
        ledger.decide(record, "reject", reviewer="ana", reason="misread")
    assert "silence" not in {q.kind for q in ledger.open_questions("bell")}
    assert "silence" in {q.kind for q in ledger.open_questions("bell", decided=False)}
    assert [kind for kind, _ in first(ledger.standing("bell")).assessed] == ["could_not_verify"]


def test_each_is_as_of_either_clock(ledger: Ledger, told: Bell) -> None:
    for moment in (told.after[0], "published:2031-05-05"):
        stands = first(ledger.standing("bell", as_of=moment))
        assert (stands.stories, stands.changed_by) == (1, ())
        assert ledger.figures("bell", as_of=moment) == []
        assert ledger.changes("bell", as_of=moment) == []
    before = first(ledger.standing("bell", as_of="published:2031-05-06"))
    assert (before.stories, before.changed_by) == (2, ())
    last = ledger.now.head().seq
    ledger.decide(told.claim(0, 1), "reject", reviewer="ana", reason="no")
    assert len(first(ledger.standing("bell", as_of=last)).denied_by) == 2


def test_a_case_that_is_not_there_has_no_standing(ledger: Ledger, told: Bell) -> None:
    assert told
    with pytest.raises(NotInLedgerError):
        ledger.standing("bells-and-whistles")
