from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.assessments import assessments
from allegedly.records import Act, Claim, Document, Source, SourceKind, Span, words


def claim(  # noqa: PLR0913, PLR0917  # a claim has as many sides
    text: str,
    ident: str,
    content: str,
    source: str,
    act: Act = "assert",
    kind: SourceKind = "person",
) -> Claim:
    at, who = text.index(content), text.index(source)
    return Claim(
        id=ident,
        zone="story",
        content=(Span(at, at + len(content)),),
        cue=(),
        sources=(Source(spans=(Span(who, who + len(source)),), name=source, kind=kind),),
        act=act,
        form="indirect",
        polarity="positive",
        modality="certain",
        probability=1.0,
    )


def test_footage_that_nobody_could_verify() -> None:
    text = (
        "Footage from the quay showed flames over the depot. "
        "It was not possible to verify the footage, but police came."
    )
    shown = claim(text, "c1", "flames over the depot", "Footage from the quay", kind="footage")
    (found,) = assessments(Document(id="d", text=text), [shown])
    assert (found.kind, found.by, found.about) == ("could_not_verify", "publisher", ("c1",))
    assert words(text, found.spans) == "It was not possible to verify the footage"


def test_no_evidence_for_its_claims_is_about_its_accusations() -> None:
    text = (
        "Norland accused Estia of sinking the ferry. Estia said it was ready to help. "
        "Norland did not present any evidence for its claims."
    )
    accusation = claim(text, "c1", "Estia of sinking the ferry", "Norland", "accuse")
    other = claim(text, "c2", "it was ready to help", "Estia")
    (found,) = assessments(Document(id="d", text=text), [accusation, other])
    assert (found.kind, found.about) == ("no_evidence", ("c1",))


def test_the_source_of_a_finding_assesses() -> None:
    text = (
        "Farmers said the mill poisoned the river. "
        "The company said it found no evidence to substantiate the allegations made by farmers."
    )
    accusation = claim(text, "c1", "the mill poisoned the river", "Farmers", "accuse", "group")
    finding = claim(
        text,
        "c2",
        "it found no evidence to substantiate the allegations made by farmers",
        "The company",
        "deny",
    )
    (found,) = assessments(Document(id="d", text=text), [accusation, finding])
    assert (found.by, found.about) == ("The company", ("c1",))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said roads were safe. Police are investigating the robbery.",
        "The mayor said roads were safe. A driver was verified by the app.",
    ],
)
def test_what_is_about_no_claim_is_left_out(text: str) -> None:
    said = claim(text, "c1", "roads were safe", "The mayor")
    assert assessments(Document(id="d", text=text), [said]) == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_never_raises(text: str) -> None:
    whole = text + " could not independently verify the claims. " + text
    said = claim(whole, "c1", "the claims", "verify")
    for found in assessments(Document(id="d", text=whole), [said]):
        assert found.about == ("c1",)


def test_the_narrator_says_who_gave_no_evidence() -> None:
    text = "Norland accused Estia of sinking the ferry. Norland did not present any evidence."
    accusation = claim(text, "c1", "Estia of sinking the ferry", "Norland", "accuse")
    lack = replace(
        claim(text, "c2", "any evidence.", "Norland"),
        cue=(Span(text.index("did not"), text.index(" any evidence")),),
    )
    for found in assessments(Document(id="d", text=text), [accusation, lack]):
        assert found.by == "publisher"


def test_a_claim_that_is_stated_and_called_false() -> None:
    text = (
        "Norland accused Estia of sinking the ferry. "
        "The rumour that a whale was seen is false, the harbour office said."
    )
    accusation = claim(text, "c1", "Estia of sinking the ferry", "Norland", "accuse")
    rejection = claim(
        text, "c2", "The rumour that a whale was seen is false", "the harbour office", "deny"
    )
    (found,) = assessments(Document(id="d", text=text), [accusation, rejection])
    assert (found.kind, found.by, found.about) == ("false", "the harbour office", ())
