"""The ledger JSON `allegedly/1`: what `--json` prints, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegedly.records.claims import (
    ACTS,
    ASSESSMENT_KINDS,
    FORMS,
    MODALITIES,
    QUANTITY_MODIFIERS,
    QUANTITY_STATES,
    RELATIONS,
    SOURCE_KINDS,
    TIME_MODIFIERS,
    Assessment,
    Claim,
    Place,
    Quantity,
    Silence,
    Source,
    Target,
    Time,
)
from allegedly.records.documents import ZONE_KINDS, Document, Zone
from allegedly.records.json_fields import Fields, fields_in
from allegedly.records.links import STATEMENT_KINDS, Statement
from allegedly.records.readings import Reading, in_text_order
from allegedly.records.soundness import check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records.claims import Polarity
    from allegedly.records.spans import Span, Spans

SCHEMA = "allegedly/1"
POLARITIES: tuple[Polarity, ...] = ("positive", "negative")


def to_dict(reading: Reading) -> dict[str, Any]:
    """A reading as JSON values under the schema `allegedly/1`, claims in the order of the text.

    Raises ValueError where a span, a zone or a reference does not hold.
    """
    check(reading)
    return {
        "schema": SCHEMA,
        "document": _document_out(reading.document),
        "zones": [_zone_out(zone) for zone in reading.zones],
        "claims": [claim_to_dict(claim) for claim in in_text_order(reading.claims)],
        "assessments": [_assessment_out(assessment) for assessment in reading.assessments],
        "silences": [_silence_out(silence) for silence in reading.silences],
    }


def from_dict(value: object) -> Reading:
    """A reading from JSON values under `allegedly/1`; the inverse of `to_dict`.

    Raises ValueError, saying where, for a missing, unknown or ill-typed field, a span outside the
    text, zones that do not cover the text, and a reference to a claim that is not there.
    """
    ledger = Fields.of(
        value, "ledger", {"schema", "document", "zones", "claims", "assessments", "silences"}
    )
    ledger.choice("schema", (SCHEMA,))
    reading = Reading(
        document=_document_in(ledger.inner("document", _DOCUMENT)),
        zones=tuple(map(_zone_in, ledger.each("zones", _ZONE, frozenset({"published"})))),
        claims=tuple(map(_claim_in, ledger.each("claims", _CLAIM))),
        assessments=tuple(map(_assessment_in, ledger.each("assessments", _ASSESSMENT))),
        silences=tuple(map(_silence_in, ledger.each("silences", _SILENCE))),
    )
    check(reading)
    return reading


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """One claim as JSON values; see `claim_from_dict`."""
    return {
        "id": claim.id,
        "zone": claim.zone,
        "content": _pairs(claim.content),
        "cue": _pairs(claim.cue),
        "sources": [_source_out(source) for source in claim.sources],
        "act": claim.act,
        "form": claim.form,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "hedges": _pairs(claim.hedges),
        "time": None if claim.time is None else _time_out(claim.time),
        "places": [_place_out(place) for place in claim.places],
        "quantities": [_quantity_out(quantity) for quantity in claim.quantities],
        "targets": [{"relation": t.relation, "claim": t.claim} for t in claim.targets],
        "probability": claim.probability,
    }


def claim_from_dict(value: object) -> Claim:
    """One claim from its JSON values; raises ValueError where a field does not hold.

    Whether its spans and targets hold is for `from_dict` to say, which has the text.
    """
    return _claim_in(Fields.of(value, "claim", _CLAIM))


def statement_to_dict(statement: Statement) -> dict[str, Any]:
    """A statement as JSON values, without its document; see `statement_from_dict`."""
    time = statement.time
    return {
        "id": statement.id,
        "zone": statement.zone,
        "kind": statement.kind,
        "content": _pairs(statement.content),
        "polarity": statement.polarity,
        "of": statement.of,
        "cue": _pairs(statement.cue),
        "sources": [_source_out(source) for source in statement.sources],
        "act": statement.act,
        "time": None if time is None else _time_out(time),
        "places": [_place_out(place) for place in statement.places],
        "quantities": [_quantity_out(quantity) for quantity in statement.quantities],
        "probability": statement.probability,
    }


def statement_from_dict(value: dict[str, Any], document: str) -> Statement:
    """A statement of a document from its JSON values, of which older ones lack some.

    Raises ValueError where a field does not hold.
    """
    whole = {**_UNTOLD, **value}
    fields = Fields.of(whole, "statement", _STATEMENT)
    time, places, quantities = _setting_in(fields)
    return Statement(
        id=fields.text("id"),
        document=document,
        zone=fields.choice("zone", ZONE_KINDS),
        kind=fields.choice("kind", STATEMENT_KINDS),
        content=fields.spans("content"),
        polarity=fields.choice("polarity", POLARITIES),
        of=fields.text_or_none("of"),
        cue=fields.spans("cue"),
        sources=tuple(map(_source_in, fields.each("sources", _SOURCE))),
        act=fields.choice("act", ACTS),
        time=time,
        places=places,
        quantities=quantities,
        probability=fields.number("probability"),
    )


_DOCUMENT = fields_in("id uri title publisher published language text")
_ZONE = fields_in("start end kind author")
_CLAIM = fields_in(
    "id zone content cue sources act form polarity modality hedges time places quantities targets"
    " probability"
)
_STATEMENT = fields_in(
    "id zone kind content polarity of cue sources act time places quantities probability"
)
_SOURCE = fields_in("spans name kind role")
# What statements did not have when the first of them were recorded.
_UNTOLD: dict[str, Any] = {
    "cue": [],
    "sources": [],
    "act": "assert",
    "time": None,
    "places": [],
    "quantities": [],
}
_ASSESSMENT = fields_in("id kind by spans about")
# Fields beyond allegedly/1's own, left out where they tell nothing.
_TIME_MORE = fields_in("modifier earliest latest edtf")
_QUANTITY_MORE = fields_in("modifier counted state")
_SILENCE = fields_in("id who spans about")


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pairs(spans: Spans) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _document_out(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "text": document.text,
    }


def _document_in(fields: Fields) -> Document:
    return Document(
        id=fields.text("id"),
        uri=fields.text_or_none("uri"),
        title=fields.text_or_none("title"),
        publisher=fields.text_or_none("publisher"),
        published=fields.text_or_none("published"),
        language=fields.text_or_none("language"),
        text=fields.text("text"),
    )


def _zone_out(zone: Zone) -> dict[str, Any]:
    own_date = {} if zone.published is None else {"published": zone.published}
    place = {"start": zone.span.start, "end": zone.span.end}
    return {**place, "kind": zone.kind, "author": zone.author, **own_date}


def _zone_in(fields: Fields) -> Zone:
    return Zone(
        span=fields.range("start", "end"),
        kind=fields.choice("kind", ZONE_KINDS),
        author=fields.text_or_none("author"),
        published=fields.text_or_none("published"),
    )


def _claim_in(fields: Fields) -> Claim:
    time, places, quantities = _setting_in(fields)
    return Claim(
        id=fields.text("id"),
        zone=fields.choice("zone", ZONE_KINDS),
        content=fields.spans("content"),
        cue=fields.spans("cue"),
        sources=tuple(map(_source_in, fields.each("sources", _SOURCE))),
        act=fields.choice("act", ACTS),
        form=fields.choice("form", FORMS),
        polarity=fields.choice("polarity", POLARITIES),
        modality=fields.choice("modality", MODALITIES),
        hedges=fields.spans("hedges"),
        time=time,
        places=places,
        quantities=quantities,
        targets=tuple(map(_target_in, fields.each("targets", fields_in("relation claim")))),
        probability=fields.number("probability"),
    )


def _setting_in(
    fields: Fields,
) -> tuple[Time | None, tuple[Place, ...], tuple[Quantity, ...]]:
    """When and where what is told happened, and how much of it."""
    time = fields.inner_or_none("time", fields_in("value span"), _TIME_MORE)
    places = fields.each(
        "places", fields_in("span name lat lon precision_km"), fields_in("geonames_id country")
    )
    quantities = fields.each("quantities", fields_in("span value low high unit"), _QUANTITY_MORE)
    return (
        None if time is None else _time_in(time),
        tuple(map(_place_in, places)),
        tuple(map(_quantity_in, quantities)),
    )


def _source_out(source: Source) -> dict[str, Any]:
    return {
        "spans": _pairs(source.spans),
        "name": source.name,
        "kind": source.kind,
        "role": source.role,
    }


def _source_in(fields: Fields) -> Source:
    return Source(
        spans=fields.spans("spans"),
        name=fields.text_or_none("name"),
        kind=fields.choice("kind", SOURCE_KINDS),
        role=fields.text_or_none("role"),
    )


def _time_out(time: Time) -> dict[str, Any]:
    return {"value": time.value, "span": _pair(time.span), **_told(time, _TIME_MORE)}


def _told(record: Time | Quantity, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a record that are not None."""
    values = {name: getattr(record, name) for name in sorted(names)}
    return {name: value for name, value in values.items() if value is not None}


