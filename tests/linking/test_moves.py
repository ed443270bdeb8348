"""What moved between two moments of a case, and what only looks as if it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.linking.cases import doubt, said

from allegedly.linking.moves import Moves, moves
from allegedly.linking.record import record_of
from allegedly.linking.telling import tell
from allegedly.records import ClaimGroup, Link

if TYPE_CHECKING:
    from allegedly.linking.telling import Telling
    from allegedly.records import ToldClaim

PAIR = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.9)
NORLAND, ENVOY = said("c1", "Norland", 1, dead=12), said("c2", "the envoy", 2, dead=20)
DENIAL = said("d1", "Sutland", 3, "any part in it", act="deny")


def told(*claims: ToldClaim, links: tuple[Link, ...] = (), doubted: bool = False) -> Telling:
    doubts = [doubt("a1", "Paper 1", "c1")] if doubted else []
    return tell(record_of(claims, [PAIR], links, assessments=doubts))


def denies(left: str, right: str) -> Link:
    return Link(left=left, right=right, relation="denies", probability=0.8, method="m")


def test_nothing_moves_by_itself() -> None:
    assert moves(told(NORLAND, DENIAL), told(NORLAND, DENIAL)) == Moves()
    assert not moves(told(), told()).any


def test_a_new_claim_is_new_and_a_gone_one_gone() -> None:
    other = said("c9", "Estland", 4, "that the river is high")
    found = moves(told(NORLAND), told(NORLAND, other))
    assert [each.words for each in found.new] == ["that the river is high"]
    assert found.moved == ()
    back = moves(told(NORLAND, other), told(NORLAND))
    assert [each.words for each in back.gone] == ["that the river is high"]


def test_a_claim_stays_itself_while_others_come_to_either_side() -> None:
    after = told(NORLAND, ENVOY, DENIAL, links=(denies("d1", "c1"),), doubted=True)
    found = moves(told(NORLAND), after)
    [move] = found.moved
    assert (move.was.stories, move.now.stories) == (1, 2)
    assert {part.what: [v.name for v in part.voices] for part in move.came} == {
        "asserted": ["the envoy"],
        "denied": ["Sutland"],
        "could_not_verify": ["Paper 1"],
    }
    assert move.went == ()
    assert found.new == (), "a denial is told where it denies"


def test_the_same_speaker_under_another_name_is_no_newcomer() -> None:
    before = told(said("c1", "Moscow", 1), said("c2", "Estland", 2))
    after = told(said("c1", "Moscow", 1), said("c2", "Estland", 2), said("c3", "Kremlin", 2))
    joined = ClaimGroup(id="c1", members=("c1", "c2", "c3"), shown="c1", probability=0.9)
    after = tell(record_of(after.record.claims.values(), [joined]))
    assert moves(before, after).moved == ()


def test_figures_move_by_their_bounds() -> None:
    one = said("c3", "Norland", 1, dead=12)
    found = moves(told(NORLAND, one), told(NORLAND, one, ENVOY))
    [move] = found.figures
    assert move.was is not None
    assert (move.was.low, move.was.high, move.now.low, move.now.high) == (12, 12, 12, 20)
    [new] = moves(told(NORLAND), told(NORLAND, ENVOY)).figures
    assert new.was is None


def test_a_changed_story_is_told_once() -> None:
    later = said("c4", "Norland", 4, dead=30)
    found = moves(told(NORLAND), told(NORLAND, later))
    assert [(c.earlier, c.later) for c in found.changes] == [("c1", "c4")]
    assert moves(told(NORLAND, later), told(NORLAND, later)).changes == ()
