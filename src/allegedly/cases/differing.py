"""What became of a case between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from allegedly.store import StoredCase, StoredMember, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a case between two moments; `changed` holds what, was and is."""

    came: tuple[StoredMember, ...]
    left: tuple[StoredMember, ...]
    changed: tuple[tuple[str, str | int | None, str | int | None], ...]


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
    )
