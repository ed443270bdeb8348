"""Places of terms, the fast way and word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.store.words import LONGEST, folded, found, parse

TEXTS = st.text(alphabet="abAB1 -.'“", max_size=40)
TERMS = st.sampled_from(["a", "ab", "a*", '"a b"', '"a a"', '"a b"*', "1", '"b 1 a"', "b OR ab"])


@given(TEXTS, TERMS)
def test_plain_text_is_searched_as_any_other(text: str, query: str) -> None:
    # An accent anywhere has the whole text read word by word.
    assert found(text, parse(query)) == found(f"{text} \u00e9", parse(query))


@given(TEXTS)
def test_plain_text_is_folded_as_any_other(text: str) -> None:
    assert folded(f"{text} \u00e9") == f"{folded(text)} e".strip()


def test_a_word_beyond_the_limit_is_parted() -> None:
    text = "x" * LONGEST + "yz w"
    assert folded(text).split() == ["x" * LONGEST, "yz", "w"]
    [span] = found(text, parse("yz"))
    assert (span.start, span.end) == (LONGEST, LONGEST + 2)
