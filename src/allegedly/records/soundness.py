"""What every reading must keep: exact spans, zones that cover the text, references that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.records.claims import Assessment, Claim, Silence
    from allegedly.records.documents import Zone
    from allegedly.records.readings import Reading
    from allegedly.records.spans import Span, Spans

Place = tuple[str, "Spans"]


def check(reading: Reading) -> None:
    """Pass a sound reading in silence; raise ValueError, saying where, for any other."""
    size = len(reading.document.text)
    _check_zones(reading.zones, size)
    for where, spans in _places(reading):
        _check_spans(where, spans, size)
    _check_ids(reading)
    for claim in reading.claims:
        _check_claim(claim)


def _check_zones(zones: tuple[Zone, ...], size: int) -> None:
    end = 0
    for zone in zones:
        if zone.span.start != end:
            raise ValueError(f"zones: one ends at {end}, the next starts at {zone.span.start}")
        end = zone.span.end
    if end != size:
        raise ValueError(f"zones: they end at {end}, the text at {size}")


def _check_spans(where: str, spans: Spans, size: int) -> None:
    end = 0
    for span in spans:
        if span.end > size:
            raise ValueError(f"{where}: span {span.start}:{span.end} is outside a text of {size}")
        if span.start < end:
            raise ValueError(f"{where}: span {span.start}:{span.end} is not after the one before")
        end = span.end


def _check_claim(claim: Claim) -> None:
    where = f"claim {claim.id}"
    if not claim.content:
        raise ValueError(f"{where}: no content")
    if not 0.0 <= claim.probability <= 1.0:
        raise ValueError(f"{where}: probability {claim.probability} is not within 0 and 1")
    if claim.id in {target.claim for target in claim.targets}:
        raise ValueError(f"{where}: it targets itself")


def _check_ids(reading: Reading) -> None:
    claims = _distinct("claims", reading.claims)
    _distinct("assessments", reading.assessments)
    _distinct("silences", reading.silences)
    for where, claim in _references(reading):
        if claim not in claims:
            raise ValueError(f"{where}: there is no claim {claim}")


def _distinct(where: str, records: Iterable[Claim | Assessment | Silence]) -> set[str]:
    seen: set[str] = set()
    for record in records:
        if record.id in seen:
            raise ValueError(f"{where}: two of them have the id {record.id}")
        seen.add(record.id)
    return seen


def _references(reading: Reading) -> Iterator[tuple[str, str]]:
    for claim in reading.claims:
        yield from ((f"claim {claim.id} targets", target.claim) for target in claim.targets)
    for assessment in reading.assessments:
        yield from ((f"assessment {assessment.id} about", claim) for claim in assessment.about)


def _places(reading: Reading) -> Iterator[Place]:
    for claim in reading.claims:
        yield from _claim_places(claim)
    for assessment in reading.assessments:
        yield f"assessment {assessment.id}", assessment.spans
    for silence in reading.silences:
        yield f"silence {silence.id}", silence.spans
        yield f"silence {silence.id} who", silence.name_spans


def _claim_places(claim: Claim) -> Iterator[Place]:
    where = f"claim {claim.id}"
    yield f"{where} content", claim.content
    yield f"{where} cue", claim.cue
    yield f"{where} hedges", claim.hedges
    yield from ((f"{where} sources", source.spans) for source in claim.sources)
    yield from ((f"{where} {what}", (span,)) for what, span in _single_spans(claim))


def _single_spans(claim: Claim) -> Iterator[tuple[str, Span]]:
    if claim.time is not None:
        yield "time", claim.time.span
    yield from (("places", place.span) for place in claim.places)
    yield from (("quantities", quantity.span) for quantity in claim.quantities)
