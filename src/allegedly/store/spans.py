"""Whether the spans in a stored record lie within its text: read fast, for there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Spans = list[list[int]]


def wrong_span(kind: str, body: dict[str, Any], size: int) -> str | None:
    """What is wrong with the first span that does not hold, None where all do."""
    for spans in _OF[kind](body):
        end = 0
        for start, stop in spans:
            if not end <= start < stop <= size:
                return f"span {start}:{stop} does not hold in a text of {size}"
            end = stop
    return None


def _claim(body: dict[str, Any]) -> Iterator[Spans]:
    yield body["content"]
    yield body["cue"]
    yield body["hedges"]
    for source in body["sources"]:
        yield source["spans"]
    if body["time"] is not None:
        yield [body["time"]["span"]]
    for place in body["places"]:
        yield [place["span"]]
    for quantity in body["quantities"]:
        yield [quantity["span"]]


def _assessment(body: dict[str, Any]) -> Iterator[Spans]:
    yield body["spans"]


def _silence(body: dict[str, Any]) -> Iterator[Spans]:
    yield body["spans"]
    yield body["who"]["spans"]


def _zones(body: dict[str, Any]) -> Iterator[Spans]:
    yield [[zone["start"], zone["end"]] for zone in body["zones"]]


def _copy(body: dict[str, Any]) -> Iterator[Spans]:
    yield body["spans"]


_OF = {
    "claim": _claim,
    "assessment": _assessment,
    "silence": _silence,
    "reading": _zones,
    "copy": _copy,
}
