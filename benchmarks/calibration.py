"""Whether claims given 0.8 are right about 80 % of the time.

Usage: python -m benchmarks.calibration --articles POLNEAR.dev.jsonl --stories FOLDER… [--floor]
       python -m benchmarks.calibration --held FOLDER…

The first fits the weights to nine tenths of the documents and measures on the other tenth, ten
times, so that nothing is measured on what it was fitted to; the weights that ship are compared with
a fit to all of it. The second measures the weights that ship on stories that had no part in any of
it. Stories are read by hand by the product's specification; the gold of the articles follows
PolNeAR's and lists less, so it has a constant of its own (see docs/model.md).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims import calibration
from allegedly.encoder import Encoder
from training.calibrate import PACK, cross_fitted, examples, fit, fitted_to, gold
from training.claim_gold import digest
from training.reliability import bins, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from training.calibrate import Example

    Floats = NDArray[np.float64]

FLOOR = 0.05  # the highest expected calibration error, by mass and by width
STALE = 0.02  # the furthest that a claim's probability may be from what a fit would make it now
ENOUGH = 30  # claims that a group must have to be shown


def rights(known: Sequence[Example]) -> Floats:
    """1 for each claim that is right, 0 for each other."""
    return np.array([e.right for e in known], dtype=np.float64)


def row(name: str, chances: Floats, right: Floats) -> str:
    """One line of figures."""
    m = measured(chances, right)
    return (
        f"{name:36s}{len(right):6d}{m.by_mass:9.3f}{m.by_width:9.3f}{m.noise:9.3f}"
        f"{m.brier:9.3f}{m.log_loss:9.3f}"
    )


def show(title: str, known: Sequence[Example], said: Floats) -> None:
    """Figures before and after calibration."""
    right, raw = rights(known), np.array([e.score for e in known])
    print(f"{title:36s}claims  by mass by width    noise    Brier log loss")
    print(row("  score", raw, right))
    print(row("  probability", said, right))


def show_bins(known: Sequence[Example], said: Floats) -> None:
    """The reliability table: score and probability in ten bins each, beside the share right."""
    right, raw = rights(known), np.array([e.score for e in known])
    print("  score  right    probability  right  claims")
    for before, after in zip(bins(raw, right), bins(said, right), strict=True):
        print(
            f"  {before.probability:.3f}  {before.right:.3f}          "
            f"{after.probability:.3f}  {after.right:.3f}  {after.count:6d}"
        )


def show_groups(known: Sequence[Example], said: Floats) -> None:
    """Mean probability and share right of each depth and zone with enough claims."""
    right = rights(known)
    keys: dict[str, Callable[[Example], object]] = {
        "depth": lambda e: e.depth,
        "zone": lambda e: e.zone,
    }
    for name, key in keys.items():
        for value in sorted({key(e) for e in known}, key=str):
            chosen = np.array([key(e) == value for e in known])
            if chosen.sum() >= ENOUGH:
                mean, share = said[chosen].mean(), right[chosen].mean()
                print(
                    f"  {name} {value}: probability {mean:.3f}, right {share:.3f},"
                    f" {chosen.sum()} claims"
                )


def cross(encoder: Encoder, articles: Path, folders: Sequence[Path]) -> list[str]:
    """Print everything that is measured by cross-fitting; gives what is wrong with it."""
    told = gold(articles, folders)
    known = list(examples(told, encoder))
    said, own = cross_fitted(known)
    flat = np.array([e.flat for e in known])
    faults = []
    for title, chosen, chances in (
        ("stories", ~flat, said),
        ("articles, by their own constant", flat, own),
        ("articles, by the stories' constant", flat, said),
        ("both, each by its own constant", flat | True, own),
    ):
        part = [e for e, is_in in zip(known, chosen, strict=True) if is_in]
        show(title, part, chances[chosen])
        if chances is said and title == "stories":
            show_bins(part, chances[chosen])
            show_groups(part, chances[chosen])
        m = measured(chances[chosen], rights(part))
        if not (chances is said and title.startswith("articles")):
            faults += [f"{title}: {e:.3f}" for e in (m.by_mass, m.by_width) if e > FLOOR]
    return faults + stale(encoder, known, same_gold=digest(told) == fitted_to(PACK))


def stale(encoder: Encoder, known: Sequence[Example], *, same_gold: bool) -> list[str]:
    """Whether the weights that ship differ from a new fit to the gold that they come from."""
    ships, now = calibration(encoder.pack), fit(known)[0]
    apart = max(abs(ships.probability(e.signs) - now.probability(e.signs)) for e in known)
    print(f"the weights that ship give no claim a probability more than {apart:.3f} from a new fit")
    if not same_gold:
        print("(they were fitted to other gold than this)")
        return []
    return ["the weights that ship are stale"] if apart > STALE else []


def held(encoder: Encoder, folders: Sequence[Path]) -> None:
    """Print figures of the weights that ship, on stories that had no part in the fit."""
    known = list(examples(gold(None, folders), encoder))
    weights = calibration(encoder.pack)
    said = np.array([weights.probability(e.signs) for e in known])
    show("held-out stories", known, said)
    show_bins(known, said)


def main() -> None:
    """Command line; exit code 1 with `--floor` where a figure is above the highest allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--stories", type=Path, nargs="+", default=())
    parser.add_argument("--held", type=Path, nargs="+", default=())
    parser.add_argument("--floor", action="store_true", help="fail above the pinned error")
    a = parser.parse_args()
    encoder = Encoder(PACK, threads=1)
    if a.held:
        held(encoder, a.held)
    faults = cross(encoder, a.articles, a.stories) if a.articles else []
    if a.floor and faults:
        sys.exit("not calibrated: " + "; ".join(faults))


if __name__ == "__main__":
    main()
