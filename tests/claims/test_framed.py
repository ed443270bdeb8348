"""Phrases that name whose words follow, on spans given by hand."""

import pytest

from allegedly.claims.framed import with_framed
from allegedly.records import Attribution, Passage, Span, Zone, words

ZONE = Zone(span=Span(0, 400), kind="story")


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    def at(*parts: str) -> tuple[Span, ...]:
        return tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts if p)

    return Attribution(
        source=at(source), cue=at(cue), content=at(*content), zone=ZONE, score=0.9, method="test"
    )


def read(text: str, *attributions: Attribution) -> list[tuple[str, str, str]]:
    passage = Passage(span=Span(0, len(text)), zone=ZONE)
    found = with_framed(text, attributions, [passage])
    return [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In the opinion of the harbour master, the wall was rotten. It fell.",
            ("the harbour master", "In the opinion of", "the wall was rotten"),
        ),
        (
            "The wall held but, in the view of some divers, it was rotten.",
            ("some divers", "in the view of", "it was rotten"),
        ),
        (
            "It was, in the words of the harbour master, Ada Ilic, “a disgrace”.",
            ("the harbour master, Ada Ilic", "in the words of", "“a disgrace”"),
        ),
    ],
)
def test_what_follows_the_phrase_is_whose_it_names(text: str, expected: tuple[str, ...]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He spoke in the words of the old song, and went home.",
        "The wall was, in the opinion of some divers, rotten.",
    ],
)
def test_a_phrase_that_opens_no_clause_is_left(text: str) -> None:
    assert read(text) == []


def test_a_quotation_after_the_phrase_is_parted_from_another_source_s_words() -> None:
    text = "Crews were told to leave. In the words of Ada Ilic, “the wall was rotten.”"
    told = attribution(text, "", "were told", "Crews", "to leave", "“the wall was rotten.”")
    assert read(text, told) == [
        ("", "were told", "Crews … to leave"),
        ("Ada Ilic", "In the words of", "“the wall was rotten.”"),
    ]


def test_a_phrase_that_was_read_as_a_cue_stays_as_it_was_read() -> None:
    text = "In the words of Ada Ilic, “the wall was rotten.”"
    own = attribution(text, "Ada Ilic", "In the words of", "“the wall was rotten.”")
    assert len(read(text, own)) == 1


def test_as_reported_by_takes_its_whole_clause() -> None:
    text = "The wall was found rotten, as reported by the divers."
    own = attribution(text, "the divers", "as reported", "The wall")
    assert read(text, own) == [("the divers", "as reported", "The wall was found rotten")]
    far = "The wall fell. It was rotten, as reported by the divers."
    cut = attribution(far, "the divers", "as reported", "The wall")
    assert read(far, cut)[0][2] == "The wall"
