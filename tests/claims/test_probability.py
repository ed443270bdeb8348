"""The probability of a claim, from its signs."""

from dataclasses import asdict, replace
from math import log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims import UNCALIBRATED, Calibration, calibration
from allegedly.claims.probability import signs
from allegedly.encoder import PackError, packed_encoder
from allegedly.pipeline import read_stored
from allegedly.records import Document

STORY = "Mayor Ana Lupu said the pier was closed. It is reported that a barge sank off the pier."
SHIPPED = calibration(packed_encoder().pack)


def test_signs() -> None:
    found = signs(0.8, "“We will not leave the pier,”", "direct", named=True)
    assert (found.nobody, found.direct, found.length) == (0.0, 1.0, log2(7))
    assert found.score == pytest.approx(log(4))
    plain = signs(0.8, "that it left", "mixed", named=False)
    assert (plain.nobody, plain.direct, plain.length) == (1.0, 0.0, 2.0)


@given(st.floats(0, 1), st.text(max_size=60), st.booleans())
def test_a_probability_is_within_its_bounds(score: float, content: str, named: bool) -> None:  # noqa: FBT001 - drawn
    assert 0 < SHIPPED.probability(signs(score, content, "indirect", named=named)) < 1


@given(st.floats(0.002, 0.998))
def test_without_a_calibration_it_is_the_score(score: float) -> None:
    found = UNCALIBRATED.probability(signs(score, "the pier is closed", "direct", named=False))
    assert found == pytest.approx(score)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_makes_a_claim_less_probable(one: float, other: float) -> None:
    low, high = sorted([one, other])
    before, after = (signs(s, "the pier is closed", "indirect", named=True) for s in (low, high))
    assert SHIPPED.probability(before) <= SHIPPED.probability(after)


def test_nobody_named_makes_a_claim_less_probable_and_a_quotation_more() -> None:
    plain = SHIPPED.probability(signs(0.7, "the pier is closed", "indirect", named=True))
    assert SHIPPED.probability(signs(0.7, "the pier is closed", "indirect", named=False)) < plain
    assert SHIPPED.probability(signs(0.7, "the pier is closed", "direct", named=True)) > plain


def test_a_pack_without_a_calibration_is_refused() -> None:
    bare = replace(packed_encoder().pack, calibration=None)
    with pytest.raises(PackError, match=r"no calibration.*training\.calibrate"):
        calibration(bare)


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {k: v for k, v in asdict(SHIPPED).items() if k != "length"},
        {**asdict(SHIPPED), "weather": 1.0},
    ],
)
def test_a_calibration_for_other_signs_is_refused(weights: dict[str, float]) -> None:
    with pytest.raises(PackError, match="other signs"):
        calibration(replace(packed_encoder().pack, calibration=weights))


def test_a_story_is_not_read_with_a_pack_that_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = packed_encoder()
    monkeypatch.setattr(encoder, "pack", replace(encoder.pack, calibration=None))
    with pytest.raises(PackError, match="no calibration"):
        read_stored(Document(id="d", text=STORY), encoder)


def test_claims_carry_what_the_weights_say() -> None:
    encoder = packed_encoder()
    document = Document(id="d", text=STORY)
    raw = read_stored(document, encoder, weights=UNCALIBRATED).claims
    said = read_stored(document, encoder).claims
    even = read_stored(document, encoder, weights=Calibration(score=0.0)).claims
    assert [c.id for c in raw] == [c.id for c in said] == [c.id for c in even]
    assert {c.probability for c in even} == {0.5}
    assert all(0.5 < c.probability < 1 for c in said)
    assert said[0].probability != raw[0].probability
