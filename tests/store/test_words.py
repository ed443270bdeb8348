"""Places of terms, the fast way and word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.store import words
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


@given(st.text(alphabet="abA1_ é½ßж\u0301\u2028\x1c\t.-", max_size=40))
def test_a_text_of_two_alphabets_is_folded_word_by_word(text: str) -> None:
    each = (word for word, _, _ in words._words(text))  # noqa: SLF001  # what is fast must equal it
    assert folded(text) == " ".join(each)


@given(st.text(alphabet="aé½ßﬁ\u0301", max_size=24).map("é{}".format), st.integers(2, 6))
def test_a_long_word_is_parted_whatever_its_letters(word: str, longest: int) -> None:
    """A letter with its marks, or one that stands for two, is never cut."""
    whole = folded(f"{word} é").split()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "LONGEST", longest)
        *parts, end = folded(f"{word} é").split()
    assert end == "e"
    assert "".join(parts) == "".join(whole[:-1])
    assert all(len(part) <= longest for part in parts)
    assert all(len(a) + len(b) > longest for a, b in pairwise(parts))


def test_a_plain_word_is_parted_alike_beside_an_accent() -> None:
    long = "x" * (2 * LONGEST + 3)
    assert folded(f"{long} é").split() == [*folded(long).split(), "e"]
    [span] = found(f"é {long}", parse("xxx"))
    assert (span.start, span.end) == (2 + 2 * LONGEST, 2 + len(long))
