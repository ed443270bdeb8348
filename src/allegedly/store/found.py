"""What reading a ledger gives: a machine's record and a person's word, side by side, never one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from allegedly.records import Act, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.records import Relation, Span, Subject, Verdict
    from allegedly.store.standing import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What people decided about a record; all of it is theirs.

    `corrected` has the corrected fields with their new values. `carried` says that the decision
    was about an earlier reading of the same words. `decisions` are ids.
    """

    status: Status = "suggested"
    corrected: Mapping[str, Any] | None = None
    credibility: str | None = None
    carried: bool = False
    decisions: tuple[str, ...] = ()


UNDECIDED = Stands()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """A document as it stood at a moment; `claims` is how many its reading then had."""

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


# No dataclass: a case has hundreds, and one of those takes ten times as long to make. Its fields
# but the last are the columns of `queries.claims`, in their order.
class StoredClaim(msgspec.Struct, frozen=True):
    """A claim as a machine read it, with what people decided in `stands`.

    `content`, `cue` and `chain` are the words; `read` gives the whole record. `source` is the
    innermost. `seq` is the claim's own entry.
    """

    id: str
    seq: int
    document: str
    run: str
    zone: ZoneKind
    act: Act
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
    title: str | None
    publisher: str | None
    published: str | None
    stands: Stands


class Answered(NamedTuple):
    """What a claim does with another of its story: denies it, confirms it, repeats it …."""

    relation: Relation
    claim: StoredClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """Any claim, assessment or silence in full: `body` is the ledger JSON of what was read."""

    kind: Subject
    id: str
    seq: int
    document: str
    run: str
    body: Mapping[str, Any]
    stands: Stands


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCapture:
    """Where and as what a document was met."""

    id: str
    seq: int
    document: str
    sha256: str
    uri: str | None
    media_type: str
    title: str | None
    publisher: str | None
    published: str | None
    retrieved_at: str | None
    archive: str | None
    byline: str | None
    updated: str | None
    reader: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """A person's word as recorded; `current` where no later one replaced it."""

    id: str
    seq: int
    recorded_at: str
    kind: Subject
    subject: str
    document: str | None
    matter: str
    verdict: Verdict
    value: Any
    reviewer: str
    reason: str
    supersedes: str | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """Somebody who is made to say things; `reliability` is a person's rating, A to F."""

    id: str
    name: str
    kind: str
    claims: int
    reliability: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found: `excerpt` of its text with `marks` in it, and the `spans` in the document.

    All count code points; the marks of a title or of a source chain are in `names_marks`. The
    least `rank` is the best.
    """

    record: StoredDocument | StoredClaim
    rank: float
    excerpt: str
    marks: tuple[Span, ...]
    spans: tuple[Span, ...]
    names_marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is in the chain, without its hashes."""

    seq: int
    recorded_at: str
    run: str | None
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: keep it elsewhere, and `verify` can tell whether it still holds."""

    seq: int
    hash: str
    recorded_at: str
