from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.records import Document, Span, Zone
from allegedly.zones import zone

if TYPE_CHECKING:
    from allegedly.records import ZoneKind

CRASH = (
    "The ferry company halted all crossings on Tuesday after two boats had collided off the pier. "
    "Its managers met the harbour authority in the evening."
)
PIER = (
    "The harbour authority said the crossings would resume once engineers had inspected the pier. "
    "It gave no date for that."
)
BREAD = (
    "Islanders complained that the shops were running out of bread. The company promised a boat "
    "with food for Thursday."
)
AGE = "The pier was built in 1931 and has been closed twice since then, both times after storms."
OPENING = (CRASH, PIER)
CLOSING = (BREAD, AGE)
CARD = "Mountain village wins twenty-year fight over its only road as judges throw out appeal"
FOREIGN = (
    "Astronomers in Chile have photographed a comet that will not return for nine thousand years."
)


def document(*lines: str, gap: str = "\n\n") -> Document:
    return Document(id="0" * 32, text=gap.join(lines))


def kinds(doc: Document, words: str) -> list[str]:
    """The kinds of the zones in which the words stand, in the order of the text."""
    found: list[str] = []
    at = doc.text.find(words)
    assert at >= 0
    while at >= 0:
        found.append(next(z.kind for z in zone(doc) if z.span.start <= at < z.span.end))
        at = doc.text.find(words, at + 1)
    return found


PIECES = st.sampled_from(
    [
        *OPENING,
        CARD,
        "Sources",
        "Read more: a",
        "📻 Smoke…",
        "pic.twitter.com/abc — Mara (@mara) May 3, 2024",
        "View this post on Instagram",
        "Forwarded from Pier Watch",
        "{a: 1};",
        "\t",
        "",
        "Image: Jo.",
        "— ",
        "@",
    ]
)


def covers(doc: Document, zones: tuple[Zone, ...]) -> bool:
    edges = [0, *(z.span.end for z in zones)]
    return [z.span.start for z in zones] == edges[:-1] and edges[-1] == len(doc.text)


@given(st.text() | st.lists(st.one_of(PIECES, st.text()), max_size=12).map("\n\n".join))
def test_every_character_is_in_exactly_one_zone(text: str) -> None:
    doc = Document(id="0" * 32, text=text)
    assert covers(doc, zone(doc))


def test_empty_and_blank() -> None:
    assert zone(document("")) == ()
    assert [z.kind for z in zone(document(" \n "))] == ["boilerplate"]


def test_plain_story_is_one_zone() -> None:
    assert [z.kind for z in zone(document(*OPENING, *CLOSING))] == ["story"]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_headline_and_date_line(gap: str) -> None:
    doc = document(
        "Ferry crossings halted after collision",
        "By Mara Quay",
        "Saturday, February 3, 2024",
        *OPENING,
        "Bread runs short",
        *CLOSING,
        gap=gap,
    )
    assert kinds(doc, "Ferry crossings halted") == ["headline"]
    assert kinds(doc, "By Mara") == ["byline"]
    assert kinds(doc, "Saturday") == ["byline"]
    assert kinds(doc, "Bread runs") == ["headline"]
    assert kinds(doc, OPENING[0]) == ["story"]


def test_sentence_that_starts_like_a_byline_is_story() -> None:
    doc = document(OPENING[0], "By Wednesday, both boats were back in the harbour.", *CLOSING)
    assert kinds(doc, "By Wednesday") == ["story"]


@pytest.mark.parametrize("between", [(), (CLOSING[0],)])
def test_a_line_printed_twice_is_a_teaser(between: tuple[str, ...]) -> None:
    doc = document(*OPENING, FOREIGN, *between, FOREIGN, CLOSING[1])
    assert kinds(doc, FOREIGN) == ["teaser", "teaser"]
    assert kinds(doc, CLOSING[1]) == ["story"]


def test_the_text_of_a_card_goes_with_its_title() -> None:
    dek = "After two decades of lawsuits, farmers drove their sheep through the valley."
    doc = document(*OPENING, f"{CARD}\n\n\n\n{CARD}", dek, *CLOSING)
    assert kinds(doc, CARD) == ["teaser", "teaser"]
    assert kinds(doc, dek) == ["teaser"]
    assert kinds(doc, CLOSING[0]) == ["story"]


def test_a_paragraph_that_quotes_after_a_card_is_story() -> None:
    after = "According to Jo Reef, a baker, “there is flour for one day.”"
    doc = document(*OPENING, CARD, CARD, after, *CLOSING)
    assert kinds(doc, after) == ["story"]


