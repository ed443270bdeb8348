"""The component in a blank pipeline of spaCy's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc
from tests.store.stories import TEXT

from allegedly.records import Claim

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("allegedly")
    return made


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_claims_are_records_and_spans(doc: Doc) -> None:
    claims = doc._.claims
    assert all(isinstance(claim, Claim) for claim in claims)
    denial = next(claim for claim in claims if claim.act == "deny")
    assert "mayor" in (denial.sources[-1].name or "")
    spans = doc.spans["claims"]
    assert len(spans) == sum(len(claim.content) for claim in claims)
    [span] = [span for span in spans if span.id_ == denial.id]
    assert (span.label_, span.text) == ("deny", denial.content[0].cut(TEXT))


def test_silences_and_the_ledger_are_there(doc: Doc) -> None:
    assert [silence.about for silence in doc._.silences]
    assert doc._.assessments == () or doc._.assessments
    assert doc._.ledger["schema"] == "allegedly/1"
    assert doc._.ledger["document"]["text"] == TEXT


def test_a_doc_can_be_saved_and_loaded(nlp: Language, doc: Doc) -> None:
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.claims == doc._.claims
    assert [span.id_ for span in again.spans["claims"]] == [s.id_ for s in doc.spans["claims"]]


def test_places_stay_spacy_s_whatever_is_in_the_text(nlp: Language) -> None:
    text = "\ufeffTitle\r\n\r\n🐑 The warden said\x00 that two men took the bell.\u2028\x85 Yes."
    doc = nlp(text)
    [claim] = doc._.claims
    assert text[claim.content[0].start :].startswith("that two men")
    assert doc.spans["claims"][0].text.startswith("that two men took the bell")


def test_nothing_to_read_has_no_claims(nlp: Language) -> None:
    for doc in nlp.pipe(["", " \n "]):
        assert doc._.claims == ()
        assert len(doc.spans["claims"]) == 0


def test_what_is_known_of_a_story_stands_in_its_user_data(nlp: Language) -> None:
    doc = nlp.make_doc("The warden said that two men took the bell on Monday.")
    doc.user_data["published"] = "2031-05-08"
    told: Any = nlp(doc)._.claims[0].time
    assert told.value == "2031-05-05"
