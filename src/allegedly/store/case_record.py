"""What the stories of a case hold beside their claims, one question a kind for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from sqlalchemy import select

from allegedly.records.ledger_json import statement_from_dict
from allegedly.store import group_reading, link_reading, queries, tables
from allegedly.store.chain import parsed
from allegedly.store.filters import counts, published_by
from allegedly.store.found import StoredRecord
from allegedly.store.link_tables import linkings
from allegedly.store.states import RECORDS, batched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from allegedly.records import ClaimGroup, Link, LinkDecision, Statement
    from allegedly.store.moments import Moment
    from allegedly.store.view import View


class _Linking(msgspec.Struct):
    """What is wanted of a linking's entry; its vectors, most of it, are passed over."""

    document: str
    statements: list[dict[str, Any]]


_LINKING: Final = msgspec.json.Decoder(_Linking)


class StatementRow(NamedTuple):
    """A statement as its linking holds it: most are looked at no further than by their id."""

    id: str
    document: str
    body: dict[str, Any]

    def read(self) -> Statement:
        """The statement."""
        return statement_from_dict(self.body, self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What joins some claims: groups of two and more, links as a machine found them, people's word.

    Of a group the claims that were asked for alone are told. People's words on who says the same
    are in the groups already; `links` are without any.
    """

    groups: tuple[ClaimGroup, ...]
    links: tuple[Link, ...]
    decided: tuple[LinkDecision, ...]

    @property
    def joined(self) -> frozenset[str]:
        """What is in a group or at an end of a link."""
        linked = (*self.links, *self.links_decided)
        ends = {end for link in linked for end in (link.left, link.right)}
        return frozenset(ends.union(*(group.members for group in self.groups)))

    @property
    def links_decided(self) -> tuple[Link, ...]:
        """The links as people left them."""
        return tuple(link_reading.under(self.links, self.decided))


class CaseRecord:
    """What stands in some documents of a view, and what joins it, whatever the number of claims."""

    def __init__(self, view: View) -> None:
        """Ask a view."""
        self._database = view.database
        self._moment: Moment = view.moment

    def evidence(self, documents: Sequence[str]) -> list[StoredRecord]:
        """The assessments and silences of some documents, in the order of recording."""
        with self._database.reading() as connection:
            at = queries.seq_of(connection, self._moment)
            return [
                record
                for kind in ("assessment", "silence")
                for record in _records(connection, kind, documents, at)
            ]

    def statements(self, documents: Sequence[str]) -> list[StatementRow]:
        """What outlets say in their own voice, and parts of claims, of linked documents."""
        t, e = linkings, tables.entries
        with self._database.reading() as connection:
            at = queries.seq_of(connection, self._moment)
            rows = select(e.c.body).join(t, t.c.seq_from == e.c.seq).where(counts(t, at))
            found: list[StatementRow] = []
            for some in batched(documents):
                asked = rows.where(t.c.document.in_(some)).order_by(t.c.seq_from)
                for body in connection.execute(asked).scalars():
                    linking = _LINKING.decode(body)
                    document = linking.document
                    found += [StatementRow(s["id"], document, s) for s in linking.statements]
            return found

    def ties(self, claims: Sequence[str]) -> Ties:
        """What joins some claims and statements to each other or to others."""
        moment = self._moment
        with self._database.reading() as connection:
            at = queries.seq_of(connection, moment)
            seen = published_by(moment)
            return Ties(
                groups=tuple(group_reading.groups_among(connection, claims, at, seen)),
                links=tuple(link_reading.links_of(connection, claims, at)),
                decided=tuple(link_reading.decisions_of(connection, claims, at)),
            )


def _records(
    connection: Connection, kind: str, documents: Sequence[str], at: int | None
) -> Iterator[StoredRecord]:
    t, e = RECORDS[kind], tables.entries
    joined, columns = queries.with_standing(t.join(e, e.c.seq == t.c.seq), t, kind, at)
    named = (t.c.id, t.c.seq, t.c.document, t.c.run)
    rows = select(*named, e.c.body, *columns).select_from(joined).where(counts(t, at))
    for some in batched(documents):
        for row in connection.execute(rows.where(t.c.document.in_(some)).order_by(t.c.seq)):
            yield StoredRecord(
                kind=kind,  # type: ignore[arg-type]  # a key of RECORDS is a subject
                id=row.id,
                seq=row.seq,
                document=row.document,
                run=row.run,
                body=parsed(row.body),
                stands=queries.stands(row),
            )
