"""Readings made by hand to fill a ledger with, and a clock that can be foretold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allegedly.records import (
    Assessment,
    Capture,
    Claim,
    Decision,
    Document,
    Reading,
    Run,
    Silence,
    Source,
    Span,
    Zone,
    content_id,
)
from allegedly.store import recording

if TYPE_CHECKING:
    from allegedly.records import Spans, Verdict
    from allegedly.store import Store

TEXT = """The warden told reporters that two men took the old bell.
The mayor denied that anybody had been near the tower at night.
He gave no reason. The warden showed no proof.
"""
FIRST = Run(code="allegedly 0.1.0", model="one")
SECOND = Run(code="allegedly 0.1.0", model="two")


def at(text: str, words: str) -> Spans:
    found = re.search(re.escape(words), text)
    assert found, words
    return (Span(*found.span()),)


def claim(text: str, content: str, source: str | None, cue: str = "", **other: Any) -> Claim:
    """A claim whose parts are given by their words; the id comes from its places."""
    spans, cues = at(text, content), at(text, cue) if cue else ()
    hops: tuple[Source, ...] = ()
    if source is not None:
        named = source.removeprefix("The ").removeprefix("the ")
        hops = (Source(spans=at(text, source), name=named, kind="person"),)
    places = [[(s.start, s.end) for s in part] for part in (spans, cues, *(h.spans for h in hops))]
    plain: dict[str, Any] = {
        "zone": "story",
        "act": "assert",
        "form": "indirect",
        "polarity": "positive",
        "modality": "certain",
        "probability": 0.75,
    }
    identity = content_id("claim", content_id("document", text), *places)
    return Claim(id=identity, content=spans, cue=cues, sources=hops, **{**plain, **other})


def taken(text: str = TEXT, **other: Any) -> Claim:
    return claim(text, "that two men took the old bell", "The warden", "told", **other)


def denied(text: str = TEXT, **other: Any) -> Claim:
    content = "that anybody had been near the tower at night"
    return claim(text, content, "The mayor", "denied", **{"act": "deny", **other})


def read(
    *claims: Claim,
    text: str = TEXT,
    title: str | None = "The bell of Orrin",
    publisher: str | None = "Orrin Post",
    published: str | None = "2031-05-05",
    **other: Any,
) -> Reading:
    document = Document(
        id=content_id("document", text),
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        language="en",
    )
    zones = (Zone(span=Span(0, len(text)), kind="story"),)
    parts: dict[str, Any] = {"assessments": (), "silences": (), **other}
    return Reading(document=document, zones=zones, claims=claims, **parts)


def whole() -> Reading:
    """A reading with everything that there is to store."""
    first, second = taken(), denied()
    unproved = Assessment(
        id=content_id("assessment", "proof"),
        kind="no_evidence",
        by="publisher",
        spans=at(TEXT, "The warden showed no proof"),
        about=(first.id,),
    )
    unsaid = Silence(
        id=content_id("silence", "reason"),
        name="mayor",
        name_spans=at(TEXT, "He"),
        spans=at(TEXT, "gave no reason"),
        about="reason",
    )
    return read(first, second, assessments=(unproved,), silences=(unsaid,))


def capture(reading: Reading, uri: str | None = "file:///news/bell.txt", **other: Any) -> Capture:
    said = {name: getattr(reading.document, name) for name in ("title", "publisher", "published")}
    raw = sha256(reading.document.text.encode()).hexdigest()
    return Capture(document=reading.document.id, sha256=raw, uri=uri, **{**said, **other})


@dataclass
class Clock:
    """Goes on a second with every look."""

    now: datetime = field(default_factory=lambda: datetime(2031, 5, 6, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def decide(store: Store, claim: Claim, verdict: Verdict = "reject", **other: Any) -> str:
    """A person's word on a claim, without the checks of `review`; gives its id."""
    said: dict[str, Any] = {"reviewer": "ana", "reason": "not a claim", **other}
    decision = Decision(kind="claim", subject=claim.id, verdict=verdict, **said)
    document = store.now.record(claim.id).document
    with store.writing() as end:
        return recording.decide(end, decision, document)


def undo(store: Store, decision: str, reviewer: str, reason: str) -> str:
    """Taking a person's word back; gives its id."""
    with store.writing() as end:
        return recording.undo(end, decision, reviewer, reason)
