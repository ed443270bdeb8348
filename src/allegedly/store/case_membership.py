"""Which cases a document is in, how it came in, and what people said of that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from allegedly.store import case_reading, queries, tables
from allegedly.store.filters import counts
from allegedly.store.states import ASKED_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from allegedly.store.moments import Moment
    from allegedly.store.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCase:
    """A case as one document sees it: whether it is `inside`, and why.

    `probability` is a machine's, None where it did not find it. `decision` is the id of the
    person's word that counts, `verdict` whether it put the document in or out. `seen` is the last
    decision about the document in that case or one that is part of it, taken back or not.
    """

    id: str
    name: str
    title: str
    inside: bool
    probability: float | None
    verdict: str | None
    decision: str | None
    reviewer: str | None
    reason: str | None
    seen: str | None


def cases_with(view: View, document: str) -> list[HeldCase]:
    """Every case as a document sees it at a view's moment, those that it is in first."""
    with view.connected() as connection:
        return held(connection, view.moment, document)


def members_seen(view: View, case: str) -> dict[str, str]:
    """The last decision about each document that people put into a case or out of it.

    It may have been about a case that has become part of this one.
    """
    with view.connected() as connection:
        return _seen(connection, case, queries.seq_of(connection, view.moment))


def held(connection: Connection, moment: Moment, document: str) -> list[HeldCase]:
    """Every case of a moment, those that a document is in first, then by name."""
    at = queries.seq_of(connection, moment)
    t = tables.cases
    rows = connection.execute(select(t.c.id, t.c.name, t.c.title).where(counts(t, at))).all()
    roots = _roots(connection, at, [row.id for row in rows])
    found = _found(connection, at, document)
    words = _words(connection, at, document, [row.id for row in rows])
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for case, root in roots.items():
        inside[root].append(case)
    held = [_held(row, inside[row.id], found, words) for row in rows if roots[row.id] == row.id]
    return sorted(held, key=lambda case: (not case.inside, case.verdict is None, case.name))


def _seen(connection: Connection, case: str, at: int | None) -> dict[str, str]:
    t, inside = tables.decisions, case_reading.inside(connection, case, at)
    rows = select(t.c.id, t.c.matter, t.c.value, t.c.verdict, t.c.supersedes)
    rows = rows.where(t.c.subject.in_(inside), t.c.kind == "case").order_by(t.c.seq_from)
    rows = rows if at is None else rows.where(t.c.seq_from <= at)
    return {
        matter.removeprefix("member:"): name
        for matter, name in _last(connection.execute(rows))
        if matter.startswith("member:")
    }


def _last(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Each decision with its matter, that of what it takes back where it does."""
    matters: dict[str, str] = {}
    for row in rows:
        matters[row.id] = matters.get(row.supersedes, "") if row.verdict == "undo" else row.matter
        yield matters[row.id], row.id


def _held(
    row: Any,  # noqa: ANN401  # a row of `cases`
    inside: list[str],
    found: Mapping[str, float],
    words: Mapping[str, list[Any]],
) -> HeldCase:
    likely = [found[case] for case in inside if case in found]
    said = [word for case in inside if case != row.id for word in words.get(case, ())]
    said += words.get(row.id, [])  # what is said of the case itself counts before the merged ones'
    standing = [word for word in said if word.stands]
    word = standing[-1] if standing else None
    last = max(said, key=lambda word: word.until, default=None)
    return HeldCase(
        id=row.id,
        name=row.name,
        title=row.title,
        inside=word.verdict == "in" if word else bool(likely),
        probability=max(likely, default=None),
        verdict=word.verdict if word else None,
        decision=word.id if word else None,
        reviewer=word.reviewer if word else None,
        reason=word.reason if word else None,
        seen=last.last if last else None,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A decision about one document in one case; `last` is it, or what took it back, by `until`."""

    id: str
    verdict: str
    reviewer: str
    reason: str
    stands: bool
    last: str
    until: int


def _words(
    connection: Connection, at: int | None, document: str, cases: list[str]
) -> dict[str, list[_Word]]:
    t, matter = tables.decisions, f"member:{document}"
    found: defaultdict[str, list[_Word]] = defaultdict(list)
    for start in range(0, len(cases), ASKED_AT_ONCE):
        some = t.c.subject.in_(cases[start : start + ASKED_AT_ONCE])
        rows = select(t).where(some, t.c.matter == matter).order_by(t.c.seq_from)
        rows = rows if at is None else rows.where(t.c.seq_from <= at)
        for row in connection.execute(rows).all():
            stands = row.seq_to is None or (at is not None and row.seq_to > at)
            until = row.seq_from if stands else row.seq_to
            after = row.id if stands else _after(connection, until) or row.id
            word = _Word(row.id, row.verdict, row.reviewer, row.reason, stands, after, until)
            found[row.subject].append(word)
    return found


def _after(connection: Connection, seq: int) -> str | None:
    t = tables.decisions
    name: str | None = connection.execute(select(t.c.id).where(t.c.seq_from == seq)).scalar()
    return name


def _found(connection: Connection, at: int | None, document: str) -> dict[str, float]:
    t = tables.memberships
    rows = select(t.c.case_id, t.c.probability).where(t.c.document == document, counts(t, at))
    return {row.case_id: row.probability for row in connection.execute(rows)}


def _roots(connection: Connection, at: int | None, cases: list[str]) -> dict[str, str]:
    """The case that each is part of now, itself where people merged it into none."""
    into, roots = case_reading.merged_into(connection, at), {}
    for case in cases:
        root = case
        while root in into:
            root = into[root]
        roots[case] = root
    return roots
