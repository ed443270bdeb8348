from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from allegedly import links
from allegedly.ledger import Ledger
from allegedly.store import NotInLedgerError, OvertakenError, RefusedError, group_reading
from allegedly.store.filters import published_by

BLAME = "Peru blames Chile for shells\nPeru accused Chile on Monday of shelling the port of Arica."
AGAIN = "Lima blames Chile\nPeru says Chile shelled the port of Arica on Monday."
DENIAL = "Chile denies shelling Arica\nChile denied shelling the port of Arica."
OTHER = "Harvest late\nFarmers in Kenya said the wheat harvest would be late this year."


def add(ledger: Ledger, *stories: str) -> None:
    for number, story in enumerate(stories):
        ledger.add(story, publisher=f"Paper {len(story)}", published=f"2031-03-1{number}")
        ledger.link()


def words(ledger: Ledger) -> dict[str, str]:
    known = {claim.id: claim.content for claim in ledger.claims()}
    for statement in ledger.statements():
        text = ledger.now.reading(statement.document).document.text
        known[statement.id] = text[statement.content[0].start : statement.content[-1].end]
    return known


def test_what_two_outlets_tell_is_one_group_and_its_denial_is_linked(ledger: Ledger) -> None:
    add(ledger, BLAME, AGAIN, DENIAL, OTHER)
    [group] = [g for g in ledger.claim_groups() if len(g.members) > 2]
    said = words(ledger)
    assert all("Chile" in said[member] for member in group.members)
    assert all("wheat" not in said[m] for g in ledger.claim_groups() for m in g.members)
    denials = [link for link in ledger.claim_links() if link.relation == "denies"]
    assert denials
    assert denials[-1].reason


def test_a_person_parts_and_joins_for_good(ledger: Ledger) -> None:
    add(ledger, BLAME, AGAIN)
    [group] = ledger.claim_groups()
    one, other = group.members[0], group.members[-1]
    before = ledger.now.head().seq
    ledger.decide_link(one, other, "unlink", reviewer="ana", reason="another port")
    assert all(not {one, other} <= set(g.members) for g in ledger.claim_groups())
    add(ledger, DENIAL)
    assert all(not {one, other} <= set(g.members) for g in ledger.claim_groups())
    assert [set(g.members) for g in ledger.claim_groups(as_of=before)] == [set(group.members)]
    ledger.decide_link(one, other, "link", reviewer="ana", reason="the same port after all")
    assert any({one, other} <= set(g.members) for g in ledger.claim_groups())
    assert len(ledger.link_decisions()) == 1


def test_who_is_parted_from_all_leaves_the_others_together(ledger: Ledger) -> None:
    more = ("Peru accuses Chile\nPeru said that Chile shelled the port of Arica.",)
    add(ledger, BLAME, AGAIN, *more)
    whole = max(ledger.claim_groups(), key=lambda group: len(group.members))
    assert len(whole.members) > 3
    one, *others = whole.members
    said = {"reviewer": "ana", "reason": "another port"}
    pairs = [(one, other) for other in others]
    links.decide_each(ledger, pairs, "unlink", **said)  # type: ignore[arg-type]  # by name
    assert set(others) in [set(group.members) for group in ledger.claim_groups()]
    assert not any(one in group.members for group in ledger.claim_groups())
    links.decide_each(ledger, pairs, "undo", **said)  # type: ignore[arg-type]  # by name
    assert set(whole.members) in [set(group.members) for group in ledger.claim_groups()]
    ledger.decide_link(one, others[0], "unlink", reviewer="ana", reason="x")
    ledger.decide_link(one, others[0], "undo", reviewer="ana", reason="no")
    assert set(whole.members) in [set(group.members) for group in ledger.claim_groups()]


def test_what_was_taken_back_in_between_does_not_come_back(ledger: Ledger) -> None:
    rainy = "Rain in Selme\nThe mayor of Selme said that it would rain for a week."
    add(ledger, BLAME, OTHER, rainy)
    one, other, rain = {claim.document: claim.id for claim in ledger.claims()}.values()
    said = {"reviewer": "ana", "reason": "why"}
    ledger.decide_link(one, other, "link", **said)  # type: ignore[arg-type]  # by name
    ledger.decide_link(other, rain, "link", **said)  # type: ignore[arg-type]  # by name
    ledger.decide_link(one, other, "undo", **said)  # type: ignore[arg-type]  # by name
    assert not any({one, other} <= set(group.members) for group in ledger.claim_groups())
    ledger.decide_link(other, rain, "undo", **said)  # type: ignore[arg-type]  # by name
    assert not any({one, other} <= set(group.members) for group in ledger.claim_groups())


def test_a_decision_needs_two_claims_a_reviewer_and_a_reason(ledger: Ledger) -> None:
    add(ledger, BLAME)
    claim = ledger.claims()[0].id
    with pytest.raises(RefusedError, match="itself"):
        ledger.decide_link(claim, claim, "link", reviewer="ana", reason="why")
    with pytest.raises(RefusedError, match="reason"):
        ledger.decide_link(claim, claim, "link", reviewer="ana", reason=" ")


def test_the_worlds_clock_leaves_out_what_had_not_been_published(ledger: Ledger) -> None:
    add(ledger, BLAME, AGAIN)
    now = {member for group in ledger.claim_groups() for member in group.members}
    then = {m for g in ledger.claim_groups(as_of="published:2031-03-10") for m in g.members}
    assert then < now


