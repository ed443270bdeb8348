"""The brief says what records say, cites them, and is safe to print."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs
from tests.cases import bell
from tests.linking.cases import doubt, said, silence
from tests.store.stories import Clock

from allegedly import cases
from allegedly.brief import compose, to_html, to_json, to_markdown, to_text
from allegedly.brief.saying import named, quoted, said_by
from allegedly.ledger import Ledger
from allegedly.records import ClaimGroup, Copy, Link, Span, Time, Voice
from allegedly.store import StoredOrigin

if TYPE_CHECKING:
    from tests.brief.conftest import Make

    from allegedly.brief import Material
    from allegedly.records import ToldClaim

GOLDEN = Path(__file__).parent / "bell.md"
BOMBED = "that Sutland bombed the bridge of Norland"
PAIR = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.9)
DENIAL = Link(left="d1", right="c1", relation="denies", probability=0.8, method="m")


def accusation() -> list[ToldClaim]:
    return [
        said("c1", "Norland", 1, BOMBED, act="accuse", cue="says"),
        said("c2", "the envoy", 2, BOMBED),
        said("d1", "Sutland", 3, "any part in the attack", act="deny", cue="denied"),
    ]


@pytest.fixture
def material(make: Make) -> Material:
    return make(
        accusation(),
        [PAIR],
        [DENIAL],
        assessments=[doubt("a1", "Paper 2", "c2")],
        silences=[silence("s1", "mayor", "the bell", 4)],
    )


def sentences(material: Material) -> dict[str, list[str]]:
    return {
        section.heading: [" ".join(s.text for s in item) for item in section.items]
        for section in compose(material).sections
    }


def test_a_whole_case_reads_as_it_did(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "news.ledger", create=True, clock=Clock()) as ledger:
        bell.begin(ledger)
        written = to_markdown(cases.brief(ledger.now, "bell"))
    assert written == GOLDEN.read_text("utf-8")


def test_what_is_contested_is_told_once_with_both_sides_and_the_doubt(material: Material) -> None:
    found = sentences(material)
    assert found["What is contested"] == [
        (
            "Norland says that “Sutland bombed the bridge of Norland”; to the same effect "
            "the envoy; in 2 stories from 2 origins. Sutland denied “any part in the attack”. "
            "It could not be verified by Paper 2."
        )
    ]
    assert "What is said, and by whom" not in found
    assert found["Open questions"] == ["Mayor: “did not say”."]


def test_each_sentence_cites_its_own_records(material: Material) -> None:
    made = compose(material)
    [contested] = made.sections[0].items
    assert [sentence.records for sentence in contested] == [("c1", "c2"), ("d1",), ("a1",)]
    known = {*material.told.record.outlet}
    for section in made.sections:
        for sentence in section.sentences:
            assert sentence.records
            assert set(sentence.records) <= known
            assert sentence.references
    numbers = {n for section in made.sections for s in section.sentences for n in s.references}
    assert numbers == {reference.number for reference in made.references}


def test_the_story_that_is_quoted_is_cited_however_many_there_are(make: Make) -> None:
    many = [said(f"c{n}", f"Source {n}", n, BOMBED) for n in range(1, 10)]
    group = replace(PAIR, members=tuple(claim.id for claim in many), shown="c7")
    made = compose(make(many, [group], stories=9))
    [told] = made.sections[0].sentences
    assert len(told.references) == 3
    quoted_in = {r.number for r in made.references if r.document == "d7"}
    assert quoted_in <= set(told.references)
    assert "Source 7 said that" in told.text
    assert "and 5 others; in 9 stories from 9 origins" in told.text


def test_a_denial_in_its_own_words_is_no_double_negation() -> None:
    refused = said("d1", "Sutland", 3, "any part in it", act="deny")
    assert said_by(refused) == "Sutland denied: “any part in it”"
    stated = said("d2", "Sutland", 3, "we did not bomb the bridge", act="deny")
    assert said_by(stated) == "Sutland said: “we did not bomb the bridge”"
    assert said_by(said("d3", "Sutland", 3, "it", act="deny")) == "Sutland denied it"


def test_an_accusation_without_a_clause_is_no_saying() -> None:
    blamed = said("c1", "Norland", 1, "Sutland of bombing the bridge", act="accuse")
    assert said_by(blamed) == "Norland accused “Sutland of bombing the bridge”"
    told = said("c2", "Norland", 1, "Sutland bombed the bridge", act="accuse", cue="Claims")
    assert said_by(told) == "Norland claims “Sutland bombed the bridge”"


def test_what_both_sides_say_is_told_so_and_not_again(make: Make) -> None:
    both = [
        said("e1", "Norland", 1, "that nobody was hurt on the bridge"),
        said("e2", "Sutland", 3, "that nobody was hurt on the bridge"),
    ]
    agreed = ClaimGroup(id="e1", members=("e1", "e2"), shown="e1", probability=0.9)
    found = sentences(make([*accusation(), *both], [PAIR, agreed], [DENIAL]))
    assert found["What both sides say"] == [
        (
            "Norland said that “nobody was hurt on the bridge”; to the same effect Sutland; "
            "in 2 stories from 2 origins."
        )
    ]
    assert "What is said, and by whom" not in found


def test_whoever_looks_on_is_no_side(make: Make) -> None:
    told = [
        said("e1", "Norland", 1, "that nobody was hurt on the bridge"),
        said("e2", "Engineers", 3, "that nobody was hurt on the bridge"),
        said("e3", "Engineers", 3, "that the bridge fell by itself"),
    ]
    agreed = ClaimGroup(id="e1", members=("e1", "e2"), shown="e1", probability=0.9)
    beside = replace(DENIAL, left="e3", relation="contradicts")
    found = sentences(make([*accusation(), *told], [PAIR, agreed], [beside]))
    assert "What both sides say" not in found


def test_one_text_behind_several_stories_is_said(make: Make) -> None:
    copies = tuple(Copy(document=f"d{n}", spans=()) for n in (1, 2))
    one = StoredOrigin(id="o", kind="text", name=None, copies=copies, words=("bombed",))
    found = sentences(make(accusation()[:2], [PAIR], origins=(one,)))
    assert found["What rests on one origin"] == [
        (
            "Norland says that “Sutland bombed the bridge of Norland”; to the same effect "
            "the envoy; 2 stories have it, from one text."
        )
    ]
    cited = replace(
        one,
        kind="cited",
        name="Agency",
        copies=tuple(replace(c, spans=(Span(90, 95),)) for c in copies),
    )
    assert sentences(make(accusation()[:2], [PAIR], origins=(cited,)))[
        "What rests on one origin"
    ] == ["2 stories cite Agency for “bombed”."]


def test_figures_are_told_by_source_with_their_range(make: Make) -> None:
    claims = [
        said("c1", "mayor", 1, dead=12),
        said("c2", "mayor", 2, dead=12),
        said("c3", "warden", 3, dead=200),
    ]
    assert sentences(make(claims))["Figures"] == [
        (
            "People (dead): 12 to 200, told 3 times by 2 sources; “12 people” by mayor, "
            "11 March 2031; “200 people” by warden, 13 March 2031."
        )
    ]
    agreed = [said(f"c{n}", f"Source {n}", n, dead=12) for n in (1, 2, 3)]
    assert sentences(make(agreed))["Figures"] == [
        (
            "People (dead): 12, told 3 times by 3 sources; first “12 people” by Source 1, "
            "11 March 2031."
        )
    ]


def test_two_counts_of_like_things_are_one_item(make: Make) -> None:
    def dead(number: int, value: float, words: str) -> ToldClaim:
        return said(f"c{number}", f"Source {number}", number, words, dead=value)

    claims = [
        *(dead(n, 12, "the bridge of Norland fell at night") for n in (1, 2)),
        *(dead(n, 90, "a flood in the valley of Sutland") for n in (3, 4)),
    ]
    assert sentences(make(claims))["Figures"] == [
        (
            "People (dead): 12, told twice by 2 sources; first “12 people” by Source 1, "
            "11 March 2031. Counted apart from that: 90, told twice by 2 sources; "
            "first “90 people” by Source 3, 13 March 2031."
        )
    ]


def test_who_changed_their_story_is_told_with_both_days(make: Make) -> None:
    claims = [
        said("c1", "Norland", 1, "the bridge will open in May", cue="says"),
        said("c2", "Norland", 3, "the bridge will stay closed after all", cue="now says"),
    ]
    update = Link(left="c2", right="c1", relation="updates", probability=0.7, method="m")
    assert sentences(make(claims, (), [update]))["Who changed their story"] == [
        (
            "11 March 2031: Norland says “the bridge will open in May”. "
            "13 March 2031: Norland now says “the bridge will stay closed after all”."
        )
    ]


def test_the_timeline_is_in_the_order_of_what_happened_and_of_more_than_a_day(make: Make) -> None:
    def at(name: str, story: int, words: str, value: str) -> ToldClaim:
        return said(name, "Norland", story, words, time=Time(value=value, span=Span(0, 3)))

    early = at("c1", 2, "a train crossed the bridge at night", "2031-03-03T22:00")
    late = at("c2", 1, "the bridge fell into the river", "2031-03-04TNI")
    found = sentences(make([late, early], stories=2))["Timeline"]
    assert [line.partition(": ")[0] for line in found] == [
        "3 March 2031 22:00",
        "4 March 2031, night",
    ]
    assert "Timeline" not in sentences(make([early], stories=2)), "one day orders nothing"


def test_the_timeline_quotes_who_gives_the_day_and_a_speaker_once_for_each(make: Make) -> None:
    def at(name: str, story: int, words: str, value: str | None) -> ToldClaim:
        time = Time(value=value, span=Span(0, 3)) if value else None
        return said(name, "Norland", story, words, time=time)

    claims = [
        at("c1", 1, "the bridge fell in the great storm", None),
        at("c2", 2, "it was on Monday that the bridge fell", "2031-03-03"),
        at("c3", 2, "the bridge fell on a Monday, Norland said", "2031-03-03"),
        at("c4", 3, "the bridge fell on Tuesday last", "2031-03-04"),
        at("c5", 4, "the bridge fell, and on Tuesday", "2031-03-04"),
        at("e1", 3, "the mill burned down as well", "2031-03-04"),
        at("f1", 3, "the rain began on a Sunday", "2031-03-02"),
    ]
    fallen = ClaimGroup(
        id="c1", members=("c1", "c2", "c3", "c4", "c5"), shown="c1", probability=0.9
    )
    assert sentences(make(claims, [fallen], stories=4))["Timeline"] == [
        "2 March 2031: Norland said: “the rain began on a Sunday”.",
        "4 March 2031: Norland said: “the bridge fell, and on Tuesday”.",
    ]


def test_an_accusation_that_nobody_answers_is_open(make: Make) -> None:
    found = sentences(make(accusation()[:1]))
    assert found["Open questions"] == [
        (
            "Accused, and no answer in any story: "
            "Norland says that “Sutland bombed the bridge of Norland”."
        )
    ]


def test_no_kind_of_question_crowds_out_the_others(make: Make) -> None:
    silences = [silence(f"s{n}", f"Person {n}", f"matter {n}", 1) for n in range(9)]
    found = sentences(make(accusation()[:1], silences=silences))["Open questions"]
    assert len(found) == 4
    assert found[-1].startswith("Accused")


def test_doubts_about_what_is_told_above_are_not_told_again(make: Make) -> None:
    beside = said("b1", "Estland", 4, "that the goats won the prize", weight=0.01)
    found = sentences(
        make(
            [*accusation(), beside],
            [PAIR],
            [DENIAL],
            assessments=[doubt("a1", "Paper 2", "c2"), doubt("a2", "Paper 4", "b1")],
        )
    )
    assert found["What the stories say of the evidence"] == [
        "Paper 4: “could not be verified”, of “the goats won the prize”."
    ]


def test_what_is_said_of_the_evidence_is_told_once_and_with_what_it_is_about(make: Make) -> None:
    told = replace(doubt("a1", "Paper 1"), words="the mayor 'did not say' who rang the bell")
    quiet = silence("s1", "mayor", "the bell", 1)
    assert "What the stories say of the evidence" not in sentences(
        make(assessments=[doubt("a1", "Paper 1")])
    )
    assert sentences(make(assessments=[told]))["What the stories say of the evidence"]
    found = sentences(make(assessments=[told], silences=[quiet]))
    assert "What the stories say of the evidence" not in found
    assert found["Open questions"] == ["Mayor: “did not say”."]


def test_an_outlet_that_is_quoted_is_none_of_the_others_that_tell_it(make: Make) -> None:
    own = [
        said(f"o{n}", None, n, "The bridge of Norland fell", kind="own_voice") for n in (1, 2, 3)
    ]
    group = ClaimGroup(id="o1", members=("o1", "o2", "o3"), shown="o1", probability=0.9)
    [two] = sentences(make(own, [group]))["What is said, and by whom"]
    assert "; told as their own by 2 other outlets; in 3 stories" in two
    [one] = sentences(make(own[:2], [group]))["What is said, and by whom"]
    assert "; told as its own by one other outlet; in 2 stories" in one
    [named] = sentences(
        make([said("o1", "Ana", 1, "The bridge of Norland fell"), own[1]], [group])
    )["What is said, and by whom"]
    assert "; told as its own by one outlet; in 2 stories" in named


def test_the_capitals_of_a_headline_go_and_those_of_names_stay() -> None:
    told = said("c1", "Norland", 1, "that the bridge fell", cue="Testified Tuesday")
    assert said_by(told) == "Norland testified Tuesday that “the bridge fell”"
    told = structs.replace(told, cue="told Selme")
    assert said_by(told) == "Norland told Selme that “the bridge fell”"
    told = structs.replace(told, cue="Still Says", zone="headline")
    assert said_by(told) == "Norland still says that “the bridge fell”"


def test_two_who_speak_as_one_are_no_third() -> None:
    def names(*said: str) -> str:
        return named([Voice(name=name, evidence=("c1",)) for name in said])

    assert names("Kyiv", "U.S.", "Ukraine and Washington") == "Kyiv and U.S."
    assert names("Kyiv", "Ukraine and Washington") == "Kyiv, Ukraine and Washington"
    assert names("Kyiv", "U.S.", "Bill and Melinda") == "Kyiv, U.S., Bill and Melinda"


def test_the_same_records_give_the_same_brief(make: Make) -> None:
    one = make(accusation(), [PAIR], [DENIAL])
    assert compose(one) == compose(one)
    assert compose(make(accusation()[::-1], [PAIR], [DENIAL])) == compose(one)


HOSTILE = "<script>alert(1)</script> *loud* [link](http://x.example) `code`"


def test_nothing_in_a_storys_words_is_read_as_markup(make: Make) -> None:
    made = compose(make([said("c1", HOSTILE, 1, f"that {HOSTILE}")], title=HOSTILE))
    page, markdown = to_html(made), to_markdown(made)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert r"\<script\>" in markdown
    assert r"\*loud\*" in markdown
    assert r"\[link\]" in markdown


def test_every_form_has_every_sentence(material: Material) -> None:
    made = compose(material)
    flat = re.sub(r"\s+", " ", to_text(made))
    for section in made.sections:
        for sentence in section.sentences:
            assert sentence.text in flat
            assert sentence.text in to_html(made)
            assert sentence.text in to_markdown(made).replace("\\", "")
    assert to_json(made)["sections"][0]["sentences"][1]["follows"] is True


def test_a_case_without_anything_is_a_short_brief(make: Make) -> None:
    empty = compose(make(stories=0))
    assert empty.sections == ()
    assert "0 stories" in to_text(empty)
    assert "<h2>Stories</h2>" in to_html(empty)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("that nobody\nwas hurt.", "“that nobody was hurt”"),
        ("made in the U.S.", "“made in the U.S.”"),
        ("“quoted”", "“quoted”"),
        ("word " * 80, "“" + " ".join(["word"] * 40) + " …”"),
    ],
)
def test_quotations_are_short_and_whole(words: str, shown: str) -> None:
    assert quoted(words) == shown
