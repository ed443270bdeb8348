"""Learn the weights that places are found and resolved with, from the training split of geo/.

Run `python -m training.train_places CORPORA/geo`. Two linear models: a logistic one over the signs
of a toponym (is it a place here?), a log-linear one over the meanings of a name (which?). The
weights are written to claims/places/weights.toml.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from allegedly.claims.places.atlas import atlas
from allegedly.claims.places.evidence import SIGNS, Signs
from allegedly.claims.places.names import gather, given
from allegedly.claims.places.ranking import FEATURES, OWN, around, distance, meanings
from allegedly.claims.places.resolution import beliefs, shares
from allegedly.claims.places.toponyms import peoples, toponyms, words_of
from allegedly.claims.places.weights import Weights
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from allegedly.claims.places.ranking import Meanings

OUT = Path(__file__).parents[1] / "allegedly" / "claims" / "places" / "weights.toml"
RIGHT_KM = 161.0  # 100 miles, the field's measure
STEPS, RATE, DECAY = 400, 0.1, 1.0


def rows(folder: Path, split: str) -> Iterator[dict[str, Any]]:
    """The documents of one split of both corpora."""
    for name in ("lgl", "geovirus"):
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["split"] == split:
                yield row | {"corpus": name}


def right(table: Meanings, number: Sequence[int], gold: Sequence[dict[str, Any]]) -> np.ndarray:
    """How many gold mentions each meaning is right for: by id if it has one, else by distance."""
    target = np.zeros(len(table.name))
    ids = np.array([e.id for e in table.entries])
    for n, t in zip(number, gold, strict=True):
        mine = table.name == n
        exact = mine & (ids == (t["geonames_id"] or -1))
        if not exact.any():
            point = np.radians([[t["lat"], t["lon"]]])
            exact = mine & (distance(point, table.points)[0] <= RIGHT_KM)
        target += exact
    return target


def ascend(size: int, gradient: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Maximise a likelihood with a quadratic penalty, by Adam on all data at once."""
    w, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        grad = DECAY * w - gradient(w)
        m, v = 0.9 * m + 0.1 * grad, 0.999 * v + 0.001 * grad**2
        w = w - RATE * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return w


def joined(tables: Sequence[Meanings]) -> Meanings:
    """The meanings of all documents in one table."""
    starts = np.cumsum([0, *(t.names for t in tables)])
    numbers = [t.name + start for t, start in zip(tables, starts, strict=False)]
    own = np.concatenate([t.own for t in tables])
    return replace(tables[0], name=np.concatenate(numbers), names=int(starts[-1]), own=own)


def choose(table: Meanings, x: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Weights under which the right meanings of all names are likeliest."""
    count = np.zeros(table.names)
    np.maximum.at(count, table.name, target)

    def gradient(w: np.ndarray) -> np.ndarray:
        p = shares(table, x @ w)
        good = p * (target > 0)
        mass = np.bincount(table.name, weights=good, minlength=table.names)[table.name]
        posterior = np.divide(good, mass, out=np.zeros_like(good), where=mass > 0)
        known = (mass > 0) * np.sqrt(count[table.name])
        return np.asarray(x.T @ (known * (posterior - p)))

    return ascend(x.shape[1], gradient)


def resolving(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Weights of a meaning alone and together with the other names, from gold toponyms."""
    tables, targets = [], []
    for row in rows(folder, "train"):
        text = row["text"]
        placed = [t for t in row["toponyms"] if t["lat"] is not None]
        found = given(text, [Span(t["start"], t["end"]) for t in placed], atlas())
        gold = [t for t, f in zip(placed, found, strict=True) if f.entries]
        known = [f for f in found if f.entries]
        if known:
            names, number = gather(text, known, peoples(words_of(text), atlas()))
            tables.append(meanings(names))
            targets.append(right(tables[-1], number, gold))
    whole, target = joined(tables), np.concatenate(targets)
    alone = choose(whole, whole.own, target)
    held = [shares(t, t.own @ alone) for t in tables]
    together = np.zeros(len(FEATURES))
    for _ in range(3):
        x = np.concatenate(
            [np.hstack([t.own, around(t, b)]) for t, b in zip(tables, held, strict=True)]
        )
        together = choose(whole, x, target)
        by = Weights(place=np.zeros(len(SIGNS)), alone=alone, together=together)
        held = [beliefs(t, by) for t in tables]
    return alone, together


def finding(folder: Path) -> np.ndarray:
    """Weights of the signs that a toponym is a place; half-right spans are left out."""
    xs, ys = [], []
    for row in rows(folder, "train"):
        text = row["text"]
        words = words_of(text)
        found = toponyms(text, words, atlas())
        gold = [Span(t["start"], t["end"]) for t in row["toponyms"]]
        table = Signs(text, words, found).table()
        for sign, t in zip(table, found, strict=True):
            exact = t.span in gold
            if exact or not any(t.span.overlaps(g) for g in gold):
                xs.append(sign)
                ys.append(float(exact))
    x, y = np.array(xs), np.array(ys)
    return ascend(len(SIGNS), lambda w: np.asarray(x.T @ (y - 1 / (1 + np.exp(-(x @ w))))))


def main() -> None:
    """Fit and write."""
    folder = Path(sys.argv[1])
    alone, together = resolving(folder)
    parts = (("place", SIGNS, finding(folder)), ("alone", OWN, alone))
    lines = ["# Written by training.train_places: log-linear weights, explained in docs/places.md."]
    for name, columns, w in (*parts, ("together", FEATURES, together)):
        lines += ["", f"[{name}]", *(f"{c} = {x:.3f}" for c, x in zip(columns, w, strict=True))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
