"""Linkings, groups, links and people's words on them as rows: the last under an id counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allegedly.store import link_tables
from allegedly.store.chain import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from allegedly.store.chain import Entry
    from allegedly.store.rows import Row
    from allegedly.store.standing import Body


def linking_row(entry: Entry, body: Body) -> Row:
    """A row of `linkings`."""
    return _begun(entry) | {"id": body["id"], "document": body["document"]}


def group_row(entry: Entry, body: Body) -> Row | None:
    """A row of `claim_groups`; None where nobody is in it any more."""
    if not body["members"]:
        return None
    said = {"id": body["id"], "shown": body["shown"], "probability": float(body["probability"])}
    return _begun(entry) | said


def link_row(entry: Entry, body: Body) -> Row | None:
    """A row of `links`; None where it was taken back."""
    if body["probability"] is None:
        return None
    said = {name: body[name] for name in ("id", "relation", "method")}
    found = {"probability": float(body["probability"]), "reason": canonical(body["reason"])}
    return _begun(entry) | said | found | _ends(body)


def decision_row(entry: Entry, body: Body) -> Row | None:
    """A row of `link_decisions`; None where the decision before was taken back."""
    if body["verdict"] == "undo":
        return None
    said = {name: body[name] for name in ("id", "relation", "verdict", "reviewer", "reason")}
    begun = {"seq_from": entry.seq, "seq_to": None, "recorded_at": entry.recorded_at}
    return begun | said | _ends(body)


def further_rows(entry: Entry, body: Body) -> Iterator[tuple[str, Row]]:
    """Rows of other tables that count as long as the entry's own: (table, row)."""
    if entry.kind == "linking":
        for place, own in enumerate(body["claims"]):
            for key in own["keys"]:
                yield (
                    link_tables.link_keys.name,
                    {
                        "seq_from": entry.seq,
                        "key": key,
                        "place": place,
                    },
                )
    if entry.kind == "group":
        for place, (member, document) in enumerate(body["members"]):
            row = {"seq_from": entry.seq, "member": member, "document": document, "place": place}
            yield link_tables.group_members.name, row


def _begun(entry: Entry) -> Row:
    return {"seq_from": entry.seq, "seq_to": None, "run": entry.run}


def _ends(body: Body) -> Row:
    return {"left_claim": body["left"], "right_claim": body["right"]}


# For each kind of entry: its table, and how its row is made.
LINKED: Final[Mapping[str, tuple[str, Callable[[Entry, Body], Row | None]]]] = {
    "linking": ("linkings", linking_row),
    "group": ("claim_groups", group_row),
    "link": ("links", link_row),
    "link_decision": ("link_decisions", decision_row),
}
