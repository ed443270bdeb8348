"""What was read out of one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records.claims import Assessment, Claim, Silence
    from allegedly.records.documents import Document, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with everything a careful reader takes out of it, in the order of the text."""

    document: Document
    zones: tuple[Zone, ...]
    claims: tuple[Claim, ...]
    assessments: tuple[Assessment, ...]
    silences: tuple[Silence, ...]


def in_text_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims by where their content begins; of two that begin together, the longer first."""
    return tuple(sorted(claims, key=lambda claim: (claim.content[0].start, -claim.content[-1].end)))
