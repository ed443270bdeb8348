from __future__ import annotations

import pytest

from allegedly.records import Document, Zone
from allegedly.zones import passages, zone
from allegedly.zones.post_dates import post_date
from allegedly.zones.signatures import signature_in

BEFORE = (
    "The ferry company halted all crossings on Tuesday after two boats had collided.\n\n"
    "Its managers met the harbour authority in the evening, and engineers went to see the pier."
)
AFTER = "The harbour authority said the crossings would resume once the pier had been inspected."


def document(post: str) -> Document:
    text = f"{BEFORE}\n\n{post}\n\n{AFTER}"
    return Document(id="0" * 32, text=text, published="2024-02-03")


def posts(doc: Document) -> list[Zone]:
    return [z for z in zone(doc) if z.kind == "social_post"]


def read(doc: Document) -> list[str]:
    return [p.span.cut(doc.text) for p in passages(doc, posts(doc))]


@pytest.mark.parametrize(
    "post",
    [
        "🚢 Smoke over the pier\n\n\n\nTwo boats burn… t.co/a1 — Mara (@maraquay) Feb 2, 2024",
        "🚢 Smoke over the pier\n\nTwo boats burn… https://t.co/a — Mara (@maraquay) Feb 2, 2024",
        "Smoke over the pier\n\n\n\nTwo boats burn…\n\n\n\n— Mara (@maraquay) 2 February 2024",
        "Smoke over the pier\nTwo boats burn…\nMara (@maraquay) · Feb 2",
        "Smoke over the pier\nTwo boats burn… pic.twitter.com/a1— Mara (@maraquay) Feb 2, 2024.",
    ],
)
def test_post_with_its_lines(post: str) -> None:
    doc = document(post)
    (found,) = posts(doc)
    assert found.span.cut(doc.text).strip() == post
    assert (found.author, found.published) == ("maraquay", "2024-02-02")
    assert read(doc) == ["Smoke over the pier", "Two boats burn…"]


def test_post_in_one_line() -> None:
    doc = document(
        "Two boats burn. https://t.co/x Stay away! — Mara (@maraquay) 8:14 AM · Feb 2, 2024"
    )
    assert read(doc) == ["Two boats burn.", "Stay away!"]
    assert posts(doc)[0].published == "2024-02-02"


def test_introduction_by_the_reporter_stays_story() -> None:
    doc = document("She tweeted:\n\nTwo boats burn. — Mara (@maraquay) February 2, 2024")
    assert read(doc) == ["Two boats burn."]


def test_paragraph_of_the_story_above_a_post_stays_story() -> None:
    doc = document("Two boats burn. — Mara (@maraquay) February 2, 2024")
    assert read(doc) == ["Two boats burn."]
    assert zone(doc)[0].span.cut(doc.text).strip() == BEFORE


def test_posts_in_a_row_are_two_zones() -> None:
    one = "Two boats burn. — Mara (@maraquay) February 2, 2024"
    two = "Crews are safe. — Port Ellen Harbour (@portellen) February 2, 2024"
    doc = document(f"{one}\n\n{two}")
    assert [z.author for z in posts(doc)] == ["maraquay", "portellen"]


def test_photo_platform() -> None:
    doc = document("View this post on Instagram\n\nA post shared by Harbour (@harbour.museum)")
    assert [z.author for z in posts(doc)] == ["harbour.museum"]
    assert read(doc) == []


def test_forwarded_message() -> None:
    doc = document("Forwarded from Pier Watch\n\nTwo boats burn near the quay.")
    assert [z.author for z in posts(doc)] == ["Pier Watch"]
    assert read(doc) == ["Two boats burn near the quay."]


def test_link_alone_marks_a_post_without_author() -> None:
    doc = document("Two boats burn near the quay pic.twitter.com/a1")
    assert [(z.author, z.published) for z in posts(doc)] == [(None, None)]


@pytest.mark.parametrize(
    "line",
    [
        "The post by Mara Quay (@maraquay) was shared a thousand times on Friday.",
        "She wrote about it on Telegram.",
        "The pier — once the pride of the island — was closed.",
        "Write to news@quaypost.example",
    ],
)
def test_mentions_are_no_signatures(line: str) -> None:
    assert signature_in(line) is None


@pytest.mark.parametrize(
    ("shown", "iso"),
    [
        ("May 3, 2023", "2023-05-03"),
        ("3 May 2023", "2023-05-03"),
        ("2023-05-03", "2023-05-03"),
        ("8:14 PM · Sept. 3, 2023", "2023-09-03"),
        ("Feb 3", "2024-02-03"),
        ("Dec 30", "2023-12-30"),
        ("February 31, 2023", None),
        ("Feb 30", None),
        ("3h", None),
    ],
)
def test_dates(shown: str, iso: str | None) -> None:
    assert post_date(shown, published="2024-02-03") == iso


def test_date_without_year_needs_the_story_date() -> None:
    assert post_date("Feb 3", published=None) is None