def test_links_prove_and_are_rebuilt_the_same(ledger: Ledger) -> None:
    add(ledger, BLAME, AGAIN, DENIAL)
    groups, links = ledger.claim_groups(), ledger.claim_links()
    assert ledger.verify().sound
    ledger.rebuild()
    assert ledger.claim_groups() == groups
    assert ledger.claim_links() == links


def test_who_has_not_seen_the_last_word_on_a_link_is_told(ledger: Ledger, url: str) -> None:
    add(ledger, BLAME, AGAIN)
    [group] = ledger.claim_groups()
    one, two = group.members[0], group.members[-1]
    said = {"reviewer": "ana", "reason": "another port"}
    with Ledger.open(url) as other:
        before = ledger.now.head().seq
        parted = ledger.decide_link(one, two, "unlink", **said)  # type: ignore[arg-type]  # by name
        head = ledger.now.head()
        for seen in (None, 0, str(before)):
            with pytest.raises(
                OvertakenError, match=r"ana parted it in .*\(another port\)"
            ) as told:
                other.decide_link(one, two, "link", reviewer="ben", reason="no", seen=seen)
            assert told.value.word == parted
        assert ledger.now.head() == head
        joined = other.decide_link(
            two, one, "link", reviewer="ben", reason="the same", seen=parted.seq
        )
        with pytest.raises(OvertakenError, match=r"ben joined it in .*\(the same\)") as told:
            links.take_back(ledger, [parted.seq], reviewer="ana", reason="x")
        assert told.value.word == joined
        [undone] = links.take_back(ledger, [joined.seq], reviewer="ana", reason="x")
        assert (undone.verdict, undone.current) == ("undo", False)
        with pytest.raises(OvertakenError, match="ana took back a decision about it"):
            links.take_back(other, [joined.seq], reviewer="ben", reason="x")
        for entry in (undone.seq, 1):
            with pytest.raises((RefusedError, NotInLedgerError)):
                links.take_back(other, [entry], reviewer="ben", reason="x")
        with pytest.raises(RefusedError, match="taken back already"):
            other.decide_link(one, two, "undo", reviewer="ben", reason="x")


def test_words_are_taken_back_together_or_not_at_all(ledger: Ledger) -> None:
    add(ledger, BLAME, AGAIN, OTHER)
    one, two, three = {claim.document: claim.id for claim in ledger.claims()}.values()
    said: dict[str, Any] = {"reviewer": "ana", "reason": "why"}
    first = ledger.decide_link(one, two, "unlink", **said)
    again = ledger.decide_link(one, two, "unlink", reviewer="ben", reason="two ports")
    second = ledger.decide_link(one, three, "unlink", **said)
    denied = ledger.decide_link(one, three, "link", relation="denies", **said)
    head = ledger.now.head()
    with pytest.raises(OvertakenError, match=r"ben parted it .*\(two ports\)"):
        links.take_back(ledger, [first.seq, second.seq], **said)  # `first` came before `second`
    assert ledger.now.head() == head
    entries = [second.seq, denied.seq, again.seq, second.seq]
    assert [word.verdict for word in links.take_back(ledger, entries, **said)] == ["undo"] * 3
    assert ledger.link_decisions() == []
    assert ledger.verify().sound


def test_of_two_who_speak_of_a_link_at_once_one_does(ledger: Ledger, url: str) -> None:
    add(ledger, BLAME, AGAIN)
    [group] = ledger.claim_groups()
    one, two = group.members[0], group.members[-1]
    ready = Barrier(2)

    def decide(own: Ledger) -> int:
        ready.wait(30)
        said: dict[str, Any] = {"reviewer": f"reader {id(own)}", "reason": "another port"}
        try:
            return own.decide_link(one, two, "unlink", seen=None, **said).seq
        except OvertakenError as error:
            return error.word.seq

    with Ledger.open(url) as other, ThreadPoolExecutor(2) as pool:
        told = set(pool.map(decide, (ledger, other)))
    assert told == {word.seq for word in ledger.link_words([one])}
    assert len(told) == 1


@pytest.mark.parametrize("moment", [None, "published:2031-03-10"])
def test_of_a_group_no_more_is_read_than_is_asked_for(ledger: Ledger, moment: str | None) -> None:
    more = ("Peru accuses Chile\nPeru said that Chile shelled the port of Arica.",)
    add(ledger, BLAME, AGAIN, *more)
    view = ledger.as_of(moment) if moment else ledger.now
    seen = published_by(view.moment)
    whole = max(ledger.claim_groups(), key=lambda group: len(group.members)).members
    assert len(whole) > 2
    with view.connected() as connection:
        for asked in (whole, whole[:2], whole[-1:], whole[::-1]):
            full = group_reading.groups_of(connection, asked, None, seen)
            there = [[m for m in group.members if m in asked] for group in full]
            kept = [
                own
                for own, group in zip(there, full, strict=True)
                if own and len(group.members) > 1
            ]
            found = group_reading.groups_among(connection, asked, None, seen)
            assert [list(group.members) for group in found] == kept
            assert all(group.shown in group.members for group in found)
            sizes = group_reading.sizes_of(connection, asked, None, seen)
            assert sizes == {
                name: len(group.members)
                for own, group in zip(there, full, strict=True)
                for name in own
            }
