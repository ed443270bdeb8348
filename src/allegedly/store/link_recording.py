"""What was found between claims becomes entries; what stands already adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from allegedly.records import ClaimGroup, Link, LinkDecision, content_id
from allegedly.store import case_recording, tables
from allegedly.store.link_rows import LINKED
from allegedly.store.states import Bodies, batched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def put_groups(
    writer: Writer, groups: Iterable[ClaimGroup], documents: Mapping[str, str], run: str
) -> int:
    """Groups with the document of each member, which are new or are now others; gives how many."""
    return _put(writer, "group", [_group(group, documents) for group in groups], run)


def _group(group: ClaimGroup, documents: Mapping[str, str]) -> Body:
    members = [[member, documents[member]] for member in group.members]
    said = {"id": group.id, "shown": group.shown, "probability": group.probability}
    return said | {"members": members}


def put_links(writer: Writer, links: Iterable[Link], run: str) -> int:
    """Links that are new or are now another; gives how many."""
    return _put(writer, "link", [_link(link) for link in links], run)


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
    return _put(writer, "link_decision", [body], None) > 0


def matter_of(decision: LinkDecision) -> str:
    """What a decision is about: of *same*, the two in any order."""
    ends = [decision.left, decision.right]
    if decision.relation == "same":
        ends.sort()
    return content_id("link matter", *ends, decision.relation)


def taken_back(writer: Writer, groups: Iterable[str], run: str) -> None:
    """Groups that hold nobody any more."""
    nobody: Body = {"shown": "", "probability": 0.0, "members": []}
    _put(writer, "group", [{"id": group, **nobody} for group in groups], run)


def _put(writer: Writer, kind: str, bodies: Sequence[Body], run: str | None) -> int:
    """Put entries, of different ids, unless what stands under theirs says the same."""
    table = LINKED[kind][0]
    standing = _standing(writer, table, [body["id"] for body in bodies])
    said = Bodies(writer.connection).of([seq for seq in standing.values() if seq is not None])
    writer.projector.found(table, standing)
    new = [body for body in bodies if said.get(standing[body["id"]] or 0) != body]
    for body in new:
        writer.put(kind, body, run)
    return len(new)


def _standing(writer: Writer, name: str, ids: Sequence[str]) -> dict[str, int | None]:
    """The entry that counts under each of some ids, None where there is none."""
    t = tables.projections.tables[name]
    found: dict[str, int | None] = dict.fromkeys(ids)
    for some in batched(ids):
        rows = select(t.c.id, t.c.seq_from).where(t.c.id.in_(some), t.c.seq_to.is_(None))
        found.update((row[0], row[1]) for row in writer.connection.execute(rows))
    return found
