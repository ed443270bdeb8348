"""The fit of the probability, on claims drawn from weights that are known."""

import json
from pathlib import Path

import numpy as np
import pytest

from allegedly.claims import Calibration
from allegedly.claims.probability import Signs
from allegedly.encoder import packed_encoder
from allegedly.records import Document
from training.calibrate import BETWEEN, Example, cross_fitted, examples, fit, fitted_to, write
from training.claim_gold import GoldClaim, GoldStory
from training.reliability import bins, measured

TRUE = Calibration(constant=0.2, score=0.7, nobody=-1.2, direct=0.8, length=0.1)
STRICTER = -0.9


def drawn(count: int) -> list[Example]:
    rng = np.random.default_rng(4)
    found = []
    for i in range(count):
        flat = i % 4 != 0
        shown = Signs(
            score=float(rng.normal(2, 1.5)),
            nobody=float(rng.random() < 0.2),
            direct=float(rng.random() < 0.3),
            length=float(rng.uniform(1, 6)),
        )
        odds = np.log(TRUE.probability(shown) / (1 - TRUE.probability(shown))) + STRICTER * flat
        found.append(
            Example(
                document=str(i % 60),
                flat=flat,
                zone="story",
                depth=0,
                score=float(1 / (1 + np.exp(-shown.score))),
                signs=shown,
                right=bool(rng.random() < 1 / (1 + np.exp(-odds))),
            )
        )
    return found


KNOWN = drawn(6000)


def test_a_fit_finds_the_weights_and_what_the_articles_lack() -> None:
    weights, flat = fit(KNOWN)
    between = TRUE.constant + BETWEEN * STRICTER
    assert weights.constant == pytest.approx(between, abs=0.25)
    for name in ("score", "nobody", "direct", "length"):
        assert getattr(weights, name) == pytest.approx(getattr(TRUE, name), abs=0.25), name
    assert flat == pytest.approx((1 - BETWEEN) * STRICTER, abs=0.2)


def test_a_sign_that_never_varies_has_no_weight() -> None:
    plain = [e for e in KNOWN if e.signs.nobody == 0]
    assert fit(plain)[0].nobody == 0


def test_cross_fitting_calibrates_both_kinds_and_leaves_a_document_out() -> None:
    said, own = cross_fitted(KNOWN)
    right = np.array([e.right for e in KNOWN], dtype=np.float64)
    flat = np.array([e.flat for e in KNOWN])
    assert measured(own, right).by_mass < 0.02
    assert measured(said[~flat], right[~flat]).by_mass < 0.03
    assert (own[flat] < said[flat]).all()
    assert (own[~flat] == said[~flat]).all()
    # Its own outcome must not move the probability of a claim.
    other = [
        Example(**{f: getattr(e, f) for f in e.__slots__ if f != "right"}, right=not e.right)
        if e.document == "7"
        else e
        for e in KNOWN
    ]
    mine = [i for i, e in enumerate(KNOWN) if e.document == "7"]
    assert cross_fitted(other)[0][mine] == pytest.approx(said[mine])


def test_examples_are_held_against_their_gold() -> None:
    text = "Mayor Ana Lupu said the pier was closed."
    wanted = GoldClaim(content=("the pier was closed",), hops=(("Mayor Ana Lupu",),))
    gold = GoldStory(name="one", document=Document(id="d", text=text), claims=(wanted,))
    [found] = examples([gold], packed_encoder())
    assert (found.right, found.depth, found.flat, found.document) == (True, 0, False, "one")
    assert found.signs.nobody == 0
    assert found.score == pytest.approx(1 / (1 + np.exp(-found.signs.score)), abs=1e-3)


def test_weights_go_into_the_pack_and_leave_the_rest(tmp_path: Path) -> None:
    (tmp_path / "pack.json").write_text(json.dumps({"name": "x", "window": 3}), "utf-8")
    assert fitted_to(tmp_path) is None
    write(tmp_path, TRUE, "gold")
    assert fitted_to(tmp_path) == "gold"
    described = json.loads((tmp_path / "pack.json").read_text("utf-8"))
    assert (described["name"], described["window"]) == ("x", 3)
    assert Calibration(**described["calibration"]) == TRUE


def test_exact_probabilities_are_reliable_and_sure_mistakes_are_not() -> None:
    rng = np.random.default_rng(5)
    chances = rng.random(20000)
    right = (rng.random(20000) < chances).astype(np.float64)
    exact = measured(chances, right)
    assert exact.by_mass < 0.02
    assert exact.by_width < 0.02
    assert exact.noise < 0.02
    wrong = measured(np.full(100, 0.9), np.zeros(100))
    assert wrong.by_mass == pytest.approx(0.9)
    assert wrong.by_width == pytest.approx(0.9)
    assert wrong.brier == pytest.approx(0.81)
    assert wrong.log_loss == pytest.approx(-np.log(0.1))


def test_bins_hold_as_many_each_and_few_cases_make_fewer_bins() -> None:
    chances = np.linspace(0.01, 0.99, 40)
    found = list(bins(chances, np.ones(40)))
    assert [b.count for b in found] == [4] * 10
    assert [b.probability for b in found] == sorted(b.probability for b in found)
    assert len(list(bins(chances[:3], np.ones(3)))) == 3
