"""Many cases at once: what a list of them shows, in a few questions whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from allegedly.store import queries, tables
from allegedly.store.chain import parsed
from allegedly.store.filters import counts
from allegedly.store.states import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection, Row

    from allegedly.store.found import StoredClaim
    from allegedly.store.moments import Moment

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


def listed(connection: Connection, moment: Moment, since: int) -> list[ListedCase]:
    """The cases of a moment, those first to which something came last.

    `since` of each is how many of its stories were recorded after that entry.
    """
    at = queries.seq_of(connection, moment)
    t = tables.cases
    rows = connection.execute(select(t).where(counts(t, at))).all()
    inside, merged = _inside(connection, at)
    known = _documents(connection, moment, at, set().union(*inside.values()))
    for case, into in merged.items():
        inside[_root(into, merged)] |= inside.pop(case, set())
    found = [
        _listed(row, [known[name] for name in inside[row.id] if name in known], since)
        for row in rows
        if row.id not in merged
    ]
    if moment.published is not None:
        found = [case for case in found if case.stories]
    return sorted(found, key=lambda case: (-case.latest, case.name))


def told_in(
    connection: Connection, documents: Sequence[str], moment: Moment
) -> Iterator[tuple[StoredClaim, dict[str, Any]]]:
    """The claims of some documents, each with the ledger JSON of what was read."""
    at = queries.seq_of(connection, moment)
    c, e = tables.claims, tables.entries
    rows = queries.claims(at, c.join(e, e.c.seq == c.c.seq)).add_columns(e.c.body)
    for some in batched(documents):
        for row in connection.execute(rows.where(c.c.document.in_(some)).order_by(c.c.seq)):
            yield queries.claim(row), parsed(row.body)


def _inside(connection: Connection, at: int | None) -> tuple[dict[str, set[str]], dict[str, str]]:
    """The documents of each case by machines and people, and which case was merged into which."""
    m, d = tables.memberships, tables.decisions
    inside: dict[str, set[str]] = defaultdict(set)
    for case, document in connection.execute(
        select(m.c.case_id, m.c.document).where(counts(m, at))
    ):
        inside[case].add(document)
    merged: dict[str, str] = {}
    words = select(d.c.subject, d.c.verdict, d.c.value)
    words = words.where(d.c.kind == "case", d.c.verdict.in_(_WORDS), counts(d, at))
    for case, verdict, value in connection.execute(words.order_by(d.c.seq_from)):
        about = parsed(value)
        if verdict == "merge":
            merged[case] = about
        elif verdict == "in":
            inside[case].add(about)
        else:
            inside[case].discard(about)
    return inside, merged


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


def _listed(row: Row[Any], stories: list[Any], since: int) -> ListedCase:
    days = sorted(story.published for story in stories if story.published)
    return ListedCase(
        id=row.id,
        name=row.name,
        title=row.title,
        stories=len(stories),
        claims=sum(story.claims for story in stories),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        latest=max((story.entry for story in stories), default=row.seq_from),
        since=sum(story.entry > since for story in stories),
        by_person=row.run is None,
    )
