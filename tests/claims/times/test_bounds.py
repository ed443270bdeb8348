from __future__ import annotations

import pytest

from allegedly.claims.times import Anchor, time
from allegedly.claims.times.bounds import bounds_of, edtf_of
from allegedly.records import Span, Time


def read(text: str) -> Time:
    found = time(text, (Span(0, len(text)),), anchor=Anchor(published="2021-06-16"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "first", "last", "edtf"),
    [
        ("2021", "2021-01-01", "2021-12-31", "2021"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020-02"),
        ("2021-06-16", "2021-06-16", "2021-06-16", "2021-06-16"),
        ("2021-W23", "2021-06-07", "2021-06-13", "2021-06-07/2021-06-13"),
        ("2021-W23-WE", "2021-06-12", "2021-06-13", "2021-06-12/2021-06-13"),
        ("2021-Q3", "2021-07-01", "2021-09-30", "2021-35"),
        ("2021-WI", "2021-12-01", "2022-02-28", "2021-24"),
        ("199", "1990-01-01", "1999-12-31", "199X"),
        ("19", "1900-01-01", "1999-12-31", "19XX"),
        ("00", "0001-01-01", "0099-12-31", "00XX"),
        ("2021-05-03/2021-05", "2021-05-03", "2021-05-31", "2021-05-03/2021-05"),
    ],
)
def test_what_a_value_covers(value: str, first: str, last: str, edtf: str) -> None:
    assert bounds_of(value) == (first, last)
    assert edtf_of(value, None, (first, last)) == edtf


@pytest.mark.parametrize(
    ("text", "value", "modifier", "edtf"),
    [
        ("it stood since 1801", "1801", "ON_OR_AFTER", "1801/.."),
        ("it stood until May 3, 1998", "1998-05-03", "ON_OR_BEFORE", "../1998-05-03"),
        ("it burned around May 3, 1998", "1998-05-03", None, None),
        ("it burned nearly four years ago", "2017", "APPROX", "2017~"),
        ("it burned in early May 1998", "1998-05", "START", None),
        ("it burned from May 3 to June 5, 1998", "1998-05-03/1998-06-05", None, None),
        ("it burned at around 2:30 a.m.", "2021-06-16T02:30", "APPROX", "2021-06-16T02:30:00"),
        ("it burned shortly before noon", "2021-06-16T12:00", "BEFORE", "2021-06-16T12:00:00"),
    ],
)
def test_uncertainty_is_kept(text: str, value: str, modifier: str | None, edtf: str | None) -> None:
    found = read(text)
    assert (found.value, found.modifier, found.edtf) == (value, modifier, edtf)


def test_overnight_is_the_night_before_publication() -> None:
    found = read("it burned overnight")
    assert (found.earliest, found.latest) == ("2021-06-15T20:00", "2021-06-16T06:00")
    assert found.edtf == "2021-06-15/2021-06-16"


def test_an_open_end_has_no_bound() -> None:
    found = read("it stood since 1801")
    assert (found.earliest, found.latest) == ("1801-01-01", None)
