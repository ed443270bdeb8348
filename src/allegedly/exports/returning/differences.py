"""What an annotator changed: records that come back beside those of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegedly.store import View

Pairs = list[list[int]]
# Fields that are spans, alone or in a list of objects: white space at their ends says nothing.
_SPANS: Final = frozenset({"content", "cue", "hedges", "spans"})
_NO_BUSINESS: Final = frozenset({"id", "probability", "zone"})  # of no person's


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One record as it came back: `where` in the file, and its fields, spans in the ledger's text.

    `record` is None for what the annotator added; `fields` holds those that the format tells.
    `verdict` and `note` are the annotator's own.
    """

    where: str
    document: str
    kind: str = "claim"
    record: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What could not be taken, where in the file, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A decision that the file asks for; `subject` is an id."""

    where: str
    subject: str
    verdict: str
    value: Any = None
    reason: str | None = None


def proposals(view: View, came: Returned) -> Iterator[Proposal | Refused]:
    """The decisions that one returned record asks for; none where nothing was changed."""
    if came.record is None:
        yield from _added(view, came)
        return
    try:
        record = view.record(came.record)
    except NotInLedgerError as error:
        yield Refused(where=came.where, reason=str(error))
        return
    text = view.text(record.document)
    changed = changes(text, record.body, came.fields)
    if changed:
        yield Proposal(
            where=came.where,
            subject=record.id,
            verdict="correct",
            value=changed,
            reason=came.note,
        )
    if came.verdict is not None:
        yield Proposal(where=came.where, subject=record.id, verdict=came.verdict, reason=came.note)
    elif came.note and not changed:
        yield Proposal(where=came.where, subject=record.id, verdict="note", reason=came.note)


def _added(view: View, came: Returned) -> Iterator[Proposal | Refused]:
    """What the machine did not read is a note on the document: a decision is about a record."""
    try:
        document = view.document(came.document)
    except NotInLedgerError as error:
        yield Refused(where=came.where, reason=str(error))
        return
    told = _described(view.text(document.id), came)
    yield Proposal(where=came.where, subject=document.id, verdict="note", reason=told)


def _described(text: str, came: Returned) -> str:
    fields = came.fields
    parts = [f"missed {came.kind}: “{_cut(text, fields.get('content') or fields['spans'])}”"]
    parts += [f"{name} {fields[name]}" for name in ("act",) if fields.get(name)]
    if fields.get("cue"):
        parts.append(f"cue “{_cut(text, fields['cue'])}”")
    for source in fields.get("sources", ()):
        parts.append(f"source {source['name'] or _cut(text, source['spans'])}")
    parts.append(f"at {fields.get('content') or fields['spans']}")
    return "; ".join(parts) + (f"; {came.note}" if came.note else "")


def _cut(text: str, pairs: Pairs) -> str:
    return " … ".join(text[start:end] for start, end in pairs)


def changes(text: str, was: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that are not as they were, with their new values."""
    return {
        name: _settled(text, name, value)
        for name, value in came.items()
        if name in was
        and name not in _NO_BUSINESS
        and _plain(text, name, value) != _plain(text, name, was[name])
    }


def _settled(text: str, name: str, value: Any) -> Any:  # noqa: ANN401  # JSON
    """A value as it is recorded: spans without blanks at their ends, none across another."""
    if name in _SPANS:
        return joined(text, value)
    if name == "sources":
        return [{**source, "spans": joined(text, source["spans"])} for source in value]
    return value


def _plain(text: str, name: str, value: Any) -> Any:  # noqa: ANN401  # JSON
    """A value without what formats cannot tell: blanks at ends of spans, order of links."""
    if name in _SPANS:
        return joined(text, value)
    if name == "sources":
        return [
            {key: _plain(text, key, inner) for key, inner in source.items()} for source in value
        ]
    if name == "targets":
        return sorted((target["relation"], target["claim"]) for target in value)
    return value


def joined(text: str, pairs: Pairs) -> Pairs:
    """Spans without blanks at their ends, those that only blanks part made one."""
    made: Pairs = []
    for pair in sorted(pairs):
        start, end = pair
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if made and not text[made[-1][1] : start].strip():
            made[-1][1] = max(end, made[-1][1])
        else:
            made.append([start, end])
    return made
