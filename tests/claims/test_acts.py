from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.acts import act, cue_class, negated
from allegedly.claims.lexicon import cue_lexicon, table, tokens
from allegedly.records import ACTS


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that the bridge had been closed for repairs", "assert"),
        ("according to", "the harvest was the best in ten years", "assert"),
        ("accused", "the mayor of hiding the audit", "accuse"),
        ("was blamed", "for the outage", "accuse"),
        ("has denied", "any part in the burglary", "deny"),
        ("pleaded not guilty", "to the charges", "deny"),
        ("confirmed", "that the ferry sank", "confirm"),
        ("announced", "a new tram line", "announce"),
        ("threatened", "to close the port", "threaten"),
        ("vowed", "to rebuild the school", "promise"),
        ("made a pledge", "to plant a thousand trees", "promise"),
        ("called for", "an inquiry", "demand"),
        ("called", "for an inquiry", "demand"),
        ("issued an order", "that the dam be emptied", "demand"),
        ("told", "drivers to stay at home", "demand"),
        ("suggested", "that the board should resign", "demand"),
        ("warned", "bathers to leave the water", "demand"),
        ("warned", "that the cliff could collapse", "speculate"),
        ("warned", "that her office would close the harbour if fees were not paid", "threaten"),
        ("said", "“This was a pump that should have been mended,”", "assert"),
        ("is asking about", "the price of coal", "ask"),
        ("said", "it had found “no proof to support the allegations of fraud”", "deny"),
        ("fears", "that the cliff may collapse", "speculate"),
        ("is rumoured", "to have fled", "speculate"),
        ("expressed outrage", "at the verdict", "condemn"),
        ("praised", "the rescuers", "praise"),
        ("asked", "whether the pump had been tested", "ask"),
        ("asked", "neighbours to boil their water", "demand"),
        ("said", "“The allegations are false.”", "deny"),
        ("said", "his client had nothing to do with the fire", "deny"),
        ("said", "the council must publish the map", "demand"),
        ("said", "it reserves the right to respond", "threaten"),
        ("said", "“This was a barbaric deed.”", "condemn"),
        ("claimed", "that the guard had beaten him", "accuse"),
        ("said", "he must be the thief", "assert"),
        ("did not deny", "the report", "assert"),
        ("do not believe", "that the well is dry", "deny"),
        ("", "Loud music in the square tonight.", "assert"),
    ],
)
def test_act(cue: str, content: str, expected: str) -> None:
    assert act(cue, content) == expected


def test_nobody_stands_up_for_what_is_believed() -> None:
    assert act("is believed", "to have left the country", anonymous=True) == "speculate"
    assert act("believes", "that the road is safe", "The engineer") == "assert"


def test_a_telling_word_outranks_a_neutral_one() -> None:
    found = cue_class("expressed his dismay")
    assert found is not None
    assert found.name == "condemn"
    assert cue_class("xyzzy") is None


def test_refusals_are_negated() -> None:
    assert negated("refused to confirm")
    assert negated("hasn’t said")
    assert not negated("confirmed")


def test_every_listed_entry_finds_a_class() -> None:
    lexicon = cue_lexicon()
    entries = [entry for row in table("cues")["class"] for entry in row["words"]]
    assert len(set(entries)) >= 350
    assert all(cue_class(entry) is not None for entry in entries)
    assert {found.act for found in lexicon.classes.values()} == set(ACTS)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("said", "say"), ("denies", "deny"), ("vowing", "vow"), ("admitted", "admit"),
     ("accused", "accuse"), ("criticized", "criticise"), ("warnings", "warning")],
)  # fmt: skip
def test_forms_lead_back_to_lemmas(form: str, lemma: str) -> None:
    assert cue_lexicon().lemmatise([form]) == (lemma,)


def test_short_auxiliaries_are_words() -> None:
    assert [token.word for token in tokens("We’ll see; don’t go")] == [
        "we", "'ll", "see", "don't", "go",
    ]  # fmt: skip


@given(st.text(), st.text(), st.text(), st.booleans())
def test_never_raises(cue: str, content: str, source: str, anonymous: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
    assert act(cue, content, source, anonymous=anonymous) in ACTS
