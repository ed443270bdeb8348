"""Who and what a text speaks of: names, pronouns and descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from allegedly.records.spans import Span

MentionForm = Literal["name", "pronoun", "description"]
EntityKind = Literal["person", "organisation", "place", "other"]

MENTION_FORMS: tuple[MentionForm, ...] = get_args(MentionForm)
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that refer to somebody or something.

    `entity` numbers what they refer to within one document: mentions of one number are one
    person or thing; None where nobody scored that. `head` is the word that the others hang on.
    `probability` is that of the mention and its kind, `reference` that of its link to an earlier
    mention of the same entity; None for the first.
    """

    span: Span
    form: MentionForm
    kind: EntityKind | None
    entity: int | None
    probability: float
    head: Span | None = None
    reference: float | None = None
