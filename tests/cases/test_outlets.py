"""What outlets are called."""

from __future__ import annotations

import pytest

from allegedly.records import outlet_name, outlet_names


@pytest.mark.parametrize(
    ("publisher", "called"),
    [
        ("www.paper.example", "paper.example"),
        ("WWW.Paper.Example", "paper.example"),
        ("https://www.paper.example/news?a=1", "paper.example"),
        ("m.paper.example", "paper.example"),
        ("edition.paper.co.example", "paper.co.example"),
        ("ana.blogs.example", "ana.blogs.example"),  # somebody's own
        ("www.example", "www.example"),
        ("The Selme Courier", "The Selme Courier"),
        ("St. Anne Post", "St. Anne Post"),
    ],
)
def test_an_address_is_shown_without_what_every_address_has(publisher: str, called: str) -> None:
    assert outlet_name(publisher) == called


def test_spellings_of_one_outlet_are_one_by_its_name() -> None:
    spelt = ["www.selmecourier.example", "Selme Courier", "The Selme Courier", "Selme Courier"]
    assert {*outlet_names([*spelt, None]).values()} == {"Selme Courier"}
    assert outlet_names(["www.paper.example", "paper.example"]) == {
        "www.paper.example": "paper.example",
        "paper.example": "paper.example",
    }


def test_two_addresses_with_the_same_letters_stay_two() -> None:
    names = outlet_names(["paper.co.uk", "www.paper.ie", "Paper"])
    assert names == {"paper.co.uk": "paper.co.uk", "www.paper.ie": "paper.ie", "Paper": "Paper"}
