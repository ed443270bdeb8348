from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from tests.linking.claims.said import claim, columns, four

from allegedly.linking.claims import FEATURES, features

if TYPE_CHECKING:
    from allegedly.records import Act


def test_all_of_some_with_all_of_others_is_pair_by_pair() -> None:
    profiles = [
        *four(),
        claim("A mayor said 12 people died", "12 people died", "A mayor", figure=12),
        claim("The city said 15 people died", "15 people died", "The city", figure=15),
    ]
    own = columns(profiles)
    rows, others = np.array([0, 4]), np.arange(len(own))
    left, right = (side.ravel() for side in np.meshgrid(rows, others, indexing="ij"))
    crossed = features(own, rows[:, None], others[None, :])
    assert crossed.shape == (2, len(own), len(FEATURES))
    pairs = features(own, left, right).reshape(crossed.shape)
    assert np.allclose(crossed, pairs, atol=1e-5)


def test_two_figures_of_one_thing_differ_and_one_alone_does_not() -> None:
    own = columns(
        [
            claim("A mayor said 12 people died", "12 people died", "A mayor", figure=12),
            claim("The city said 15 people died", "15 people died", "The city", figure=15),
            claim("The city said people died", "people died", "The city"),
        ]
    )
    differ = features(own, np.array([0, 0, 0]), np.array([1, 2, 0]))
    assert differ[:, FEATURES.index("other_figure")].tolist() == [1, 0, 0]


def test_a_claim_within_anothers_words_is_nested_and_one_beside_it_or_elsewhere_is_not() -> None:
    text = "Peru denies that Chile said it shelled Arica and mined the port"
    whole, inner = "that Chile said it shelled Arica", "it shelled Arica"
    own = columns(
        [
            claim(text, whole, "Peru", act="deny"),
            claim(text, inner, "Chile"),
            claim(text, "mined the port", "Chile"),
            claim(text, inner, "Chile", document="another"),
            claim(text, inner, "Chile", kind="converse"),
        ]
    )
    left, right = np.array([0, 1, 0, 0, 1]), np.array([1, 0, 2, 3, 4])
    compared = features(own, left, right)
    assert compared[:, FEATURES.index("nested")].tolist() == [1, 1, 0, 0, 0]


def test_a_threat_and_an_accusation_are_of_other_force_and_an_announcement_asserts() -> None:
    acts: tuple[Act, ...] = ("accuse", "threaten", "promise", "condemn", "announce")
    own = columns([claim("Peru shells Arica", "shells Arica", "Peru", act=act) for act in acts])
    left, right = np.array([0, 1, 1, 0]), np.array([1, 2, 3, 4])
    compared = features(own, left, right)
    assert compared[:, FEATURES.index("other_force")].tolist() == [1, 0, 1, 0]
