from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.times import timexes
from allegedly.claims.times.clocks import holiday_date
from allegedly.records import Place, Span

ANCHOR = "2021-06-16"  # a Wednesday
VALUE = re.compile(
    r"(?:[\dX]{2,4}(?:-(?:[\dX]{2}|Q[1-4X]|H[12]|SP|SU|FA|WI|W[\dX]{2})(?:-(?:[\dX]{2}|WE|\d))?)?"
    r"(?:T(?:MO|AF|EV|NI|DT|XX|\d\d:\d\d(?:[+-]\d\d:\d\d)?))?/?){1,2}"
    r"|P(?:T?(?:\d+(?:\.\d+)?(?:e\+\d+)?|X)(?:WE|[YMWDQHSEC]))+(?:\d+(?:\.\d+)?[MS])?|PXX"
    r"|(?:PAST|PRESENT|FUTURE)_REF"
)


def read(text: str, anchor: str | None = ANCHOR) -> list[tuple[str, str, str]]:
    return [(t.span.cut(text), t.type, t.value) for t in timexes(text, anchor=anchor)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("It fell on Saturday, April 25, 1998.", "Saturday, April 25, 1998", "DATE", "1998-04-25"),
        ("It fell on 3 May.", "3 May", "DATE", "2021-05-03"),
        ("It fell on March eighth.", "March eighth", "DATE", "2021-03-08"),
        ("It fell between May 3 and 5.", "between May 3 and 5", "DATE", "2021-05-03/2021-05-05"),
        ("It fell on 27/10/89.", "27/10/89", "DATE", "1989-10-27"),
        ("It fell in July last year.", "July last year", "DATE", "2020-07"),
        ("It fell in mid-May.", "mid-May", "DATE", "2021-05"),
        ("It fell in nineteen ninety-seven.", "nineteen ninety-seven", "DATE", "1997"),
        (
            "It fell in the year two thousand and one.",
            "the year two thousand and one",
            "DATE",
            "2001",
        ),
        ("It fell in the late 1970s.", "the late 1970s", "DATE", "197"),
        ("It fell in the '80s.", "the '80s", "DATE", "198"),
        ("It fell in the 11th century.", "the 11th century", "DATE", "10"),
        ("It fell early Tuesday.", "early Tuesday", "DATE", "2021-06-15"),
        ("It fell on Friday night.", "Friday night", "TIME", "2021-06-11TNI"),
        ("It will fall on Friday.", "Friday", "DATE", "2021-06-18"),
        ("He will quit, Ms Ek said on Friday.", "Friday", "DATE", "2021-06-11"),
        ("It fell late yesterday.", "late yesterday", "DATE", "2021-06-15"),
        ("It fell last night.", "last night", "TIME", "2021-06-15TNI"),
        ("It fell three weeks ago.", "three weeks ago", "DATE", "2021-W21"),
        ("It fell nearly four years ago.", "nearly four years ago", "DATE", "2017"),
        ("It fell several years ago.", "several years ago", "DATE", "PAST_REF"),
        ("It fell in the third quarter of 1990.", "the third quarter of 1990", "DATE", "1990-Q3"),
        ("It fell in the first half of 1990.", "the first half of 1990", "DATE", "1990-H1"),
        ("It fell over the weekend.", "the weekend", "DATE", "2021-W23-WE"),
        ("It fell in fiscal 1989.", "fiscal 1989", "DATE", "1989"),
        ("It fell last summer.", "last summer", "DATE", "2020-SU"),
        ("It lasted two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("It lasted 2 1/2 years.", "2 1/2 years", "DURATION", "P2Y6M"),
        ("It lasted half an hour.", "half an hour", "DURATION", "PT30M"),
        ("It lasted a few days.", "a few days", "DURATION", "PXD"),
        ("It lasted the past 20 years.", "the past 20 years", "DURATION", "P20Y"),
        ("It lasted more than four hours.", "more than four hours", "DURATION", "PT4H"),
        ("It lasted two decades.", "two decades", "DURATION", "P20Y"),
        ("It falls each Thursday.", "each Thursday", "SET", "XXXX-WXX-4"),
        ("It falls twice a week.", "twice a week", "SET", "P1W"),
        ("It fell on the eve of Victory Day.", "the eve of Victory Day", "DATE", "2021-05-08"),
        (
            "It fell the day before Christmas 2019.",
            "the day before Christmas 2019",
            "DATE",
            "2019-12-24",
        ),
        ("It fell on Good Friday.", "Good Friday", "DATE", "2021-04-02"),
        ("It fell at noon on Monday.", "noon on Monday", "TIME", "2021-06-14T12:00"),
        (
            "It fell on Monday at 5 p.m. GMT.",
            "Monday at 5 p.m. GMT",
            "TIME",
            "2021-06-14T17:00+00:00",
        ),
        ("It fell at 0930 GMT.", "0930 GMT", "TIME", "2021-06-16T09:30+00:00"),
        ("It fell at five o'clock.", "five o'clock", "TIME", "2021-06-16T05:00"),
        (
            "It fell between 2:27 and 2:33 p.m.",
            "between 2:27 and 2:33 p.m.",
            "TIME",
            "2021-06-16T14:27/2021-06-16T14:33",
        ),
        ("It is now open.", "now", "DATE", "PRESENT_REF"),
    ],
)
def test_one_expression(text: str, words: str, kind: str, value: str) -> None:
    assert read(text) == [(words, kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The bus left at 25:00.",
        "The bus left at 13 p.m.",
        "It fell on 31 February 2020.",
        "It fell on April 31, 2020.",
        "It fell on 3/4/2020.",
        "It may fall, and they march on.",
        "Bo Ek, 62 years old, paid $1999 for 2020 shares.",
        "",
    ],
)
def test_what_is_no_time_has_no_value(text: str) -> None:
    assert read(text) == []


