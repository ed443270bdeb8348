"""What the API takes and gives about links between claims."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from allegedly.records import LinkRelation
from allegedly.store import ANYTHING

Name = Annotated[str, msgspec.Meta(max_length=400)]
Words = Annotated[str, msgspec.Meta(max_length=4_000)]
Seen = (
    Annotated[str, msgspec.Meta(pattern=r"^(\*|none|[0-9]{1,18})$")]
    | Annotated[int, msgspec.Meta(ge=0, le=2**53)]
)


class LinkWord(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on two claims; `current` where no later one replaced it."""

    id: str
    seq: int
    recorded_at: str
    left: str
    right: str
    relation: str
    verdict: str
    reviewer: str
    reason: str
    current: bool


class LinkReason(msgspec.Struct, frozen=True, kw_only=True):
    """What one slot holds on either side, and what it adds to the log odds."""

    slot: str
    left: str
    right: str
    weighs: float


class LinkedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim or statement that stands with another: by a machine's group, or a person's word.

    `probability` and `reasons` are a machine's, of these two by themselves.
    """

    id: str
    document: str
    words: str
    probability: float | None
    reasons: list[LinkReason]
    decided: str | None


class RelatedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A link across documents that is no sameness; `method` is `person` where a person made it."""

    left: str
    right: str
    relation: str
    probability: float
    method: str
    reasons: list[LinkReason]


class ClaimLinks(msgspec.Struct, frozen=True, kw_only=True):
    """What stands with a claim; `seen` is what a decision about its links sends back."""

    claim: str
    probability: float | None
    together: list[LinkedClaim]
    related: list[RelatedClaim]
    words: list[LinkWord]
    seen: int


class Linking(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word that two claims say the same or stand in a relation, or that they do not.

    `seen` is the entry of the last word on any link of `one` that the reviewer knew of, 0 or `none`
    for none; where there is a later one, the answer is 409 and nothing is recorded.
    """

    one: Name
    other: Name
    verdict: Annotated[str, msgspec.Meta(pattern="^(link|unlink)$")]
    reason: Words
    relation: LinkRelation = "same"
    seen: Seen = ANYTHING
    next: Name | None = None


class Unlinking(msgspec.Struct, frozen=True, kw_only=True):
    """Taking a word on a link back, with the reason; 409 where it was replaced or taken back."""

    reason: Words = "taken back"
    next: Name | None = None


class Picked(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on several claims that they picked: that they say the same, or do not.

    `claims` are ids with blanks between, `pick` the same as a form has them: by id, of those that
    are ticked. Of several, `link` joins the first with each other and `unlink` parts each two; one
    alone is parted by `unlink` from all that it stands with. `seen` is the last entry that the
    reviewer saw: where somebody said more since then on a link of one, the answer is 409. Either
    all of it is recorded or nothing.
    """

    claims: Words = ""
    pick: dict[str, Any] = {}
    verdict: Annotated[str, msgspec.Meta(pattern="^(link|unlink)$")]
    reason: Words
    seen: Seen = ANYTHING
    next: Name | None = None


class TakingBack(msgspec.Struct, frozen=True, kw_only=True):
    """Words on links that are taken back together, all or none: the numbers of their entries.

    Where one was replaced or taken back in the meantime, the answer is 409.
    """

    words: Words
    reason: Words = "taken back"
    next: Name | None = None


class LinkWords(msgspec.Struct, frozen=True, kw_only=True):
    """Several of a person's words on links, recorded together."""

    words: list[LinkWord]


def word(found: Any) -> LinkWord:  # noqa: ANN401  # a StoredLinkDecision
    """A person's word for the API."""
    return msgspec.convert(found, LinkWord, from_attributes=True)


def reason(found: Any) -> LinkReason:  # noqa: ANN401  # a Reason
    """A reason for the API."""
    return msgspec.convert(found, LinkReason, from_attributes=True)
