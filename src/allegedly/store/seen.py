"""Whether a person had seen the last word on what they decide about, asked as they write.

Each kind of thing says who spoke last about it: decisions here, words on links in `link_words`. The
one rule, `check`, is asked over the writing connection, so that nobody can slip in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select

from allegedly.store import case_reading, queries, tables
from allegedly.store.errors import OvertakenError, RefusedError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from allegedly.store.found import StoredDecision
    from allegedly.store.link_words import StoredLinkDecision

# The last entry of all that a person saw, or the id of the last decision, None for none.
Seen = int | str | None
ANYTHING: Final = "*"  # a person who decides whatever others have decided


def check(last: StoredDecision | StoredLinkDecision | None, seen: Seen) -> None:
    """Raise OvertakenError where the last word is one that a person had not seen."""
    if seen == ANYTHING:
        return
    if isinstance(seen, int):
        overtaken = last is not None and last.seq > seen
    else:
        overtaken = seen != (last.id if last else None)
    if overtaken and last is None:
        raise RefusedError("nobody has decided about it yet: `seen` is no decision about it")
    if overtaken and last is not None:
        raise OvertakenError(last)


def last_decision(
    connection: Connection, kind: str, subject: str, matter: str | None = None
) -> StoredDecision | None:
    """The last decision about a subject, or on one matter of it, one that took another back too.

    About a case it may be one about a case that people made part of it.
    """
    t = tables.decisions
    inside = case_reading.inside(connection, subject) if kind == "case" else [subject]
    mine = and_(t.c.kind == kind, t.c.subject.in_(inside))
    rows = select(t).where(mine)
    if matter is not None:
        on_it = select(t.c.id).where(mine, t.c.matter == matter)
        rows = rows.where(or_(t.c.matter == matter, t.c.supersedes.in_(on_it)))
    row = connection.execute(rows.order_by(t.c.seq_from.desc()).limit(1)).first()
    return None if row is None else queries.decision(row, None)
