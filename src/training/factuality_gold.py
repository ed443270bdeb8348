"""Factuality corpora become labelled texts: how surely an event happened, by the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from training.attribution_gold import read_jsonl
from training.entity_gold import chunks
from training.labelled import Labelled, Laid, spaced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

SETS = ("uds_ih2", "uw", "cb")
TOGETHER = 6  # sentences that stand as lines of one text


def judged(tokenizer: Tokenizer, rows: Sequence[dict[str, Any]]) -> Labelled:
    """A few sentences with their scores from -3 (certainly not) to 3 (certainly so)."""
    text, scores = "", []
    for row in rows:
        line, offsets = spaced(row["tokens"])
        begin = len(text) + bool(text)
        text = f"{text}\n{line}" if text else line
        for t in row["targets"]:
            start, end = offsets[t["token_start"]][0], offsets[t["token_end"] - 1][1]
            scores.append((begin + start, begin + end, t["factuality"]))
    laid = Laid.of(tokenizer, text)
    values = np.full(len(laid), np.nan, dtype=np.float32)
    for start, end, score in scores:
        low, high = laid.range(start, end)
        if low < high:
            values[low] = score
    return Labelled(id=str(rows[0]["id"]), tokens=laid.tokens, words=laid.words, factuality=values)


def factuality_texts(tokenizer: Tokenizer, corpora: Path, split: str = "train") -> list[Labelled]:
    """Every text of a split with factuality scores."""
    found = []
    for name in SETS:
        rows = read_jsonl(corpora / "factuality" / f"{name}.jsonl")
        mine = [r for r in rows if r["split"] == split]
        found += [judged(tokenizer, some) for some in chunks(mine, TOGETHER)]
    return found
