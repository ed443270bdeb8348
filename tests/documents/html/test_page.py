from __future__ import annotations

import pytest
from tests.documents.html import pages

from allegedly.documents.html import characters, read_fragment, read_page
from allegedly.documents.html.blocks import DEEPEST
from allegedly.records import Document, Zone
from allegedly.zones import zone


def kinds(text: str, marks: tuple[Zone, ...], words: str) -> set[str]:
    document = Document(id="0" * 32, text=text, marks=marks)
    at = text.index(words)
    return {z.kind for z in zone(document) if z.span.start <= at < z.span.end}


@pytest.fixture(scope="module")
def page() -> tuple[str, tuple[Zone, ...]]:
    found = read_page(pages.PAGE)
    assert found is not None
    return found.text, found.marks


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ferries halted", "headline"),
        ("By Jo Reef", "byline"),
        (pages.FIRST, "story"),
        (pages.SECOND, "story"),
        (pages.THIRD, "story"),
        (pages.CAPTION, "caption"),
        (pages.TEASER, "teaser"),
        (pages.POST, "social_post"),
    ],
)
def test_what_stands_in_an_article_is_kept_and_marked(
    page: tuple[str, tuple[Zone, ...]], words: str, kind: str
) -> None:
    assert kinds(*page, words) == {kind}


@pytest.mark.parametrize("words", ["Sport", "cookies", "A reader wrote", "hidden", "script", "©"])
def test_what_stands_around_it_is_no_text_of_the_document(
    page: tuple[str, tuple[Zone, ...]], words: str
) -> None:
    assert words not in page[0]


def test_a_post_has_its_author_and_day(page: tuple[str, tuple[Zone, ...]]) -> None:
    post = next(mark for mark in page[1] if mark.kind == "social_post")
    assert (post.author, post.published) == ("anaruk", "2031-03-11")


def test_marks_lie_in_their_order_and_in_the_text(page: tuple[str, tuple[Zone, ...]]) -> None:
    text, marks = page
    edges = [edge for mark in marks for edge in (mark.span.start, mark.span.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)


def test_metadata() -> None:
    found = read_page(pages.PAGE)
    assert found is not None
    about = found.about
    assert (about.title, about.publisher) == ("Ferries halted after collision", "Quay Post")
    assert about.byline == "Jo Reef, Al Tarn"
    assert about.published == "2031-03-12T08:00:00+00:00"
    assert about.updated == "2031-03-12T09:30:00+00:00"
    assert about.canonical == "https://quay.example/ferries"
    assert about.language == "en"


GRAPH = """<script type="application/ld+json">{"@graph": [{"@type": ["Thing"]},
{"@type": "ReportageNewsArticle", "datePublished": "2031-03-12"}]}</script>"""


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2031-03-12">', "2031-03-12"),
        ('<meta name="date" content="March 12, 2031">', "2031-03-12"),
        (GRAPH, "2031-03-12"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", }</script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
        ('<meta name="date" content="12345">', None),
        ('<meta name="date" content="0031-03-12">', None),
    ],
)  # fmt: skip
def test_dates(head: str, published: str | None) -> None:
    found = read_page(f"<html><head>{head}</head><body><p>{pages.FIRST}</p></body></html>")
    assert found is not None
    assert found.about.published == published


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Ferries stop again | Quay Post", "Ferries stop again"),
        ("Ferries stop again - quay post", "Ferries stop again"),
        ("Who will read the Quay Post", "Who will read the Quay Post"),
        ("Quay Post", "Quay Post"),
    ],
)
def test_a_title_is_told_without_its_site(title: str, told: str) -> None:
    site = '<meta property="og:site_name" content="Quay Post">'
    meta = f'{site}<meta property="og:title" content="{title}">'
    found = read_page(f"{meta}<p>{pages.FIRST}</p>")
    assert found is not None
    assert found.about.title == told


def test_the_time_element_is_the_last_resort() -> None:
    found = read_page(f'<time datetime="2031-03-12T08:00">now</time><p>{pages.FIRST}</p>')
    assert found is not None
    assert found.about.published == "2031-03-12T08:00:00"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/ferries", "http://", "http://[", ""])
def test_only_web_addresses_are_canonical(address: str) -> None:
    found = read_page(f'<link rel="canonical" href="{address}"><p>{pages.FIRST}</p>')
    assert found is not None
    assert found.about.canonical is None


def test_a_page_without_a_visible_headline_has_that_of_its_metadata() -> None:
    found = read_page(f'<meta property="og:title" content="Ferries stop"><p>{pages.FIRST}</p>')
    assert found is not None
    assert found.text.startswith("Ferries stop\n\nThe ferry")
    assert found.marks[0].kind == "headline"


@pytest.mark.parametrize(
    "markup", ["<p></p>", "<script>alert(1)</script>", "<html></html>", "<p hidden>words here</p>"]
)
def test_a_page_that_shows_nothing(markup: str) -> None:
    assert read_page(markup) is None


def test_nesting_without_end_is_read_without_recursion() -> None:
    deep = "<div>" * (2 * DEEPEST) + f"<p>{pages.FIRST}</p>"
    found = read_page(f"<body><p>{pages.SECOND}</p>{deep}</body>")
    assert found is not None
    assert pages.SECOND in found.text


def test_a_fragment_is_body_throughout() -> None:
    found = read_fragment(f"<p>{pages.FIRST}</p>{pages.SECOND}<br>{pages.THIRD}", "Ferries stop")
    assert found is not None
    assert found.text == (f"Ferries stop\n\n{pages.FIRST}\n\n{pages.SECOND}\n{pages.THIRD}")


ACCENTED = "<p>Señor Núñez said that the café on the pier had been closed since the crash.</p>"


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "windows-1251"),
        ("utf-8", "nonsense"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", None),
        ("utf-16", "utf-8"),
    ],
)
def test_a_broken_charset_label_is_seen_through(encoding: str, label: str | None) -> None:
    meta = f'<meta charset="{label}">' if label else ""
    assert ACCENTED in str(characters(f"{meta}{ACCENTED}".encode(encoding)))


def test_a_true_label_is_believed() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Паром'
    assert "Паром" in str(characters(page.encode("cp1251")))
    assert "Паром" in str(characters("<p>Паром".encode("koi8-r"), "koi8-r"))


def test_a_nul_hides_nothing() -> None:
    assert "ferry" in str(characters(b"<p>The \x00ferry"))


def test_a_list_that_shows_on_hovering_is_no_part_of_its_sentence() -> None:
    card = "".join(f'<a href="/{i}">Minister denies the claim number {i}</a> ' for i in range(3))
    name = f'<span><a href="/ana">Ana Ruk</a><span class="card"><span>{card}</span></span></span>'
    page = pages.PAGE.replace("Mara Quay, a", f"{name}, a")
    found = read_page(page)
    assert found is not None
    sentence = pages.SECOND.replace("Mara Quay", "Ana Ruk")
    assert sentence in found.text
    assert kinds(found.text, found.marks, "Minister denies the claim number 1") == {"teaser"}


def test_a_heading_between_paragraphs_is_a_headline() -> None:
    page = pages.PAGE.replace(f"<p>{pages.THIRD}", f"<h2>Bread</h2><p>{pages.THIRD}")
    found = read_page(page)
    assert found is not None
    assert kinds(found.text, found.marks, "Bread\n") == {"headline"}
