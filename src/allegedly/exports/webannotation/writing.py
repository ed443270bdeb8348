"""Claims, assessments, silences and decisions as an AnnotationCollection in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.webannotation import names
from allegedly.records.ledger_json import to_dict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Spans
    from allegedly.store import StoredDecision

Body = dict[str, Any]
CONTEXT: Final[list[Any]] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "title": "http://purl.org/dc/terms/title",
        "publisher": "http://purl.org/dc/terms/publisher",
        "issued": "http://purl.org/dc/terms/issued",
    },
]
AROUND: Final = 32  # characters of context on each side of a quotation, as Hypothesis takes


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write one collection; every target has a position, in code points, and a quotation.

    An annotation made by a machine has a creator of type Software, a person's one of type Person;
    a person's decision is an annotation of the machine's.
    """
    head = {
        "@context": CONTEXT,
        "id": f"urn:allegedly:export:{snapshot.head.hash}",
        "type": "AnnotationCollection",
        "label": f"allegedly: {snapshot.selection.asked}, as of {snapshot.moment}",
    }
    page = {"id": f"urn:allegedly:export:{snapshot.head.hash}:page:1", "type": "AnnotationPage"}
    page["startIndex"] = 0  # type: ignore[assignment]  # a number among strings
    before = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    inner = json.dumps(page, ensure_ascii=False)[:-1]
    out.write(f'{before},\n "first": {inner}, "items": ['.encode())
    total = 0
    for annotation in _annotations(snapshot):
        joint = ",\n" if total else "\n"
        out.write(f"{joint}{json.dumps(annotation, ensure_ascii=False)}".encode())
        total += 1
    out.write(f'\n]}},\n "total": {total}\n}}\n'.encode())


def _annotations(snapshot: Snapshot) -> Iterator[Body]:
    for story in snapshot.stories():
        yield from _Story(snapshot, story).annotations()
    for word in snapshot.words_on_sources():
        if word.current and word.verdict != "undo":
            yield _decision(word)


class _Story:
    """The annotations of one document."""

    def __init__(self, snapshot: Snapshot, story: Story) -> None:
        self._snapshot, self._story = snapshot, story
        self._text = story.document.text
        self._source = _source(story)

    def annotations(self) -> Iterator[Body]:
        """Claims with their cues and sources, assessments, silences, and what people decided."""
        ledger = to_dict(self._story.reading)
        bodies = {body["id"]: body for body in ledger["claims"]}
        for claim in self._story.claims:
            yield from self._claim(bodies[claim.id])
        for body in ledger["assessments"]:
            yield self._other("assessment", body, body["kind"], body["by"])
        for body in ledger["silences"]:
            yield self._other("silence", body, "silence", body["who"]["name"])
        left = {c.id for c in self._story.reading.claims} - {c.id for c in self._story.claims}
        for word in self._story.decisions:
            if word.current and word.verdict != "undo" and word.subject not in left:
                yield _decision(word, self._seen_as(word))

    def _seen_as(self, word: StoredDecision) -> str:
        """The record that a decision is about now; another than it was taken on if read anew."""
        for record, stands in self._story.stands.items():
            if word.id in stands.decisions:
                return record
        return word.subject

    def _claim(self, body: Body) -> Iterator[Body]:
        claim = next(c for c in self._story.claims if c.id == body["id"])
        who = " › ".join(wording.hop(source, self._text)[0] for source in claim.sources)
        yield {
            **self._head(names.claim(claim.id), claim.id, "classifying"),
            "body": [
                _text("classifying", claim.act),
                _text("describing", who or wording.NOBODY),
                _json(body),
            ],
            "target": self._targets(claim.content),
        }
        if claim.cue:
            yield self._part(names.cue(claim.id), claim.id, claim.cue, [])
        for hop, source in enumerate(claim.sources):
            if source.spans:
                said = [_text("identifying", source.name)] if source.name else []
                yield self._part(names.source(claim.id, hop), claim.id, source.spans, said)

    def _part(self, name: str, claim: str, spans: Spans, bodies: list[Body]) -> Body:
        """A cue or a source, which is linked to its claim."""
        of = {"type": "SpecificResource", "purpose": "linking", "source": names.claim(claim)}
        return {
            **self._head(name, claim, "identifying" if bodies else "linking"),
            "body": [*bodies, of],
            "target": self._targets(spans),
        }

    def _other(self, kind: str, body: Body, said: str, by: str | None) -> Body:
        spans = [tuple(pair) for pair in body["spans"]]
        return {
            **self._head(f"urn:allegedly:{kind}:{body['id']}", body["id"], "classifying"),
            "body": [
                _text("classifying", said),
                *([_text("describing", by)] if by else []),
                _json(body),
            ],
            "target": [self._target(start, end) for start, end in spans],
        }

    def _head(self, name: str, record: str, motivation: str) -> Body:
        run = self._story.runs[record]
        told = self._snapshot.run(run)
        creator = {
            "id": f"urn:allegedly:run:{run}",
            "type": "Software",
            "name": f"{told['code']}, {told['model']}",
        }
        return {"id": name, "type": "Annotation", "motivation": motivation, "creator": creator}

    def _targets(self, spans: Spans) -> list[Body]:
        return [self._target(span.start, span.end) for span in spans]

    def _target(self, start: int, end: int) -> Body:
        text = self._text
        return {
            "type": "SpecificResource",
            "source": self._source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - AROUND) : start],
                    "suffix": text[end : end + AROUND],
                },
            ],
        }


def _source(story: Story) -> Body:
    document = story.document
    told = {
        "via": story.address if ":" in (story.address or "") else None,
        "language": document.language,
        "title": document.title,
        "publisher": document.publisher,
        "issued": document.published,
    }
    known = {name: value for name, value in told.items() if value is not None}
    return {"id": names.document(document.id), "type": "Text", "format": "text/plain", **known}


def _text(purpose: str, value: str) -> Body:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _json(body: Body) -> Body:
    """The whole record as the ledger JSON has it, for programs."""
    value = json.dumps(body, ensure_ascii=False)
    whole = _text("describing", value)
    return {**whole, "format": "application/json"}


def _decision(word: StoredDecision, subject: str | None = None) -> Body:
    value = [] if word.value is None else [_json({word.verdict: word.value})]
    about = names.source_name(word.subject) if word.kind == "source" else None
    return {
        "id": names.decision(word.id),
        "type": "Annotation",
        "motivation": "commenting" if word.verdict == "note" else "assessing",
        "creator": {"type": "Person", "name": word.reviewer},
        "created": word.recorded_at,
        "body": [_text("assessing", word.verdict), *value, _text("commenting", word.reason)],
        "target": about or f"urn:allegedly:{word.kind}:{subject or word.subject}",
    }
