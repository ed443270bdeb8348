"""What a case leaves open, and what is settled."""

from __future__ import annotations

from msgspec.structs import replace
from tests.linking.cases import doubt, said, silence

from allegedly.linking.open_questions import one_side, open_questions
from allegedly.linking.record import record_of
from allegedly.linking.standing import standings
from allegedly.records import ClaimGroup, Copy, Origin, Target

PAIR = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.8)
ONE_TEXT = Origin(
    case="c",
    kind="text",
    name=None,
    copies=tuple(Copy(document=f"d{n}", spans=()) for n in (1, 2)),
)


def kinds(*claims: object, **held: object) -> list[tuple[str, str]]:
    record = record_of(claims, [PAIR], **held)  # type: ignore[arg-type]  # what tests give it
    return [(q.kind, q.about) for q in open_questions(record, standings(record))]


def test_what_one_side_says_is_open_until_another_says_it() -> None:
    both = said("c1", "Moscow", 1), said("c2", "the Kremlin", 2)
    assert kinds(*both) == [("one_side", "c1")]
    assert kinds(both[0], said("c2", "Kyiv", 2)) == []
    assert kinds(both[0], said("c2", None, 2, kind="own_voice")) == []


def test_one_text_behind_several_stories_is_open() -> None:
    both = said("c1", "Norland", 1), said("c2", "Sutland", 2)
    assert kinds(*both, origins=[ONE_TEXT]) == [("one_origin", "c1")]
    assert kinds(said("c1", "Norland", 1), origins=[ONE_TEXT]) == []


def test_an_accusation_without_an_answer_is_open_and_a_denied_one_is_not() -> None:
    accused = said("c1", "Norland", 1, act="accuse")
    assert kinds(accused) == [("unasked", "c1")]
    assert kinds(accused, said("c3", "Sutland", 1, "it", act="deny", denies="c1")) == []


def test_whoever_denies_elsewhere_in_the_case_has_answered() -> None:
    accused = said("c1", "Kyiv", 1, "Russia of bombing the bridge", act="accuse")
    denies = said("c3", "Moscow", 2, "any part in what happened", act="deny")
    assert ("unasked", "c1") in kinds(accused)
    assert ("unasked", "c1") not in kinds(accused, denies)
    assert ("unasked", "c1") in kinds(accused, replace(denies, source="Minsk"))


def test_an_accusation_that_hangs_on_what_went_before_is_no_question() -> None:
    hanging = said("c1", "Norland", 1, "on Sutland", act="accuse")
    assert kinds(hanging) == []
    assert kinds(replace(hanging, words="Sutland of robbing the mill")) == [("unasked", "c1")]


def test_whoever_denies_elsewhere_by_name_has_answered() -> None:
    accused = said("c1", "Norland", 1, "Anton Kern of robbing the mill", act="accuse")
    denies = said("c3", "Kern", 2, "any part in what happened", act="deny")
    assert ("unasked", "c1") in kinds(accused)
    assert ("unasked", "c1") not in kinds(accused, denies)
    assert ("unasked", "c1") in kinds(accused, replace(denies, source="the judge"))
    assert ("unasked", "c1") in kinds(accused, replace(denies, source="Ana"))


def test_what_the_accused_deny_elsewhere_is_not_one_sided() -> None:
    both = [
        said(name, "Kyiv", story, "Russia of bombing the bridge", act="accuse")
        for story, name in enumerate(("c1", "c2"), start=1)
    ]
    denies = said("c3", "Moscow", 2, "any part in what happened", act="deny")
    assert ("one_side", "c1") in kinds(*both)
    assert ("one_side", "c1") not in kinds(*both, denies)


def test_one_accuser_and_one_accused_are_one_question() -> None:
    first = said("c1", "Kyiv", 1, "Russia of bombing the bridge", act="accuse")
    again = said("c3", "Ukraine", 2, "Moscow of its slow answer", act="accuse")
    assert [kind for kind, _ in kinds(first, again)] == ["unasked"]
    other = replace(again, source="Minsk")
    assert [kind for kind, _ in kinds(first, other)] == ["unasked", "unasked"]


def test_not_knowing_is_nothing_to_verify() -> None:
    held = {"assessments": [doubt("a1", "Paper 1", "c1")]}
    assert kinds(said("c1", "Norland", 1, "it was unable to confirm the fire"), **held) == []


def test_doubts_are_open_until_somebody_confirms() -> None:
    held = {"assessments": [doubt("a1", "Paper 1", "c1")]}
    assert kinds(said("c1", "Norland", 1), **held) == [("unverified", "c1")]
    confirmed = said("c2", "Sutland", 2, act="confirm")
    assert kinds(said("c1", "Norland", 1), confirmed, **held) == []
    verified = [doubt("a1", "Paper 1", "c1", kind="verified")]
    assert kinds(said("c1", "Norland", 1), assessments=verified) == []


def test_a_silence_that_several_stories_tell_of_is_told_once() -> None:
    silences = [
        silence("s1", "The Mayor", "the bell", 1),
        silence("s2", "mayor", "the bells", 2),
        silence("s3", None, None, 3),
    ]
    record = record_of([], silences=silences)
    found = open_questions(record, [])
    assert [(q.who, q.about, q.evidence) for q in found] == [
        ("The Mayor", "the bell", ("s1", "s2")),
        (None, "did not say", ("s3",)),
    ]


def test_a_question_is_open_until_it_is_answered() -> None:
    asked = said("c1", "Norland", 1, "who bombed the bridge", act="ask")
    answer = said("c2", "Sutland", 2, "that nobody knows")
    alone = ClaimGroup(id="c1", members=("c1",), shown="c1", probability=1.0)
    record = record_of([asked, answer], [alone])
    assert [q.kind for q in open_questions(record, standings(record))] == ["unanswered"]
    answered = replace(answer, targets=(Target(relation="answers", claim="c1"),))
    record = record_of([asked, answered], [alone])
    assert open_questions(record, standings(record)) == []


def test_what_is_beside_the_case_leaves_nothing_open() -> None:
    assert kinds(said("c1", "Norland", 1, act="accuse", weight=0.01)) == []


def test_one_side_may_have_many_names() -> None:
    assert one_side(["Moscow", "Russia", "Kremlin"])
    assert one_side(["The warden", "Warden"])
    assert not one_side(["Moscow", "Kyiv"])
    assert not one_side(["Moscow", "the warden"])
