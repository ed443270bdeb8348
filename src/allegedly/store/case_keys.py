"""The keys by which a new document finds the cases that it may be about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from allegedly.records import Commonness, Profile
from allegedly.store import queries, tables
from allegedly.store.filters import counts
from allegedly.store.states import batched, entry_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.store.view import View

_PROFILE: Final = ("terms", "commonness", "first", "last", "members", "language")


class CaseKeys:
    """What is known of the cases of a view without looking at their documents."""

    def __init__(self, view: View) -> None:
        """Ask a view."""
        self._view = view
        self._moment = view.moment

    def any(self) -> bool:
        """Whether a new document could be about a case."""
        t = tables.profiles
        with self._view.connected() as connection:
            return connection.execute(select(t.c.seq_from).limit(1)).first() is not None

    def sharing(self, stems: Sequence[str], least: int) -> list[str]:
        """The cases whose keys so many of the stems are, those with the most first."""
        k, p = tables.case_keys, tables.profiles
        held: dict[str, int] = defaultdict(int)
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._moment)
            asked = select(k.c.case_id, func.count()).join(p, p.c.seq_from == k.c.seq_from)
            for some in batched(stems):
                rows = asked.where(k.c.stem.in_(some), counts(p, at)).group_by(k.c.case_id)
                for case, number in connection.execute(rows):
                    held[case] += number
        fit = [case for case, number in held.items() if number >= least]
        return sorted(fit, key=lambda case: (-held[case], case))

    def profile(self, case: str) -> tuple[Profile, int] | None:
        """What a case's documents have in common and how many a machine counts in it now."""
        t, m = tables.profiles, tables.memberships
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._moment)
            rows = select(t.c.seq_from).where(t.c.id == case, counts(t, at))
            seq = connection.execute(rows).scalar()
            if seq is None:
                return None
            body = entry_body(connection, seq)
            inside = (m.c.case_id == case, counts(m, at))
            now = connection.execute(select(func.count()).select_from(m).where(*inside)).scalar()
        said = {name: body[name] for name in _PROFILE}
        return Profile(case=case, vector=tuple(body["vector"]), **said), now or 0

    def commonness(self) -> Commonness | None:
        """How common words are, as last counted; None where nobody has."""
        t = tables.commonness
        rows = select(t.c.seq_from).order_by(t.c.seq_from.desc()).limit(1)
        with self._view.connected() as connection:
            at = queries.seq_of(connection, self._moment)
            rows = rows if at is None else rows.where(t.c.seq_from <= at)
            seq = connection.execute(rows).scalar()
            if seq is None:
                return None
            body = entry_body(connection, seq)
        return Commonness(documents=body["documents"], stems=body["stems"])
