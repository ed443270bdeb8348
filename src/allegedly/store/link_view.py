"""A ledger's groups, links and statements as of any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.store import group_reading, link_reading, link_words, queries
from allegedly.store.claim_links import ClaimLinks
from allegedly.store.filters import published_by
from allegedly.store.ledger import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from allegedly.records import ClaimGroup, Link, LinkDecision, Statement
    from allegedly.store.link_words import StoredLinkDecision
    from allegedly.store.moments import Moment

    When = Moment | str | int | datetime | date | None


class LinkStore(Store):
    """A ledger with what joins claims across its documents; see `Store.as_of` for `as_of`."""

    def claim_groups(
        self, claims: Collection[str] | None = None, *, as_of: When = None
    ) -> list[ClaimGroup]:
        """Groups of two and more that say one thing: those with any of some claims, or all."""
        moment = self.as_of(as_of).moment
        with self.database.reading() as connection:
            at = queries.seq_of(connection, moment)
            seen = published_by(moment)
            found = group_reading.groups_of(connection, claims, at, seen)
            return [group for group in found if len(group.members) > 1]

    def claim_links(
        self, claims: Collection[str] | None = None, *, as_of: When = None
    ) -> list[Link]:
        """Denials, contradictions, confirmations and updates across documents, with reasons."""
        return ClaimLinks(self.as_of(as_of)).links(claims)

    def link_decisions(
        self, claims: Collection[str] | None = None, *, as_of: When = None
    ) -> list[LinkDecision]:
        """What people decided about links, the first first."""
        with self.database.reading() as connection:
            at = queries.seq_of(connection, self.as_of(as_of).moment)
            return link_reading.decisions_of(connection, claims, at)

    def link_words(
        self, claims: Collection[str], *, as_of: When = None
    ) -> list[StoredLinkDecision]:
        """All that people said of links of some claims, the latest first, what is replaced too."""
        return ClaimLinks(self.as_of(as_of)).words(claims)

    def link_word(self, seq: int) -> StoredLinkDecision:
        """A person's word on a link by its entry's number; raises NotInLedgerError."""
        with self.database.reading() as connection:
            return link_words.of_entry(connection, seq)

    def statements(
        self, documents: Sequence[str] | None = None, *, as_of: When = None
    ) -> list[Statement]:
        """What outlets say in their own voice, and parts of claims, of linked documents."""
        with self.database.reading() as connection:
            at = queries.seq_of(connection, self.as_of(as_of).moment)
            bodies = link_reading.linkings_of(connection, documents, at)
            return [own for body in bodies.values() for own in link_reading.statements_in(body)]
