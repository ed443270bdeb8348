from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.sources import resolve_sources
from allegedly.records import Attribution, Document, Source, Span, Zone


def place(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


def attribution(
    text: str, source: str, content: str, *, nth: int = 0, within: Attribution | None = None
) -> Attribution:
    start = 0
    for _ in range(nth):
        start = text.index(source, start) + 1
    return Attribution(
        source=(place(text, source, start),),
        cue=(),
        content=(place(text, content),),
        zone=Zone(span=Span(0, len(text)), kind="story"),
        within=within,
        score=1.0,
        method="test",
    )


def resolve(text: str, *pairs: tuple[str, str]) -> list[Source]:
    read = [attribution(text, source, content) for source, content in pairs]
    found = resolve_sources(Document(id="d", text=text), read)
    return [source for source in found if source is not None]


STORY = (
    "Dam spokesman Tomas Brill said the wall was safe. Brill said that crews were on site. "
    "He added that gates were shut.\n\n"
    "The Ministry of Rivers (MOR) rejected this. The ministry said water was rising. "
    "It warned that roads may close. Officials at the scene said nothing had been checked.\n\n"
    "“We saw cracks,” farmer Lena Ortho said. She believes the wall will fail."
)


@pytest.mark.parametrize(
    ("source", "content", "name"),
    [
        ("Dam spokesman Tomas Brill", "the wall was safe", "Tomas Brill"),
        ("Brill said that", "that crews were on site", "Tomas Brill"),
        ("He", "that gates were shut", "Tomas Brill"),
        ("The ministry", "water was rising", "Ministry of Rivers"),
        ("It", "that roads may close", "Ministry of Rivers"),
        ("farmer Lena Ortho", "“We saw cracks,”", "Lena Ortho"),
        ("She", "the wall will fail", "Lena Ortho"),
        ("Officials at the scene", "nothing had been checked", "Officials at the scene"),
    ],
)
def test_names_over_the_whole_story(source: str, content: str, name: str) -> None:
    pairs = [
        ("Dam spokesman Tomas Brill", "the wall was safe"),
        ("He", "that gates were shut"),
        ("The Ministry of Rivers (MOR)", "rejected this"),
        ("The ministry", "water was rising"),
        ("It", "that roads may close"),
        ("Officials at the scene", "nothing had been checked"),
        ("farmer Lena Ortho", "“We saw cracks,”"),
        ("She", "the wall will fail"),
    ]
    if source == "Brill said that":
        source = "Brill"
        pairs.insert(1, (source, content))
    text = STORY
    found = resolve(text, *pairs)
    assert found[pairs.index((source, content))].name == name


def test_role_and_kind_of_a_person() -> None:
    source = resolve(STORY, ("Dam spokesman Tomas Brill", "the wall was safe"))[0]
    assert (source.kind, source.role) == ("person", "Dam spokesman")


def test_a_surname_finds_a_full_name_that_comes_later() -> None:
    text = "“It burned all night,” Verlaine said. Jules Verlaine, a baker, lives nearby."
    assert resolve(text, ("Verlaine", "“It burned all night,”"))[0].name == "Jules Verlaine"


def test_an_apposition_names_the_source() -> None:
    text = "A baker who lives nearby, Jules Verlaine, said the roof fell."
    source = resolve(text, ("A baker who lives nearby, Jules Verlaine", "the roof fell"))[0]
    assert source.name == "Jules Verlaine"


def test_a_document_is_named_by_its_issuer() -> None:
    text = "A statement on the Norland Railway Company's website said trains would run."
    phrase = "A statement on the Norland Railway Company's website"
    source = resolve(text, (phrase, "trains would run"))[0]
    assert (source.name, source.kind) == ("Norland Railway Company", "document")


def test_a_pronoun_without_antecedent_stays_unresolved() -> None:
    assert resolve("He said it was over.", ("He", "it was over"))[0].name is None


def test_gender_keeps_the_wrong_antecedent_out() -> None:
    text = "Maria Lopes met Peter Kuhn on Monday. She said the deal was done."
    assert resolve(text, ("She", "the deal was done"))[0].name == "Maria Lopes"


def test_i_is_who_speaks_around_it() -> None:
    text = "“I believe the tests were wrong,” Lena Ortho said."
    outer = attribution(text, "Lena Ortho", "“I believe the tests were wrong,”")
    inner = attribution(text, "I", "the tests were wrong", within=outer)
    found = resolve_sources(Document(id="d", text=text), [inner, outer])
    assert [source and source.name for source in found] == ["Lena Ortho", "Lena Ortho"]


def test_joint_sources_are_one() -> None:
    text = "Karla Holm and Peter Lund own the mill. Holm and Lund said it was empty."
    assert resolve(text, ("Holm and Lund", "it was empty"))[0].name == "Karla Holm and Peter Lund"


def test_unnamed_people_keep_their_description() -> None:
    text = "A worker at the mill who asked not to be named said it was empty."
    phrase = "A worker at the mill who asked not to be named"
    source = resolve(text, (phrase, "it was empty"))[0]
    assert (source.name, source.kind) == ("worker at the mill", "anonymous")


def test_a_post_is_its_authors() -> None:
    text = "The bridge is shaking — River Watch (@riverwatch) May 3"
    zone = Zone(span=Span(0, len(text)), kind="social_post", author="riverwatch")
    post = Attribution(
        source=(),
        cue=(),
        content=(place(text, "The bridge is shaking"),),
        zone=zone,
        score=1.0,
        method="layout",
    )
    source = resolve_sources(Document(id="d", text=text), [post])[0]
    assert source is not None
    assert (source.name, source.kind) == ("riverwatch", "social_account")
    assert source.spans[0].cut(text) == "riverwatch"


@given(
    st.text(
        alphabet=st.sampled_from("aB. ,“”'’@()\n-XheTIsaid and of the"), min_size=2, max_size=200
    ),
    st.lists(st.tuples(st.integers(0, 198), st.integers(1, 40)), max_size=6),
)
def test_never_raises(text: str, places: list[tuple[int, int]]) -> None:
    zone = Zone(span=Span(0, len(text)), kind="story")
    read = []
    for start, length in sorted(places):
        span = Span(
            min(start, len(text) - 1), min(start + length, len(text)) + (start >= len(text))
        )
        span = span if span.end <= len(text) else Span(len(text) - 1, len(text))
        read.append(
            Attribution(
                source=(span,),
                cue=(),
                content=(Span(0, 1),),
                zone=zone,
                score=0.5,
                method="test",
            )
        )
    assert len(resolve_sources(Document(id="d", text=text), read)) == len(read)


@pytest.mark.parametrize(
    ("sentence", "source", "shown", "name"),
    [
        ("“Go,” said Tomas Brill to reporters in Hale.", None, "Tomas Brill", "Tomas Brill"),
        (
            "“Go,” said Peter Holm, 48, upon his release at the gate.",
            "Peter Holm, 48, upon his release at the gate",
            "Peter Holm, 48",
            "Peter Holm",
        ),
        (
            "“Go,” said Doctor Anna Vell, in Oslo on Monday and who is head of a clinic.",
            "Doctor Anna Vell, in Oslo on Monday and who is head of a clinic",
            "Doctor Anna Vell",
            "Anna Vell",
        ),
        (
            "“Go,” said Peter Holm, head of the River Board.",
            "Peter Holm, head of the River Board",
            "Peter Holm, head of the River Board",
            "Peter Holm",
        ),
    ],
)
def test_a_source_is_shown_without_the_circumstances_of_speaking(
    sentence: str, source: str | None, shown: str, name: str
) -> None:
    [found] = resolve(sentence, (source or "Tomas Brill to reporters in Hale", "“Go,”"))
    assert [span.cut(sentence) for span in found.spans] == [shown]
    assert found.name == name


def test_a_relative_pronoun_shows_the_noun_before_it() -> None:
    text = "The dam was guarded by local farmers, who say it leaks."
    [found] = resolve(text, ("who", "it leaks"))
    assert found.spans[0].cut(text).endswith("farmers")


def test_mr_and_ms_of_one_surname_are_two_people() -> None:
    text = (
        "Ilka Dorn was tried. Ms. Dorn wept and Ms. Dorn slept. "
        "Mr. Dorn said it was unfair. Her father said he would stay."
    )
    mr, father = resolve(text, ("Mr. Dorn", "it was unfair"), ("Her father", "he would stay"))
    assert (mr.name, father.name) == ("Dorn", "Dorn")


def test_a_later_ministry_and_its_statement_are_named() -> None:
    text = (
        "A letter on the Hale defence ministry’s website came. The ministry said it was late. "
        "A colonel identified only as Brill spoke."
    )
    ministry, colonel = resolve(text, ("The ministry", "it was late"), ("A colonel", "spoke"))
    assert (ministry.name, colonel.name) == ("Hale defence ministry", "Brill")


def test_they_are_a_ministry_and_its_companions() -> None:
    text = (
        "A US$3 million suit was filed against Ore Mining by the River Ministry and local farmers. "
        "They claim that the water is foul."
    )
    [found] = resolve(text, ("They", "the water is foul"))
    assert found.name == "River Ministry and local farmers"


def test_joint_sources_are_named_without_their_apposition() -> None:
    text = "The River Board (RB) and the Lake Office, both part of the League, said no."
    [found] = resolve(
        text, ("The River Board (RB) and the Lake Office, both part of the League", "no")
    )
    assert found.name == "River Board (RB) and the Lake Office"
