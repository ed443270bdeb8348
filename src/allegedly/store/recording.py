"""Readings and decisions become entries; what the ledger has already adds nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from allegedly.records import Decision, content_id
from allegedly.records.ledger_json import to_dict
from allegedly.store import queries, tables
from allegedly.store.chain import canonical
from allegedly.store.errors import OvertakenError, RefusedError
from allegedly.store.standing import matter

if TYPE_CHECKING:
    from allegedly.records import Capture, Reading, Run
    from allegedly.store.states import DocumentState
    from allegedly.store.writing import Writer

_KINDS = (("claim", "claims"), ("assessment", "assessments"), ("silence", "silences"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of recording one story; the counts are of entries that were new.

    `document` is the id; `seq` and `head` are number and hash of the ledger's last entry
    afterwards.
    """

    document: str
    new_document: bool
    new_capture: bool
    new_reading: bool
    claims: int
    assessments: int
    silences: int
    seq: int
    head: str

    @property
    def anything(self) -> bool:
        """Whether the ledger has anything now that it had not before."""
        return self.new_document or self.new_capture or self.new_reading


def record(writer: Writer, reading: Reading, capture: Capture, run: Run) -> Recorded:
    """Put one story: its document, where it was met, and what the run read in it.

    Raises RefusedError where a span, a zone or a reference does not hold.
    """
    try:
        ledger = to_dict(reading)
    except ValueError as error:
        raise RefusedError(str(error)) from error
    document = ledger["document"]
    if capture.document != document["id"]:
        raise RefusedError("the capture is of another document")
    state = writer.projector.state(document["id"])
    new_document = state is None
    if state is None:
        writer.put("document", document)
    elif state.text != document["text"]:
        raise RefusedError("another text under the id of a document that is recorded")
    new_capture = _put_capture(writer, capture)
    counts = None
    if new_document or not _was_read(writer, document["id"], run):
        _put_run(writer, run)
        counts = _put_reading(writer, ledger, state, run)
    return Recorded(
        document=document["id"],
        new_document=new_document,
        new_capture=new_capture,
        new_reading=counts is not None,
        **(counts or dict.fromkeys(("claims", "assessments", "silences"), 0)),
        seq=writer.seq,
        head=writer.hash,
    )


def record_capture(writer: Writer, capture: Capture) -> Recorded:
    """Put where a document that is recorded was met once more."""
    if writer.projector.state(capture.document) is None:
        raise RefusedError("the capture is of a document that is not recorded")
    new = _put_capture(writer, capture)
    return replace(nothing_new(capture.document, writer.seq, writer.hash), new_capture=new)


def nothing_new(document: str, seq: int, head: str) -> Recorded:
    """What recording a story gives that the ledger has already."""
    return Recorded(
        document=document,
        new_document=False,
        new_capture=False,
        new_reading=False,
        claims=0,
        assessments=0,
        silences=0,
        seq=seq,
        head=head,
    )


def _put_capture(writer: Writer, capture: Capture) -> bool:
    t = tables.captures
    known = writer.connection.execute(select(t.c.id).where(t.c.id == capture.id)).first()
    if known is not None:
        return False
    writer.put("capture", capture_body(capture))
    return True


def capture_body(capture: Capture) -> dict[str, Any]:
    """A capture as the body of an entry."""
    return {
        "id": capture.id,
        "document": capture.document,
        "sha256": capture.sha256,
        "uri": capture.uri,
        "media_type": capture.media_type,
        "title": capture.title,
        "publisher": capture.publisher,
        "published": capture.published,
        "retrieved_at": capture.retrieved_at,
        "archive": capture.archive,
        "byline": capture.byline,
        "updated": capture.updated,
        "reader": capture.reader,
    }


def _was_read(writer: Writer, document: str, run: Run) -> bool:
    t = tables.readings
    query = select(t.c.id).where(t.c.document == document, t.c.run == run.id).limit(1)
    return writer.connection.execute(query).first() is not None


def _put_run(writer: Writer, run: Run) -> None:
    t = tables.runs
    if writer.connection.execute(select(t.c.id).where(t.c.id == run.id)).first() is None:
        body = {"id": run.id, "code": run.code, "model": run.model, "settings": dict(run.settings)}
        writer.put("run", body, run.id)


