"""Cases, memberships, origins and profiles become entries; what stands already adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from allegedly.store import tables
from allegedly.store.case_rows import REPLACED
from allegedly.store.states import entry_body

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records import Case, Commonness, Membership, Origin, Profile, Run, Spans
    from allegedly.store.standing import Body
    from allegedly.store.writing import Writer


def put_run(writer: Writer, run: Run) -> str:
    """The id of a run, which is put where the ledger has not got it."""
    t = tables.runs
    if writer.connection.execute(select(t.c.id).where(t.c.id == run.id)).first() is None:
        body = {"id": run.id, "code": run.code, "model": run.model, "settings": dict(run.settings)}
        writer.put("run", body, run.id)
        writer.flush()
    return run.id


def put_case(writer: Writer, case: Case, run: str | None) -> None:
    """A case, or its new title and description."""
    said = {"name": case.name, "title": case.title, "description": case.description}
    _put(writer, "case", {"id": case.id, **said, "seeds": sorted(case.seeds)}, run)


def put_collected(
    writer: Writer,
    run: Run,
    *,
    memberships: Iterable[Membership] = (),
    profile: Profile | None = None,
    commonness: Commonness | None = None,
) -> int:
    """What a machine found to belong to cases; gives how many memberships were new."""
    name = put_run(writer, run)
    if commonness is not None:
        put_commonness(writer, commonness, name)
    if profile is not None:
        put_profile(writer, profile, name)
    return put_memberships(writer, memberships, name)


def put_memberships(writer: Writer, memberships: Iterable[Membership], run: str) -> int:
    """Which documents belong to cases, or do not any more; gives how many entries were new."""
    return sum(_put(writer, "membership", _membership(found), run) for found in memberships)


def put_origins(writer: Writer, case: str, origins: Iterable[Origin], run: Run) -> int:
    """The origins of a case, instead of those that were there; gives how many were new."""
    name = put_run(writer, run)
    bodies = {origin.id: _origin(origin) for origin in origins}
    t = tables.origins
    there = select(t.c.id, t.c.kind, t.c.name).where(t.c.case_id == case, t.c.seq_to.is_(None))
    for row in writer.connection.execute(there).all():
        if row.id not in bodies:
            gone = {"id": row.id, "case": case, "kind": row.kind, "name": row.name}
            _put(writer, "origin", {**gone, "copies": [], "words": []}, name)
    return sum(_put(writer, "origin", body, name) for body in bodies.values())


def put_profile(writer: Writer, profile: Profile, run: str) -> None:
    """What a case's documents have in common."""
    body = {
        "id": profile.case,
        "terms": dict(profile.terms),
        "vector": list(profile.vector),
        "commonness": profile.commonness,
        "first": profile.first,
        "last": profile.last,
        "members": profile.members,
        "language": profile.language,
    }
    _put(writer, "profile", body, run)


def put_commonness(writer: Writer, commonness: Commonness, run: str) -> None:
    """How common words are."""
    t = tables.commonness
    known = select(t.c.id).where(t.c.id == commonness.id)
    if writer.connection.execute(known).first() is None:
        counted = {"documents": commonness.documents, "stems": dict(commonness.stems)}
        writer.put("commonness", {"id": commonness.id, **counted}, run)
        writer.flush()


def _membership(found: Membership) -> Body:
    said = {"case": found.case, "document": found.document, "belongs": found.belongs}
    how = {"probability": found.probability, "method": found.method, "words": list(found.words)}
    return {"id": found.id, **said, **how}


def _origin(origin: Origin) -> Body:
    copies = [{"document": c.document, "spans": _pairs(c.spans)} for c in origin.copies]
    said: dict[str, Any] = {"case": origin.case, "kind": origin.kind, "name": origin.name}
    return {"id": origin.id, **said, "copies": copies, "words": list(origin.words)}


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _put(writer: Writer, kind: str, body: Body, run: str | None) -> bool:
    """Put an entry unless what stands under its id says the same."""
    table = tables.projections.tables[REPLACED[kind][0]]
    there = select(table.c.seq_from).where(table.c.id == body["id"], table.c.seq_to.is_(None))
    seq = writer.connection.execute(there).scalar()
    if seq is None and _says_nothing(body):
        return False
    if seq is not None and entry_body(writer.connection, seq) == body:
        return False
    writer.put(kind, body, run)
    return True


def _says_nothing(body: Body) -> bool:
    """Whether it only takes back what is not there."""
    return body.get("belongs") is False or body.get("copies") == []
