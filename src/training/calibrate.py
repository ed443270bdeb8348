"""Fit the probability of claims to gold, and write the weights into a model pack.

Usage: python -m training.calibrate --articles POLNEAR.dev.jsonl --stories FOLDER… [--pack PACK]

Neither articles nor stories may be among what the model was trained on. Run it anew whenever the
model or the reading of claims changes; `benchmarks/calibration.py` says whether that is due.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import allegedly.encoder
from allegedly.claims import UNCALIBRATED, Calibration
from allegedly.claims.probability import Signs, signs
from allegedly.encoder import Encoder
from allegedly.pipeline import read_stored
from allegedly.records import words
from training.claim_gold import digest, judged, polnear, story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from allegedly.records import Claim, ZoneKind
    from training.claim_gold import GoldStory

    Floats = NDArray[np.float64]

PACK = Path(allegedly.encoder.__file__).parent / "pack"
SIGNS = tuple(field.name for field in fields(Signs))
PRIOR = 1.0  # precision of each standardised weight; log loss is the same to 0.0005 from 0.1 to 30
FOLDS = 10
# The rules of reading were written while looking at the stories, so their level is too high for
# others; the articles' gold leaves out what the specification counts, so theirs is far too low. A
# quarter of the way says about 0.90, which was the share right of sixteen stories when first seen.
BETWEEN = 0.25
STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A claim that was read, its signs, and whether it is right; `score` is the raw one.

    `flat` says that the gold it was held against has no nested claims: that of the articles.
    """

    document: str
    flat: bool
    zone: ZoneKind
    depth: int
    score: float
    signs: Signs
    right: bool


def examples(stories: Iterable[GoldStory], encoder: Encoder) -> Iterator[Example]:
    """Read each story and hold its claims against its gold; those that gold leaves open are out."""
    for gold in stories:
        read = read_stored(gold.document, encoder, weights=UNCALIBRATED).claims
        depths = [_depth(claim, read) for claim in read]
        verdicts = judged(gold, read, [depth > 0 for depth in depths])
        for claim, depth, right in zip(read, depths, verdicts, strict=True):
            if right is not None:
                yield _example(gold, claim, depth, right=right)


def _example(gold: GoldStory, claim: Claim, depth: int, *, right: bool) -> Example:
    content = words(gold.document.text, claim.content)
    return Example(
        document=gold.name,
        flat=gold.flat,
        zone=claim.zone,
        depth=depth,
        score=claim.probability,
        signs=signs(claim.probability, content, claim.form, named=bool(claim.sources)),
        right=right,
    )


def _depth(claim: Claim, others: Sequence[Claim]) -> int:
    """In how many contents a claim lies; what a social post says itself holds none."""
    around = sum(
        other is not claim
        and bool(other.cue)
        and all(any(o.contains(s) for o in other.content) for s in (*claim.cue, *claim.content))
        for other in others
    )
    return max(around, len(claim.sources) - 1 - (claim.zone == "social_post"), 0)


def fit(known: Sequence[Example]) -> tuple[Calibration, float]:
    """Weights for claims in the stories' sense, and the constant that articles have beside it.

    Both kinds of gold teach the weights of the signs; each has a constant of its own. That of the
    stories, which were read by the product's own specification, is the calibration's, moved by
    `BETWEEN` towards that of the articles.
    """
    kinds = np.array([e.flat for e in known], dtype=np.float64)
    right = np.array([e.right for e in known], dtype=np.float64)
    *weights, flat = _regression(np.column_stack([_matrix(known), kinds]), right)
    weights[0] += BETWEEN * flat
    constant, *rest = (round(float(w), 4) for w in weights)
    own = (1 - BETWEEN) * float(flat)
    return Calibration(constant=constant, **dict(zip(SIGNS, rest, strict=True))), own


def _matrix(known: Sequence[Example]) -> Floats:
    return np.array([[getattr(e.signs, s) for s in SIGNS] for e in known], dtype=np.float64)


def _regression(observed: Floats, right: Floats) -> list[float]:
    """Constant and weights of a logistic regression with a Gaussian prior, by Newton's method.

    Shapes: observed (examples, signs), right (examples,), result (1 + signs,).
    """
    mean, spread = observed.mean(0), observed.std(0)
    spread[spread == 0] = 1.0  # a sign that never varies; its weight stays at zero
    rows = np.column_stack([np.ones(len(observed)), (observed - mean) / spread])
    precision = np.append(1e-6, np.full(observed.shape[1], PRIOR))
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chance) - precision * weights
        curvature = (rows.T * (chance * (1 - chance))) @ rows + np.diag(precision)
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < 1e-9:  # noqa: PLR2004 - as exact as doubles are worth
            break
    own = weights[1:] / spread
    return [float(weights[0] - own @ mean), *own.tolist()]


def cross_fitted(known: Sequence[Example]) -> tuple[Floats, Floats]:
    """The probability of each example under weights fitted to other documents alone.

    Gives those in the stories' sense and, for each kind of gold, those in its own; the first are
    what the product says. Documents are dealt to folds in the order of their names.
    """
    names = sorted({(e.flat, e.document) for e in known})
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    said, own = np.zeros(len(known)), np.zeros(len(known))
    for k in range(FOLDS):
        rest = [e for e in known if fold[e.flat, e.document] != k]
        weights, flat = fit(rest)
        for i, e in enumerate(known):
            if fold[e.flat, e.document] == k:
                said[i] = weights.probability(e.signs)
                own[i] = _moved(said[i], flat) if e.flat else said[i]
    return said, own


def _moved(chance: float, by: float) -> float:
    return float(1 / (1 + (1 - chance) / chance * np.exp(-by)))


def gold(articles: Path | None, folders: Iterable[Path]) -> list[GoldStory]:
    """The articles of a file, and the stories of folders."""
    return [*(polnear(articles) if articles else ()), *map(story, folders)]


def write(pack: Path, weights: Calibration, known_as: str) -> None:
    """Put the weights into a pack's description, with the digest of the gold they come from."""
    path = pack / "pack.json"
    described = json.loads(path.read_text("utf-8"))
    described |= {"calibration": asdict(weights), "calibration_gold": known_as}
    path.write_text(json.dumps(described, indent=1) + "\n", "utf-8")


def fitted_to(pack: Path) -> str | None:
    """The digest of the gold that a pack's weights come from; None where it has no weights."""
    described: dict[str, str] = json.loads((pack / "pack.json").read_text("utf-8"))
    return described.get("calibration_gold")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--stories", type=Path, nargs="+", required=True)
    parser.add_argument("--pack", type=Path, default=PACK)
    a = parser.parse_args()
    told = gold(a.articles, a.stories)
    known = list(examples(told, Encoder(a.pack, threads=1)))
    weights, flat = fit(known)
    write(a.pack, weights, digest(told))
    print(f"{len(known)} claims of {len({e.document for e in known})} documents")
    print(weights)
    print(f"articles: {flat:+.2f} on the constant")


if __name__ == "__main__":
    main()