def _time_in(fields: Fields) -> Time:
    return Time(
        value=fields.text("value"),
        span=fields.span("span"),
        modifier=fields.choice_or_none("modifier", TIME_MODIFIERS),
        earliest=fields.text_or_none("earliest"),
        latest=fields.text_or_none("latest"),
        edtf=fields.text_or_none("edtf"),
    )


def _place_out(place: Place) -> dict[str, Any]:
    where = {"lat": place.lat, "lon": place.lon, "precision_km": place.precision_km}
    known = {"geonames_id": place.geonames_id, "country": place.country}
    more = {key: value for key, value in known.items() if value is not None}
    return {"span": _pair(place.span), "name": place.name, **where, **more}


def _place_in(fields: Fields) -> Place:
    return Place(
        span=fields.span("span"),
        name=fields.text("name"),
        lat=fields.number("lat"),
        lon=fields.number("lon"),
        precision_km=fields.number("precision_km"),
        geonames_id=fields.whole_or_none("geonames_id"),
        country=fields.text_or_none("country"),
    )


def _quantity_out(quantity: Quantity) -> dict[str, Any]:
    bounds = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    more = _told(quantity, _QUANTITY_MORE)
    return {"span": _pair(quantity.span), **bounds, "unit": quantity.unit, **more}


