"""Words are found again by themselves and what stands around them, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.exports.returning import Quote, UnanchoredError, anchor
from allegedly.records import Span

TEXT = "The bell rang. Nobody heard it. The bell rang “twice” – in the night."


def of(words: str, nth: int = 0, around: int = 12) -> Quote:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Quote.of(TEXT, Span(at, at + len(words)), around)


def test_words_that_have_not_moved_stay() -> None:
    for nth in (0, 1):
        quote = of("The bell rang", nth)
        assert anchor(TEXT, quote).start == quote.start


def test_words_are_found_where_they_moved_to() -> None:
    moved = "A new lead.\n\n" + TEXT
    assert anchor(moved, of("The bell rang", 1)).cut(moved) == "The bell rang"
    assert anchor(moved, of("The bell rang", 1)).start == TEXT.index("The bell", 5) + 13


def test_the_old_place_does_not_win_over_the_context() -> None:
    # What stood at 0 is now said at 0 by somebody else; the old words come later.
    moved = "The bell rang late. So " + TEXT
    assert anchor(moved, of("The bell rang", 0, 30)).start == 23


def test_blanks_and_the_shape_of_marks_may_change() -> None:
    moved = TEXT.replace(" ", "\n\t").replace("“", '"').replace("”", '"').replace("–", "-")
    found = anchor(moved, of("rang “twice” – in"))
    assert found.cut(moved) == 'rang\n\t"twice"\n\t-\n\tin'


def test_words_that_are_gone_are_refused() -> None:
    with pytest.raises(UnanchoredError, match="“Nobody heard it” are not in the text"):
        anchor(TEXT.replace("Nobody", "Somebody"), of("Nobody heard it"))


def test_words_that_are_there_twice_alike_are_refused() -> None:
    with pytest.raises(UnanchoredError, match="2 times"):
        anchor(TEXT, Quote(exact="The bell rang"))
    with pytest.raises(UnanchoredError, match="2 times"):
        anchor("x " + TEXT, Quote(exact="The bell rang", prefix="?", suffix="!", start=0))


def test_no_words_and_words_everywhere_are_refused() -> None:
    with pytest.raises(UnanchoredError, match="no words"):
        anchor(TEXT, Quote(exact=" \n"))
    with pytest.raises(UnanchoredError, match="everywhere"):
        anchor("a" * 5000, Quote(exact="a", start=9999))


def test_places_count_code_points() -> None:
    text = "🐑🐑 " + TEXT
    assert anchor(text, of("Nobody")).start == TEXT.index("Nobody") + 3


words = st.text(st.sampled_from('ab \n“"-–🐑'), min_size=1, max_size=40)


@given(words, st.data())
def test_whatever_is_quoted_from_a_text_is_found_there_in_its_place(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote.of(text, Span(start, end))
    if quote.exact.strip():
        assert anchor(text, quote) == Span(start, end)


@given(words, words, words)
def test_what_is_found_is_the_words(before: str, text: str, after: str) -> None:
    if not text.strip():
        return
    moved = before + text + after
    try:
        found = anchor(moved, Quote.of(text, Span(0, len(text))))
    except UnanchoredError:
        return
    folded = str.maketrans({"“": '"', "–": "-"})
    said = found.cut(moved).translate(folded).split()
    assert said == text.translate(folded).split()