def test_what_stories_repeat_is_no_teaser() -> None:
    pull = "“We have flour for one day and nobody has told us when the boat will come.”"
    doc = document(OPENING[0], OPENING[0], pull, OPENING[1], pull, "He shrugged.", *CLOSING)
    assert kinds(doc, OPENING[0]) == ["story", "story"]
    assert kinds(doc, pull) == ["story", "story"]


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Storm shuts island airports",
        "Related: What the collision means for summer",
        "Sign up for our newsletter",
        "Read more",
        CARD,
    ],
)
def test_promos_are_teasers(line: str) -> None:
    assert kinds(document(*OPENING, line, *CLOSING), line) == ["teaser"]


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Quay Post. All rights reserved.",
        "(Reporting by Mara Quay; Editing by Jo Reef)",
        "Reporting by Mara Quay in Port Ellen; editing by Jo Reef",
        "We use cookies to improve your experience",
        "Share this article",
        "Categories: Scotland Shipping",
        "Advertisement",
        '"Boats collide off pier" — Quay Post, February 3, 2024',
    ],
)
def test_boilerplate(line: str) -> None:
    assert kinds(document(*OPENING, line, *CLOSING), line) == ["boilerplate"]


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the Quay Post showed that the pier had been cracked for years.",
        "Sources told the Quay Post that the pier had been cracked for years.",
        "Related firms were told to wait, the harbour office said.",
        "Watch officers saw the second boat too late, the company said.",
        "Share prices of the company fell by a tenth, traders said.",
    ],
)
def test_sentences_with_words_of_boilerplate_are_story(line: str) -> None:
    assert kinds(document(*OPENING, line, *CLOSING), line) == ["story"]


def test_source_list_ends_with_prose() -> None:
    entry = "Mara Quay. “Boats collide” — Quay Post, February 3, 2024"
    doc = document(*OPENING, "Sources", entry, "Harbour office log", *CLOSING)
    assert kinds(doc, "Sources") == ["boilerplate"]
    assert kinds(doc, entry) == ["boilerplate"]
    assert kinds(doc, "Harbour office log") == ["boilerplate"]
    assert kinds(doc, CLOSING[0]) == ["story"]


def test_menu_is_boilerplate() -> None:
    doc = document("Home", "World", "Island News", "Sport", *OPENING, gap="\n")
    assert kinds(doc, "Island News") == ["boilerplate"]


@pytest.mark.parametrize(
    "line",
    [
        "The ferry at the pier in Port Ellen. Image: Jo Reef.",
        "Photo: Jo Reef",
        "File photo of the ferry",
        "The ferry at the pier in Port Ellen (Jo Reef/AFP/Getty Images)",
        "The old ferry with its crew at Port Ellen.",
        "[Picture: the pier at dawn]",
    ],
)
def test_captions(line: str) -> None:
    assert kinds(document(*OPENING, line, *CLOSING), line) == ["caption"]


@pytest.mark.parametrize(
    "line",
    [
        "<div class='ad'><span></span></div>",
        "var slot = window.slots || [];",
        ".card { color: #fff; margin: 0 }",
        '{"ad": {"slot": 4, "lazy": true}}',
    ],
)
def test_code(line: str) -> None:
    assert kinds(document(*OPENING, line, *CLOSING), line) == ["code"]


@pytest.mark.parametrize(
    "text",
    [
        "He said the pier was closed. " * 170_000,
        "a" + " " * 5_000_000 + "b",
        "— @" * 1_600_000,
        '"' * 5_000_000,
        "📻" * 5_000_000,
    ],
    ids=["sentences", "blanks", "dashes", "quotes", "emoji"],
)
def test_a_single_line_of_five_million_characters_is_fast(text: str) -> None:
    doc = Document(id="0" * 32, text=text)
    start = time.perf_counter()
    zones = zone(doc)
    assert time.perf_counter() - start < 2
    assert covers(doc, zones)


def marked(kind: ZoneKind, words: str, doc: Document) -> Document:
    start = doc.text.index(words)
    mark = Zone(span=Span(start=start, end=start + len(words)), kind=kind, author="mara")
    return replace(doc, marks=(mark,))


@pytest.mark.parametrize("kind", ["caption", "teaser", "byline", "boilerplate", "social_post"])
def test_what_the_format_marked_is_believed_over_words(kind: ZoneKind) -> None:
    doc = document(*OPENING, *CLOSING)
    assert kinds(doc, CLOSING[0]) == ["story"]
    assert kinds(marked(kind, CLOSING[0], doc), CLOSING[0]) == [kind]
    assert kinds(marked(kind, CLOSING[0], doc), CLOSING[1]) == ["story"]


def test_a_marked_post_has_its_author() -> None:
    doc = marked("social_post", CLOSING[0], document(*OPENING, *CLOSING))
    assert [z.author for z in zone(doc)] == [None, "mara", None]


def test_a_paragraph_of_markup_is_story_unless_it_is_a_promo() -> None:
    doc = document(*OPENING, CARD, *CLOSING)
    assert kinds(doc, CARD) == ["teaser"]
    assert kinds(marked("story", CARD, doc), CARD) == ["story"]
    promo = document(*OPENING, "READ MORE: Storm shuts island airports", *CLOSING)
    assert kinds(marked("story", "READ MORE: Storm", promo), "READ MORE") == ["teaser"]
