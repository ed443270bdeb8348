from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.times import Anchor, time
from allegedly.records import Span, Zone


def value(text: str, published: str | None = "2021-06-16") -> str | None:
    found = time(text, (Span(0, len(text)),), anchor=Anchor(published=published))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mill burned yesterday", "2021-06-15"),
        ("the mill burned on Monday", "2021-06-14"),
        ("the mill will open on Monday", "2021-06-21"),
        ("the mill could open as early as Monday", "2021-06-21"),
        ("the mill would have opened on Monday", "2021-06-14"),
        ("the mill could not open on Monday", "2021-06-14"),
        ("to open the mill on Monday", "2021-06-21"),
        ("everyone must leave by Monday", "2021-06-21"),
        ("that tenants leave by Monday", "2021-06-21"),
        ("the mill had burned down by Monday", "2021-06-14"),
        ("that on Monday it will open", "2021-06-21"),
        ("the fire on Monday would cost jobs", "2021-06-14"),
        ("the mill burned on May 9", "2021-05-09"),
        ("the mill burned on 9 May 2019", "2019-05-09"),
        ("the mill burned on December 30", "2020-12-30"),
        ("the mill burned in early December 2018", "2018-12"),
        ("the mill burned in 2005", "2005"),
        ("the mill burned in the 1990s", "199"),
        ("the mill burned last week", "2021-W23"),
        ("the mill burned three days ago", "2021-06-13"),
        ("the mill burned last month", "2021-05"),
        ("the mill burned overnight", "2021-06-16TNI"),
        ("the mill in Athens burned at around 2:30 a.m. local time", "2021-06-16T02:30+03:00"),
        ("the mill burned at noon on Monday", "2021-06-14T12:00"),
        ("the mill burned at 14:05 GMT", "2021-06-16T14:05+00:00"),
        ("the mill burned at 25:00", None),
        ("the mill burned on 31 February 2020", None),
        ("the mill had stood since 1801", "1801"),
        ("the mill that Bo, who left in 1999, sold", None),
        ("the mill burned", None),
    ],
)
def test_time(text: str, expected: str | None) -> None:
    assert value(text) == expected


def test_daylight_saving_follows_the_date() -> None:
    assert value("in Athens at 2:30 a.m. on January 9, 2021") == "2021-01-09T02:30+02:00"


def test_without_publication_only_explicit_dates_are_known() -> None:
    assert value("it burned yesterday", None) is None
    assert value("it burned on May 9", None) is None
    assert value("it burned on May 9, 2001", None) == "2001-05-09"
    assert value("In 1987 it opened; it burned on May 9", None) == "1987"


def test_a_missing_year_is_the_nearest_in_the_text() -> None:
    text = "It opened on March 3, 1987. Bo said it burned on May 9."
    found = time(text, (Span(text.index("it burned"), len(text)),))
    assert found is not None
    assert found.value == "1987-05-09"
    assert found.span.cut(text) == "May 9"


def test_a_content_without_a_finite_verb_shares_its_sentences_date() -> None:
    text = "Rain fell. On May 9, 2001 he was said to be ill."
    start = text.index("to be ill")
    cue = (Span(text.index("was said"), start - 1),)
    found = time(text, (Span(start, len(text) - 1),), cue=cue)
    assert found is not None
    assert found.value == "2001-05-09"


def test_the_subject_of_such_a_content_may_stand_before_its_cue() -> None:
    text = "By May 9, 2001 he was said to be ill."
    start, subject = text.index("to be ill"), text.index("he was")
    content = (Span(subject, subject + 2), Span(start, len(text) - 1))
    found = time(text, content, cue=(Span(text.index("was said"), start - 1),))
    assert found is not None
    assert (found.value, found.modifier) == ("2001-05-09", "ON_OR_BEFORE")


def test_a_post_is_dated_by_itself() -> None:
    text = "Loud bang by the mill. — Bo (@bo) May 9, 2001"
    zone = Zone(span=Span(0, len(text)), kind="social_post", author="bo", published="2001-05-09")
    found = time(text, (Span(0, 22),), zone=zone)
    assert found is not None
    assert (found.value, found.span.cut(text)) == ("2001-05-09", "May 9, 2001")


@given(
    st.text(alphabet="0123456789:-., apmMay JuneinMonday9agoweklstdyr\n", max_size=80),
    st.sampled_from(["2021-06-16", "0001-01-01", "9999-12-31", "", "nonsense", None]),
)
def test_never_raises_and_stays_inside(text: str, published: str | None) -> None:
    if text:
        found = time(text, (Span(0, len(text)),), anchor=Anchor(published=published))
        assert found is None or found.span.end <= len(text)
