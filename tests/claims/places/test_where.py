from __future__ import annotations

import pytest

from allegedly.claims.places import places_of
from allegedly.records import Span


def names(text: str, *content: str) -> list[str]:
    spans = tuple(Span(text.index(c), text.index(c) + len(c)) for c in content or (text,))
    return [place.span.cut(text) for place in places_of(text, spans)]


def test_only_the_places_of_the_content_count() -> None:
    text = "In Berlin the minister said that a bridge had fallen in Dresden."
    assert names(text, "that a bridge had fallen in Dresden") == ["Dresden"]


def test_a_content_of_two_parts_has_the_places_of_both() -> None:
    text = "“The dam near Kherson,” he said in Kyiv, “fed canals in Crimea.”"
    assert names(text, "“The dam near Kherson,”", "“fed canals in Crimea.”") == [
        "Kherson",
        "Crimea",
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("that Moscow denied the attack on Odesa", ["Odesa"]),
        ("that Moscow has repeatedly rejected talks in Geneva", ["Geneva"]),
        ("that people in Moscow said they had heard a bang", ["Moscow"]),
        ("that he had urged Kyiv to withdraw from Bakhmut", ["Bakhmut"]),
        ("that a U.S. base in Iraq was hit", ["Iraq"]),
        ("that the U.S. Department of Labor had ruled", []),
        ("that the ship left the U.S. in May", ["U.S."]),
    ],
)
def test_a_government_called_by_its_place_is_no_place(text: str, places: list[str]) -> None:
    assert names(text) == places
