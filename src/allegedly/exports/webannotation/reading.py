"""Annotations that came back: ours as they were changed, and an annotator's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.returning.anchoring import Quote, UnanchoredError, anchor
from allegedly.exports.returning.differences import Refused, Returned
from allegedly.exports.webannotation import names
from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.exports.returning.differences import Pairs
    from allegedly.store import View

Body = dict[str, Any]
LARGEST: Final = 512 * 1024 * 1024  # bytes of a file
# An annotator's verdicts, as tools and people write them.
_VERDICTS: Final = {
    "accept": "accept",
    "accepted": "accept",
    "reject": "reject",
    "rejected": "reject",
}


class AnnotationError(ValueError):
    """What is no Web Annotation, or points nowhere; the message says why."""


def read(view: View, path: Path) -> Iterator[Returned | Refused]:
    """The annotations of a file: a collection, a page, a list, or one a line.

    One with the IRI of a claim changes or judges it, as does one that has the claim as its target;
    a cue or a source is part of its claim; any other is the annotator's own. Decisions in the file
    are somebody's, and are not brought in under another's name.
    """
    try:
        items = _items(path)
    except (AnnotationError, OSError, UnicodeError) as error:
        yield Refused(where=path.name, reason=str(error))
        return
    records: dict[str, _Record] = {}
    for number, item in enumerate(items, start=1):
        where = _where(item, number)
        try:
            yield from _taken(view, item, where, records)
        except (AnnotationError, UnanchoredError, NotInLedgerError) as error:
            yield Refused(where=where, reason=str(error))
    for record in records.values():
        yield record.returned()


def _where(item: object, number: int) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) else f"annotation {number}"


@dataclass(slots=True)
class _Record:
    """A record of the ledger as the file's annotations leave it."""

    where: str
    document: str
    kind: str
    name: str
    fields: Body
    verdict: str | None = None
    note: str | None = None

    def returned(self) -> Returned:
        """All of it together."""
        return Returned(
            where=self.where,
            document=self.document,
            kind=self.kind,
            record=self.name,
            fields=self.fields,
            verdict=self.verdict,
            note=self.note,
        )


def _taken(
    view: View, item: object, where: str, records: dict[str, _Record]
) -> Iterator[Returned | Refused]:
    if not isinstance(item, dict):
        raise AnnotationError("not an object")
    about = names.parsed(item.get("id")) or _on_record(item)
    if about is not None and about[0] == "decision":
        _check_known(view, about[1])
        return
    if about is None or about[0] == "document":
        yield _own(view, item, where, about)
        return
    kind, name, part = about
    record = records.get(name) or _record(view, where, kind, name)
    text = view.text(record.document)
    if part is None:
        _judge(record, item)
        if names.parsed(item.get("id")) is not None:
            _change(record, item, text)
    else:
        _change_part(record, item, text, part)
    records[name] = record


def _check_known(view: View, name: str) -> None:
    try:
        view.decision(name)
    except NotInLedgerError as error:
        raise AnnotationError("somebody else's decision: it comes in by `import jsonl`") from error


def _record(view: View, where: str, kind: str, name: str) -> _Record:
    found = view.record(name)
    if found.kind != kind:
        raise AnnotationError(f"{name} is a {found.kind}")
    fields = {} if kind != "claim" else {"sources": found.body["sources"]}
    return _Record(where, found.document, kind, name, json.loads(json.dumps(fields)))


def _on_record(item: Body) -> tuple[str, str, str | int | None] | None:
    """The record of ours that an annotation has as its target."""
    target = item.get("target")
    if isinstance(target, dict):
        target = target.get("id") or (None if "selector" in target else target.get("source"))
    return names.parsed(target)


def _bodies(item: Body) -> list[Body]:
    found = item.get("body", item.get("bodyValue", []))
    listed = found if isinstance(found, list) else [found]
    return [
        body if isinstance(body, dict) else {"value": body, "purpose": "commenting"}
        for body in listed
    ]


def _said(item: Body, *purposes: str) -> list[str]:
    return [
        str(body["value"]).strip()
        for body in _bodies(item)
        if body.get("purpose") in purposes
        and body.get("value")
        and body.get("format") != "application/json"
    ]


