"""What was found between claims becomes entries; what stands already adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from allegedly.records import ClaimGroup, Link, LinkDecision, content_id
from allegedly.store import case_recording, tables
from allegedly.store.link_rows import LINKED
from allegedly.store.states import entry_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegedly.records import Run
    from allegedly.store.standing import Body
    from allegedly.store.writing import Writer


def put_run(writer: Writer, run: Run) -> str:
    """The id of a run, which is put where the ledger has not got it."""
    return case_recording.put_run(writer, run)


def put_linking(writer: Writer, document: str, body: Mapping[str, Any], run: str) -> int:
    """What a document's claims are compared by, and its further statements; gives the entry.

    Put where it says the same, too: it says that the document was linked as it was read last.
    """
    named = {"id": content_id("linking", document), "document": document}
    return writer.put("linking", named | dict(body), run).seq


def put_group(writer: Writer, group: ClaimGroup, documents: Mapping[str, str], run: str) -> bool:
    """A group with the document of each member; without members it is taken back."""
    members = [[member, documents[member]] for member in group.members]
    said = {"id": group.id, "shown": group.shown, "probability": group.probability}
    return _put(writer, "group", said | {"members": members}, run)


def put_links(writer: Writer, links: Iterable[Link], run: str) -> int:
    """Links that are new or are now another; gives how many."""
    return sum(_put(writer, "link", _link(link), run) for link in links)


def _link(link: Link) -> Body:
    return {
        "id": link.id,
        "left": link.left,
        "right": link.right,
        "relation": link.relation,
        "probability": link.probability,
        "method": link.method,
        "reason": [[r.slot, r.left, r.right, r.weighs] for r in link.reason],
    }


def put_decision(writer: Writer, decision: LinkDecision) -> bool:
    """A person's word on two claims; it replaces an earlier one on the same two and relation."""
    body = {
        "id": matter_of(decision),
        "left": decision.left,
        "right": decision.right,
        "relation": decision.relation,
        "verdict": decision.verdict,
        "reviewer": decision.reviewer,
        "reason": decision.reason,
    }
    return _put(writer, "link_decision", body, None)


def matter_of(decision: LinkDecision) -> str:
    """What a decision is about: of *same*, the two in any order."""
    ends = [decision.left, decision.right]
    if decision.relation == "same":
        ends.sort()
    return content_id("link matter", *ends, decision.relation)


def taken_back(writer: Writer, groups: Iterable[str], run: str) -> None:
    """Groups that hold nobody any more."""
    for group in groups:
        _put(writer, "group", {"id": group, "shown": "", "probability": 0.0, "members": []}, run)


def _put(writer: Writer, kind: str, body: Body, run: str | None) -> bool:
    """Put an entry unless what stands under its id says the same."""
    table = tables.projections.tables[LINKED[kind][0]]
    there = select(table.c.seq_from).where(table.c.id == body["id"], table.c.seq_to.is_(None))
    seq = writer.connection.execute(there).scalar()
    if seq is not None and entry_body(writer.connection, seq) == body:
        return False
    writer.put(kind, body, run)
    return True
