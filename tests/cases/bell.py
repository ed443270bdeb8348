"""A case in a ledger, read and linked by hand: who took the bell of Orrin.

Three stories. The warden says that two men took it, in the last one that it was four; the mayor
denies it; an outlet could not verify it; the mayor gave no reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.store import stories

from allegedly import review
from allegedly.records import (
    Assessment,
    Case,
    ClaimGroup,
    Link,
    Quantity,
    Reason,
    Run,
    Silence,
    Span,
    Target,
    content_id,
)
from allegedly.store import link_recording

if TYPE_CHECKING:
    from allegedly.records import Claim, Reading
    from allegedly.store import Store

FIRST = """The warden accused them: two men took the old bell of Orrin at night.
The mayor denied that anybody had been near the tower. He gave no reason.
The warden showed no proof.
"""
GOSSIP = """Two men took the old bell of Orrin, the warden says.
The mayor of Orrin denied that the men took the bell. The Gossip could not verify it.
"""
LATER = """Four men took the old bell of Orrin, the warden now says.
"""
WHO = {"reviewer": "ana", "reason": "it is about the bell"}


@dataclass(frozen=True)
class Bell:
    """The case with its readings, and the last entry about each of them."""

    case: str
    readings: tuple[Reading, ...]
    after: tuple[int, ...]

    def claim(self, story: int, number: int) -> str:
        return self.readings[story].claims[number].id


def two(claim: Claim, text: str, words: str, value: float) -> Claim:
    """A claim that gives a number of men."""
    [span] = stories.at(text, words)
    counted = Quantity(span=span, value=value, low=value, high=value, unit="man", counted="men")
    return replace(claim, quantities=(counted,))


def readings() -> tuple[Reading, ...]:
    """The three stories as read."""
    first = _first()
    said = stories.claim(GOSSIP, "Two men took the old bell of Orrin", "the warden", "says")
    said = two(said, GOSSIP, "Two men", 2)
    denied = stories.claim(
        GOSSIP, "that the men took the bell", "The mayor of Orrin", "denied", act="deny"
    )
    denied = replace(denied, targets=(Target(relation="denies", claim=said.id),))
    unverified = Assessment(
        id=content_id("assessment", "gossip"),
        kind="could_not_verify",
        by="publisher",
        spans=stories.at(GOSSIP, "The Gossip could not verify it"),
        about=(said.id,),
    )
    second = stories.read(
        said,
        denied,
        text=GOSSIP,
        title="Bell gone",
        publisher="Orrin Gossip",
        published="2031-05-06",
        assessments=(unverified,),
    )
    four = stories.claim(LATER, "Four men took the old bell of Orrin", "the warden", "says")
    third = stories.read(
        two(four, LATER, "Four men", 4),
        text=LATER,
        title="More men",
        publisher="Selme Courier",
        published="2031-05-07",
    )
    return first, second, third


def _first() -> Reading:
    taken = stories.claim(
        FIRST, "two men took the old bell of Orrin at night", "The warden", "accused", act="accuse"
    )
    denied = stories.claim(
        FIRST, "that anybody had been near the tower", "The mayor", "denied", act="deny"
    )
    unproved = Assessment(
        id=content_id("assessment", "no proof"),
        kind="no_evidence",
        by="publisher",
        spans=stories.at(FIRST, "The warden showed no proof"),
        about=(taken.id,),
    )
    unsaid = Silence(
        id=content_id("silence", "no reason"),
        name="mayor",
        name_spans=stories.at(FIRST, "He"),
        spans=stories.at(FIRST, "gave no reason"),
        about="reason",
    )
    return stories.read(
        two(taken, FIRST, "two men", 2),
        denied,
        text=FIRST,
        title="The bell of Orrin",
        assessments=(unproved,),
        silences=(unsaid,),
    )


def begin(ledger: Store) -> Bell:
    """Record the stories one by one, each put in the case and linked with those before it."""
    told, after = readings(), []
    case = Case(name="bell", title="The bell of Orrin", seeds=(told[0].document.id,))
    for number, reading in enumerate(told, start=1):
        ledger.record(reading, stories.capture(reading, uri=None), stories.FIRST)
        if reading is told[0]:
            ledger.record_case(case)
        review.decide(ledger, case.id, "in", value=reading.document.id, **WHO)
        link(ledger, told[:number])
        after.append(ledger.now.head().seq)
    return Bell(case.id, told, tuple(after))


def link(ledger: Store, told: tuple[Reading, ...]) -> None:
    """What the linker would find in the stories so far."""
    by = Run(code="hand", model="hand")
    claims = [reading.claims for reading in told]
    document = {c.id: r.document.id for r in told for c in r.claims}
    with ledger.writing() as end:
        run = link_recording.put_run(end, by)
        if len(told) > 1:
            first, second = claims[0], claims[1]
            members = (first[0].id, second[0].id)
            group = ClaimGroup(id=first[0].id, members=members, shown=members[0], probability=0.9)
            link_recording.put_groups(end, [group], document, run)
            denial = Link(
                left=first[1].id,
                right=first[0].id,
                relation="denies",
                probability=0.8,
                method="slots-1",
                reason=(Reason(slot="words", left="near", right="bell", weighs=0.4),),
            )
            link_recording.put_links(end, [denial], run)
        if len(told) > 2:
            told_now = Reason(slot="quantity", left="4 men", right="2 men", weighs=1.0)
            update = Link(
                left=claims[2][0].id,
                right=claims[1][0].id,
                relation="updates",
                probability=0.7,
                method="slots-1",
                reason=(told_now,),
            )
            link_recording.put_links(end, [update], run)


def span(text: str, words: str) -> Span:
    """Where some words stand."""
    return stories.at(text, words)[0]
