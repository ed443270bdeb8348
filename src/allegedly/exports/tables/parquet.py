"""Claims as Parquet, one row a claim, nested columns; the schema is in docs/formats.md."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from allegedly.store import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim, Span, Spans

GROUP: Final = 20_000  # rows held in memory before they are written

_text, _number, _place = pa.string(), pa.float64(), pa.int64()
SPAN: Final = pa.struct([("start", _place), ("end", _place), ("text", _text)])
SPANS: Final = pa.list_(SPAN)
SCHEMA: Final = pa.schema(
    [
        pa.field("claim", _text, nullable=False),
        pa.field("document", _text, nullable=False),
        pa.field("title", _text),
        pa.field("publisher", _text),
        pa.field("published", _text),
        pa.field("uri", _text),
        pa.field("language", _text),
        pa.field("zone", _text, nullable=False),
        pa.field("content", SPANS, nullable=False),
        pa.field("cue", SPANS, nullable=False),
        pa.field(
            "sources",
            pa.list_(
                pa.struct([("name", _text), ("kind", _text), ("role", _text), ("spans", SPANS)])
            ),
            nullable=False,
        ),
        pa.field("act", _text, nullable=False),
        pa.field("form", _text, nullable=False),
        pa.field("polarity", _text, nullable=False),
        pa.field("modality", _text, nullable=False),
        pa.field("hedges", SPANS, nullable=False),
        pa.field(
            "time",
            pa.struct(
                [
                    ("value", _text),
                    ("modifier", _text),
                    ("earliest", _text),
                    ("latest", _text),
                    ("edtf", _text),
                    ("span", SPAN),
                ]
            ),
        ),
        pa.field(
            "places",
            pa.list_(
                pa.struct(
                    [
                        ("name", _text),
                        ("lat", _number),
                        ("lon", _number),
                        ("precision_km", _number),
                        ("geonames_id", _place),
                        ("country", _text),
                        ("span", SPAN),
                    ]
                )
            ),
            nullable=False,
        ),
        pa.field(
            "quantities",
            pa.list_(
                pa.struct(
                    [
                        ("value", _number),
                        ("low", _number),
                        ("high", _number),
                        ("unit", _text),
                        ("modifier", _text),
                        ("counted", _text),
                        ("state", _text),
                        ("span", SPAN),
                    ]
                )
            ),
            nullable=False,
        ),
        pa.field(
            "targets",
            pa.list_(pa.struct([("relation", _text), ("claim", _text)])),
            nullable=False,
        ),
        pa.field(
            "assessments",
            pa.list_(
                pa.struct([("assessment", _text), ("kind", _text), ("by", _text), ("spans", SPANS)])
            ),
            nullable=False,
        ),
        pa.field("probability", _number, nullable=False),
        pa.field("run", _text, nullable=False),
        pa.field("model", _text, nullable=False),
        pa.field(
            "decided",
            pa.struct(
                [
                    ("status", _text),
                    ("corrected", _text),
                    ("credibility", _text),
                    ("reliability", _text),
                    (
                        "decisions",
                        pa.list_(
                            pa.struct(
                                [
                                    ("decision", _text),
                                    ("verdict", _text),
                                    ("value", _text),
                                    ("reviewer", _text),
                                    ("reason", _text),
                                    ("recorded_at", _text),
                                ]
                            )
                        ),
                    ),
                ]
            ),
        ),
    ]
)


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write a row a claim; `decided` is null where no person has decided anything."""
    about = {
        "allegedly": json.dumps(
            {
                "asked": snapshot.selection.asked,
                "as_of": snapshot.moment,
                "seq": snapshot.head.seq,
                "head": snapshot.head.hash,
            }
        )
    }
    schema = SCHEMA.with_metadata(about)
    found = _rows(snapshot)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(found, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema))


def _rows(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for story in snapshot.stories():
        for claim in story.claims:
            yield _row(snapshot, story, claim)


def _row(snapshot: Snapshot, story: Story, claim: Claim) -> dict[str, Any]:
    document, text = story.document, story.document.text
    run = story.runs[claim.id]
    said = ("title", "publisher", "published", "language")
    plain = ("zone", "act", "form", "polarity", "modality", "probability")
    return {
        "claim": claim.id,
        "document": document.id,
        "uri": story.address,
        **{name: getattr(document, name) for name in said},
        **{name: getattr(claim, name) for name in plain},
        **{name: _spans(text, getattr(claim, name)) for name in ("content", "cue", "hedges")},
        "sources": [
            {"name": s.name, "kind": s.kind, "role": s.role, "spans": _spans(text, s.spans)}
            for s in claim.sources
        ],
        "time": _fields(text, claim.time, "value modifier earliest latest edtf"),
        "places": [
            _fields(text, place, "name lat lon precision_km geonames_id country")
            for place in claim.places
        ],
        "quantities": [
            _fields(text, quantity, "value low high unit modifier counted state")
            for quantity in claim.quantities
        ],
        "targets": [{"relation": t.relation, "claim": t.claim} for t in claim.targets],
        "assessments": _assessments(story, claim),
        "run": run,
        "model": snapshot.run(run)["model"],
        "decided": _decided(snapshot, story, claim),
    }


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.cut(text)}


def _spans(text: str, spans: Spans) -> list[dict[str, Any]]:
    return [_span(text, span) for span in spans]


def _fields(text: str, record: Any, names: str) -> dict[str, Any] | None:  # noqa: ANN401
    """Fields of a time, a place or a quantity, with its words."""
    if record is None:
        return None
    said = {name: getattr(record, name) for name in names.split()}
    return said | {"span": _span(text, record.span)}


def _assessments(story: Story, claim: Claim) -> list[dict[str, Any]]:
    text = story.document.text
    return [
        {"assessment": a.id, "kind": a.kind, "by": a.by, "spans": _spans(text, a.spans)}
        for a in story.reading.assessments
        if claim.id in a.about
    ]


def _decided(snapshot: Snapshot, story: Story, claim: Claim) -> dict[str, Any] | None:
    stands, said = story.standing(claim.id), story.words_on(claim.id)
    name = claim.sources[-1].name if claim.sources else None
    rated = snapshot.ratings.get(folded(name)) if name else None
    if not said and rated is None:
        return None
    fields = ("verdict", "reviewer", "reason", "recorded_at")
    return {
        "status": stands.status,
        "corrected": None if stands.corrected is None else _json(stands.corrected),
        "credibility": stands.credibility,
        "reliability": None if rated is None else rated.value,
        "decisions": [
            {
                "decision": word.id,
                "value": None if word.value is None else _json(word.value),
                **{name: getattr(word, name) for name in fields},
            }
            for word in said
        ],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=dict)
