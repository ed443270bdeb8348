from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.documents import stored_text

ANY_TEXT = st.text(st.characters(categories=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("a\x85b\x0bc\x0cd", "a\nb\nc\nd"),
        ("bell\x07 nul\x00 tab\t", "bell nul tab\t"),
        ("\ufeffmark", "mark"),
        ("lone \ud83d here", "lone \ufffd here"),
        ("pair \ud83d\udea2", "pair 🚢"),
    ],
)
def test_rules(raw: str, stored: str) -> None:
    assert stored_text(raw) == stored


@given(ANY_TEXT)
def test_idempotent(raw: str) -> None:
    once = stored_text(raw)
    assert stored_text(once) == once


@given(ANY_TEXT)
def test_stored_text_has_no_forbidden_character(raw: str) -> None:
    text = stored_text(raw)
    assert not any(char < " " and char not in "\n\t" for char in text)
    assert not set(text) & {"\x85", "\u2028", "\u2029", "\ufeff", "\x7f"}
    text.encode("utf-8")
