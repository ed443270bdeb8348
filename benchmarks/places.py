"""Places on LGL and GeoVirus: resolved from gold toponyms, and found and resolved from raw text.

Usage: python -m benchmarks.places GEO_FOLDER [--floor]
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allegedly.claims.places import find_places, resolve_places
from allegedly.claims.places.atlas import atlas
from allegedly.claims.places.ranking import prominence
from allegedly.encoder import packed_encoder
from allegedly.pipeline import mentions_of
from allegedly.records import Document, Mention, Place, Span, Zone
from benchmarks import floors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from allegedly.claims.places.gazetteer import Entry

CORPORA = ("lgl", "geovirus")
NEAR_KM = 161.0  # 100 miles, the field's measure
FURTHEST_KM = 20039.0  # half the way round the earth
EARTH_KM = 6371.0
# The data that the floors were measured on, and the least that may come out on its dev split.
DIGESTS = {
    "lgl": "b352bc868a8a734eb519398ef457aed327bc6792cc7b7683e5401b26500903ef",
    "geovirus": "a462a1ab189797bf607bc7a97de8879264968a109072a85a582cf11b5a025feb",
}
FLOORS = {
    "lgl": {"near": 0.82, "id": 0.80, "f1": 0.77, "found_near": 0.68},
    "geovirus": {"near": 0.87, "f1": 0.92, "found_near": 0.85},
}
# Share within 161 km of all gold toponyms, as the authors printed it.
PUBLISHED = """Published, whole corpora (share within 161 km, toponyms given):
  CamCoder, Gritta et al. 2018: LGL 0.76, GeoVirus 0.82"""


@dataclass(slots=True)
class Score:
    """Errors in kilometres of all gold toponyms with a place, the unresolved at the furthest."""

    errors: list[float] = field(default_factory=list)
    exact: int = 0
    right: int = 0
    found: int = 0
    gold: int = 0

    def near(self) -> float:
        """The share within 161 km."""
        return sum(e <= NEAR_KM for e in self.errors) / len(self.errors)

    def auc(self) -> float:
        """Area under the curve of log errors, 0 best, 1 worst."""
        return sum(map(math.log1p, self.errors)) / len(self.errors) / math.log1p(FURTHEST_KM)

    def f1(self) -> float:
        """Of exact spans."""
        return 2 * self.right / max(1, self.found + self.gold)


def rows(folder: Path, corpus: str, split: str) -> list[dict[str, Any]]:
    """The documents of one split."""
    with (folder / f"{corpus}.jsonl").open(encoding="utf-8") as f:
        return [row for row in map(json.loads, f) if row["split"] == split]


def error(gold: dict[str, Any], place: Place | None) -> float:
    """Great-circle distance from the gold point."""
    if place is None:
        return FURTHEST_KM
    a, b = math.radians(gold["lat"]), math.radians(place.lat)
    h = math.sin((b - a) / 2) ** 2
    h += math.cos(a) * math.cos(b) * math.sin(math.radians(place.lon - gold["lon"]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def by_people(text: str, spans: Sequence[Span]) -> list[Place | None]:
    """The baseline: of all places that bear a name the one with the most people."""
    known = atlas().named([span.cut(text) for span in spans])
    best = [max(entries, key=prominence, default=None) for entries in known]
    return [None if e is None else _as_place(e, span) for e, span in zip(best, spans, strict=True)]


def _as_place(e: Entry, span: Span) -> Place:
    return Place(
        span=span,
        name=e.name,
        lat=e.lat,
        lon=e.lon,
        precision_km=e.radius,
        geonames_id=e.id or None,
    )


def given(
    documents: Iterable[dict[str, Any]],
    resolve: Callable[[str, Sequence[Span]], Sequence[Place | None]],
) -> Score:
    """Toponyms given, places to be told."""
    score = Score()
    for row in documents:
        gold = [t for t in row["toponyms"] if t["lat"] is not None]
        found = resolve(row["text"], [Span(t["start"], t["end"]) for t in gold])
        for t, place in zip(gold, found, strict=True):
            _add(score, t, place)
    return score


def from_text(documents: Iterable[dict[str, Any]], *, mentions: bool) -> Score:
    """Toponyms to be found as well; with `mentions`, by the tagger's word too."""
    score = Score()
    for row in documents:
        text = row["text"]
        spans = [Span(t["start"], t["end"]) for t in row["toponyms"]]
        found = {p.span: p for p in find_places(text, _mentions(text) if mentions else ())}
        score.found += len(found)
        score.gold += len(spans)
        score.right += sum(span in found for span in spans)
        for t, span in zip(row["toponyms"], spans, strict=True):
            if t["lat"] is not None:
                _add(score, t, found.get(span))
    return score


def _mentions(text: str) -> tuple[Mention, ...]:
    document, zone = (
        Document(id="benchmark", text=text),
        Zone(span=Span(0, len(text)), kind="story"),
    )
    return mentions_of(document, (zone,), packed_encoder())


def _add(score: Score, gold: dict[str, Any], place: Place | None) -> None:
    score.errors.append(error(gold, place))
    score.exact += place is not None and place.geonames_id == gold["geonames_id"]


def line(name: str, score: Score, *, ids: bool) -> str:
    """One row of the table."""
    errors = sorted(score.errors)
    shown = f"{score.exact / len(errors):8.3f}" if ids else f"{'–':>8}"
    spans = ""
    if score.gold:
        precision, recall = score.right / max(1, score.found), score.right / score.gold
        spans = f"   P {precision:.3f}  R {recall:.3f}  F1 {score.f1():.3f}"
    return (
        f"  {name:28} {score.near():7.3f} {shown} {errors[len(errors) // 2]:9.1f} "
        f"{sum(errors) / len(errors):8.0f} {score.auc():6.3f}{spans}"
    )


def report(folder: Path, corpus: str, split: str) -> dict[str, float]:
    """Print the table of one corpus and split; return the figures that have floors."""
    documents = rows(folder, corpus, split)
    ids = corpus == "lgl"
    ours, prior = given(documents, resolve_places), given(documents, by_people)
    free, tagged = from_text(documents, mentions=False), from_text(documents, mentions=True)
    print(f"{corpus} {split}: {len(documents)} texts, {len(ours.errors)} toponyms with a place")
    print(f"  {'':28} ≤161 km exact id median km  mean km    AUC")
    print(line("given: most people", prior, ids=ids))
    print(line("given: ours", ours, ids=ids))
    print(line("from raw text", free, ids=ids))
    print(line("from text and our mentions", tagged, ids=ids))
    return {
        "near": ours.near(),
        "id": ours.exact / len(ours.errors),
        "f1": tagged.f1(),
        "found_near": tagged.near(),
    }


def measure(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Print the figures; give those with a floor."""
    for corpus in CORPORA:
        report(folder, corpus, "train")
        figures = report(folder, corpus, "dev")
        same = sha256((folder / f"{corpus}.jsonl").read_bytes()).hexdigest() == DIGESTS[corpus]
        yield from ((f"{corpus} {k}", figures[k], v * same) for k, v in FLOORS[corpus].items())
    print(PUBLISHED)


if __name__ == "__main__":
    floors.run(__doc__, measure)
