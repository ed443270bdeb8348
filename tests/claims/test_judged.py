"""Whoever judges a claim is no hop of it, on spans given by hand and through the whole layer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.claims.test_cited import attribution

from allegedly.claims import read_claims
from allegedly.claims.judged import JUDGING, with_judged
from allegedly.records import Document, Passage, words

if TYPE_CHECKING:
    from allegedly.records import Assessment, Attribution, Claim, Silence

FLED = "Police could not verify the mayor's claim that three men fled."


def judging(text: str, source: str, cue: str, content: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of what is made of one attribution, without who only looks."""
    found = list(with_judged(text, [attribution(text, source, cue, content)]))
    assert all(a.within is None for a in found)
    kept = [a for a in found if a.method != JUDGING]
    return [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in kept]


def read(
    text: str, *given: Attribution
) -> tuple[tuple[Claim, ...], tuple[Assessment, ...], tuple[Silence, ...]]:
    passage = Passage(span=given[0].zone.span, zone=given[0].zone)
    return read_claims(Document(id="d", text=text), [passage], given)


def test_who_only_looks_at_a_claim_makes_none() -> None:
    content = "the mayor's claim that three men fled"
    claimed = ("the mayor", "claim", "that three men fled")
    assert judging(FLED, "Police", "could not verify", content) == [claimed]
    probed = FLED.replace("could not verify", "are investigating")
    assert judging(probed, "Police", "are investigating", content) == [claimed]


def test_who_says_something_of_it_has_a_claim_of_their_own() -> None:
    text = "Kyiv rejected Moscow's repeated claims that it burnt the port."
    content = "Moscow's repeated claims that it burnt the port"
    assert judging(text, "Kyiv", "rejected", content) == [
        ("Kyiv", "rejected", content),
        ("Moscow", "claims", "that it burnt the port"),
    ]
    kept_silent = text.replace("rejected", "did not deny")
    assert len(judging(kept_silent, "Kyiv", "did not deny", content)) == 1


@pytest.mark.parametrize(
    ("source", "cue", "content", "owner"),
    [
        ("Spies", "Can't Yet Judge", "Selm Claim That Norland Sank the Ferry", "Selm"),
        ("The court", "examined", "the sailors' assertion that the light was out", "the sailors"),
        ("Ana Lupu", "dismissed", "Halm Bank’s allegation that she had the key", "Halm Bank"),
        ("Kestria", "rejects", "Norland’s claim of a raid on its port", "Norland"),
        ("Selm", "dismissed", "as “absurd” claims by two clerks that it was broke", "two clerks"),
    ],
)
def test_whose_claim_it_is(source: str, cue: str, content: str, owner: str) -> None:
    assert judging(f"{source} {cue} {content}.", source, cue, content)[-1][0] == owner


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Washington", "repeated", "Kyiv's claim that the convoy was hit"),  # passes it on
        ("The union", "rejected", "an offer that the port made"),  # nobody's claim
        ("The union", "rejected", "the report's findings"),  # without its content
        ("The union", "denied", "that the port's claim that it was empty mattered"),
    ],
)
def test_everything_else_stays_as_it_was_read(source: str, cue: str, content: str) -> None:
    text = f"{source} {cue} {content}."
    assert judging(text, source, cue, content) == [(source, cue, content)]


def test_a_claim_that_was_read_within_is_taken_out() -> None:
    outer = attribution(FLED, "Police", "could not verify", "the mayor's claim that three men fled")
    inner = attribution(FLED, "the mayor's", "claim", "that three men fled")
    found = list(with_judged(FLED, [outer, replace(inner, within=outer)]))
    assert [a.method == JUDGING for a in found] == [True, False]
    assert found[1].within is None


def test_what_is_called_absurd_is_part_of_what_is_said() -> None:
    text = "Selm has called Norland’s claim ‘absurd’."
    [found] = with_judged(
        text, [attribution(text, "Selm", "has called Norland’s claim", "‘absurd’")]
    )
    assert words(text, found.cue) == "has called"
    assert words(text, found.content) == "Norland’s claim ‘absurd’"
    [claim], _, _ = read(text, found)
    assert claim.act == "deny"


def test_a_claim_within_needs_no_that() -> None:
    text = "Selm rejects Norland claim ferry was armed."
    outer = attribution(text, "Selm", "rejects", "Norland claim ferry was armed")
    inner = attribution(text, "Norland", "claim", "ferry was armed")
    found = list(with_judged(text, [outer, replace(inner, within=outer)]))
    assert [(words(text, a.source), a.within) for a in found] == [("Selm", None), ("Norland", None)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "owner"),
    [
        ("Spies Can't Judge Selm Claim That It Sank", "Spies", "Claim", "That It Sank", "Selm"),
        (
            "Kestria reacts to Norland’s claiming it sank",
            "Kestria",
            "claiming",
            "it sank",
            "Norland",
        ),
        (
            "The warden of Selm, speaking of it, said no",
            "The warden",
            "speaking",
            "it",
            "The warden",
        ),
        ("Ana left for Brisk, saying it sank", "Ana", "saying", "it sank", "Ana"),
        (
            "Doubts hang over Selm’s claim that it sank",
            "Doubts hang over Selm’s",
            "claim",
            "that it sank",
            "Selm’s",
        ),
        (
            "The head of Selm’s claim that it sank",
            "The head of Selm’s",
            "claim",
            "that it sank",
            "The head of Selm’s",
        ),
    ],
)
def test_a_judge_is_not_taken_for_the_owner(
    text: str, source: str, cue: str, content: str, owner: str
) -> None:
    [found] = with_judged(text, [attribution(text, source, cue, content)])
    assert words(text, found.source) == owner


def test_who_could_not_verify_is_told_and_the_owner_named_without_ending() -> None:
    outer = attribution(FLED, "Police", "could not verify", "the mayor's claim that three men fled")
    inner = attribution(FLED, "the mayor's", "claim", "that three men fled")
    [claim], [assessment], _ = read(FLED, outer, replace(inner, within=outer))
    assert [source.name for source in claim.sources] == ["mayor"]
    assert assessment.kind == "could_not_verify"
    assert assessment.by == "Police"
    assert assessment.about == (claim.id,)
    press = FLED.replace("Police", "Reporters")
    outer = attribution(
        press, "Reporters", "could not verify", "the mayor's claim that three men fled"
    )
    assert read(press, outer)[1][0].by == "publisher"


def test_a_claim_on_which_somebody_kept_silent_is_made_all_the_same() -> None:
    text = "The palace has not commented on Selm's claim that it ordered the raid."
    content = "Selm's claim that it ordered the raid"
    outer = attribution(text, "The palace", "has not commented on", content)
    [claim], _, [silence] = read(text, outer)
    assert [source.name for source in claim.sources] == ["Selm"]
    assert silence.name == "palace"
