"""The brief says what records say, cites them, and is safe to print."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import pytest
from tests.store.stories import claim, denied, read, taken, whole

from allegedly.brief import Linked, Material, compose, to_html, to_json, to_markdown, to_text
from allegedly.brief.saying import quoted
from allegedly.records import Copy, Quantity, Reading, Span, Time, content_id
from allegedly.store import Stands, StoredCase, StoredDocument, StoredMember, StoredOrigin

SECOND = "Orrin gossips: the old bell was taken by two men, the warden told us all.\n"


def stored(reading: Reading, number: int) -> StoredDocument:
    document = reading.document
    return StoredDocument(
        id=document.id,
        seq=number,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        language="en",
        uri=document.uri,
        captures=1,
        characters=len(document.text),
        claims=len(reading.claims),
    )


def case(*readings: Reading, origins: tuple[StoredOrigin, ...] = (), **other: str) -> StoredCase:
    members = tuple(
        StoredMember(
            document=stored(reading, n),
            case="c",
            probability=1.0,
            method="event profile",
            words=(),
            decision=None,
        )
        for n, reading in enumerate(readings, start=1)
    )
    said = {"id": "c", "name": "bell", "title": "The bell", "recorded_at": "2031-05-06"} | other
    return StoredCase(
        seq=1,
        run=None,
        description=None,
        members=members,
        excluded=(),
        merged=(),
        origins=origins,
        **said,
    )


def second() -> Reading:

    said = claim(SECOND, "the old bell was taken by two men", "the warden", "told")
    return read(said, text=SECOND, title="Gossip", publisher="Orrin Gossip", published="2031-05-06")


@pytest.fixture
def material() -> Material:
    one, two = whole(), second()
    group = (one.claims[0].id, two.claims[0].id)
    relations = ((one.claims[1].id, one.claims[0].id, "denies"),)
    linked = Linked(groups=(group,), relations=relations)
    return Material(case=case(one, two), readings=(one, two), linked=linked)


def sentences(material: Material) -> dict[str, list[str]]:
    return {s.heading: [x.text for x in s.sentences] for s in compose(material).sections}


def test_what_is_said_is_counted_over_the_stories(material: Material) -> None:
    found = sentences(material)
    assert found["What is said, and by whom"] == [
        "Warden said that “two men took the old bell”; in 2 stories from 2 origins."
    ]


def test_a_denial_stands_with_what_it_denies(material: Material) -> None:
    [told] = sentences(material)["What is contested"]
    assert told == (
        "Warden said that “two men took the old bell”. "
        "Mayor denied that “anybody had been near the tower at night”."
    )


def test_silences_and_doubts_are_in_their_sections(material: Material) -> None:
    found = sentences(material)
    assert found["What the stories say of the evidence"] == [
        "Orrin Post: “The warden showed no proof”."
    ]
    assert found["Open questions"] == ["Mayor: “gave no reason”."]


def test_one_text_is_one_origin(material: Material) -> None:
    copies = tuple(Copy(document=r.document.id, spans=()) for r in material.readings)
    one = StoredOrigin(id="o", kind="text", name=None, copies=copies, words=("two men",))
    shared = replace(material, case=replace(material.case, origins=(one,)))
    assert sentences(shared)["What rests on one origin"] == [
        "Warden said that “two men took the old bell”; 2 stories have it, from one origin."
    ]
    elsewhere = tuple(replace(c, spans=(Span(0, 3),)) for c in copies)
    beside = replace(one, copies=elsewhere)
    other = replace(material, case=replace(material.case, origins=(beside,)))
    assert "What rests on one origin" not in sentences(other)


def test_every_sentence_cites_records_that_are_there(material: Material) -> None:
    made = compose(material)
    known = {
        name
        for reading in material.readings
        for name in (
            *(claim.id for claim in reading.claims),
            *(assessment.id for assessment in reading.assessments),
            *(silence.id for silence in reading.silences),
        )
    }
    for section in made.sections:
        for sentence in section.sentences:
            assert sentence.records
            assert set(sentence.records) <= known
            assert sentence.references
    numbers = {n for section in made.sections for s in section.sentences for n in s.references}
    assert numbers == {reference.number for reference in made.references}


def test_quotations_are_words_of_the_stories(material: Material) -> None:
    texts = " ".join(re.sub(r"\s+", " ", r.document.text) for r in material.readings)
    for said in chain.from_iterable(sentences(material).values()):
        for quotation in re.findall("“([^”]*)”", said):
            assert quotation.removesuffix(" …") in texts


def test_the_same_records_give_the_same_brief(material: Material) -> None:
    backwards = replace(material, readings=material.readings[::-1])
    assert compose(material) == compose(material)
    assert sentences(backwards)["What is contested"] == sentences(material)["What is contested"]


def test_what_a_person_rejected_is_left_out(material: Material) -> None:
    gone = Stands(status="rejected", decisions=("x",))
    first = material.readings[0].claims[1].id
    found = sentences(replace(material, decided={first: gone}))
    assert "What is contested" not in found


def test_figures_are_told_by_source_with_their_range() -> None:
    def counting(words: str, value: float) -> Reading:
        start = words.index(re.findall(r"\d+", words)[0])
        span = Span(start, start + len(re.findall(r"\d+", words)[0]))
        amount = Quantity(
            span=span, value=value, low=value, high=value, unit="person", state="dead"
        )

        said = claim(
            words,
            words[words.index("that") :].rstrip(".\n"),
            words.split(" said", maxsplit=1)[0],
            "said",
        )
        said = replace(said, quantities=(amount,))
        return read(said, text=words, published="2031-05-05", title=None)

    one = counting("The mayor said that 12 people died in the flood.\n", 12)
    two = counting("The warden said that 200 people died in the flood.\n", 200)
    [told] = sentences(Material(case=case(one, two), readings=(one, two)))["Figures"]
    assert told == (
        "Person, dead: “12” by Mayor, 5 May 2031; “200” by Warden, 5 May 2031; from 12 to 200."
    )


def test_the_timeline_is_in_the_order_of_what_happened() -> None:
    span = Span(0, 3)
    early = Time(value="2031-05-03T22:00", span=span, earliest="2031-05-03T22:00")
    late = Time(value="2031-05-04TNI", span=span, earliest="2031-05-04")
    reading = read(taken(time=late), denied(time=early))
    found = sentences(Material(case=case(reading), readings=(reading,)))["Timeline"]
    assert [line.partition(": ")[0] for line in found] == ["3 May 2031 22:00", "4 May 2031, night"]


HOSTILE = "<script>alert(1)</script> *loud* [link](http://x.example) `code`\n"


def test_nothing_in_a_storys_words_is_read_as_markup(material: Material) -> None:
    titled = replace(material, case=replace(material.case, title=HOSTILE.strip()))
    made = compose(titled)
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
    assert to_json(made)["sections"][0]["sentences"][0]["records"]


def test_a_case_without_anything_is_a_short_brief() -> None:
    empty = Material(case=case(), readings=())
    assert compose(empty).sections == ()
    assert "0 stories" in to_text(compose(empty))
    assert content_id("x") not in to_html(compose(empty))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("that nobody\nwas hurt.", "“that nobody was hurt”"),
        ("made in the U.S.", "“made in the U.S.”"),
        ("“quoted”", "“quoted”"),
        ("word " * 80, "“" + " ".join(["word"] * 44) + " …”"),
    ],
)
def test_quotations_are_short_and_whole(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_a_name_is_listed_once_however_it_is_written() -> None:
    one = second()
    text = "The warden's word that two men took the old bell was doubted.\n"
    two = read(claim(text, "two men took the old bell", "The warden's", "word"), text=text)
    ids = (one.claims[0].id, two.claims[0].id)
    joined = Material(case=case(one, two), readings=(one, two), linked=Linked(groups=(ids,)))
    [said] = sentences(joined)["What is said, and by whom"]
    assert said.startswith("Warden said")


def test_a_pronoun_names_nobody() -> None:
    text = "They said that two men took the old bell.\n"
    said = claim(text, "that two men took the old bell", "They", "said")
    said = replace(said, sources=(replace(said.sources[0], name=None),))
    reading = read(said, text=text)
    assert sentences(Material(case=case(reading), readings=(reading,))) == {}
