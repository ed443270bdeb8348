from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.documents import read_header

BODY = "The ferry company halted all crossings after the collision."


@pytest.mark.parametrize(
    "text",
    [
        f" date 2024-02-03 {BODY}",
        f"date 2024-02-03\n\n{BODY}",
        f"Date: 2024-02-03\n{BODY}",
    ],
)
def test_date_header_is_cut(text: str) -> None:
    header = read_header(text)
    assert header.published == "2024-02-03"
    assert text[header.length :] == BODY


def test_date_header_with_a_clock() -> None:
    assert read_header("date 2024-02-03T10:15:00Z\nWords.").published == "2024-02-03T10:15:00+00:00"


def test_impossible_date_is_ignored_and_still_no_text() -> None:
    header = read_header(f"date 2024-02-31 {BODY}")
    assert header.published is None
    assert header.length == len("date 2024-02-31 ")


def test_fields() -> None:
    text = f"---\nTitle: Ferry stopped\nDate: 3 February 2024\nSource: Quay Post\n---\n\n{BODY}"
    header = read_header(text)
    assert (header.title, header.published) == ("Ferry stopped", "2024-02-03")
    assert header.publisher == "Quay Post"
    assert text[header.length :] == BODY


def test_mail_date_field() -> None:
    header = read_header("Published: Sat, 03 Feb 2024 10:15:00 +0100\n\nWords.")
    assert header.published == "2024-02-03T10:15:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        f"Source: the harbour office, which confirmed it.\n\n{BODY}",
        f"By Mara Quay\n\n{BODY}",
        f"Warning: {BODY}",
        f"Date: unknown\n\n{BODY}",
    ],
)
def test_words_of_the_story_are_not_cut(text: str) -> None:
    assert read_header(text).length == 0


@pytest.mark.parametrize(
    "opening",
    [
        "Saturday, February 3, 2024\n\n",
        "Ferry stopped after crash\n\nSaturday, February 3, 2024\n\n",
        "Published 3 February 2024, 10:15 GMT\n\n",
        "Saturday, February 3, 2024 ",
        "PORT ELLEN, Feb. 3, 2024 (Quay News) — ",
        "PORT ELLEN, 3 February 2024 — ",
        "Port Ellen, Scotland, February 3, 2024 -- ",
    ],
)
def test_dateline_is_read_and_stays(opening: str) -> None:
    header = read_header(opening + BODY)
    assert (header.published, header.length) == ("2024-02-03", 0)


@pytest.mark.parametrize(
    "opening",
    [
        "PORT ELLEN, Feb. 3 (Quay News) — ",
        "Saturday, February 30, 2024\n\n",
        "The last crash was on Saturday, February 3, 2024.\n\n",
        "Since February 3, 2024 nobody had crossed — ",
    ],
)
def test_no_full_date_no_publication(opening: str) -> None:
    assert read_header(opening + BODY).published is None


def test_headline_gives_the_title() -> None:
    assert read_header(f"Ferry stopped after crash\n\n{BODY}").title == "Ferry stopped after crash"
    dated = f"Ferry stopped after crash Saturday, February 3, 2024\n\n{BODY}"
    assert read_header(dated).title == "Ferry stopped after crash"
    assert read_header(f"{BODY}\n\n{BODY}").title is None
    assert read_header(f"They called it “a bad day.”\n\n{BODY}").title is None
    assert read_header(f"By Mara Quay Smith\n\n{BODY}").title is None


@given(st.text(), st.sampled_from(["", "date 2024-99-99 ", "Title: ", "Date: 9", "A, May 3, 2024"]))
def test_never_raises(text: str, opening: str) -> None:
    header = read_header(opening + text)
    assert 0 <= header.length <= len(opening + text)
