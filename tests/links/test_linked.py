from itertools import combinations
from pathlib import Path

import pytest
from tests.links.told import keep, stories, story
from tests.store.stories import SECOND

from allegedly.encoder.vectors import packed_sentences
from allegedly.ledger import Ledger
from allegedly.linking.claims import grouped, profiles, table
from allegedly.links import keys
from allegedly.links.linked import AT_ONCE

EVENTS, EACH = 5, 4


def groups(ledger: Ledger) -> set[frozenset[str]]:
    return {frozenset(group.members) for group in ledger.claim_groups()}


@pytest.mark.parametrize("many", [1, 1000])
def test_many_at_once_come_to_exactly_what_one_after_the_other_does(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    told = stories(EVENTS, EACH)
    assert len(told) > AT_ONCE
    for reading in told:
        keep(ledger, reading)
        ledger.link()
    with Ledger.open(tmp_path / "together.ledger", create=True) as together:
        keep(together, *told)
        monkeypatch.setattr(keys, "MANY", many)  # whether all keys are at hand, or some asked for
        assert together.link().documents == len(told)
        assert together.claim_groups() == sorted_like(together, ledger)
        assert {link.id for link in together.claim_links()} == {
            link.id for link in ledger.claim_links()
        }


def sorted_like(wanted: Ledger, found: Ledger) -> list[object]:
    """Groups in the order of another ledger's: that in which they were last put differs."""
    by_id = {group.id: group for group in found.claim_groups()}
    assert by_id.keys() == {group.id for group in wanted.claim_groups()}
    return [by_id[group.id] for group in wanted.claim_groups()]


def test_stories_as_they_come_make_nearly_the_groups_of_all_compared_with_all(
    ledger: Ledger,
) -> None:
    told = stories(EVENTS, EACH)
    keep(ledger, *told)
    ledger.link()
    claims = [own for reading in told for own in profiles(reading, [])]
    whole = grouped(claims, table(claims, packed_sentences().vectors([p.frame for p in claims])))
    wanted = {
        frozenset(pair)
        for number in set(whole.tolist())
        for pair in combinations(
            [own.id for own, n in zip(claims, whole, strict=True) if n == number], 2
        )
    }
    known = {own.id for own in claims}
    found = {
        frozenset(pair)
        for group in groups(ledger)
        for pair in combinations(sorted(group & known), 2)
    }
    assert len(wanted) > 50
    assert 2 * len(wanted & found) / (len(wanted) + len(found)) > 0.8


def test_linking_again_adds_nothing(ledger: Ledger) -> None:
    keep(ledger, *stories(2, 2))
    assert ledger.link().documents == 4
    head = ledger.now.head().seq
    assert ledger.link().documents == 0
    assert ledger.now.head().seq == head


def test_what_is_waiting_is_linked_in_the_order_of_its_reading(ledger: Ledger) -> None:
    told = stories(2, 2)
    keep(ledger, *told)
    assert ledger.link(most=3).documents == 3
    assert ledger.unlinked() == [told[3].document.id]
    assert ledger.link().documents == 1
    assert ledger.unlinked() == []


@pytest.mark.parametrize("changed", [False, True])
def test_a_story_that_is_read_anew_is_linked_anew_and_once(
    ledger: Ledger, *, changed: bool
) -> None:
    first, other = story(0, 0), story(0, 1)
    keep(ledger, first, other)
    ledger.link()
    fewer = first.claims[:1] if changed else first.claims
    again = type(first)(
        document=first.document, zones=first.zones, claims=fewer, assessments=(), silences=()
    )
    keep(ledger, again, run=SECOND)
    assert ledger.unlinked() == [first.document.id]
    assert ledger.link().documents == 1
    assert ledger.unlinked() == []
    gone = {claim.id for claim in first.claims} - {claim.id for claim in fewer}
    assert not any(gone & group for group in groups(ledger))
    assert ledger.verify().sound


def test_links_prove_and_are_rebuilt_the_same(ledger: Ledger) -> None:
    keep(ledger, *stories(2, 3))
    ledger.link()
    before, links = ledger.claim_groups(), ledger.claim_links()
    assert before
    assert ledger.verify().sound
    ledger.rebuild()
    assert ledger.claim_groups() == before
    assert ledger.claim_links() == links
