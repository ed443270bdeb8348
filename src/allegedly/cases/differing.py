"""What became of a case between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.cases.told import record_at
from allegedly.linking.moves import Moves, moves
from allegedly.linking.record import record_of
from allegedly.linking.telling import tell
from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from allegedly.linking.telling import Telling
    from allegedly.store import StoredCase, StoredMember, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a case between two moments; `changed` holds what, was and is.

    `said` is what moved in what is said in it, as the desk had decided at either moment.
    """

    came: tuple[StoredMember, ...]
    left: tuple[StoredMember, ...]
    changed: tuple[tuple[str, str | int | None, str | int | None], ...]
    said: Moves


def difference(before: View, after: View, name: str) -> Difference:
    """What came into a case and what left it; a case that was not there yet had no stories."""
    now = after.case(name)
    try:
        was: StoredCase | None = before.case(now.id)
    except NotInLedgerError:
        was = None
    had = {member.document.id: member for member in was.members} if was else {}
    has = {member.document.id: member for member in now.members}
    fields = {"title": "title", "description": "description", "origins": "independent"}
    pairs = [(n, getattr(was, f) if was else None, getattr(now, f)) for n, f in fields.items()]
    return Difference(
        came=tuple(member for key, member in has.items() if key not in had),
        left=tuple(member for key, member in had.items() if key not in has),
        changed=tuple(pair for pair in pairs if pair[1] != pair[2]),
        said=moves(_told(before, was), _told(after, now)),
    )


def _told(view: View, case: StoredCase | None) -> Telling:
    return tell(record_of(()) if case is None else record_at(view, case))
