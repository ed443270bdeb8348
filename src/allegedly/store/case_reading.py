"""Cases as they stood at a moment: what machines found, and over it what people decided."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, select

from allegedly.records import Copy, Span
from allegedly.store import queries, tables
from allegedly.store.errors import NotInLedgerError
from allegedly.store.filters import EVERYTHING, counts, of_documents
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from allegedly.store.found import StoredDocument
    from allegedly.store.moments import Moment

_CITED: Final = ("media", "document", "social_account")  # kinds of source that can be cited
_BELONGING: Final = frozenset({"in", "out"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMember:
    """A document of a case: how a machine found it, or the decision that put it in, or both.

    `probability`, `method` and `words` are a machine's and empty where only a person says so;
    `decision` is the id of a person's word, None where there is none. `case` is the case that it
    came in by, another than the one asked for where that was merged into this.
    """

    document: StoredDocument
    case: str
    probability: float | None
    method: str | None
    words: tuple[str, ...]
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredOrigin:
    """Members of a case with one text or one cited statement behind them, and why.

    `copies` without spans are of whole documents.
    """

    id: str
    kind: str
    name: str | None
    copies: tuple[Copy, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCase:
    """A case as it stood; members in the order of their publication.

    `merged` are cases that people merged into it, `excluded` documents that people put out.
    """

    id: str
    seq: int
    recorded_at: str
    run: str | None
    name: str
    title: str
    description: str | None
    members: tuple[StoredMember, ...]
    excluded: tuple[str, ...]
    merged: tuple[str, ...]
    origins: tuple[StoredOrigin, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the members."""
        return tuple(member.document.id for member in self.members)

    @property
    def independent(self) -> int:
        """How many texts its members have: one that shares its wording with none has its own."""
        return len(independent(self.documents, self.origins))


def independent(documents: Iterable[str], origins: Iterable[StoredOrigin]) -> list[tuple[str, ...]]:
    """The documents by their text: those that share one, directly or through others, are one.

    A statement that several cite does not make their stories one.
    """
    parent = {document: document for document in documents}

    def root(document: str) -> str:
        while parent[document] != document:
            parent[document] = parent[parent[document]]
            document = parent[document]
        return document

    for origin in origins:
        if origin.kind == "cited":
            continue
        inside = [copy.document for copy in origin.copies if copy.document in parent]
        for other in inside[1:]:
            parent[root(other)] = root(inside[0])
    groups: dict[str, list[str]] = {}
    for document in parent:
        groups.setdefault(root(document), []).append(document)
    return [tuple(group) for group in groups.values()]


def cases(connection: Connection, moment: Moment) -> list[StoredCase]:
    """The cases of a moment, the latest first; one that was merged into another is in that one."""
    at = queries.seq_of(connection, moment)
    t = tables.cases
    rows = connection.execute(select(t).where(counts(t, at)).order_by(t.c.seq_from.desc())).all()
    merged = merged_into(connection, at)
    found = [_case(connection, moment, at, row, merged) for row in rows if row.id not in merged]
    if moment.published is None:
        return found
    return [case for case in found if case.members]


def case(connection: Connection, moment: Moment, name: str) -> StoredCase:
    """A case by its id, or its name, or the beginning of one of them; raises NotInLedgerError."""
    at = queries.seq_of(connection, moment)
    t = tables.cases
    named = select(t.c.id, t.c.name).where(counts(t, at)).order_by(t.c.seq_from)
    merged = merged_into(connection, at)
    found = _named(connection.execute(named), name)
    while found in merged:
        found = merged[found]
    row = connection.execute(select(t).where(t.c.id == found, counts(t, at))).one()
    return _case(connection, moment, at, row, merged)


def _named(rows: Iterable[Row[Any]], name: str) -> str:
    """The id of the case that is called so."""
    rows = list(rows)
    asked = name.casefold()
    for fits in (
        [row for row in rows if asked in {row.id, row.name.casefold()}],
        [row for row in rows if row.id.startswith(asked) or row.name.casefold().startswith(asked)],
    ):
        if len(fits) == 1:
            found: str = fits[0].id
            return found
        if fits:
            several = ", ".join(f"{row.name} ({row.id[:12]})" for row in fits[:4])
            raise NotInLedgerError(f"{name} may be {several}: give more of it, or the id")
    raise NotInLedgerError(f"no case {name} at that moment")


def merged_into(connection: Connection, at: int | None) -> dict[str, str]:
    """Which case was merged into which."""
    t = tables.decisions
    rows = connection.execute(
        select(t.c.subject, t.c.value).where(t.c.verdict == "merge", counts(t, at))
    )
    return {subject: json.loads(value) for subject, value in rows}


def _case(
    connection: Connection, moment: Moment, at: int | None, row: Row[Any], merged: dict[str, str]
) -> StoredCase:
    inside = _inside(row.id, merged)
    found, decided = _found(connection, at, inside), _decided(connection, at, inside)
    wanted = {name for name in found if decided.get(name, _IN)[0] == "in"}
    wanted |= {name for name, word in decided.items() if word[0] == "in"}
    documents = _documents(connection, moment, at, sorted(wanted))
    members = [_member(document, row.id, found, decided) for document in documents]
    return StoredCase(
        id=row.id,
        seq=row.seq_from,
        recorded_at=row.recorded_at,
        run=row.run,
        name=row.name,
        title=row.title,
        description=row.description,
        members=tuple(members),
        excluded=tuple(sorted(name for name, word in decided.items() if word[0] == "out")),
        merged=tuple(inside[1:]),
        origins=tuple(_origins(connection, at, row.id, {d.id for d in documents})),
    )


