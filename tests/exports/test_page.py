from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from allegedly.exports.page import to_html
from allegedly.exports.page.families import FAMILIES
from allegedly.exports.page.marking import Marker, layers
from allegedly.records import ACTS, Document, Reading, Span, Zone

VOID = {"meta", "link", "br", "option"}


class Outline(HTMLParser):
    """Open elements in order, whether they close, and the words of the story by claim."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.claims: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if (found.get("href") or "").startswith("#"):
            self.targets.append((found["href"] or "")[1:])
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(found.get("class") == "tag" for _, found in self.open):
            return
        for tag, found in self.open:
            if tag == "mark":
                claim = found["data-claim"] or ""
                self.claims[claim] = self.claims.get(claim, "") + data
            if "data-line" in found:
                line = found["data-line"] or ""
                self.lines[line] = self.lines.get(line, "") + data


@pytest.fixture(scope="module")
def page(bells: Reading) -> str:
    return to_html(bells)


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_every_line_of_the_story_is_there_to_the_letter(bells: Reading, outline: Outline) -> None:
    assert list(outline.lines.values()) == bells.document.text.splitlines()


def test_marks_cover_exactly_the_contents(bells: Reading, outline: Outline) -> None:
    text = bells.document.text
    in_order = sorted(bells.claims, key=lambda c: (c.content[0].start, -c.content[-1].end))
    wanted = ["".join(span.cut(text) for span in claim.content) for claim in in_order]
    assert list(outline.claims.values()) == wanted


def test_everything_that_opens_closes(outline: Outline) -> None:
    assert outline.open == []


def test_ids_are_unique_and_links_lead_somewhere(outline: Outline) -> None:
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)


def test_hostile_words_are_only_words(page: str, outline: Outline) -> None:
    assert "<b>stolen" not in page
    assert "<script>alert" not in page
    assert outline.tags.count("script") == 1
    assert "<i>whistles" not in page


def test_the_page_asks_for_nothing(page: str) -> None:
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"\s(src|style|on\w+)=", page)
    assert not re.search(r"url\(|@import|https?://", page)


def test_unread_zones_say_so(page: str) -> None:
    assert "Teaser · not read" in page
    assert "Social post · @belltower · 5 May 2031" in page


def test_every_act_has_a_family() -> None:
    assert sorted(act for family in FAMILIES for act in family.acts) == sorted(ACTS)


def test_a_reading_without_claims_is_a_page(bells: Reading) -> None:
    bare = to_html(replace(bells, claims=(), assessments=(), silences=()))
    assert "The story makes nobody say anything." in bare
    assert Outline(bare).open == []


def test_a_long_single_line_is_marked_in_one_go(bells: Reading) -> None:
    text = "word " * 4_000
    bare = Reading(
        document=Document(id="d", text=text),
        zones=(Zone(span=Span(0, len(text)), kind="story"),),
        claims=(),
        assessments=(),
        silences=(),
    )
    claims = tuple(
        replace(
            bells.claims[0], id=str(n), sources=(), content=(Span(5 * n, 5 * n + 4),), targets=()
        )
        for n in range(4_000)
    )
    marked = Marker(text, layers(replace(bare, claims=claims))).line(0, len(text))
    assert marked.count("<mark") == marked.count("</mark") == 4_000
