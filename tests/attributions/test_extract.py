"""Whole sentences through the model: planted attributions come out, exact."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.attributions import extract
from allegedly.encoder import packed_encoder
from allegedly.encoder.tokens import lines
from allegedly.records import Attribution, Passage, Span, Zone, words


def read(text: str) -> list[Attribution]:
    zone = Zone(span=Span(0, max(1, len(text))), kind="story")
    passages = [Passage(span=Span(*line), zone=zone) for line in lines(text)]
    return extracted(text, passages)


def extracted(text: str, passages: list[Passage]) -> list[Attribution]:
    encoder = packed_encoder()
    windows = encoder.encode(text, [(p.span.start, p.span.end) for p in passages])
    return list(extract(text, passages, windows, encoder))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The defence ministry said that two of its patrol boats were hit.",
            "The defence ministry",
            "said",
            "that two of its patrol boats were hit",
        ),
        (
            "“We will not leave,” said Mirela Kostova, the mayor.",
            "Mirela Kostova, the mayor",
            "said",
            "“We will not leave,”",
        ),
        (
            "The dam was mined last year, according to engineers.",
            "engineers",
            "according to",
            "The dam was mined last year",
        ),
        (
            "Petrov denied that he had signed the order.",
            "Petrov",
            "denied",
            "that he had signed the order",
        ),
        (
            "Residents believe the shells came from the north.",
            "Residents",
            "believe",
            "the shells came from the north",
        ),
    ],
)
def test_planted_attributions(text: str, source: str, cue: str, content: str) -> None:
    found = [a for a in read(text) if a.within is None]
    assert [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in found] == [
        (source, cue, content)
    ]


def test_a_quote_broken_by_its_attribution_is_one_content() -> None:
    text = "“The water is safe,” Minister Ana Lupu said, “and it has always been safe.”"
    [found] = [a for a in read(text) if a.within is None]
    assert words(text, found.content) == "“The water is safe,” … “and it has always been safe.”"


def test_a_content_is_read_again_for_what_it_holds() -> None:
    text = "The agency reported that villagers said they had heard three explosions."
    nested = [a for a in read(text) if a.within is not None]
    assert [words(text, a.source) for a in nested] == ["villagers"]
    assert nested[0].within is not None
    assert words(text, nested[0].within.source) == "The agency"


def test_nothing_is_read_where_nobody_says_anything() -> None:
    assert read("The train left at noon. It was raining.") == []


@given(st.text(alphabet="ab \n“”\"'.,said", max_size=200))
@settings(deadline=None, max_examples=50)
def test_spans_are_always_exact(text: str) -> None:
    for a in read(text):
        for span in (*a.source, *a.cue, *a.content):
            assert span.cut(text).strip()
            assert "\n" not in span.cut(text)
        assert 0 <= a.score <= 1


def test_a_caption_says_nothing_for_the_headline() -> None:
    text = "Report: ferry sank off Varna in a storm\n“The Elena” (left) and “The Rosa”"
    zones = [
        Zone(span=Span(0, 40), kind="headline"),
        Zone(span=Span(40, len(text)), kind="caption"),
    ]
    passages = [
        Passage(span=Span(*line), zone=z) for line, z in zip(lines(text), zones, strict=True)
    ]
    for a in extracted(text, passages):
        spans = (*a.source, *a.cue, *a.content)
        assert any(all(z.span.contains(s) for s in spans) for z in zones)
