"""Marks of quotations that were cut out of a text."""

from __future__ import annotations

import pytest

from allegedly.brief.saying import plain, quoted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("‘Alarming’ arrests of bell-ringers", "“‘Alarming’ arrests of bell-ringers”"),
        ("a bell that was ‘rung in anger’", "“a bell that was ‘rung in anger’”"),
        ("called the warden a 'thief'", "“called the warden a 'thief'”"),
        ("unable to hear' the bell", "“'unable to hear' the bell”"),  # cut off before its mark
        ("a blaze” at the mill", "““a blaze” at the mill”"),
        ('a "blaze', '“a "blaze"”'),
        ("“the bell rang,”", "“the bell rang”"),
        ("‘Don’t ring it.’", "“Don’t ring it”"),
        ("the ringers’ bell", "“the ringers’ bell”"),  # no quotation at all
        ("a bell 5' wide", "“a bell 5' wide”"),
        ("bells of the '90s and ’em all", "“bells of the '90s and ’em all”"),
        ("'the ringers' bell' rang", "“'the ringers' bell' rang”"),
    ],
)
def test_each_mark_has_its_other_half(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_a_quotation_that_is_cut_short_is_closed() -> None:
    long = "he heard “" + "ding dong " * 30 + "” at night"
    assert quoted(long).endswith(" …””")
    assert plain("that ‘loud’ bells rang") == "‘loud’ bells rang"
