"""Cases, memberships and origins as rows: the last entry under an id is the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allegedly.store.chain import canonical
from allegedly.store.states import Open

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from allegedly.store.chain import Entry
    from allegedly.store.projections import Projections
    from allegedly.store.rows import Row
    from allegedly.store.standing import Body

KEYS_OF_A_CASE: Final = 24  # a case's weightiest stems, by which a new document finds it


def case_row(entry: Entry, body: Body) -> Row:
    """A row of `cases`."""
    said = {name: body[name] for name in ("id", "name", "title", "description")}
    return _begun(entry) | said | {"recorded_at": entry.recorded_at}


def membership_row(entry: Entry, body: Body) -> Row | None:
    """A row of `memberships`; None where a document belongs no more."""
    if not body["belongs"]:
        return None
    said = {name: body[name] for name in ("id", "document", "method")}
    found = {"probability": float(body["probability"]), "words": canonical(body["words"])}
    return _begun(entry) | said | found | {"case_id": body["case"]}


def origin_row(entry: Entry, body: Body) -> Row | None:
    """A row of `origins`; None where it has no copies any more."""
    if not body["copies"]:
        return None
    said = {name: body[name] for name in ("id", "kind", "name")}
    words = {name: canonical(body[name]) for name in ("copies", "words")}
    return _begun(entry) | said | words | {"case_id": body["case"]}


def profile_row(entry: Entry, body: Body) -> Row:
    """A row of `profiles`."""
    return {
        "seq_from": entry.seq,
        "seq_to": None,
        "id": body["id"],
        "commonness": body["commonness"],
    }


def key_rows(entry: Entry, body: Body) -> list[Row]:
    """The rows of `case_keys` of one profile."""
    best = sorted(body["terms"].items(), key=lambda term: (-term[1], term[0]))
    made = {"seq_from": entry.seq, "case_id": body["id"]}
    return [{**made, "stem": stem} for stem, _ in best[:KEYS_OF_A_CASE]]


def commonness_row(entry: Entry, body: Body) -> Row:
    """A row of `commonness`."""
    return {"seq_from": entry.seq, "id": body["id"], "documents": body["documents"]}


def _begun(entry: Entry) -> Row:
    return {"seq_from": entry.seq, "seq_to": None, "run": entry.run}


# For each kind of entry: its table, and how its row is made.
REPLACED: Final[Mapping[str, tuple[str, Callable[[Entry, Body], Row | None]]]] = {
    "case": ("cases", case_row),
    "membership": ("memberships", membership_row),
    "origin": ("origins", origin_row),
    "profile": ("profiles", profile_row),
}


class Replacing:
    """Which row counts under an id; a later entry's takes its place, or leaves it empty."""

    def __init__(self, projections: Projections) -> None:
        """Ask projections for what is written."""
        self._projections = projections
        self._open: dict[tuple[str, str], Open | None] = {}

    def standing(self, table: str, name: str) -> Open | None:
        """The row that counts under an id."""
        if (table, name) not in self._open:
            self._open[table, name] = self._projections.standing(table, name)
        return self._open[table, name]

    def found(self, table: str, standing: Mapping[str, int | None]) -> None:
        """Entries that were found to count, by their ids; what is in hand is newer than they."""
        for name, seq in standing.items():
            self._open.setdefault((table, name), None if seq is None else Open((seq,)))

    def follow(self, table: str, name: str, row: Open | None) -> None:
        """From now on this row counts, or none."""
        self._open[table, name] = row

    def forget(self) -> None:
        """What was in hand is written now."""
        self._open.clear()