def test_later_expressions_count_from_the_date_last_mentioned() -> None:
    text = "It fell on May 3, 1998. Two days later Bo left; the following month he was back."
    assert [value for _, _, value in read(text)] == ["1998-05-03", "1998-05-05", "1998-06"]


def test_a_comparison_does_not_become_what_is_counted_from() -> None:
    text = "It rose in the third quarter of 1990 from a year earlier. The year-ago loss was small."
    assert [value for _, _, value in read(text)] == ["1990-Q3", "1989-Q3", "1989-Q3"]


def test_without_publication_the_text_alone_dates() -> None:
    assert read("It fell yesterday and last week, on Monday.", None) == []
    assert read("It fell on May 3, 1998.", None) == [("May 3, 1998", "DATE", "1998-05-03")]


def test_where_weekday_and_date_disagree_the_written_year_holds() -> None:
    assert read("It fell on Monday, June 15, 2021.")[0][2] == "2021-06-15"


def test_a_weekday_finds_the_year_of_its_date() -> None:
    assert read("It fell on Monday, June 15.")[0][2] == "2020-06-15"


def test_a_known_publication_time_dates_hours() -> None:
    found = read("It fell two hours ago.", "2021-06-16T01:30")
    assert found == [("two hours ago", "TIME", "2021-06-15T23:30")]


def test_a_clock_time_takes_the_zone_of_the_place_given() -> None:
    text = "In Nullville it fell at 2:30 a.m. local time."
    place = Place(
        span=Span(3, 12), name="Oslo", lat=59.9, lon=10.7, precision_km=5.0, geonames_id=3143244
    )
    (found,) = timexes(text, anchor=ANCHOR, places=(place,))
    assert found.value == "2021-06-16T02:30+02:00"


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("easter 0", 2016, date(2016, 3, 27)),
        ("orthodox 0", 2016, date(2016, 5, 1)),
        ("11 4 3", 2021, date(2021, 11, 25)),
        ("05 -1 0", 2021, date(2021, 5, 31)),
        ("02-29", 2021, None),
    ],
)
def test_holidays_by_rule(rule: str, year: int, day: date | None) -> None:
    assert holiday_date(rule, year) == day


_WORDS = st.sampled_from(
    """a the in on of at by early late mid last next this two three 5 31 12 2:30 25:00 p.m. May June
    March 1998 1990s '80s Monday Friday yesterday tonight overnight morning week year days ago
    later before after quarter half third first between and to from - , . Easter century noon
    will said each every around several fiscal 3/4/20 9999 0001""".split()  # noqa: SIM905 (one word a list entry would fill a page)
)


@given(
    st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=60),
    st.sampled_from([ANCHOR, "0001-01-01", "9999-12-31", "2021-06-16T23:59", "nonsense", "", None]),
)
def test_any_text_gives_ordered_spans_and_well_formed_values(text: str, anchor: str | None) -> None:
    end = 0
    for found in timexes(text, anchor=anchor):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end
        assert VALUE.fullmatch(found.value), (text, found)
        first, last = found.bounds
        if first and last and len(first) == len(last):
            assert first <= last, (text, found)


def test_a_quarter_of_an_early_year_has_four_digits() -> None:
    [found] = timexes("the quarter", anchor="0001-01-01")
    assert found.value == "0001-QX"
