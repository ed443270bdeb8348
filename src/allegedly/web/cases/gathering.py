"""All the claims of a case at a moment, with what its pictures need of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.web.charts.scales import instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from allegedly.records import Claim
    from allegedly.store import StoredCase, StoredClaim, StoredDocument, View

HOP: Final = " › "  # between the sources of a chain in the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim of a case: as listed, and as it was read."""

    claim: StoredClaim
    read: Claim

    @property
    def hops(self) -> tuple[str, ...]:
        """The names of its chain, outermost first."""
        return tuple(self.claim.chain.split(HOP)) if self.claim.chain else ()

    @property
    def when(self) -> datetime | None:
        """When its story was published."""
        return instant(self.claim.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A case with its documents by id and every claim in them that people did not reject.

    `told` has the rejected too; `texts` has the documents' texts by their ids.
    """

    case: StoredCase
    documents: Mapping[str, StoredDocument]
    said: tuple[Said, ...]
    told: Sequence[tuple[StoredClaim, Claim]]
    texts: Mapping[str, str]


def gathered(view: View, name: str) -> Gathered:
    """A case by its name; raises NotInLedgerError."""
    case = view.case(name)
    documents = {member.document.id: member.document for member in case.members}
    told = view.told_in(list(documents))
    return Gathered(
        case=case,
        documents=documents,
        said=tuple(
            Said(claim=claim, read=read)
            for claim, read in told
            if claim.stands.status != "rejected"
        ),
        told=told,
        texts=view.texts(list(documents.values())),
    )
