"""Names in news, tweets and encyclopaedia text: exact spans with their kind, by the public path.

Usage: python -m benchmarks.entities NER_FOLDER [--floor]

Prints precision, recall and F1 of each development set (CoNLL++ is for evaluation alone) over the
kinds that the set marks; its own finer labels count as one of ours (`training.entity_gold.KINDS`).
A set's sentences are read as the lines of one text, as the set prints them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from allegedly.encoder import packed_encoder
from allegedly.pipeline import mentions_of
from allegedly.records import Document, Span, Zone
from benchmarks import floors
from training.attribution_gold import read_jsonl
from training.entity_gold import SURE, chunks, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LINES = 60  # sentences read as one text
NAMED = frozenset({"person", "organisation", "place"})
ALL = NAMED | {"other"}
SETS = {
    "conllpp.test": ALL,
    "conllpp.dev": ALL,
    "wikigold.dev": ALL,
    "wnut17.dev": NAMED,
    "btc.dev": NAMED,
    "crossner_politics.dev": ALL,
    "re3d.dev": NAMED,
}
"""Sets and the kinds that they mark throughout."""
PUBLISHED = {
    "conllpp.test": "94–95 (LUKE and others, trained on CoNLL-2003 train)",
    "wnut17.dev": "56–60 on its test (BERTweet; CL-KL), six kinds, all of them",
    "crossner_politics.dev": "70–75 on its test, nine kinds (CrossNER's own, adapted)",
}
FLOORS = {
    "conllpp.test": 60.0,
    "conllpp.dev": 62.5,
    "wikigold.dev": 64.0,
    "wnut17.dev": 61.0,
    "crossner_politics.dev": 60.0,
}
"""About 1.5 below what the pack that ships reaches."""


def key(span: Span, kind: str) -> tuple[int, int, str]:
    """What has to agree."""
    return span.start, span.end, kind


def gold_of(row: dict[str, Any], shift: int) -> Iterator[tuple[int, int, str]]:
    """Gold names of a row whose text begins at `shift`; of re3d only what its source is sure of."""
    for s in row["spans"]:
        if s.get("confidence", 1.0) >= SURE and s["label"] not in {"Nationality", "Temporal"}:
            yield key(Span(shift + s["start"], shift + s["end"]), kind_of(s["label"]))


def names(text: str) -> Iterator[tuple[int, int, str]]:
    """Names that the product finds in a text."""
    document = Document(id="benchmark", text=text)
    zone = Zone(span=Span(0, len(text)), kind="story")
    for m in mentions_of(document, (zone,), packed_encoder()):
        if m.form == "name" and m.kind:
            yield key(m.span, m.kind)


def counts(rows: Sequence[dict[str, Any]], kinds: frozenset[str]) -> Counter[str]:
    """Hits, predicted and gold names of one set."""
    found: Counter[str] = Counter()
    for some in chunks(rows, LINES):
        text, gold = "", set()
        for row in some:
            gold |= {g for g in gold_of(row, len(text)) if g[2] in kinds}
            text += row["text"] + "\n"
        guess = {g for g in names(text) if g[2] in kinds}
        found.update(hits=len(gold & guess), predicted=len(guess), gold=len(gold))
        found.update(
            loose=sum(any(a < d and c < b and k == e for c, d, e in guess) for a, b, k in gold)
        )
    return found


def measure(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Print the figures; give those with a floor."""
    print(f"{'set':24}{'P':>7}{'R':>7}{'F1':>7}{'touched':>9}  best published")
    for name, kinds in SETS.items():
        c = counts(read_jsonl(folder / f"{name}.jsonl"), kinds)
        p, r = (100 * c["hits"] / max(1, c[side]) for side in ("predicted", "gold"))
        f1 = 200 * c["hits"] / max(1, c["predicted"] + c["gold"])
        touched = 100 * c["loose"] / max(1, c["gold"])
        print(f"{name:24}{p:7.1f}{r:7.1f}{f1:7.1f}{touched:9.1f}  {PUBLISHED.get(name, '')}")
        yield name, f1, FLOORS.get(name, 0)


if __name__ == "__main__":
    floors.run(__doc__, measure)