def _put_reading(
    writer: Writer, ledger: dict[str, Any], state: DocumentState | None, run: Run
) -> dict[str, int]:
    """Records that are as they were read before are listed and not put again."""
    document = ledger["document"]["id"]
    counts = {name: 0 for _, name in _KINDS}
    for kind, name in _KINDS:
        for record in ledger[name]:
            body = {**record, "document": document}
            known = state.records.get((kind, record["id"])) if state else None
            if known is None or known.body != body:
                writer.put(kind, body, run.id)
                counts[name] += 1
    listed = {name: [record["id"] for record in ledger[name]] for _, name in _KINDS}
    body = {
        "id": content_id("reading", document, run.id),
        "document": document,
        "zones": ledger["zones"],
    }
    writer.put("reading", body | listed, run.id)
    return counts


def decide(writer: Writer, decision: Decision, document: str | None) -> str:
    """Put a person's decision; gives its id.

    `document` is that of its subject where that has one. What stands on the same matter is
    superseded; the same word of the same person, where it stands, is not put again.
    """
    writer.flush()  # what was put before counts
    about = matter(decision.verdict, decision.value, decision.id)
    last = _last(writer, decision)
    if decision.verdict != "undo":
        before, holds = _stands(writer, decision, document, about)
        if before is not None and holds and _says_the_same(writer, before, decision):
            return before
        decision = replace(decision, supersedes=before)
    decision = replace(decision, after=last)
    if decision.verdict == "note":
        about = matter("note", None, decision.id)
    body = {
        "id": decision.id,
        "kind": decision.kind,
        "subject": decision.subject,
        "document": document,
        "matter": about,
        "verdict": decision.verdict,
        "value": decision.value,
        "reviewer": decision.reviewer,
        "reason": decision.reason,
        "supersedes": decision.supersedes,
        "after": decision.after,
    }
    writer.put("decision", body)
    return decision.id


def _stands(
    writer: Writer, decision: Decision, document: str | None, about: str
) -> tuple[str | None, bool]:
    """The decision that stands on a matter, and whether it holds for the record as it is now.

    For a record read anew it is the one carried to it.
    """
    if document is not None and decision.kind != "document":
        state = writer.projector.state(document)
        stood = state.standings.get((decision.kind, decision.subject)) if state else None
        word = stood.standing.decided.get(about) if stood else None
        holds = stood is not None and stood.status != "reopened"
        return (word.id if word else None), holds
    t = tables.decisions
    mine = (t.c.kind == decision.kind, t.c.subject == decision.subject, t.c.matter == about)
    query = select(t.c.id).where(*mine, t.c.seq_to.is_(None))
    return writer.connection.execute(query).scalar(), True


def _last(writer: Writer, decision: Decision) -> str | None:
    """The last decision about the same subject."""
    t = tables.decisions
    mine = (t.c.kind == decision.kind, t.c.subject == decision.subject)
    query = select(t.c.id).where(*mine).order_by(t.c.seq_from.desc()).limit(1)
    return writer.connection.execute(query).scalar()


def _says_the_same(writer: Writer, standing: str, decision: Decision) -> bool:
    t = tables.decisions
    row = writer.connection.execute(select(t).where(t.c.id == standing)).one()
    said = (row.kind, row.subject, row.verdict, row.value, row.reviewer, row.reason)
    value = None if decision.value is None else canonical(decision.value)
    word = (decision.kind, decision.subject, decision.verdict, value)
    return said == (*word, decision.reviewer, decision.reason)


def undo(writer: Writer, target: str, reviewer: str, reason: str) -> str:
    """Put a decision that takes another back: its matter is open again.

    Raises OvertakenError where the other has been replaced or taken back already.
    """
    t = tables.decisions
    writer.flush()
    row = writer.connection.execute(select(t).where(t.c.id == target)).one()
    if row.verdict == "undo":
        raise RefusedError(f"decision {target} took another back: decide anew instead")
    if row.seq_to is not None:
        after = writer.connection.execute(select(t).where(t.c.seq_from == row.seq_to)).one()
        raise OvertakenError(queries.decision(after, None))
    decision = Decision(
        kind=row.kind,
        subject=row.subject,
        verdict="undo",
        reviewer=reviewer,
        reason=reason,
        supersedes=target,
    )
    return decide(writer, decision, row.document)
