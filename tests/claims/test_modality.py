from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.modality import hedges, modality, polarity
from allegedly.records import MODALITIES, Span, words


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that the bridge fell", "certain"),
        ("that the bridge may fall", "possible"),
        ("that the bridge could not be crossed", "certain"),
        ("that the bridge will probably fall", "probable"),
        ("what appeared to be a boat", "probable"),
        ("that a strike would cost jobs", "conditional"),
        ("that the owner must pay", "required"),
        ("plans to raise fares", "intended"),
        ("that the firm plans to raise fares", "intended"),
        ("that the boat which might sink was sold", "certain"),
        ("As soon as it may be done, we will come", "intended"),
        ("that the storm will be severe", "certain"),
        ("that the fair on May 3 was loud", "certain"),
    ],
)
def test_modality(content: str, expected: str) -> None:
    assert modality(content) == expected


def test_the_act_lends_modality() -> None:
    assert modality("an inquiry", act="demand") == "required"
    assert modality("that it would rebuild", act="announce") == "intended"
    assert modality("a collapse", cue="feared", act="speculate") == "possible"
    assert modality("a collapse", cue="predicted", act="speculate") == "probable"
    assert modality("that it fell", cue="appears to say", act="assert") == "probable"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("that nobody was hurt", "negative"),
        ("the pump wasn’t tested", "negative"),
        ("the pump was tested", "positive"),
        ("the man who did not vote won", "positive"),
    ],
)
def test_polarity(content: str, expected: str) -> None:
    assert polarity(content) == expected


def test_hedges_are_exact_words() -> None:
    text = "Bo reportedly said the alleged thief appeared to limp."
    found = hedges(text, (Span(text.index("the"), len(text)),), (Span(3, 18),))
    assert [words(text, (each,)) for each in found] == ["reportedly", "alleged", "appeared to"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("complained about the noise around the mill", []),
        ("about 40 carts and around a dozen mules", ["about", "around"]),
        ("worth about £40", ["about"]),
        ("about one of the mules", []),
        ("around noon", ["around"]),
        ("in May it may rain", ["may"]),
    ],
)
def test_rounding_words_hedge_numbers_only(text: str, expected: list[str]) -> None:
    assert [each.cut(text) for each in hedges(text, (Span(0, len(text)),))] == expected


@given(st.text(min_size=1), st.text())
def test_never_raises(content: str, cue: str) -> None:
    assert modality(content, cue=cue) in MODALITIES
    assert polarity(content) in {"positive", "negative"}
    assert all(each.end <= len(content) for each in hedges(content, (Span(0, len(content)),)))