def _judge(record: _Record, item: Body) -> None:
    for said in _said(item, "assessing", "moderating"):
        verdict = _VERDICTS.get(said.casefold())
        if verdict is None:
            raise AnnotationError(f"{said!r} is no verdict: accept or reject")
        record.verdict = verdict
    notes = _said(item, "commenting", "replying")
    if notes:
        record.note = "; ".join(filter(None, (record.note, *notes)))


def _change(record: _Record, item: Body, text: str) -> None:
    pairs = _pairs(item, text)
    record.fields["content" if record.kind == "claim" else "spans"] = pairs
    said = _said(item, "classifying")
    if said and record.kind == "claim":
        record.fields["act"] = said[-1]
    elif said and record.kind == "assessment":
        record.fields["kind"] = said[-1]


def _change_part(record: _Record, item: Body, text: str, part: str | int) -> None:
    pairs = _pairs(item, text)
    if isinstance(part, str):
        record.fields[part] = pairs
        return
    sources = record.fields["sources"]
    if part >= len(sources):
        raise AnnotationError(f"the claim has no source {part}")
    sources[part]["spans"] = pairs
    if named := _said(item, "identifying"):
        sources[part]["name"] = named[-1]


def _own(
    view: View, item: Body, where: str, about: tuple[str, str, str | int | None] | None
) -> Returned:
    """An annotation that the annotator made on the text."""
    document = about[1] if about is not None else _document(view, item)
    pairs = _pairs(item, view.text(document))
    acts = _said(item, "classifying", "tagging")
    fields: Body = {"content": pairs} | ({"act": acts[0]} if acts else {})
    notes = "; ".join(_said(item, "commenting", "describing", "replying", "identifying"))
    return Returned(where=where, document=document, fields=fields, note=notes or None)


def _document(view: View, item: Body) -> str:
    for target in _targets(item):
        source = target.get("source")
        iri = source.get("id") if isinstance(source, dict) else source
        about = names.parsed(iri)
        if about is not None and about[0] == "document":
            return view.find(about[1])[1]
        found = [document for document in view.documents() if document.uri and document.uri == iri]
        if len(found) == 1:
            return found[0].id
        raise AnnotationError(f"no document here comes from {iri!r}")
    raise AnnotationError("it has no target")


def _targets(item: Body) -> list[Body]:
    found = item.get("target", [])
    listed = found if isinstance(found, list) else [found]
    if not all(isinstance(target, dict) for target in listed):
        raise AnnotationError("a target without a selector marks no words")
    return listed


def _pairs(item: Body, text: str) -> Pairs:
    spans = [anchor(text, _quote(target)) for target in _targets(item)]
    if not spans:
        raise AnnotationError("it has no target")
    return sorted([span.start, span.end] for span in spans)


def _quote(target: Body) -> Quote:
    """The quotation of a target; its position, where it has one, is a hint alone."""
    found = target.get("selector", [])
    selectors = [s for s in (found if isinstance(found, list) else [found]) if isinstance(s, dict)]
    quoted = [s for s in selectors if s.get("type") == "TextQuoteSelector"]
    if not quoted:
        raise AnnotationError("it has no TextQuoteSelector: a position alone can have moved")
    said = {name: quoted[0].get(name) or "" for name in ("exact", "prefix", "suffix")}
    if not all(isinstance(value, str) for value in said.values()):
        raise AnnotationError("its TextQuoteSelector quotes no text")
    starts = [s.get("start") for s in selectors if s.get("type") == "TextPositionSelector"]
    start = starts[0] if starts and type(starts[0]) is int and starts[0] >= 0 else None
    return Quote(start=start, **said)


def _items(path: Path) -> list[object]:
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise AnnotationError(f"larger than {LARGEST:,} bytes")
    try:
        return _inner(json.loads(raw))
    except (ValueError, RecursionError) as error:
        try:
            return [json.loads(line) for line in raw.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise AnnotationError(f"no JSON, or cut off: {error}") from error


def _inner(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise AnnotationError("neither a collection nor an annotation")
    if isinstance(value.get("items"), list):
        return list(value["items"])
    if isinstance(value.get("first"), dict):
        return _inner(value["first"])
    if value.get("type") == "Annotation":
        return [value]
    raise AnnotationError("neither a collection nor an annotation")
