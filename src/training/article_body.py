"""Fit the weights by which a page's blocks are told to be its article.

Usage: python -m training.article_body ../shared/corpora/html [--write]

The pages' true texts say which blocks are the article's: those whose words are mostly found in it
in their order. Logistic regression with an L2 penalty over standardised evidence, a block weighing
as its words do among its page's article. Prints F1, precision and recall of four-word shingles
with the weights cross-fitted over ten folds of sites, and with `--write` fits all pages and writes
`documents/html/weights.toml`. The penalty was swept from 0.015 to 0.06 by the cross-fitted F1.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
from benchmarks.shingles import f1_of, matches
from scipy.optimize import minimize

from allegedly.documents.html.body import settled
from allegedly.documents.html.evidence import EVIDENCE, evidence
from allegedly.documents.html.page import layout_for
from allegedly.documents.html.parsing import characters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from allegedly.documents.html.layout import Layout

    Floats = npt.NDArray[np.float64]
    Judge = Callable[[Layout], list[bool]]

WEIGHTS: Final = Path(__file__).parents[1] / "allegedly/documents/html/weights.toml"
PENALTY: Final = 0.06
FOLDS: Final = 10
SHORTEST_MATCH: Final = 3  # words; shorter agreement is chance
HEAVIEST: Final = 0.3  # of a page's article: no block outweighs a story


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One page: its layout, evidence, truth, and how much each block weighs."""

    site: str
    truth: str
    page: Layout
    rows: Floats
    is_body: npt.NDArray[np.bool_]
    weight: Floats


def truth_of(page: Layout, truth: str) -> npt.NDArray[np.bool_]:
    """Which blocks are the article's, by aligning the page's words with its true text."""
    words = [word for block in page.blocks for word in block.words]
    found = np.zeros(len(words))
    matcher = difflib.SequenceMatcher(None, words, re.findall(r"\w+", truth), autojunk=False)
    for match in matcher.get_matching_blocks():
        if match.size >= SHORTEST_MATCH:
            found[match.a : match.a + match.size] = 1
    edges = np.cumsum([0, *(len(block.words) for block in page.blocks)])
    shares = [found[a:b].mean() if b > a else 0.0 for a, b in pairwise(edges)]
    return np.array(shares) >= 0.5  # noqa: PLR2004  # half of its words


def samples(folder: Path) -> list[Sample]:
    """The pages of a folder with `ground-truth.json`."""
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    found = []
    for name, told in gold.items():
        text = characters(gzip.decompress((folder / f"{name}.html.gz").read_bytes()))
        page = layout_for(text) if isinstance(text, str) else None
        if page is None:
            continue
        is_body = truth_of(page, told["articleBody"])
        sizes = np.array([len(block.words) for block in page.blocks], dtype=np.float64)
        weight = np.minimum((sizes + 1) / max(1.0, float((sizes * is_body).sum())), HEAVIEST)
        site = urlsplit(told["url"]).hostname or ""
        found.append(
            Sample(
                site=site,
                truth=told["articleBody"],
                page=page,
                rows=evidence(page),
                is_body=is_body,
                weight=weight,
            )
        )
    return found


def fit(pages: Sequence[Sample]) -> tuple[Floats, float]:
    """Weights and bias for raw evidence."""
    rows = np.vstack([page.rows for page in pages])
    signs = np.where(np.concatenate([page.is_body for page in pages]), 1.0, -1.0)
    weight = np.concatenate([page.weight for page in pages])
    weight = weight / weight.mean()
    middle, spread = rows.mean(0), rows.std(0)
    spread[spread == 0] = 1.0
    scaled = (rows - middle) / spread

    def loss(v: Floats) -> tuple[float, Floats]:
        margin = signs * (scaled @ v[:-1] + v[-1])
        value = PENALTY * (weight * np.logaddexp(0, -margin)).sum() + 0.5 * (v[:-1] ** 2).sum()
        slope = -PENALTY * weight * signs / (1 + np.exp(margin))
        return float(value), np.append(scaled.T @ slope + v[:-1], slope.sum())

    best = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = best[:-1] / spread
    return weights, float(best[-1] - weights @ middle)


def judges(pages: Sequence[Sample]) -> Callable[[str], Judge]:
    """For a page's address, a judge whose weights saw no page of its site."""
    fits = {fold: fit([p for p in pages if _fold(p.site) != fold]) for fold in range(FOLDS)}

    def of(address: str) -> Judge:
        weights, bias = fits[_fold(urlsplit(address).hostname or "")]
        return lambda page: settled(page, 1 / (1 + np.exp(-(evidence(page) @ weights + bias))))

    return of


def _fold(site: str) -> int:
    return crc32(site.encode()) % FOLDS


def cross_fitted(pages: Sequence[Sample]) -> tuple[float, float, float]:
    """F1, precision and recall where no page is judged by weights that saw its site."""
    scores = []
    for fold in range(FOLDS):
        here = [page for page in pages if _fold(page.site) == fold]
        weights, bias = fit([page for page in pages if _fold(page.site) != fold])
        for page in here:
            chance = 1 / (1 + np.exp(-(page.rows @ weights + bias)))
            taken = settled(page.page, chance)
            text = "\n".join(b.text for b, t in zip(page.page.blocks, taken, strict=True) if t)
            scores.append(matches(page.truth, text))
    return f1_of(scores)


def write(weights: Floats, bias: float) -> None:
    """Write the table that the product reads."""
    head = (
        "# Weights of the evidence of `evidence.py`, fitted by `python -m training.article_body`.\n"
    )
    rows = [f'"{name}" = {w:.4f}' for name, w in zip(EVIDENCE, weights, strict=True)]
    WEIGHTS.write_text("\n".join([head, f"bias = {bias:.4f}", "", "[weights]", *rows, ""]), "utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    pages = samples(a.folder)
    f1, precision, recall = cross_fitted(pages)
    print(f"{len(pages)} pages, cross-fitted by site: F1 {f1:.4f} P {precision:.4f} R {recall:.4f}")
    if a.write:
        write(*fit(pages))


if __name__ == "__main__":
    main()