def _quantity_in(fields: Fields) -> Quantity:
    return Quantity(
        span=fields.span("span"),
        value=fields.number_or_none("value"),
        low=fields.number_or_none("low"),
        high=fields.number_or_none("high"),
        unit=fields.text("unit"),
        modifier=fields.choice_or_none("modifier", QUANTITY_MODIFIERS),
        counted=fields.text_or_none("counted"),
        state=fields.choice_or_none("state", QUANTITY_STATES),
    )


def _target_in(fields: Fields) -> Target:
    return Target(relation=fields.choice("relation", RELATIONS), claim=fields.text("claim"))


def _assessment_out(assessment: Assessment) -> dict[str, Any]:
    return {
        "id": assessment.id,
        "kind": assessment.kind,
        "by": assessment.by,
        "spans": _pairs(assessment.spans),
        "about": list(assessment.about),
    }


def _assessment_in(fields: Fields) -> Assessment:
    return Assessment(
        id=fields.text("id"),
        kind=fields.choice("kind", ASSESSMENT_KINDS),
        by=fields.text("by"),
        spans=fields.spans("spans"),
        about=fields.texts("about"),
    )


def _silence_out(silence: Silence) -> dict[str, Any]:
    return {
        "id": silence.id,
        "who": {"name": silence.name, "spans": _pairs(silence.name_spans)},
        "spans": _pairs(silence.spans),
        "about": silence.about,
    }


def _silence_in(fields: Fields) -> Silence:
    who = fields.inner("who", fields_in("name spans"))
    return Silence(
        id=fields.text("id"),
        name=who.text_or_none("name"),
        name_spans=who.spans("spans"),
        spans=fields.spans("spans"),
        about=fields.text_or_none("about"),
    )
