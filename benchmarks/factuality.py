"""How surely events happened, by the text: the development parts of UDS-IH2, UW and CommitmentBank.

Usage: python -m benchmarks.factuality FACTUALITY_FOLDER [--floor]

Prints the mean absolute error on the scale from -3 to 3 and Pearson's correlation, beside always
saying the training part's median.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder import packed_encoder
from allegedly.encoder.tokens import lines
from benchmarks import floors
from training.attribution_gold import read_jsonl
from training.entity_gold import chunks
from training.labelled import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINES = 6  # sentences read as one text
SETS = ("uds_ih2", "uw", "cb")
PUBLISHED = "UDS-IH2 test: Rudinger et al. 2018, MAE 0.960, r 0.768"
FLOORS = {"uds_ih2": 0.76, "uw": 0.60}


def scores(path: Path) -> tuple[list[float], list[float], float]:
    """Gold and predicted scores of the development part, and the training part's median."""
    rows = read_jsonl(path)
    gold: list[float] = []
    guess: list[float] = []
    encoder = packed_encoder()
    for some in chunks([r for r in rows if r["split"] == "dev"], LINES):
        text, places = "", []
        for row in some:
            line, offsets = spaced(row["tokens"])
            places += [
                (len(text) + offsets[t["token_start"]][0], t["factuality"]) for t in row["targets"]
            ]
            text += line + "\n"
        found = {
            int(start): float(value)
            for w in encoder.encode(text, lines(text))
            if w.heads is not None
            for start, value in zip(w.start, w.heads.factuality[:, 0], strict=True)
        }
        gold += [score for _, score in places]
        guess += [found.get(place, 0.0) for place, _ in places]
    known = [t["factuality"] for r in rows if r["split"] == "train" for t in r["targets"]]
    return gold, guess, float(np.median(known))


def measure(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Print the figures; give those with a floor."""
    for name in SETS:
        gold, guess, median = scores(folder / f"{name}.jsonl")
        error = float(np.mean(np.abs(np.subtract(gold, guess))))
        base = float(np.mean(np.abs(np.subtract(gold, median))))
        r = float(np.corrcoef(gold, guess)[0, 1])
        print(f"{name:8} MAE {error:.3f} (median {base:.3f})  r {r:.3f}  ({len(gold)} events)")
        yield name, r, FLOORS.get(name, 0)
    print(PUBLISHED)


if __name__ == "__main__":
    floors.run(__doc__, measure)
