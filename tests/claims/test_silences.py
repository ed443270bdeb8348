from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims import read_claims
from allegedly.records import Document, Passage, Silence, Span, Zone, words


def read(text: str, kind: str = "story") -> tuple[Silence, ...]:
    if not text:
        return ()
    zone = Zone(span=Span(0, len(text)), kind=kind)  # type: ignore[arg-type]  # a test's own choice
    passages = [Passage(span=zone.span, zone=zone)]
    _, _, found = read_claims(Document(id="d", text=text), passages, ())
    return found


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        (
            "The Harbour Board did not elaborate on the delay. Ships waited.",
            "Harbour Board",
            "did not elaborate on the delay",
        ),
        (
            "Minister Ines Valdoro spoke. She declined to comment on the leak, and left.",
            "Ines Valdoro",
            "declined to comment on the leak",
        ),
        (
            "Anton Reyle, a pilot, did not respond to requests for comment.",
            "Anton Reyle",
            "did not respond to requests for comment",
        ),
        (
            "Police gave no reason for the arrest.",
            "Police",
            "gave no reason for the arrest",
        ),
        (
            "Anton Reyle could not be reached for comment.",
            "Anton Reyle",
            "could not be reached for comment",
        ),
        (
            "Anton Reyle left early, nor did he give any explanation for the crash.",
            "Anton Reyle",
            "nor did he give any explanation for the crash",
        ),
        (
            "There was no mention of the spill in the Norland Company report.",
            "Norland Company",
            "There was no mention of the spill in the Norland Company report",
        ),
        (
            "No one has claimed responsibility for the fire.",
            None,
            "No one has claimed responsibility for the fire",
        ),
        (
            "The lab tested it, although officers did not say whether it leaked.",
            "officers",
            "did not say whether it leaked",
        ),
    ],
)
def test_who_kept_silent_about_what(text: str, who: str | None, what: str) -> None:
    found = read(text)
    assert [(s.name, words(text, s.spans)) for s in found] == [(who, what)]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say that the bridge was safe.",
        "The board did not present any evidence for this.",
        "Voters did not respond to the campaign.",
        "“He declined to comment,” she said.",
        "The pump did not give way.",
        "They refused to leave the building.",
    ],
)
def test_ordinary_negation_is_no_silence(text: str) -> None:
    assert read(text) == ()


def test_a_teaser_is_not_read() -> None:
    assert read("The mayor declined to comment.", "teaser") == ()


def test_the_matter_is_in_the_storys_words() -> None:
    assert read("The mayor declined to comment on the leak.")[0].about == "the leak"
    assert read("The mayor could not be reached for comment.")[0].about is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_never_raises(text: str) -> None:
    for silence in read(text + " declined to comment, nor did " + text):
        assert all(span.end > span.start for span in silence.spans)
