"""What stands with claims across documents, as a view sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allegedly.store import group_reading, link_reading, link_words, queries, tables
from allegedly.store.filters import EVERYTHING, of_documents, published_by
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Collection

    from allegedly.records import Link, Statement
    from allegedly.store.found import StoredClaim
    from allegedly.store.link_words import StoredLinkDecision
    from allegedly.store.view import View


MANY: Final = 1_000_000_000


class ClaimLinks:
    """Groups, links and people's words on them, and the claims and statements at their ends."""

    def __init__(self, view: View) -> None:
        """Ask a view."""
        self._view = view

    def one_with(self, claim: str) -> tuple[list[str], float | None]:
        """What says the same as a claim, itself left out, and how sure a machine is of its group.

        None where no machine grouped it and only people say so.
        """
        moment = self._view.moment
        with self._view.connected() as connection:
            at = queries.seq_of(connection, moment)
            seen = published_by(moment)
            ends = link_words.joined(connection, claim, at)
            found = group_reading.groups_of(connection, ends, at, seen)
        inside = [group.probability for group in found if claim in group.members]
        members = dict.fromkeys(m for group in found for m in group.members)
        names = [*members, *sorted(ends - members.keys())]
        others = [name for name in names if name != claim]
        return others, inside[0] if inside and others else None

    def words(self, claims: Collection[str]) -> list[StoredLinkDecision]:
        """All that people said of links of some claims, the latest first, what is replaced too."""
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._view.moment)
            return link_words.said_of(connection, claims, at)

    def latest_words(self, limit: int) -> list[StoredLinkDecision]:
        """The last words on links whatsoever, the latest first, of what is visible."""
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._view.moment)
            found = link_words.latest(connection, at, limit)
        if self._view.moment.published is None:
            return found
        seen = self.claims({end for word in found for end in (word.left, word.right)})
        return [word for word in found if word.left in seen and word.right in seen]

    def all_words(self) -> list[tuple[StoredLinkDecision, tuple[str, str]]]:
        """Every word on a link that is visible, the oldest first, with the documents of the two."""
        words = list(reversed(self.latest_words(MANY)))
        with self._view.connected() as connection:
            ends = {end for word in words for end in (word.left, word.right)}
            found = link_reading.documents_of(connection, ends)
        return [
            (word, (found[word.left], found[word.right]))
            for word in words
            if word.left in found and word.right in found
        ]

    def links(self, claims: Collection[str] | None) -> list[Link]:
        """What stands against or confirms some claims, or any, as people left it."""
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._view.moment)
            found = link_reading.links_of(connection, claims, at)
            return link_reading.under(found, link_reading.decisions_of(connection, claims, at))

    def claims(self, names: Collection[str]) -> dict[str, StoredClaim]:
        """Claims by their ids; those that are not there at the moment are left out."""
        moment = self._view.moment
        with self._view.connected() as connection:
            rows = queries.claims(queries.seq_of(connection, moment))
            asked = tables.claims.c.id.in_(sorted(names)), *of_documents(EVERYTHING, moment)
            found = (queries.claim(row) for row in connection.execute(rows.where(*asked)))
            return {claim.id: claim for claim in found}

    def told_in(self, documents: Collection[str]) -> list[StoredClaim]:
        """The claims of some documents, without what was read of each in full."""
        moment, c = self._view.moment, tables.claims
        found: list[StoredClaim] = []
        with self._view.connected() as connection:
            rows = queries.claims(queries.seq_of(connection, moment))
            rows = rows.where(*of_documents(EVERYTHING, moment)).order_by(c.c.seq)
            for some in batched(sorted(documents)):
                told = connection.execute(rows.where(c.c.document.in_(some)))
                found += [queries.claim(row) for row in told]
        return found

    def statements(self, names: Collection[str]) -> dict[str, Statement]:
        """Statements by their ids; those that are not there at the moment are left out."""
        with self._view.connected() as connection:
            documents = sorted(set(link_reading.documents_of(connection, names).values()))
            at = queries.seq_of(connection, self._view.moment)
            bodies = link_reading.linkings_of(connection, documents, at) if documents else {}
        found = (own for body in bodies.values() for own in link_reading.statements_in(body))
        return {own.id: own for own in found if own.id in names}


def grouped_with(view: View, claims: Collection[str]) -> dict[str, int]:
    """With how many others some claims say one thing, of those that say it with any."""
    with view.connected() as connection:
        at = queries.seq_of(connection, view.moment)
        sizes = group_reading.sizes_of(connection, claims, at, published_by(view.moment))
    return {claim: sizes[claim] - 1 for claim in claims if sizes.get(claim, 0) > 1}
