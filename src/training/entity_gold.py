"""Named-entity corpora become labelled texts: four kinds of name, partly known labels."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from training.attribution_gold import read_jsonl
from training.labelled import ENTITIES, Labelled, Laid, entity_mask, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

KINDS = {
    "PER": "person",
    "person": "person",
    "politician": "person",
    "Person": "person",
    "ORG": "organisation",
    "group": "organisation",
    "corporation": "organisation",
    "politicalparty": "organisation",
    "organisation": "organisation",
    "Organisation": "organisation",
    "LOC": "place",
    "location": "place",
    "country": "place",
    "Location": "place",
}
"""The corpora's labels that are one of ours; every other one is `other`."""
OTHER = ("O", "B-other", "I-other")
NOT_PLACE = tuple(label for label in ENTITIES if not label.endswith("place"))
TOGETHER = 6  # sentences that stand as lines of one text, as a window of a story has several
SETS = {
    "wnut17.train": OTHER,  # products and works are labelled, events and the like are not
    "wikigold.train": ("O",),
    "btc.train": OTHER,
    "crossner_politics.train": ("O",),
}
"""Training files, and what a word without a label in them may be."""
DEMONYM = re.compile(r"(?:an|ish|ese|i|ic|ch)s?$")
LARGER_BEFORE = re.compile(r"[A-Z]\w+ (?:(?:of|for|in) (?:the )?)?$")
LARGER_AFTER = re.compile(r" [A-Z]\w")
REPORTS_KINDS = frozenset(["Organisation", "Location", "Person"])
SURE = 0.5  # confidence from which the source itself counts a label as the answer


def kind_of(label: str) -> str:
    """Our kind of a corpus's label."""
    return KINDS.get(label, "other")


def sentences(
    tokenizer: Tokenizer, rows: Sequence[dict[str, Any]], rest: Sequence[str]
) -> Labelled:
    """A few rows of one corpus as the lines of one text."""
    text, spans = "", []
    for row in rows:
        line, offsets = spaced(row["tokens"])
        begin = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        handles = {i for i, word in enumerate(row["tokens"]) if word == "@"}
        for s in row["spans"]:
            start, end = offsets[s["token_start"]][0], offsets[s["token_end"] - 1][1]
            kind = "any" if {s["token_start"], s["token_start"] - 1} & handles else s["label"]
            spans.append((begin + start, begin + end, "any" if kind == "any" else kind_of(kind)))
    laid = Laid.of(tokenizer, text)
    known = [(*laid.range(start, end), kind) for start, end, kind in spans]
    return Labelled(
        id=str(rows[0]["id"]),
        tokens=laid.tokens,
        words=laid.words,
        entities=entity_mask(len(laid), known, rest),
    )


def toponyms(tokenizer: Tokenizer, row: dict[str, Any]) -> Labelled:
    """A story whose place names alone are marked: any other word is not a place."""
    laid = Laid.of(tokenizer, row["text"])
    known = [
        (*laid.range(t["start"], t["end"]), "place" if alone(row["text"], t) else "any")
        for t in row["toponyms"]
    ]
    return Labelled(
        id=str(row["id"]),
        tokens=laid.tokens,
        words=laid.words,
        entities=entity_mask(len(laid), known, NOT_PLACE),
    )


def alone(text: str, toponym: dict[str, Any]) -> bool:
    """Whether a toponym is a name of its own, as named-entity corpora mark it.

    LGL also marks words for people (*Iraqi* as Iraq) and places within the names of bodies
    (*University of Varna*, *Varna Police Department*).
    """
    name = toponym.get("name") or toponym["text"]
    demonym = toponym["text"] not in name and DEMONYM.search(toponym["text"])
    before = text[max(0, toponym["start"] - 40) : toponym["start"]]
    after = text[toponym["end"] : toponym["end"] + 20]
    return not (demonym or LARGER_BEFORE.search(before) or LARGER_AFTER.match(after))


def reports(tokenizer: Tokenizer, row: dict[str, Any]) -> Labelled:
    """A report whose mentions include common nouns: the capitalised words in them are names."""
    laid = Laid.of(tokenizer, row["text"])
    starts = laid.tokens.start[laid.words]
    known: list[tuple[int, int, str]] = []
    for s in sorted(row["spans"], key=lambda s: s["start"] - s["end"]):
        if s["confidence"] < SURE:
            continue
        low, high = laid.range(s["start"], s["end"])
        capital = [i for i in range(low, high) if row["text"][starts[i]].isupper()]
        known.append((low, high, "any"))
        if s["label"] in REPORTS_KINDS and capital and capital[-1] - capital[0] < len(capital):
            known.append((capital[0], capital[-1] + 1, kind_of(s["label"])))
    return Labelled(
        id=row["id"],
        tokens=laid.tokens,
        words=laid.words,
        entities=entity_mask(len(laid), known, OTHER),
    )


def chunks(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """Rows in runs of at most `size`."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[0] // size):
        yield [row for _, row in run]


def entity_texts(tokenizer: Tokenizer, corpora: Path) -> list[Labelled]:
    """Every training text with named entities, wholly or partly marked."""
    found = [
        sentences(tokenizer, rows, rest)
        for name, rest in SETS.items()
        for rows in chunks(read_jsonl(corpora / "ner" / f"{name}.jsonl"), TOGETHER)
    ]
    found += [reports(tokenizer, r) for r in read_jsonl(corpora / "ner" / "re3d.train.jsonl")]
    for name in ("lgl", "geovirus"):
        rows = [r for r in read_jsonl(corpora / "geo" / f"{name}.jsonl") if r["split"] == "train"]
        found += [toponyms(tokenizer, r) for r in rows]
    return [t for t in found if len(t.words) and np.any(t.entities)]
