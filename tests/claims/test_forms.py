from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.forms import form
from allegedly.claims.quotations import quotation_depths
from allegedly.records import FORMS, Span


def at(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“The lake is low,” said Ann.", "“The lake is low,”", "direct"),
        ('"The lake is low," said Ann.', '"The lake is low,"', "direct"),
        ("« Le lac », said Ann.", "« Le lac »", "direct"),
        ("'The lake is low,' said Ann.", "'The lake is low,'", "direct"),
        ("Ann said the lake’s level is ‘low’ now.", "the lake’s level is ‘low’ now", "mixed"),
        ("Ann said that “the lake is low.”", "that “the lake is low.”", "mixed"),
        ("Ann said the lake’s shores weren’t dry.", "the lake’s shores weren’t dry", "indirect"),
        ("Ann said: “The lake is low.”", "The lake is low", "direct"),
        ('"A "big" lake is low," said Ann.', '"A "big" lake is low,"', "direct"),
        ("The 'lake' dried, Ann said, in the '90s.", "in the '90s", "indirect"),
        ("“One.\n\n“Two,” said Ann. Three.", "“One.\n\n“Two,”", "direct"),
        ("“One, said Ann. “Two,” she said of it.", "she said of it", "indirect"),
    ],
)
def test_form(text: str, content: str, expected: str) -> None:
    cue = at(text, "said") if "said" not in content else ()
    assert form(text, at(text, content), cue) == expected


def test_marks_that_hold_the_cue_too_are_somebody_elses() -> None:
    text = "“Bo says the lake is low,” said Ann. “Bo says ‘the well is dry’.”"
    assert form(text, at(text, "the lake is low"), at(text, "says")) == "indirect"
    second = text.rindex("says")
    inner = at(text, "‘the well is dry’")
    assert form(text, inner, (Span(second, second + 4),)) == "direct"


def test_a_quotation_broken_by_its_attribution_is_direct() -> None:
    text = "“The lake,” said Ann, “is low.”"
    assert form(text, at(text, "“The lake,”") + at(text, "“is low.”"), at(text, "said")) == "direct"


def test_layout_sets_quotations_off() -> None:
    text = "The council wrote:\n\nThe lake is 'low'.\n\nMore rain came."
    assert form(text, at(text, "The lake is 'low'."), at(text, "wrote")) == "direct"
    post = "Rain at last!"
    assert form(post, at(post, "Rain"), (), zone="social_post") == "direct"


def test_a_long_unclosed_run_of_marks_is_read_in_linear_time() -> None:
    assert len(quotation_depths("“‘\" '" * 40_000)) == 200_000


@given(st.text(alphabet="“”\"'‘’«» ab\n.,", max_size=60), st.integers(0, 59), st.integers(1, 20))
def test_never_raises(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start < end:
        assert form(text, (Span(start, end),), ()) in FORMS
    assert len(quotation_depths(text)) == len(text)
