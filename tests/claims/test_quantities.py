from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.quantities import quantities
from allegedly.records import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two drones fell", (2, 2, 2, "drone", "two drones")),
        ("at least 500 people", (500, 500, None, "person", "at least 500 people")),
        ("up to 1,200 homes", (1200, None, 1200, "home", "up to 1,200 homes")),
        ("dozens of boats", (None, 24, None, "boat", "dozens of boats")),
        ("between 12 and 15 cows", (None, 12, 15, "cow", "between 12 and 15 cows")),
        ("between four and six sailors", (None, 4, 6, "sailor", "between four and six sailors")),
        ("two or three boats", (None, 2, 3, "boat", "two or three boats")),
        ("12 and 15 cows", (15, 15, 15, "cow", "15 cows")),
        ("25% of it", (25, 25, 25, "percent", "25%")),
        ("US$460 million", (460e6, 460e6, 460e6, "USD", "US$460 million")),
        ("7.5 million sacks", (7.5e6, 7.5e6, 7.5e6, "sack", "7.5 million sacks")),
        ("twenty-five old barns", (25, 25, 25, "barn", "twenty-five old barns")),
        ("125 of his neighbours", (125, 125, 125, "neighbour", "125 of his neighbours")),
        ("about 80 puppies", (80, None, None, "puppy", "about 80 puppies")),
    ],
)
def test_quantity(text: str, expected: tuple[object, ...]) -> None:
    (found,) = quantities(text, (Span(0, len(text)),))
    assert (found.value, found.low, found.high, found.unit, found.span.cut(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["on May 9", "in 2005", "at 2:30 a.m.", "for 48 hours", "Bo Ek, 62, fell", "one of them"],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert quantities(text, (Span(0, len(text)),)) == ()


@given(st.text(alphabet="0123456789.,- $%ofandtwomillions ", max_size=80))
def test_never_raises_and_stays_inside(text: str) -> None:
    if text:
        assert all(each.span.end <= len(text) for each in quantities(text, (Span(0, len(text)),)))
