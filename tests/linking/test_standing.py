"""Who asserts, denies, contradicts and confirms what, and on how many origins it rests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest
from msgspec import structs
from tests.linking.cases import BOMBED, doubt, said

from allegedly.linking.record import record_of
from allegedly.linking.standing import standing, standings
from allegedly.linking.telling import tell
from allegedly.records import (
    Act,
    ClaimGroup,
    Copy,
    Link,
    LinkRelation,
    Origin,
    Span,
    Standing,
    Target,
    ToldKind,
    Voice,
)

WE_DID_NOT = "any part in the attack on the bridge"


def group(name: str, *members: str) -> ClaimGroup:
    return ClaimGroup(id=name, members=(name, *members), shown=name, probability=0.8)


def link(left: str, right: str, relation: LinkRelation = "denies") -> Link:
    return Link(left=left, right=right, relation=relation, probability=0.8, method="slots-1")


def names(voices: tuple[Voice, ...]) -> list[str]:
    return [voice.name for voice in voices]


CLAIMS = (
    said("c1", "Norland", 1, act="accuse"),
    said("c2", "the Norland", 2),
    said("s9", None, 3, kind="own_voice"),
    said("c3", "Sutland", 2, WE_DID_NOT, act="deny"),
    said("c4", "General Sut", 3, WE_DID_NOT, act="deny"),
)
GROUPS = (group("c1", "c2", "s9"), group("c3", "c4"))
LINKS = (link("c3", "c1"),)


def test_who_says_what_is_counted_and_named_with_the_evidence() -> None:
    record = record_of(CLAIMS, GROUPS, LINKS, assessments=[doubt("a1", "Paper 1", "c2")])
    stands = standing("c1", record)
    assert stands.asserted_by == (Voice(name="Norland", evidence=("c1", "c2")),)
    assert names(stands.own_voice_of) == ["Paper 3"]
    assert names(stands.denied_by) == ["General Sut", "Sutland"]
    assert stands.assessed == (("could_not_verify", Voice(name="Paper 1", evidence=("a1",))),)
    assert (stands.words, stands.act) == (BOMBED, "accuse")
    assert (stands.stories, stands.origins) == (3, 3)
    assert stands.contested


def test_who_does_not_know_asserts_and_confirms_nothing() -> None:
    unsure = said("c5", "Oestland", 4, "it could not confirm that the bridge was bombed")
    record = record_of([*CLAIMS[:2], unsure], [group("c1", "c2", "c5")])
    stands = standing("c1", record)
    assert names(stands.asserted_by) == ["Norland"]
    assert stands.members == ("c1", "c2", "c5")
    alone = standing("c5", record_of([unsure], []))
    assert names(alone.asserted_by) == ["Oestland"]


@pytest.mark.parametrize("act", get_args(Act))
@pytest.mark.parametrize("kind", ["claim", "own_voice"])
@pytest.mark.parametrize("words", [BOMBED, WE_DID_NOT, "it did not bomb the bridge", "it"])
def test_what_is_told_once_stands_as_it_does_beside_a_link_that_tells_nothing(
    act: Act, kind: ToldKind, words: str
) -> None:
    claim = said("c1", "Norland", 1, words, act=act, kind=kind)
    other = said("c2", "Sutland", 2, "that the bridge stands")
    told: dict[str, Any] = {
        "assessments": [doubt("a1", "Paper 1", "c1")],
        "decided": {"c1": "rejected"},
    }
    alone = record_of([claim, other], **told)
    # That another updates it changes nothing, and is looked at with all the rest.
    beside = record_of([claim, other], (), [link("c2", "c1", "updates")], **told)
    assert standing("c1", alone) == standing("c1", beside)


def test_nobody_asserts_what_is_only_ever_denied() -> None:
    stands = standing("c3", record_of(CLAIMS, GROUPS))
    assert stands.asserted_by == ()
    assert names(stands.denied_by) == ["General Sut", "Sutland"]
    assert stands.words == WE_DID_NOT
    assert not stands.contested


def test_words_beside_a_denial_speak_only_where_they_reject_something() -> None:
    beside = said("c5", "Paper", 4, "Sutland was asked about the bridge")
    rejecting = said("c6", "Sut's envoy", 4, "it had nothing to do with the bridge")
    record = record_of(
        [*CLAIMS, beside, rejecting], [GROUPS[0], group("c3", "c4", "c5", "c6")], LINKS
    )
    assert names(standing("c1", record).denied_by) == ["General Sut", "Sut's envoy", "Sutland"]


def test_a_denial_that_was_grouped_with_what_it_denies_is_still_one() -> None:
    record = record_of(CLAIMS, [group("c1", "c2", "s9", "c3")], LINKS)
    stands = standing("c1", record)
    assert names(stands.asserted_by) == ["Norland"]
    assert names(stands.denied_by) == ["Sutland"]


def test_a_denial_among_those_who_say_it_denies_it_and_among_those_who_say_no_agrees() -> None:
    refused = said("c5", "Sutland", 4, act="deny")
    record = record_of([*CLAIMS[:2], refused], [group("c1", "c2", "c5")])
    assert names(standing("c1", record).denied_by) == ["Sutland"]
    assert names(standing("c1", record).asserted_by) == ["Norland"]
    no = [said(f"n{n}", f"Envoy {n}", n, "that we did not bomb it") for n in (1, 2)]
    record = record_of([*no, refused], [group("n1", "n2", "c5")])
    assert standing("n1", record).denied_by == ()
    assert names(standing("n1", record).asserted_by) == ["Envoy 1", "Envoy 2", "Sutland"]


def test_not_knowing_is_no_contradiction_beside_a_denial_nor_within_a_story() -> None:
    unsure = structs.replace(
        said("c5", "Envoy", 4, "that we could not confirm that the bridge was bombed"),
        polarity="negative",
    )
    record = record_of([*CLAIMS, unsure], [GROUPS[0], group("c3", "c4", "c5")], LINKS)
    assert names(standing("c1", record).denied_by) == ["General Sut", "Sutland"]
    inside = structs.replace(unsure, targets=(Target(relation="contradicts", claim="c1"),))
    stands = standing("c1", record_of([CLAIMS[0], inside]))
    assert stands.contradicted_by == ()


def test_who_cannot_say_so_asserts_nothing_among_those_who_do() -> None:
    spies = structs.replace(said("c5", "Spies", 4), unsure=True)
    record = record_of([*CLAIMS, spies], [group("c1", "c2", "s9", "c5"), GROUPS[1]], LINKS)
    assert names(standing("c1", record).asserted_by) == ["Norland"]


def test_a_party_denies_nothing_that_it_says_itself_within_a_story() -> None:
    def denied_by(source: str) -> list[str]:
        accused = said("c1", "Moscow", 1, act="accuse")
        inside = said("c2", source, 1, "that anybody was hurt", act="deny", denies="c1")
        return names(standing("c1", record_of([accused, inside])).denied_by)

    assert denied_by("Russian officials") == []
    assert denied_by("Ukraine") == ["Ukraine"]
    assert denied_by("Russia's Union of Writers") == ["Russia's Union of Writers"]


def test_what_is_merely_spoken_about_tells_nothing_and_is_shown_for_nobody() -> None:
    topic = said("c1", "Norland", 1, "the attack on the bridge", cue="said about")
    assert standing("c1", record_of([topic])).weight == 0
    feared = structs.replace(topic, cue="is worried about", act="speculate")
    assert standing("c1", record_of([feared])).weight == 1
    told = said("c2", "Sutland", 2, "that the bridge was attacked at night")
    assert standing("c1", record_of([topic, told], [group("c1", "c2")])).shown == "c2"


def test_a_name_alone_tells_nothing_and_does_where_somebody_is_blamed() -> None:
    def weight(words: str, act: Act) -> float:
        return standing("c1", record_of([said("c1", "Norland", 1, words, act=act)])).weight

    assert weight("Sutland", "assert") == 0
    assert weight("Sutland", "accuse") > 0
    assert weight("Sutland fell", "assert") > 0


def test_what_was_grouped_with_mutual_blame_is_not_against_the_blame() -> None:
    blame = "each other of breaking the truce"
    told = [
        said("c1", "Both armies", 1, blame, act="accuse"),
        said("c2", "Both armies", 1, blame, act="accuse", kind="converse"),
        structs.replace(said("c3", "A mayor", 2, "a truce that hardly holds"), polarity="negative"),
    ]
    record = record_of(told, [group("c2", "c3")], [link("c2", "c1", "contradicts")])
    assert "A mayor" not in names(standing("c1", record).contradicted_by)


def test_a_denial_of_what_lies_astray_in_a_group_is_no_denial_of_the_group() -> None:
    claims = [
        said("c1", "Moscow", 1, "the US was behind the raid on the bridge", act="accuse"),
        said("c2", "Moscow", 2, "Washington was behind the raid", act="accuse"),
        said("c3", "Moscow", 3, "it fought off a raid that it blames on Ukraine"),
        said("d1", "Kyiv", 3, "the accusation", act="deny", denies="c3"),
        said("d2", "Zelensky", 4, "we did not raid the bridge", act="deny"),
    ]
    grouped = [group("c1", "c2", "c3"), group("d1", "d2")]
    assert not standing("c1", record_of(claims, grouped)).contested
    assert "d1" in [each.shown for each in tell(record_of(claims, grouped)).claims]
    said_so = structs.replace(claims[2], words="the US and Ukraine raided the bridge")
    record = record_of([*claims[:2], said_so, *claims[3:]], grouped)
    assert names(standing("c1", record).denied_by) == ["Kyiv", "Zelensky"]
    mixed = [
        *claims,
        said("c4", "Moscow", 1, "Ukraine raided it"),
        said("c5", "Minsk", 1, "Ukraine"),
    ]
    record = record_of(mixed, [group("c1", "c2", "c3", "c4", "c5"), group("d1", "d2")])
    assert names(standing("c1", record).denied_by) == ["Kyiv", "Zelensky"]


def test_who_rejects_somebodys_claim_rejects_nothing_said_against_them() -> None:
    claims = [
        said("c1", "analysts", 1, "Moscow of staging the raid", act="accuse"),
        said("d1", "Kyiv", 1, "Russia’s claim of a raid", act="deny", denies="c1"),
    ]
    assert not standing("c1", record_of(claims)).contested
    itself = structs.replace(claims[0], source="Moscow", words="Russia was raided by Ukraine")
    assert standing("c1", record_of([itself, claims[1]])).contested
    theirs = structs.replace(claims[0], words="Ukraine of raiding the bridge")
    assert standing("c1", record_of([theirs, claims[1]])).contested
    it = structs.replace(claims[1], words="any part in a raid")
    assert standing("c1", record_of([claims[0], it])).contested


def test_what_is_denied_is_shown_in_words_that_somebody_denies() -> None:
    claims = [
        said("c1", "Norland", 1, "the bridge of Norland fell into the river at night"),
        said("c2", "Norland", 2, "the bridge of Norland fell into the river"),
        said("c3", "Norland", 3, "that Sutland bombed the old bridge"),
        said("d1", "Sutland", 4, WE_DID_NOT, act="deny"),
    ]
    grouped = [group("c1", "c2", "c3")]
    assert standing("c1", record_of(claims, grouped)).shown in {"c1", "c2"}
    denied = record_of(claims, grouped, [link("d1", "c3")])
    assert standing("c1", denied).shown == "c3"
    nobody = structs.replace(claims[2], source=None)
    unnamed = record_of([*claims[:2], nobody, claims[3]], grouped, [link("d1", "c3")])
    assert standing("c1", unnamed).shown in {"c1", "c2"}


def test_who_cannot_say_who_did_it_asserts_nothing_among_those_who_can() -> None:
    claims = [
        said("c1", "Norland", 1, "Sutland was behind the raid"),
        said("c2", "Estland", 2, "Sutland did it"),
        said("c3", "spies", 3, "who was behind the raid"),
    ]
    record = record_of(claims, [group("c1", "c2", "c3")])
    assert names(standing("c1", record).asserted_by) == ["Estland", "Norland"]


def test_nobody_accuses_themselves() -> None:
    def asserted_by(source: str) -> list[str]:
        claim = said("c1", source, 1, "Russia of bombing the bridge", act="accuse")
        return names(standing("c1", record_of([claim])).asserted_by)

    assert asserted_by("the Kremlin") == ["unnamed"]
    assert asserted_by("Kyiv") == ["Kyiv"]
    assert asserted_by("Russia's Union of Writers") == ["Russia's Union of Writers"]


def test_a_denial_within_a_story_counts() -> None:
    inside = said("c7", "Sutland", 1, "it", act="deny", denies="c1")
    record = record_of([CLAIMS[0], inside])
    assert names(standing("c1", record).denied_by) == ["Sutland"]


def test_whoever_would_stand_on_both_sides_is_where_most_of_it_shows() -> None:
    strange = said("c8", "Norland", 4, "that it was bombed", act="deny")
    record = record_of([*CLAIMS, strange], GROUPS, [link("c8", "c1")])
    stands = standing("c1", record)
    assert names(stands.asserted_by) == ["Norland"]
    assert stands.denied_by == ()


def test_confirmations_are_claims_that_confirm_and_links_that_do() -> None:
    claims = [
        said("c1", "Norland", 1),
        said("c2", "Sutland", 2, act="confirm"),
        said("c3", "Estland", 3, "that it knows of the bombing"),
    ]
    record = record_of(claims, [group("c1", "c2")], [link("c3", "c1", "confirms")])
    assert names(standing("c1", record).confirmed_by) == ["Estland", "Sutland"]


def test_only_who_said_it_can_go_back_on_it() -> None:
    claims = [*CLAIMS, said("c9", "Norland", 5, "that the bridge fell down instead")]
    record = record_of(claims, GROUPS, [link("c9", "c1", "updates"), link("c4", "c1", "updates")])
    assert names(standing("c1", record).changed_by) == ["Norland"]


def test_stories_that_share_the_words_are_one_origin() -> None:
    copies = tuple(Copy(document=f"d{n}", spans=(Span(10, 30),)) for n in (1, 2))
    shared = Origin(case="c", kind="cited", name="Agency", copies=copies)
    assert standing("c1", record_of(CLAIMS, GROUPS, origins=[shared])).origins == 2
    elsewhere = tuple(replace(copy, spans=(Span(40, 50),)) for copy in copies)
    beside = replace(shared, copies=elsewhere)
    assert standing("c1", record_of(CLAIMS, GROUPS, origins=[beside])).origins == 3
    whole = replace(shared, copies=tuple(Copy(document=f"d{n}", spans=()) for n in (1, 2, 3)))
    assert standing("c1", record_of(CLAIMS, GROUPS, origins=[beside, whole])).origins == 1


def test_what_the_desk_decided_stands_apart() -> None:
    record = record_of(CLAIMS, GROUPS, decided={"c2": "rejected", "c1": "accepted"})
    stands = standing("c1", record)
    assert stands.decided_accepted == ("c1",)
    assert stands.decided_rejected == ("c2",)
    assert stands.asserted_by[0].evidence == ("c1", "c2")


def test_the_contested_comes_first_and_what_is_beside_the_case_last() -> None:
    claims = [
        *CLAIMS,
        *(said(f"t{n}", "Estland", n, "that the river is high") for n in range(1, 6)),
        said("b1", "Estland", 1, "that the goats won", weight=0.01),
        said("b2", "Sutland", 1, "that they did not", act="deny", weight=0.01, denies="b1"),
    ]
    told = group("t1", "t2", "t3", "t4", "t5")
    found = standings(record_of(claims, [*GROUPS, told], LINKS))
    assert [each.group for each in found] == ["c1", "t1", "c3", "b1", "b2"]


@pytest.mark.parametrize("count", [0, 1])
def test_a_record_of_nothing_has_no_standings(count: int) -> None:
    found: list[Standing] = standings(record_of(CLAIMS[:count], GROUPS[:count], LINKS))
    assert len(found) == count
