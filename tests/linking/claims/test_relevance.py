"""What is about a case and what merely stands in its stories."""

from __future__ import annotations

from tests.linking.claims.said import OTHER, claim, columns, four

from allegedly.linking.claims.relevance import about


def kept(chance: float = 0.9, kind: str = "claim") -> list[bool]:
    known = [
        *four(),
        claim(OTHER, "the wheat harvest will be late this year", "Farmers", document="x"),
        claim(
            "Peru says Chile shelled Arica again", "Chile shelled Arica again", "Peru", kind=kind
        ),
    ]
    alone = [p for p in known if p.document != "x"]
    return [bool(own) for own in about(alone, columns(alone), [chance] * len(alone))]


def test_what_no_other_story_says_anything_like_is_about_something_else() -> None:
    assert kept() == [True, True, True, False, True]


def test_an_unsure_claim_is_left_out_and_an_unsure_statement_is_not() -> None:
    assert not any(kept(chance=0.3))
    assert kept(chance=0.3, kind="own_voice")[-1]


def test_a_case_without_claims_keeps_all_that_is_told() -> None:
    alone = [claim(OTHER, "the wheat harvest will be late this year", kind="own_voice")]
    assert about(alone, columns(alone), [0.3]).tolist() == [True]
