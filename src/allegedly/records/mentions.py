"""Where a text speaks of somebody or something, and which mentions are of the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from allegedly.records.spans import Span

MentionForm = Literal["name", "pronoun", "description"]
TaggedKind = Literal["person", "organisation", "place", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention as a tagger reads it.

    `entity` numbers the coreference chain in its document, None where none was scored; `kind` is
    None for a pronoun or a description whose kind the tagger does not tell.
    """

    span: Span
    form: MentionForm
    kind: TaggedKind | None
    entity: int | None
    probability: float
