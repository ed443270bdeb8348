"""A tagger's mentions, planted by hand, beside the names that rules find."""

from __future__ import annotations

import pytest

from allegedly.claims.sources import resolve_sources
from allegedly.claims.tagged import same_name
from allegedly.records import (
    Attribution,
    Document,
    EntityKind,
    Mention,
    MentionForm,
    Source,
    Span,
    Zone,
)


def span(text: str, words: str, nth: int = 0) -> Span:
    at = text.index(words)
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def tagged(
    where: Span,
    kind: EntityKind | None,
    *,
    form: MentionForm = "name",
    entity: int | None = None,
    probability: float = 0.9,
) -> Mention:
    return Mention(span=where, form=form, kind=kind, entity=entity, probability=probability)


def resolve(text: str, source: Span, content: str, *mentions: Mention) -> Source:
    a = Attribution(
        source=(source,),
        cue=(),
        content=(span(text, content),),
        zone=Zone(span=Span(0, len(text)), kind="story"),
        score=1.0,
        method="test",
    )
    [found] = resolve_sources(Document(id="d", text=text), [a], mentions)
    assert found is not None
    return found


def test_a_tagger_decides_between_person_and_organisation() -> None:
    text = "Calder Vance said the quay was shut."
    source = span(text, "Calder Vance")
    assert resolve(text, source, "the quay was shut").kind == "person"
    found = resolve(text, source, "the quay was shut", tagged(source, "organisation"))
    assert (found.name, found.kind) == ("Calder Vance", "organisation")


def test_an_improbable_mention_decides_nothing() -> None:
    text = "Calder Vance said the quay was shut."
    source = span(text, "Calder Vance")
    weak = tagged(source, "organisation", probability=0.3)
    assert resolve(text, source, "the quay was shut", weak).kind == "person"


def test_what_an_honorific_says_stays() -> None:
    text = "Ms Brandt said the quay was shut."
    source = span(text, "Ms Brandt")
    wrong = tagged(span(text, "Brandt"), "organisation")
    assert resolve(text, source, "the quay was shut", wrong).kind == "person"


def test_names_run_together_are_cut() -> None:
    text = "The clerk of Halm Oreval Tisk said the quay was shut."
    names = tagged(span(text, "Halm"), "place"), tagged(span(text, "Oreval Tisk"), "person")
    found = resolve(text, span(text, "The clerk of Halm Oreval Tisk"), "the quay was shut", *names)
    assert found.name == "Oreval Tisk"


def test_a_chain_chooses_among_those_who_agree() -> None:
    text = "Petra Moll met Inga Strand on Monday. She said the quay was shut."
    she = span(text, "She")
    assert resolve(text, she, "the quay was shut").name == "Petra Moll"
    chain = (
        tagged(span(text, "Inga Strand"), "person", entity=4),
        tagged(she, "person", form="pronoun", entity=4),
    )
    assert resolve(text, she, "the quay was shut", *chain).name == "Inga Strand"


def test_gender_is_stronger_than_a_chain() -> None:
    text = "Petra Moll met Peter Strand on Monday. She said the quay was shut."
    she = span(text, "She")
    chain = (
        tagged(span(text, "Peter Strand"), "person", entity=4),
        tagged(she, "person", form="pronoun", entity=4),
    )
    assert resolve(text, she, "the quay was shut", *chain).name == "Petra Moll"


@pytest.mark.parametrize(("entity", "name"), [(1, "Vell Ore"), (2, "Harbour Cranes")])
def test_a_chain_tells_which_company_is_meant(entity: int, name: str) -> None:
    text = "Vell Ore sued Harbour Cranes. The company said the quay was shut."
    chain = (
        tagged(span(text, "Vell Ore"), "organisation", entity=1),
        tagged(span(text, "Harbour Cranes"), "organisation", entity=2),
        tagged(span(text, "The company"), None, form="description", entity=entity),
    )
    found = resolve(text, span(text, "The company"), "the quay was shut", *chain)
    assert found.name == name


def test_a_chain_gives_the_full_name_of_two_that_fit() -> None:
    text = "Ole Brandt and Ulf Brandt were there. Brandt said the quay was shut."
    source = span(text, "Brandt", 2)
    for number, full in enumerate(["Ole Brandt", "Ulf Brandt"]):
        chain = (
            tagged(span(text, "Ole Brandt"), "person", entity=0),
            tagged(span(text, "Ulf Brandt"), "person", entity=1),
            tagged(source, "person", entity=number),
        )
        assert resolve(text, source, "the quay was shut", *chain).name == full


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("Moll", "Petra Moll", True),
        ("Oremont", "Oremont Mining", True),
        ("WGO", "World Grain Organization", True),
        ("Moll", "Molly Strand", False),
        ("Petra Moll", "Moll", False),
    ],
)
def test_short_forms(short: str, full: str, *, same: bool) -> None:
    assert same_name(short, full) is same


HEADLINE = "Norland Weighs Ban After Selm Raid, Spy Chief Says\nIt is the third raid on the port."


def test_in_a_headline_of_capitals_the_tagger_tells_names() -> None:
    ban = span(HEADLINE, "Weighs Ban")
    names = tagged(span(HEADLINE, "Norland"), "place"), tagged(span(HEADLINE, "Selm"), "place")
    found = resolve(HEADLINE, span(HEADLINE, "Norland"), HEADLINE[ban.start : ban.end], *names)
    assert found.name == "Norland"
    chief = resolve(HEADLINE, span(HEADLINE, "Spy Chief"), "Selm Raid", *names)
    assert (chief.name, chief.kind) == ("Spy Chief", "person")


def test_a_body_of_small_words_and_what_stands_elsewhere_are_names_in_headlines_too() -> None:
    text = (
        "Reserve Bank of Norland Still Fears Rising Prices, Orvand Tesk Says\n"
        "The talk of Orvand Tesk was short."
    )
    norland = tagged(span(text, "Norland"), "place")
    bank = resolve(text, span(text, "Reserve Bank of Norland"), "Still Fears Rising", norland)
    assert bank.name == "Reserve Bank of Norland"
    tesk = resolve(text, span(text, "Orvand Tesk"), "Still Fears Rising", norland)
    assert tesk.name == "Orvand Tesk"
