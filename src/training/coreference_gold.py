"""LitBank and GAP become labelled texts: what refers to what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from training.attribution_gold import read_jsonl
from training.labelled import IGNORED, MENTIONS, Labelled, Laid

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

KINDS = {"PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
END_OF_HEAD = re.compile(
    r"\s(?:,|of|in|on|at|to|for|from|with|by|who|whom|whose|which|that|and|or|as|between|"
    r"among|under|over|about|near|before|after|into|--|;|:|\()(?=\s|$)"
)


def head_word(text: str, start: int, end: int) -> int:
    """Where the head of a noun phrase starts: its last word before what follows the noun.

    LitBank has no trees; English noun phrases put the head last before a preposition, a relative
    clause, a comma or a conjunction.
    """
    words = text[start:end]
    cut = END_OF_HEAD.search(words)
    nominal = words[: cut.start()] if cut else words
    nominal = re.sub(r"\s['’]s?$", "", nominal.rstrip())
    return start + nominal.rfind(" ") + 1


def novel(tokenizer: Tokenizer, row: dict[str, Any]) -> Labelled:
    """A stretch of a novel: people, places and organisations with their chains.

    Other things are not marked there, so only pronouns and marked heads are known.
    """
    laid = Laid.of(tokenizer, row["text"])
    mentions = np.full(len(laid), IGNORED, dtype=np.int64)
    clusters = np.full(len(laid), IGNORED, dtype=np.int64)
    numbers: dict[str, int] = {}
    for m in sorted(row["mentions"], key=lambda m: m["end"] - m["start"]):
        low, high = laid.range(head_word(row["text"], m["start"], m["end"]), m["end"])
        if low == high or m["chain"] is None:
            continue
        mentions[low] = MENTIONS.index(KINDS.get(m["type"], "other"))
        clusters[low] = numbers.setdefault(m["chain"], len(numbers))
    return Labelled(
        id=row["id"], tokens=laid.tokens, words=laid.words, mentions=mentions, clusters=clusters
    )


def snippet(tokenizer: Tokenizer, row: dict[str, Any]) -> Labelled:
    """A passage of GAP: one pronoun and two names, each its antecedent or not."""
    laid = Laid.of(tokenizer, row["text"])
    pronoun = laid.range(*row["pronoun"]["span"])[0]
    names = {k: laid.range(*row[k]["span"]) for k in "ab"}
    yes = tuple(high - 1 for k, (_, high) in names.items() if row[k]["coref"])
    no = tuple(high - 1 for k, (_, high) in names.items() if not row[k]["coref"])
    return Labelled(
        id=row["id"], tokens=laid.tokens, words=laid.words, choices=((pronoun, yes, no),)
    )


def coreference_texts(tokenizer: Tokenizer, corpora: Path, split: str = "train") -> list[Labelled]:
    """LitBank's stretches and GAP's passages of a split."""
    novels = [r for r in read_jsonl(corpora / "coref" / "litbank.jsonl") if r["split"] == split]
    passages = [r for r in read_jsonl(corpora / "coref" / "gap.jsonl") if r["split"] == split]
    return [novel(tokenizer, r) for r in novels] + [snippet(tokenizer, r) for r in passages]
