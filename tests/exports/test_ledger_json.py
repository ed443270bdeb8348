from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from allegedly.exports.ledger_json import POLARITIES, from_dict, to_dict
from allegedly.records import (
    ACTS,
    ASSESSMENT_KINDS,
    FORMS,
    MODALITIES,
    QUANTITY_MODIFIERS,
    QUANTITY_STATES,
    RELATIONS,
    SOURCE_KINDS,
    TIME_MODIFIERS,
    ZONE_KINDS,
    Assessment,
    Claim,
    Document,
    Place,
    Quantity,
    Reading,
    Silence,
    Source,
    Span,
    Target,
    Time,
    Zone,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn

SCHEMA = json.loads((files("allegedly.exports") / "ledger.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
NAMES = st.none() | st.text(max_size=5)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**9)


@st.composite
def some_spans(draw: DrawFn, size: int, least: int = 0) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, size), min_size=2 * least, max_size=6)))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def some_claim(draw: DrawFn, size: int, claim: str, others: list[str]) -> Claim:
    spans, span = some_spans(size), some_spans(size, 1).map(lambda found: found[0])
    names = st.text(min_size=1, max_size=5)
    sources = st.builds(
        Source, spans=spans, name=NAMES, kind=st.sampled_from(SOURCE_KINDS), role=NAMES
    )
    places = st.builds(
        Place,
        span=span,
        name=names,
        lat=st.floats(-90, 90),
        lon=st.floats(-180, 180),
        precision_km=st.floats(0, 99),
        geonames_id=st.none() | st.integers(1, 10**9),
        country=st.none() | st.sampled_from(["UA", "RU"]),
    )
    quantities = st.builds(
        Quantity,
        span=span,
        value=NUMBERS,
        low=NUMBERS,
        high=NUMBERS,
        unit=names,
        modifier=st.none() | st.sampled_from(QUANTITY_MODIFIERS),
        counted=NAMES,
        state=st.none() | st.sampled_from(QUANTITY_STATES),
    )
    times = st.builds(
        Time,
        value=names,
        span=span,
        modifier=st.none() | st.sampled_from(TIME_MODIFIERS),
        earliest=NAMES,
        latest=NAMES,
        edtf=NAMES,
    )
    targets = st.builds(
        Target, relation=st.sampled_from(RELATIONS), claim=st.sampled_from(others or ["-"])
    )
    return draw(
        st.builds(
            Claim,
            id=st.just(claim),
            zone=st.sampled_from(ZONE_KINDS),
            content=some_spans(size, 1),
            cue=spans,
            sources=st.lists(sources, max_size=2).map(tuple),
            act=st.sampled_from(ACTS),
            form=st.sampled_from(FORMS),
            polarity=st.sampled_from(POLARITIES),
            modality=st.sampled_from(MODALITIES),
            hedges=spans,
            time=st.none() | times,
            places=st.lists(places, max_size=1).map(tuple),
            quantities=st.lists(quantities, max_size=1).map(tuple),
            targets=st.lists(targets, max_size=2 if others else 0).map(tuple),
            probability=st.floats(0, 1),
        )
    )


@st.composite
def some_reading(draw: DrawFn) -> Reading:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=6, max_size=20))
    ids = [f"c{n}" for n in range(draw(st.integers(0, 3)))]
    claims = [draw(some_claim(len(text), i, [o for o in ids if o != i])) for i in ids]
    about = st.lists(st.sampled_from(ids or ["-"]), max_size=2 if ids else 0).map(tuple)
    spans = some_spans(len(text))
    cut = draw(st.integers(1, len(text) - 1))
    assessment = st.builds(
        Assessment,
        id=st.just("a"),
        kind=st.sampled_from(ASSESSMENT_KINDS),
        by=st.text(min_size=1, max_size=5),
        spans=spans,
        about=about,
    )
    silence = st.builds(
        Silence, id=st.just("s"), name=NAMES, name_spans=spans, spans=spans, about=NAMES
    )
    first = Zone(span=Span(0, cut), kind="social_post", author="x", published="2031-01-01")
    return Reading(
        document=Document(id="d", text=text, title=draw(NAMES), language="en"),
        zones=(first, Zone(span=Span(cut, len(text)), kind="story")),
        claims=tuple(sorted(claims, key=lambda c: (c.content[0].start, -c.content[-1].end))),
        assessments=(draw(assessment),),
        silences=(draw(silence),),
    )


