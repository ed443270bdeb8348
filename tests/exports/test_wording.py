from __future__ import annotations

import pytest

from allegedly.exports.wording import amount, counted, day, first_words, hop, moment, where
from allegedly.records import Place, Quantity, Source, Span, Time


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (2, 2, 2, "drone: 2"),
        (None, 20, 30, "drone: 20–30"),
        (25, 20, 30, "drone: 20–30"),
        (None, 1000, None, "drone: at least 1,000"),
        (None, None, 7, "drone: up to 7"),
        (2.5, None, None, "drone: 2.5"),
        (None, None, None, "drone: some"),
    ],
)
def test_quantities_in_words(
    value: float | None, low: float | None, high: float | None, said: str
) -> None:
    quantity = Quantity(span=Span(0, 1), value=value, low=low, high=high, unit="drone")
    assert amount(quantity) == said


def test_how_a_bound_is_put_and_what_befell_the_counted() -> None:
    bound = Quantity(
        span=Span(0, 1),
        value=9,
        low=9,
        high=None,
        unit="person",
        modifier="more_than",
        state="dead",
    )
    assert amount(bound) == "person (dead): more than 9"


def test_times_in_words() -> None:
    early = Time(value="2031-05", span=Span(0, 1), modifier="START")
    night = Time(
        value="2031-05-03TNI",
        span=Span(0, 1),
        earliest="2031-05-02T20:00",
        latest="2031-05-03T06:00",
    )
    assert moment(early) == "2031-05 (early)"
    assert moment(night) == "2031-05-03TNI (2031-05-02T20:00 to 2031-05-03T06:00)"
    assert moment(Time(value="2031", span=Span(0, 1))) == "2031"


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2031-05-03", "3 May 2031"),
        ("2031-05-03T10:00+02:00", "3 May 2031"),
        ("2031", "2031"),
        ("soon", "soon"),
        (None, None),
    ],
)
def test_dates_in_words(published: str | None, said: str | None) -> None:
    assert day(published) == said


def test_counts_in_words() -> None:
    assert [counted(n, "claim") for n in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Harbour Office", ("Harbour Office", None)),
        ("harbour office", ("harbour office", None)),
        ("Ann Lee", ("Ann Lee", "The Harbour Office")),
        (None, ("The Harbour Office", None)),
    ],
)
def test_words_are_shown_where_they_differ(name: str | None, shown: tuple[str, str | None]) -> None:
    source = Source(spans=(Span(0, 18),), name=name, kind="government")
    assert hop(source, "The Harbour Office") == shown


@pytest.mark.parametrize(
    ("country", "said"),
    [("UA", "Kyiv, UA (50.455, 30.524 ± 18 km)"), (None, "Kyiv (50.455, 30.524 ± 18 km)")],
)
def test_a_place_is_said_with_its_country_point_and_radius(country: str | None, said: str) -> None:
    place = Place(
        span=Span(0, 4), name="Kyiv", lat=50.45466, lon=30.5238, precision_km=18.0, country=country
    )
    assert where(place) == said


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("\n  \nBell   stolen\nThe rest", "Bell stolen"),
        ("", ""),
        ("word " * 40, " ".join(["word"] * 16) + " …"),
        ("x" * 200, "x" * 80 + " …"),
    ],
)
def test_a_story_without_a_title_is_called_by_its_first_words(text: str, called: str) -> None:
    assert first_words(text) == called
