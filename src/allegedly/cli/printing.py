"""How what a ledger holds is printed: a machine's words and a person's never in one field."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec
import typer

from allegedly.exports.wording import NOBODY
from allegedly.records import Span, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from typing_extensions import TypeIs

    from allegedly.store import (
        Answered,
        Change,
        Difference,
        Hit,
        Stands,
        StoredCapture,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredRecord,
    )

INDENT = " " * 14
ID = 12  # digits of an id that are shown; `show` takes them


def put(line: str) -> None:
    """Print a line; nothing in it can drive the terminal."""
    encoding = sys.stdout.encoding or "utf-8"
    typer.echo(f"{_harmless(line)}\n".encode(encoding, "replace"), nl=False)


def _harmless(text: str) -> str:
    """A text in which nothing can drive the terminal."""
    from allegedly.exports.terminal import VISIBLE  # noqa: PLC0415  # rich takes a while to load

    return text.translate(VISIBLE)


def put_lines(lines: str) -> None:
    """Print lines."""
    for line in lines.split("\n"):
        put(line)


def put_marked(line: str) -> None:
    """Print lines that `marked` has made safe already."""
    encoding = sys.stdout.encoding or "utf-8"
    typer.echo(f"{line}\n".encode(encoding, "replace"), nl=False)


def put_json(value: dict[str, Any]) -> None:
    """Print an object on a line, in UTF-8 whatever the terminal speaks; spans are pairs."""
    plain = msgspec.to_builtins(value)
    typer.echo(f"{json.dumps(plain, ensure_ascii=False)}\n".encode(), nl=False)


def document_line(found: StoredDocument) -> str:
    """A document on a line."""
    when, who = found.published or "undated", found.publisher or "—"
    met = f", met {found.captures} times" if found.captures > 1 else ""
    counted = f"({found.claims} claims{met})"
    return f"{found.id[:ID]}  {when:<10.10}  {who}  {found.title or '—'}  {counted}"


def claim_line(found: StoredClaim, answered: Answered | None = None) -> str:
    """A claim on a line, below it what it answers, where that is given, and what was decided."""
    line = f"{found.id[:ID]}  {found.act.upper()}  {found.chain or NOBODY}: {found.content}"
    if answered is not None:
        other = answered.claim
        line += f"\n{INDENT}{answered.relation} {other.chain or NOBODY}: {other.content}"
    return _with_word(line, found.stands)


def _with_word(line: str, stands: Stands) -> str:
    word = decided_words(stands)
    return f"{line}\n{INDENT}{word}" if word else line


def decided_words(stands: Stands) -> str:
    """What people decided, in words; empty where nobody has."""
    parts: list[str] = [] if stands.status == "suggested" else [stands.status]
    if stands.carried:
        parts.append("(decided on an earlier reading)")
    if stands.corrected:
        parts += [f"{field} → {_short(value)}" for field, value in stands.corrected.items()]
    if stands.credibility:
        parts.append(f"credibility {stands.credibility}")
    return f"decided: {' '.join(parts)}" if parts else ""


def claim_json(found: StoredClaim) -> dict[str, Any]:
    """A claim with what a machine read and what people decided apart."""
    values = msgspec.structs.asdict(found)
    stands = asdict(values.pop("stands"))
    about = {name: values.pop(name) for name in ("id", "seq", "document", "run")}
    story = {name: values.pop(name) for name in ("title", "publisher", "published")}
    return {"claim": about | {"read": values, "decided": stands, "story": story}}


def record_json(found: StoredRecord, decisions: Iterable[StoredDecision]) -> dict[str, Any]:
    """A record in full, the same way."""
    return {
        found.kind: {
            "id": found.id,
            "seq": found.seq,
            "document": found.document,
            "run": found.run,
            "read": dict(found.body),
            "decided": asdict(found.stands),
            "decisions": [asdict(decision) for decision in decisions],
        }
    }


def decision_line(found: StoredDecision) -> str:
    """A decision on a line."""
    value = "" if found.value is None else f" {json.dumps(found.value, ensure_ascii=False)}"
    gone = "" if found.current or found.verdict == "undo" else "  [no longer stands]"
    return (
        f"{found.id[:ID]}  {found.recorded_at[:19]}  {found.reviewer}: {found.verdict}{value} "
        f"{found.kind} {found.subject[:ID]}: {found.reason}{gone}"
    )


def _is_claim(found: StoredClaim | StoredDocument) -> TypeIs[StoredClaim]:
    from allegedly.store import StoredClaim  # noqa: PLC0415  # loaded by now; --help needs none

    return isinstance(found, StoredClaim)


def hit_line(hit: Hit) -> str:
    """What was found, with the words that answer in brackets."""
    found, text = hit.record, marked(hit.excerpt, hit.marks)
    if _is_claim(found):
        who = marked(found.chain, hit.names_marks) or NOBODY
        return _with_word(f"{found.id[:ID]}  {found.act.upper()}  {who}: {text}", found.stands)
    title = marked(found.title, hit.names_marks) if found.title else "—"
    return f"{found.id[:ID]}  {title}\n{INDENT}{text}"


def hit_json(hit: Hit) -> dict[str, Any]:
    """What was found, spans as pairs of code points."""
    found = hit.record
    record = claim_json(found) if _is_claim(found) else {"document": asdict(found)}
    pairs = {
        name: [[s.start, s.end] for s in getattr(hit, name)]
        for name in ("marks", "spans", "names_marks")
    }
    return record | {"rank": hit.rank, "excerpt": hit.excerpt} | pairs


def marked(text: str, marks: Iterable[Span]) -> str:
    """A text with brackets around the places that answer, bold on a terminal."""
    begin, end = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    parts, at = [], 0
    for mark in marks:
        parts += [_harmless(text[at : mark.start]), begin]
        parts += [_harmless(text[mark.start : mark.end]), end]
        at = mark.end
    return "".join([*parts, _harmless(text[at:])])


def change_lines(change: Change) -> Iterable[str]:
    """What was recorded, and what a reading changed."""
    about = change.title or (change.document or "")[:ID]
    line = f"{change.seq:>8}  {change.recorded_at[:19]}  {change.kind} {change.id[:ID]}"
    if change.decision is not None:
        said = change.decision
        about = f"{said.kind} {said.subject[:ID]}"
        yield f"{line}  {said.reviewer}: {said.verdict} {about}: {said.reason}"
        return
    run = f" by run {change.run[:ID]}" if change.run and change.kind == "reading" else ""
    claims = f", {change.claims} claims" if change.kind == "reading" else ""
    yield f"{line}{run}  {about}{claims}"
    for difference in change.differences:
        yield f"          {difference_line(difference)}"


def difference_line(difference: Difference) -> str:
    """What became of one record."""
    name = f"{difference.kind} {difference.id[:ID]}"
    if difference.was is None:
        return f"+ {name}"
    if difference.now is None:
        return f"- {name}"
    fields = ", ".join(
        f"{field}: {_short(difference.was[field])} → {_short(difference.now[field])}"
        for field in difference.was
    )
    return f"~ {name}  {fields}"


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def capture_lines(capture: StoredCapture) -> Iterable[str]:
    """Where a document was met: its address, and what else is known of how it came."""
    yield f"  met at {capture.uri or 'no known place'}, sha256 {capture.sha256[:16]}…"
    if capture.archive and capture.archive != capture.uri:
        yield f"    kept in {capture.archive}"
    told = {
        "retrieved": capture.retrieved_at,
        "by": capture.byline,
        "updated": capture.updated,
        "read by": capture.reader,
    }
    parts = [f"{name} {value}" for name, value in told.items() if value]
    if parts:
        yield f"    {'; '.join(parts)}"


def body_lines(body: Mapping[str, Any], text: str) -> Iterable[str]:
    """A record as read, field by field, spans as the words that they cut."""
    for field, value in body.items():
        if value in (None, [], ""):
            continue
        if field in {"content", "cue", "hedges", "spans"}:
            spans = tuple(Span(start, end) for start, end in value)
            yield f"{field}: {words(text, spans)}  {_short(value)}"
        elif field == "sources":
            yield f"sources: {' › '.join(hop['name'] or '?' for hop in value)}"
        else:
            yield f"{field}: {value if isinstance(value, str) else _short(value)}"
