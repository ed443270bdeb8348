from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.quantities import quantities
from allegedly.records import Quantity, Span


def read(text: str) -> tuple[Quantity, ...]:
    return quantities(text, (Span(0, len(text)),) if text else ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two drones fell", (2, 2, 2, "drone", "two drones")),
        ("two unmanned drones fell", (2, 2, 2, "drone", "two unmanned drones")),
        ("at least 500 people", (500, 500, None, "person", "at least 500 people")),
        ("more than 300 homes", (300, 300, None, "home", "more than 300 homes")),
        ("up to 1,200 homes", (1200, None, 1200, "home", "up to 1,200 homes")),
        ("nearly 200 boats", (200, None, 200, "boat", "nearly 200 boats")),
        ("about 80 puppies", (80, None, None, "puppy", "about 80 puppies")),
        ("dozens of boats", (None, 24, None, "boat", "dozens of boats")),
        ("a handful of boats", (None, 2, None, "boat", "a handful of boats")),
        ("tens of thousands of boats", (None, 20000, None, "boat", "tens of thousands of boats")),
        ("between 12 and 15 cows", (None, 12, 15, "cow", "between 12 and 15 cows")),
        ("between four and six sailors", (None, 4, 6, "sailor", "between four and six sailors")),
        ("two or three boats", (None, 2, 3, "boat", "two or three boats")),
        ("two to three million sacks", (None, 2e6, 3e6, "sack", "two to three million sacks")),
        ("12 and 15 cows", (15, 15, 15, "cow", "15 cows")),
        ("25% of it", (25, 25, 25, "percent", "25%")),
        ("US$460 million", (460e6, 460e6, 460e6, "USD", "US$460 million")),
        ("five million euros", (5e6, 5e6, 5e6, "EUR", "five million euros")),
        ("7.5 million sacks", (7.5e6, 7.5e6, 7.5e6, "sack", "7.5 million sacks")),
        ("twenty-five old barns", (25, 25, 25, "barn", "twenty-five old barns")),
        ("one hundred and nine barns", (109, 109, 109, "barn", "one hundred and nine barns")),
        ("a dozen old barns", (12, 12, 12, "barn", "a dozen old barns")),
        ("half a million barns", (5e5, 5e5, 5e5, "barn", "half a million barns")),
        ("125 of his neighbours", (125, 125, 125, "neighbour", "125 of his neighbours")),
        ("12 of the 19 boats", (12, 12, 12, "boat", "12 of the 19 boats")),
        ("two-thirds of the voters", (66.7, 66.7, 66.7, "percent", "two-thirds of the voters")),
        ("13 km per hour", (13, 13, 13, "km/h", "13 km per hour")),
        ("nine percentage points", (9, 9, 9, "percentage point", "nine percentage points")),
        ("four Ostlers fled", (4, 4, 4, "Ostler", "four Ostlers")),
        ("five Hobbs police officers", (5, 5, 5, "police officer", "five Hobbs police officers")),
        ("one confirmed case", (1, 1, 1, "case", "one confirmed case")),
        ("2000 people", (2000, 2000, 2000, "person", "2000 people")),
    ],
)
def test_quantity(text: str, expected: tuple[object, ...]) -> None:
    found = read(text)[0]
    assert (found.value, found.low, found.high, found.unit, found.span.cut(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on May 9",
        "in 2005",
        "the 2016 campaigns",
        "at 2:30 a.m.",
        "for 48 hours",
        "two decades continues",
        "Bo Ek, 62, fell",
        "one of them",
        "when one feels sick",
        "our number one priority",
        "the third boat",
        "Boeing 747 jets",
        "the 18-hole course",
        "F-16 jets",
        "",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "unit", "state", "number"),
    [
        ("500 dead", "person", "dead", 500),
        ("500 people dead", "person", "dead", 500),
        ("500 people were killed in the flood", "person", "dead", 500),
        ("killing at least 500 people", "person", "dead", 500),
        ("500 deaths", "death", "dead", 500),
        ("left 17 sailors injured", "sailor", "injured", 17),
        ("arrested 12 students", "student", "detained", 12),
        ("300 families are homeless", "family", "displaced", 300),
        ("two drones were shot down", "drone", "destroyed", 2),
        ("Norland downs two drones", "drone", "destroyed", 2),
        ("police arrest two students", "student", "detained", 2),
        ("two drones killed five sailors", "drone", None, 2),
        ("two drones fell", "drone", None, 2),
    ],
)
def test_what_befell_those_counted(text: str, unit: str, state: str | None, number: int) -> None:
    found = read(text)[0]
    assert (found.unit, found.state, found.value) == (unit, state, number)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("125 neighbours were seen and 34 were tested", ["neighbour", "neighbour"]),
        ("the number of new infections will decline to around 60,000", ["infection"]),
        ("the death toll rose to 194", ["death"]),
        ("34 were red", []),
        ("it fell to 60", []),
    ],
)
def test_a_number_takes_its_noun_from_elsewhere(text: str, units: list[str]) -> None:
    assert [found.unit for found in read(text)] == units


def test_the_counted_phrase_and_the_bound_are_kept() -> None:
    (found,) = read("more than two unmanned drones")
    assert (found.counted, found.modifier) == ("unmanned drones", "more_than")


def test_two_shares_in_a_row_are_a_range_of_shares() -> None:
    (found,) = read("70 percent to 80 percent")
    assert (found.low, found.high, found.unit) == (70, 80, "percent")


_WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "two three twenty five hundred thousand million dozen dozens half third of the a an and to "
        "between or at least more than about nearly 5 1,200 7.5 2016 99999999999999999 % $ US$ "
        "percent people drones deaths killed dead were case one points km per hour police officers "
        'number toll - , . " ” tens hundreds',
    )
)


@given(st.lists(_WORDS, max_size=20).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_ordered_bounds_and_spans_inside(text: str) -> None:
    end = 0
    for found in read(text):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.unit
        assert found.low is None or found.high is None or found.low <= found.high
        if found.value is not None:
            assert found.low is None or found.low <= found.value
            assert found.high is None or found.value <= found.high
        assert found.counted is None or found.counted in text
