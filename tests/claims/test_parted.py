"""Where one content runs on into the next, on spans given by hand."""

import pytest

from allegedly.claims.parted import parted
from allegedly.records import Attribution, Span, Spans, Zone, words

STORY = Zone(span=Span(0, 400), kind="story")


def spans(text: str, *parts: str) -> Spans:
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts if p)


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    return Attribution(
        source=spans(text, source),
        cue=spans(text, cue),
        content=spans(text, *content),
        zone=STORY,
        score=0.9,
        method="test",
    )


def read(text: str, a: Attribution) -> list[tuple[str, str, str]]:
    found = parted(text, [a])
    return [(words(text, p.source), words(text, p.cue), words(text, p.content)) for p in found]


@pytest.mark.parametrize(
    ("text", "cue", "content", "second", "rest"),
    [
        (
            "Ilic urged them not to wait saying that the ice was thin.",
            "urged",
            "not to wait",
            ("Ilic", "saying"),
            "that the ice was thin",
        ),
        (
            "Ilic dismissed the charges also claiming that the ledger was forged.",
            "dismissed",
            "the charges",
            ("Ilic", "also claiming"),
            "that the ledger was forged",
        ),
        (
            "Ilic dismissed the charges saying (before the trial) that the ledger was forged.",
            "dismissed",
            "the charges",
            ("Ilic", "saying"),
            "that the ledger was forged",
        ),
        (
            "Ilic said the ferry was safe but she also said that it was old.",
            "said",
            "the ferry was safe",
            ("she", "also said"),
            "that it was old",
        ),
        (
            "Ilic warned that the wall could fall: “We have no money.”",
            "warned",
            "that the wall could fall",
            ("Ilic", "warned"),
            "“We have no money.”",
        ),
    ],
)
def test_a_content_ends_where_its_source_speaks_anew(
    text: str, cue: str, content: str, second: tuple[str, str], rest: str
) -> None:
    whole = text[text.index(content) :].removesuffix(".")
    found = read(text, attribution(text, "Ilic", cue, whole))
    assert found == [("Ilic", cue, content), (*second, rest)]


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "that a letter saying that the ice was thin had come"),
        ("dismissed", "a claim saying that the ice was thin"),
        ("said", "he saw posters from officials warning that the ice was thin"),
        ("said", "that “we left saying that the ice was thin”"),
        ("put", "one question: “Why now?”"),
        ("said", "“It is over: “gone” is the word”"),
    ],
)
def test_what_somebody_else_says_inside_a_content_stays(cue: str, content: str) -> None:
    text = f"Ilic {cue} {content}."
    assert read(text, attribution(text, "Ilic", cue, content)) == [("Ilic", cue, content)]


def test_a_quotation_in_a_sentence_of_its_own_is_no_part_of_reported_words() -> None:
    text = "Ilic added that the ferry was late. “I waited all night.” He left."
    whole = attribution(text, "Ilic", "added", "that the ferry was late", "“I waited all night.”")
    assert [content for _, _, content in read(text, whole)] == [
        "that the ferry was late",
        "“I waited all night.”",
    ]


def test_a_quotation_broken_by_its_attribution_stays_one() -> None:
    text = "“It is late,” Ilic said. “I waited all night.”"
    whole = attribution(text, "Ilic", "said", "“It is late,”", "“I waited all night.”")
    assert len(read(text, whole)) == 1


def test_a_content_within_ends_where_its_layer_does() -> None:
    text = "Ilic said that the guards fear a flood also stating that the wall is old."
    outer = attribution(text, "Ilic", "said", text[len("Ilic said ") : -1])
    inner = Attribution(
        source=spans(text, "the guards"),
        cue=spans(text, "fear"),
        content=spans(text, "a flood also stating that the wall is old"),
        zone=STORY,
        within=outer,
        score=0.9,
        method="test",
    )
    found = [(words(text, a.source), words(text, a.content)) for a in parted(text, [outer, inner])]
    assert found == [
        ("Ilic", "that the guards fear a flood"),
        ("Ilic", "that the wall is old"),
        ("the guards", "a flood"),
    ]


def test_what_lay_within_moves_to_the_part_that_holds_it() -> None:
    text = "Ilic urged them to go saying that the guards feared a flood."
    outer = attribution(text, "Ilic", "urged", text[len("Ilic urged them ") : -1])
    again = attribution(text, "them", "saying", "that the guards feared a flood")
    inner = attribution(text, "the guards", "feared", "a flood")
    nested = [
        Attribution(
            source=a.source,
            cue=a.cue,
            content=a.content,
            zone=STORY,
            within=outer,
            score=0.9,
            method="test",
        )
        for a in (again, inner)
    ]
    first, second, last = parted(text, [outer, *nested])
    assert words(text, first.content) == "to go"
    assert words(text, second.cue) == "saying"
    assert last.within is second
