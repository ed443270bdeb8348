"""What joins claims across documents: links and groups, and a person's word on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from allegedly.records.ids import content_id

if TYPE_CHECKING:
    from allegedly.records.claims import Act, Place, Polarity, Quantity, Source, Time
    from allegedly.records.documents import ZoneKind
    from allegedly.records.spans import Spans

LinkRelation = Literal["same", "denies", "contradicts", "confirms", "updates"]
StatementKind = Literal["own_voice", "reported", "part", "converse"]
Slot = Literal[
    "words",
    "agent",
    "action",
    "target",
    "place",
    "time",
    "quantity",
    "negation",
    "source",
    "person",
]
LinkVerdict = Literal["link", "unlink", "undo"]

LINK_RELATIONS: tuple[LinkRelation, ...] = get_args(LinkRelation)
STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
SLOTS: tuple[Slot, ...] = get_args(Slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that are compared across documents and are no claim of the document's own list.

    `own_voice`: what the outlet says itself, the publisher being its source. `reported`: what a
    clause makes its subject say, with `sources`, `cue` and `act` of its own. `part`: a clause
    inside the content of the claim `of`, with that claim's sources. `converse`: what the second of
    two sides says where both say it of each other. `probability` is that of the words
    being told as something that holds, and not a label, a question or a call to the reader.
    """

    id: str
    document: str
    zone: ZoneKind
    kind: StatementKind
    content: Spans
    polarity: Polarity
    of: str | None = None
    cue: Spans = ()
    sources: tuple[Source, ...] = ()
    act: Act = "assert"
    time: Time | None = None
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    probability: float

    @classmethod
    def identity(cls, document: str, kind: StatementKind, content: Spans) -> str:
        """The id of a statement: the same words of the same document are one."""
        return content_id("statement", document, kind, [[span.start, span.end] for span in content])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two claims are linked or kept apart: what one slot holds on either side.

    `weighs` is what it adds to the log odds of the relation; negative where it speaks against it.
    """

    slot: Slot
    left: str
    right: str
    weighs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one claim or statement is to another; `left` is the later one, which denies or updates.

    `probability` is read from the score by a curve that was set by hand (see docs/links.md); 1
    where a person said so, with `method` "person".
    """

    left: str
    right: str
    relation: LinkRelation
    probability: float
    method: str
    reason: tuple[Reason, ...] = ()

    @property
    def id(self) -> str:
        """The id: the same relation between the same two is one link."""
        return content_id("link", self.left, self.right, self.relation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """The claims and statements that say one thing, whoever says it.

    `id` is that of the member recorded first. `shown` is the member that says it best, to be
    quoted for all of them. `probability` is the mean over the pairs in it, 1 for a single one.
    """

    id: str
    members: tuple[str, ...]
    shown: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDecision:
    """A person's word that two claims say the same, stand in a relation, or do not.

    A hard constraint: no later run joins what a person unlinked or parts what a person linked.
    A later decision on the same two and relation supersedes the earlier; `undo` leaves the two to
    the machine again.
    """

    left: str
    right: str
    relation: LinkRelation
    verdict: LinkVerdict
    reviewer: str
    reason: str
    after: str | None = None

    @property
    def id(self) -> str:
        """The id: the same word after the same other one is one decision."""
        about = (self.left, self.right, self.relation, self.verdict)
        return content_id("link_decision", *about, self.reviewer, self.reason, self.after)
