"""Linking and collecting on cases that no setting was chosen on.

Usage: python -m benchmarks.further_cases FEEDS SCORER [--held-out] [--membership]

`annotated/cases` holds further cases in the format of the gold ones: links, offsets and words of
our own, no text of an entry. Those under `development` may be looked at by whoever changes rules,
those under `held_out` are measured (`--held-out`) and not looked at. Everything is measured as it
ships; the rivals have the mentions given and the threshold that is best in hindsight on the very
case. `--membership` collects each case from three seeds besides (vectors of all entries: minutes).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegedly.encoder.vectors import packed_sentences
from allegedly.linking.claims import shipped
from allegedly.linking.claims.relevance import LEAST
from allegedly.linking.events import WITH_VECTORS
from benchmarks.cases import DRAWS, GRID, Bench, encoded
from benchmarks.feeds import gold, stories
from benchmarks.links import best_rivals, f1, ours, prediction, scored, scorer, told_in
from training.calibrate_links import pairs
from training.link_gold import gold_case

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

CASES = Path(__file__).parent / "annotated" / "cases"
SETS = ("development", "held_out")


def measured(
    score: ModuleType, case: dict[str, Any], feeds: Path
) -> tuple[dict[str, float], dict[str, NDArray[np.float64]]]:
    """B-cubed F1 with the mentions given and with our own, detection, rivals; counts of denials."""
    weights, known = shipped(), pairs(gold_case(case, feeds), 1.0)
    given = known.labelled
    result = scored(
        score, case, prediction(given.places, *ours(given.profiles, known.own, weights))
    )
    mentions, places, columns = told_in(case, feeds).about(LEAST)
    whole = scored(score, case, prediction(places, *ours(mentions, columns, weights)))
    row = {"given": result["b_cubed"][2], "own": whole["b_cubed"][2]}
    row["detected"] = whole["detection"][2]
    row |= dict(best_rivals(score, case, known, packed_sentences().vectors))
    return row, {"given": result["denials"], "own": whole["denials"]}


def linking(score: ModuleType, folder: Path, feeds: Path) -> None:
    """Print the figures of a folder's cases, each and together."""
    rows, denials = [], {"given": np.zeros(3), "own": np.zeros(3)}
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        row, counts = measured(score, case, feeds)
        rows.append(row)
        for name, found in counts.items():
            denials[name] += found
        print(case["case"], {name: round(value, 3) for name, value in row.items()}, flush=True)
    mean = {name: round(float(np.mean([row[name] for row in rows])), 3) for name in rows[0]}
    print("mean", mean)
    for name, total in denials.items():
        print(f"denials, mentions {name}: {total.astype(int).tolist()} F1 {f1(total):.3f}")


def membership(bench: Bench, folder: Path) -> None:
    """Print F1 of membership from three seeds, ours as it ships, rivals at their best threshold."""
    at = int(np.argmin(np.abs(GRID - WITH_VECTORS.belongs)))
    print(f"membership from three seeds, mean F1 over {DRAWS} draws")
    for case in gold(folder):
        row = {"ours": bench.surface(case, lambda d: bench.ours(d, WITH_VECTORS))[:, at].mean()}
        for name, rival in (
            ("exact title", bench.titles),
            ("TF-IDF cosine", bench.tf_idf),
            ("sentence vectors", bench.sentences),
        ):
            row[name] = bench.surface(case, rival).max(axis=1).mean()
        print(case.name, {name: round(float(value), 3) for name, value in row.items()}, flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feeds", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--held-out", action="store_true", help="the held-out cases as well")
    parser.add_argument("--membership", action="store_true", help="collect the cases as well")
    a = parser.parse_args()
    score = scorer(a.scorer)
    folders = [CASES / name for name in (SETS if a.held_out else SETS[:1])]
    for folder in folders:
        print(folder.name)
        linking(score, folder, a.feeds)
    if a.membership:
        told = stories(a.feeds)
        bench = Bench(told, encoded(told, Path("build")))
        for folder in folders:
            membership(bench, folder)


if __name__ == "__main__":
    main()