_IN: Final = ("in", "", "")


def is_called(connection: Connection, name: str) -> bool:
    """Whether a case has a name now, one that is part of another too."""
    t = tables.cases
    named = select(t.c.id).where(t.c.name == name, t.c.seq_to.is_(None))
    return connection.execute(named).first() is not None


def inside(connection: Connection, case: str, at: int | None = None) -> list[str]:
    """A case and those that people made part of it by an entry, directly or through others."""
    return _inside(case, merged_into(connection, at))


def _inside(name: str, merged: Mapping[str, str]) -> list[str]:
    """A case and those that were merged into it, directly or through others."""
    into = defaultdict(list)
    for gone, kept in merged.items():
        into[kept].append(gone)
    inside = [name]
    for each in inside:
        inside += sorted(into[each])
    return inside


def _found(connection: Connection, at: int | None, inside: list[str]) -> dict[str, Row[Any]]:
    t = tables.memberships
    rows = select(t).where(t.c.case_id.in_(inside), counts(t, at)).order_by(t.c.seq_from)
    return {row.document: row for row in connection.execute(rows)}


def _decided(
    connection: Connection, at: int | None, inside: list[str]
) -> dict[str, tuple[str, str, str]]:
    """For each document that people decided on: the verdict, the decision and its case.

    The last word counts; what was said of the case itself before what was said of a merged one.
    """
    t = tables.decisions
    rows = connection.execute(
        select(t.c.value, t.c.verdict, t.c.id, t.c.subject)
        .where(t.c.subject.in_(inside), t.c.verdict.in_(_BELONGING), counts(t, at))
        .order_by(t.c.seq_from)
    )
    said = [(row.subject == inside[0], json.loads(row.value), row) for row in rows]
    said.sort(key=lambda word: word[0])  # stable, so that the later still follows the earlier
    return {document: (row.verdict, row.id, row.subject) for _, document, row in said}


def _documents(
    connection: Connection, moment: Moment, at: int | None, names: list[str]
) -> list[StoredDocument]:
    """Documents that are visible at the moment, the earliest published first."""
    d, found = tables.documents, []
    for some in batched(names):
        rows = queries.documents(at).add_columns(d.c.published_by)
        asked = and_(d.c.id.in_(some), *of_documents(EVERYTHING, moment))
        found += [
            (r.published_by, queries.document(r)) for r in connection.execute(rows.where(asked))
        ]
    return [document for _, document in sorted(found, key=lambda pair: (pair[0], pair[1].seq))]


def _member(
    document: StoredDocument,
    case: str,
    found: Mapping[str, Row[Any]],
    decided: Mapping[str, tuple[str, str, str]],
) -> StoredMember:
    row, word = found.get(document.id), decided.get(document.id)
    return StoredMember(
        document=document,
        case=row.case_id if row is not None else word[2] if word else case,
        probability=None if row is None else row.probability,
        method=None if row is None else row.method,
        words=() if row is None else tuple(json.loads(row.words)),
        decision=None if word is None else word[1],
    )


def _origins(
    connection: Connection, at: int | None, case_id: str, members: set[str]
) -> Iterable[StoredOrigin]:
    """Origins of the case with the copies that are visible; one copy alone is no more than that."""
    t = tables.origins
    rows = select(t).where(t.c.case_id == case_id, counts(t, at)).order_by(t.c.seq_from)
    for row in connection.execute(rows):
        copies = tuple(
            Copy(document=copy["document"], spans=tuple(Span(*span) for span in copy["spans"]))
            for copy in json.loads(row.copies)
            if copy["document"] in members
        )
        if len(copies) > 1:
            yield StoredOrigin(
                id=row.id,
                kind=row.kind,
                name=row.name,
                copies=copies,
                words=tuple(json.loads(row.words)),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCitation:
    """A claim that a document has from a medium, another document or an account."""

    document: str
    publisher: str | None
    name: str
    content: str
    start: int
    end: int


def citations(
    connection: Connection, at: int | None, documents: Sequence[str]
) -> list[StoredCitation]:
    """What some documents cite, by the chains of their claims."""
    c, h, d = tables.claims, tables.chains, tables.documents
    columns = (c.c.document, d.c.publisher, h.c.name, c.c.content, c.c.content_start)
    rows = (
        select(*columns, c.c.content_end)
        .join(h, h.c.claim == c.c.seq)
        .join(d, and_(d.c.id == c.c.document, counts(d, at)))
        .where(h.c.kind.in_(_CITED), h.c.name.is_not(None), counts(c, at))
        .order_by(c.c.seq, h.c.hop)
    )
    found = []
    for each in batched(documents):
        some = c.c.document.in_(each)
        found += [
            StoredCitation(document=a, publisher=b, name=n, content=w, start=s, end=e)
            for a, b, n, w, s, e in connection.execute(rows.where(some))
        ]
    return found
