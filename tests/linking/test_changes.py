"""Who changed their story, and who did not."""

from __future__ import annotations

from tests.linking.cases import said

from allegedly.linking.changes import changes
from allegedly.linking.figures import figures
from allegedly.linking.record import record_of
from allegedly.records import Link, Reason


def updates(left: str, right: str) -> Link:
    told = Reason(slot="words", left="a", right="b", weighs=0.7)
    return Link(
        left=left, right=right, relation="updates", probability=0.7, method="m", reason=(told,)
    )


def test_a_later_claim_of_one_speaker_against_the_earlier_is_a_change() -> None:
    claims = [
        said("c1", "Norland", 1, "it will withdraw"),
        said("c2", "Norland", 2, "it will stay after all"),
        said("c3", "Sutland", 3, "it will stay after all"),
    ]
    found = changes(record_of(claims, (), [updates("c2", "c1"), updates("c3", "c1")]))
    assert [(c.source, c.earlier, c.later, c.kind) for c in found] == [
        ("Norland", "c1", "c2", "update")
    ]
    assert (found[0].was, found[0].now) == ("it will withdraw", "it will stay after all")


def test_nobody_changes_within_one_story_or_without_a_name() -> None:
    claims = [
        said("c1", "Norland", 1),
        said("c2", "Norland", 1),
        said("c3", None, 2),
        said("c4", None, 3),
    ]
    assert changes(record_of(claims, (), [updates("c2", "c1"), updates("c4", "c3")])) == []


def test_another_figure_of_the_same_is_a_change_and_the_same_one_is_none() -> None:
    claims = [
        said("c1", "Norland", 1, dead=12),
        said("c2", "Norland", 2, dead=12),
        said("c3", "Norland", 3, dead=20),
        said("c4", "Sutland", 4, dead=3),
    ]
    record = record_of(claims)
    [found] = changes(record, figures(record))
    assert (found.earlier, found.later, found.kind) == ("c2", "c3", "figure")
    assert (found.reason[0].right, found.reason[0].left) == ("12 people", "20 people")


def test_two_stories_of_one_turn_are_no_second_turn() -> None:
    claims = [
        said("c1", "Norland", 1, "it will withdraw"),
        said("c2", "Norland", 2, "it backed down"),
        said("c3", "Norland", 3, "plans to withdraw", cue="drops"),
        said("c4", "Norland", 4, "it will stay after all"),
    ]
    links = [updates("c2", "c1"), updates("c3", "c2"), updates("c4", "c3")]
    assert [(c.earlier, c.later) for c in changes(record_of(claims, (), links))] == [("c1", "c2")]
