"""What the API takes and gives. What a machine read is in `read`, a person's word in `decided`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from allegedly.records import Verdict
from allegedly.store import ANYTHING, Role, Status
from allegedly.web.pages.lists import Asked, Sought

if TYPE_CHECKING:
    from allegedly.store import (
        Hit,
        Stands,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredRecord,
    )

Limit = Annotated[int, msgspec.Meta(ge=1, le=500, description="How many at most.")]
Words = Annotated[str, msgspec.Meta(max_length=4_000)]
Name = Annotated[str, msgspec.Meta(max_length=400)]


class At(msgspec.Struct, frozen=True, kw_only=True):
    """The moment that is asked about.

    `as_of` is the number of an entry, a date or time of recording, or `published:DATE`.
    """

    as_of: Name | None = None


class Window(Asked, frozen=True, kw_only=True):
    """What narrows a list, how many, and from where."""

    limit: Limit = 50
    as_of: Name | None = None


class Search(Sought, frozen=True, kw_only=True):
    """A search and how many answers it may have."""

    limit: Limit = 20
    as_of: Name | None = None


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """A list that goes back from the latest."""

    limit: Limit = 50
    as_of: Name | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it stood."""

    id: str
    seq: int
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    uri: str | None
    captures: int
    characters: int
    claims: int


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What people decided about a record; `decisions` are ids."""

    status: Status
    corrected: dict[str, Any] | None
    credibility: str | None
    carried: bool
    decisions: list[str]


class ReadClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as a machine read it, in words."""

    zone: str
    act: str
    form: str
    polarity: str
    modality: str
    source: str | None
    source_kind: str | None
    chain: str
    cue: str
    content: str
    happened: str | None
    probability: float


class StoryOf(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the story that a claim is from."""

    title: str | None
    publisher: str | None
    published: str | None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim: read by a machine, decided by people."""

    id: str
    seq: int
    document: str
    run: str
    read: ReadClaim
    decided: Decided
    story: StoryOf


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, assessment or silence in full: `read` is its ledger JSON."""

    kind: str
    id: str
    seq: int
    document: str
    run: str
    read: dict[str, Any]
    decided: Decided
    decisions: list[Decision]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word; `current` where no later one replaced it."""

    id: str
    seq: int
    recorded_at: str
    kind: str
    subject: str
    document: str | None
    matter: str
    verdict: str
    value: Any
    reviewer: str
    reason: str
    supersedes: str | None
    current: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something found; spans are pairs of code points, `marks` in the excerpt."""

    claim: Claim | None
    document: Document | None
    rank: float
    excerpt: str
    marks: list[tuple[int, int]]
    spans: list[tuple[int, int]]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is made to say things; `reliability` is a person's rating."""

    id: str
    name: str
    kind: str
    claims: int
    reliability: str | None


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that waits for a person, and why it comes where it does."""

    claim: str
    document: str
    weight: float
    why: list[str]


class Comparing(msgspec.Struct, frozen=True, kw_only=True):
    """How far the desk is with comparing what new stories say with the others.

    `state` is idle, runs, finished or failed; `done` and `waiting` count stories, `groups` and
    `links` what was new or changed when it had finished.
    """

    state: str
    done: int
    waiting: int
    groups: int
    links: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the chain."""

    seq: int
    hash: str
    recorded_at: str


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """A list of documents."""

    documents: list[Document]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """A list of claims."""

    claims: list[Claim]


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """A list of sources, who speaks most first."""

    sources: list[Source]


class Decisions(msgspec.Struct, frozen=True, kw_only=True):
    """A list of decisions, the latest first."""

    decisions: list[Decision]


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, the best first."""

    hits: list[Found]


class WaitingList(msgspec.Struct, frozen=True, kw_only=True):
    """What waits, what matters most first; `waiting` is how many in all."""

    waiting: int
    next: list[Waiting]


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """A decision to be recorded.

    `subject` is an id, or `source:NAME`. `value` is a letter, a figure, or corrected fields in the
    form of the ledger JSON. `seen` is the id of the last decision about the subject (for `in` and
    `out`: about that story in the case) that the reviewer knew of, `none` for none, or the number
    of the last entry that they saw; where there is a later one, the answer is 409 and nothing is
    recorded. Without `seen` whatever others decided is superseded. `next` is where a form goes on.
    """

    subject: Name
    verdict: Verdict
    reason: Words
    value: Any = None
    seen: Name = ANYTHING
    next: Name | None = None


class Undoing(msgspec.Struct, frozen=True, kw_only=True):
    """Taking a decision back, with the reason; 409 where it was replaced or taken back already."""

    reason: Words = "taken back"
    next: Name | None = None


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """A selection on a page: two stretches by their numbers, and code points into each.

    `words` is what the person saw; where the text has other words there, the answer is 422.
    """

    start: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    start_offset: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    end: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    end_offset: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    words: Annotated[str, msgspec.Meta(max_length=20_000)]


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """The place that a selection means, half-open in code points, and its exact words."""

    start: int
    end: int
    words: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457); with 409 the `decision` that came first, or word on a link."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    decision: dict[str, Any] | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks."""

    name: str
    role: Role


Format = Literal["json", "csv"]


def document(found: StoredDocument) -> Document:
    """A document for the API."""
    return msgspec.convert(found, Document, from_attributes=True)


def decided(stands: Stands) -> Decided:
    """What people decided, for the API."""
    return msgspec.convert(stands, Decided, from_attributes=True)


def claim(found: StoredClaim) -> Claim:
    """A claim for the API."""
    return Claim(
        id=found.id,
        seq=found.seq,
        document=found.document,
        run=found.run,
        read=msgspec.convert(found, ReadClaim, from_attributes=True),
        decided=decided(found.stands),
        story=msgspec.convert(found, StoryOf, from_attributes=True),
    )


def decision(found: StoredDecision) -> Decision:
    """A decision for the API."""
    return msgspec.convert(found, Decision, from_attributes=True)


def record(found: StoredRecord, decisions: list[StoredDecision]) -> Record:
    """A record in full for the API."""
    return Record(
        kind=found.kind,
        id=found.id,
        seq=found.seq,
        document=found.document,
        run=found.run,
        read=dict(found.body),
        decided=decided(found.stands),
        decisions=[decision(each) for each in decisions],
    )


def hit(found: Hit, *, of_claim: bool) -> Found:
    """Something found, for the API."""
    return Found(
        claim=claim(found.record) if of_claim else None,  # type: ignore[arg-type]  # by the search
        document=None if of_claim else document(found.record),  # type: ignore[arg-type]  # by the search
        rank=found.rank,
        excerpt=found.excerpt,
        marks=[(span.start, span.end) for span in found.marks],
        spans=[(span.start, span.end) for span in found.spans],
    )