@given(some_reading())
def test_a_reading_survives_json(reading: Reading) -> None:
    written = json.loads(json.dumps(to_dict(reading)))
    VALIDATOR.validate(written)
    assert from_dict(written) == reading


def test_the_schema_is_a_schema_and_strict() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if d.get("type") == "object")]
    assert all(each["additionalProperties"] is False for each in objects)
    fields = [field for each in objects for field in each["properties"].values()]
    assert all("description" in field or "$ref" in field for field in fields)


def test_claims_come_in_the_order_of_the_text(bells: Reading) -> None:
    backwards = replace(bells, claims=bells.claims[::-1])
    starts = [claim["content"][0][0] for claim in to_dict(backwards)["claims"]]
    assert starts == sorted(starts)


def test_spans_are_pairs(bells: Reading) -> None:
    ledger = to_dict(bells)
    VALIDATOR.validate(ledger)
    inner = next(claim for claim in ledger["claims"] if claim["id"] == "inner")
    start, end = inner["time"]["span"]
    assert bells.document.text[start:end] == "at noon on 4 May"
    assert ledger["silences"][0]["who"]["name"] == "mayor"
    assert [zone["author"] for zone in ledger["zones"]].count("belltower") == 1


SPOILED: list[tuple[Callable[[Any], Any], str]] = [
    (lambda d: d.pop("zones"), "ledger: no field 'zones'"),
    (lambda d: d.update(more=1), "ledger: unknown field 'more'"),
    (lambda d: d.update(schema="allegedly/2"), "none of allegedly/1"),
    (lambda d: d.update(claims={}), "ledger.claims: not a list"),
    (lambda d: d["claims"].append(3), r"ledger.claims\[8\]: not an object"),
    (lambda d: d["document"].update(title=3), "document.title: not a string"),
    (lambda d: d["document"].update(text="short"), "outside a text|they end at"),
    (lambda d: d["zones"].pop(1), "zones: one ends at"),
    (lambda d: d["zones"].pop(), "zones: they end at"),
    (lambda d: d["claims"][0].update(content=[]), "claim head: no content"),
    (lambda d: d["claims"][0].update(content=[[3, 3]]), "not a span: start 3, end 3"),
    (lambda d: d["claims"][0].update(content=[[True, 3]]), "not a pair of whole numbers"),
    (lambda d: d["claims"][0].update(content=[[0, 2, 3]]), "not a pair of whole numbers"),
    (lambda d: d["claims"][0].update(cue=[[0, 10**6]]), "claim head cue: span 0:1000000"),
    (lambda d: d["claims"][0].update(cue=[[4, 6], [5, 8]]), "not after the one before"),
    (lambda d: d["claims"][0].update(act="shout"), "'shout' is none of"),
    (lambda d: d["claims"][0].update(probability=2), "probability 2 is not within"),
    (lambda d: d["claims"][0].update(probability="1"), "not a finite number"),
    (lambda d: d["claims"][1].update(id="head"), "two of them have the id head"),
    (lambda d: d["assessments"][0].update(about=["nowhere"]), "there is no claim nowhere"),
    (lambda d: d["assessments"][0].update(about=[1]), "about: not a list of strings"),
    (
        lambda d: d["claims"][0].update(targets=[{"relation": "denies", "claim": "head"}]),
        "claim head: it targets itself",
    ),
]


@pytest.mark.parametrize(("spoil", "complaint"), SPOILED)
def test_what_does_not_hold_is_refused(
    bells: Reading, spoil: Callable[[Any], Any], complaint: str
) -> None:
    ledger = deepcopy(to_dict(bells))
    spoil(ledger)
    with pytest.raises(ValueError, match=complaint):
        from_dict(ledger)


@pytest.mark.parametrize("value", [None, [], "ledger", 3])
def test_no_object_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="ledger: not an object"):
        from_dict(value)


def test_a_span_outside_the_text_is_never_written(bells: Reading) -> None:
    with pytest.raises(ValueError, match="zones: they end at"):
        to_dict(replace(bells, document=replace(bells.document, text="short")))
