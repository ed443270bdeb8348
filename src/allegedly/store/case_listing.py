"""Many cases at once: what a list of them shows, in a few questions whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from sqlalchemy import and_, func, select

from allegedly.records import Claim
from allegedly.store import queries, tables
from allegedly.store.chain import parsed
from allegedly.store.filters import counts
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection, Row

    from allegedly.store.found import StoredClaim
    from allegedly.store.moments import Moment

_READ: Final = msgspec.json.Decoder(Claim)
_WORDS: Final = ("in", "out", "merge")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case in a list: how many stories it has, between which days, and the last that came.

    `latest` is the entry of the document that was recorded last; `by_person` is whether a person
    began it.
    """

    id: str
    name: str
    title: str
    stories: int
    claims: int
    first: str | None
    last: str | None
    latest: int
    since: int
    by_person: bool


class _Stories(NamedTuple):
    """The stories of one case, counted; `latest` is None where there are none."""

    number: int
    claims: int
    first: str | None
    last: str | None
    latest: int | None
    since: int


_NONE: Final = _Stories(0, 0, None, None, None, 0)


def listed(connection: Connection, moment: Moment, since: int) -> list[ListedCase]:
    """The cases of a moment, those first to which something came last.

    `since` of each is how many of its stories were recorded after that entry.
    """
    at = queries.seq_of(connection, moment)
    t = tables.cases
    rows = connection.execute(select(t).where(counts(t, at))).all()
    words = _words(connection, at)
    merged = {case: str(about) for case, verdict, about in words if verdict == "merge"}
    counted = _counted(connection, moment, at, since)
    counted |= _decided(connection, moment, at, since, words, merged)
    found = [_listed(row, counted.get(row.id, _NONE)) for row in rows if row.id not in merged]
    if moment.published is not None:
        found = [case for case in found if case.stories]
    return sorted(found, key=lambda case: (-case.latest, case.name))


def told_in(
    connection: Connection, documents: Sequence[str], moment: Moment
) -> Iterator[tuple[StoredClaim, Claim]]:
    """The claims of some documents, each as listed and as it was read."""
    at = queries.seq_of(connection, moment)
    c, e = tables.claims, tables.entries
    rows = queries.claims(at, c.join(e, e.c.seq == c.c.seq)).add_columns(e.c.body)
    for some in batched(documents):
        found = connection.execute(rows.where(c.c.document.in_(some)).order_by(c.c.seq))
        for row in found.all():  # the driver gives many at once faster than one by one
            yield queries.claim(row), _READ.decode(row.body)


def _words(connection: Connection, at: int | None) -> list[tuple[str, str, Any]]:
    """What people decided about cases, in order: the case, the verdict, what it is about."""
    d = tables.decisions
    words = select(d.c.subject, d.c.verdict, d.c.value)
    words = words.where(d.c.kind == "case", d.c.verdict.in_(_WORDS), counts(d, at))
    rows = connection.execute(words.order_by(d.c.seq_from))
    return [(case, verdict, parsed(value)) for case, verdict, value in rows]


def _counted(
    connection: Connection, moment: Moment, at: int | None, since: int
) -> dict[str, _Stories]:
    """What machines put into each case, counted by the database."""
    m, d, r = tables.memberships, tables.documents, tables.readings
    told = m.join(d, and_(d.c.id == m.c.document, counts(d, at)))
    told = told.outerjoin(r, and_(r.c.document == d.c.id, counts(r, at)))
    rows = select(
        m.c.case_id,
        func.count(),
        func.coalesce(func.sum(r.c.claims), 0),
        func.min(d.c.published),
        func.max(d.c.published),
        func.max(d.c.entry),
        func.count().filter(d.c.entry > since),
    )
    rows = rows.select_from(told).where(counts(m, at)).group_by(m.c.case_id)
    if moment.published is not None:
        rows = rows.where(d.c.published_by <= moment.published)
    return {case: _Stories(*found) for case, *found in connection.execute(rows)}


def _decided(  # noqa: PLR0913, PLR0917  # a moment, and what people said
    connection: Connection,
    moment: Moment,
    at: int | None,
    since: int,
    words: list[tuple[str, str, Any]],
    merged: dict[str, str],
) -> dict[str, _Stories]:
    """The same of cases that people decided about, story by story."""
    family = {case: _root(case, merged) for case in {*merged, *(case for case, _, _ in words)}}
    family |= {root: root for root in family.values()}
    inside = _inside(connection, at, family, words)
    known = _documents(connection, moment, at, set().union(*inside.values()))
    return {
        case: _summed([known[name] for name in names if name in known], since)
        for case, names in inside.items()
    }


def _inside(
    connection: Connection,
    at: int | None,
    family: dict[str, str],
    words: list[tuple[str, str, Any]],
) -> dict[str, set[str]]:
    """The documents of cases with those merged into them; `family` has the last case of each.

    What was said of a case itself counts for more than what was said of one merged into it.
    """
    m = tables.memberships
    inside: dict[str, set[str]] = {root: set() for root in family.values()}
    members = select(m.c.case_id, m.c.document).where(counts(m, at))
    for some in batched(sorted(family)):
        for case, document in connection.execute(members.where(m.c.case_id.in_(some))):
            inside[family[case]].add(document)
    for case, verdict, about in sorted(words, key=lambda word: family[word[0]] == word[0]):
        if verdict == "in":
            inside[family[case]].add(about)
        elif verdict == "out":
            inside[family[case]].discard(about)
    return inside


def _root(case: str, merged: dict[str, str]) -> str:
    while case in merged:
        case = merged[case]
    return case


def _documents(
    connection: Connection, moment: Moment, at: int | None, names: Collection[str]
) -> dict[str, Any]:
    """What a list needs of some documents."""
    d, r = tables.documents, tables.readings
    read = (r.c.document == d.c.id) & counts(r, at)
    rows = select(d.c.id, d.c.entry, d.c.published, func.coalesce(r.c.claims, 0).label("claims"))
    rows = rows.select_from(d.outerjoin(r, read)).where(counts(d, at))
    if moment.published is not None:
        rows = rows.where(d.c.published_by <= moment.published)
    found: dict[str, Any] = {}
    for some in batched(sorted(names)):
        for row in connection.execute(rows.where(d.c.id.in_(some))):
            found[row.id] = row
    return found


def _summed(stories: list[Any], since: int) -> _Stories:
    days = sorted(story.published for story in stories if story.published)
    return _Stories(
        number=len(stories),
        claims=sum(story.claims for story in stories),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        latest=max((story.entry for story in stories), default=None),
        since=sum(story.entry > since for story in stories),
    )


def _listed(row: Row[Any], stories: _Stories) -> ListedCase:
    return ListedCase(
        id=row.id,
        name=row.name,
        title=row.title,
        stories=stories.number,
        claims=int(stories.claims),
        first=stories.first,
        last=stories.last,
        latest=stories.latest or row.seq_from,
        since=stories.since,
        by_person=row.run is None,
    )
