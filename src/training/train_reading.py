"""Train the other heads of reading on their branch of the attribution model; resumable."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from allegedly.encoder.model import CLS, SEP
from allegedly.encoder.tokens import windows
from training.coreference_gold import coreference_texts
from training.course import Course, Settings, add_settings, begin, run
from training.entity_gold import entity_texts
from training.factuality_gold import factuality_texts
from training.labelled import ENTITIES, IGNORED
from training.network import Encoder, Layer, Shape
from training.reading_heads import WEIGHTS, Known, ReadingHeads
from training.train_attribution import kind
from training.treebank_gold import treebank_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.labelled import Labelled


SHARED = 2
"""Layers that the branch has in common with the attribution model."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text, or a run of its windows where it is long, that one batch holds whole."""

    text: Labelled
    windows: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> int:
        """Pieces in it."""
        return self.windows[-1][1] - self.windows[0][0]


class Reader(nn.Module):
    """The other heads of reading, on a branch of their own above the attribution model's layers.

    Trained together, the heads cost the attributions a point each; so the lower `SHARED` layers
    stay as the attributions want them, and only what is above them is copied and goes on.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(replace(shape, dropout=0.0))
        self.encoder.requires_grad_(requires_grad=False)
        self.branch = nn.ModuleList(Layer(shape) for _ in range(shape.layers - SHARED))
        self.reading = ReadingHeads(shape.width)

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Vectors (batch, pieces, width) of ids (batch, pieces), marks (batch, pieces, 3)."""
        with torch.no_grad():
            x, bias = self.encoder.embed(ids, marks, mask)
            for layer in self.encoder.layers[:SHARED]:
                x = layer(x, bias)
        for layer in self.branch:
            x = layer(x, bias)
        return x

    def start(self, attribution: dict[str, Tensor], begin: dict[str, Tensor]) -> None:
        """Take the shared layers from an attribution run, the branch from that or another run."""
        self.encoder.load_state_dict(under(attribution, "encoder."))
        for i, layer in enumerate(self.branch):
            own = under(begin, f"branch.{i}.")
            layer.load_state_dict(own or under(begin, f"encoder.layers.{SHARED + i}."))
        heads = under(begin, "reading.")
        if heads:
            self.reading.load_state_dict(heads)


def under(state: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """The part of a state whose names begin with a prefix, without it."""
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}


def units(texts: Sequence[Labelled], limit: int, most: int, rng: np.random.Generator) -> list[Unit]:
    """Texts cut into windows of at most `limit` pieces and units of at most `most`."""
    found = []
    for text in texts:
        offset = int(rng.integers(0, limit // 2)) if len(text.tokens.ids) > limit else 0
        cuts = [(w.start, w.end) for w in windows(text.tokens, limit, offset)]
        while cuts:
            count = next((i for i, c in enumerate(cuts) if c[1] - cuts[0][0] > most), len(cuts))
            found.append(Unit(text, tuple(cuts[: max(1, count)])))
            del cuts[: max(1, count)]
    return found


def unit_batches(
    texts: Sequence[Labelled], limit: int, pieces: int, seed: tuple[int, int]
) -> list[list[Unit]]:
    """Shuffled batches of about `pieces` pieces, units of like length together."""
    rng = np.random.default_rng(seed)
    rows = units(texts, limit, pieces, rng)
    rows = [rows[i] for i in rng.permutation(len(rows))]
    found: list[list[Unit]] = []
    for i in range(0, len(rows), 400):
        current: list[Unit] = []
        for unit in sorted(rows[i : i + 400], key=lambda u: u.pieces):
            width = max(b - a for u in [*current, unit] for a, b in u.windows) + 2
            count = sum(len(u.windows) for u in [*current, unit])
            if current and width * count > pieces:
                found.append(current)
                current = []
            current.append(unit)
        found.append(current)
    return [found[i] for i in rng.permutation(len(found))]


def words_of(unit: Unit) -> tuple[int, int]:
    """The words [low, high) of its text that a unit holds."""
    ends = [unit.windows[0][0], unit.windows[-1][1]]
    low, high = np.searchsorted(unit.text.words, ends).tolist()
    return low, high


def array(
    units_: Sequence[Unit],
    name: str,
    size: tuple[int, ...],
    fill: float,
    ranges: list[tuple[int, int]],
) -> NDArray[np.generic]:
    """One label array of a batch: each unit's share, filled where a text has none."""
    parts = []
    for unit, (low, high) in zip(units_, ranges, strict=True):
        value = getattr(unit.text, name)
        own = value[low:high] if value is not None else np.full((high - low, *size), fill)
        parts.append(own)
    return np.concatenate(parts)


def together(units_: Sequence[Unit]) -> tuple[Tensor, Tensor, Tensor, Tensor, Known]:
    """Pad the windows of a batch: ids, marks, mask, flat index of each word, what is known."""
    cuts = [(u.text, a, b) for u in units_ for a, b in u.windows]
    longest = max(b - a for _, a, b in cuts) + 2
    ids = torch.zeros(len(cuts), longest, dtype=torch.long)
    marks = torch.zeros(len(cuts), longest, 3, dtype=torch.long)
    mask = torch.zeros(len(cuts), longest, dtype=torch.bool)
    index, spans, at = [], [], 0
    for row, (text, a, b) in enumerate(cuts):
        ids[row, 0], ids[row, b - a + 1] = CLS, SEP
        ids[row, 1 : b - a + 1] = torch.from_numpy(text.tokens.ids[a:b])
        marks[row, 1 : b - a + 1] = torch.from_numpy(text.tokens.marks[a:b])
        mask[row, : b - a + 2] = True
        low, high = np.searchsorted(text.words, [a, b])
        index.append(torch.from_numpy(row * longest + text.words[low:high] - a + 1))
        spans.append((at, at + int(high - low)))
        at += int(high - low)
    flat = torch.cat(index)
    return ids, marks, mask, flat, known(units_, ids.flatten()[flat], spans)


def known(units_: Sequence[Unit], pieces: Tensor, spans: list[tuple[int, int]]) -> Known:
    """What is known of the words of a batch, heads and choices counted over the batch."""
    ranges = [words_of(u) for u in units_]
    texts, choices, shifts, at = [], [], [], 0
    for unit, (low, high) in zip(units_, ranges, strict=True):
        texts.append((at, at + high - low))
        shifts.append(np.full(high - low, at - low))
        choices += [
            (p + at - low, tuple(i + at - low for i in y), tuple(i + at - low for i in n))
            for p, y, n in unit.text.choices
            if all(low <= i < high for i in (p, *y, *n))
        ]
        at += high - low
    whole = {
        name: torch.from_numpy(array(units_, name, (), IGNORED, ranges).astype(np.int64))
        for name in ("mentions", "heads", "relations", "tags", "clusters")
    }
    shift = torch.from_numpy(np.concatenate(shifts).astype(np.int64))
    whole["heads"] = torch.where(whole["heads"] == IGNORED, IGNORED, whole["heads"] + shift)
    entities = array(units_, "entities", (len(ENTITIES),), True, ranges)  # noqa: FBT003 - a fill
    facts = array(units_, "factuality", (), np.nan, ranges)
    return Known(
        pieces=pieces,
        entities=torch.from_numpy(entities.astype(np.bool_)),
        factuality=torch.from_numpy(facts.astype(np.float32)),
        windows=spans,
        texts=texts,
        choices=choices,
        **whole,
    )


def reading_loss(model: Reader, units_: Sequence[Unit]) -> dict[str, Tensor]:
    """Each loss of the heads on one batch."""
    ids, marks, mask, flat, what = together(units_)
    with torch.autocast(kind(ids), dtype=torch.bfloat16):
        x = model(ids, marks, mask)
    words = x.float().flatten(0, 1)[flat]
    return dict(model.reading.losses(words, what))


def train(model: Reader, texts: Sequence[Labelled], s: Settings, out: Path) -> None:
    """Train on batches of every kind in turn; saves, and goes on where it stopped."""

    def epoch(number: int) -> list[list[Unit]]:
        return unit_batches(texts, s.window, s.pieces, (s.seed, number))

    course = Course(epoch=epoch, losses=partial(reading_loss, model), weights=WEIGHTS, clip=2.0)
    run(model, course, s, out)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--attribution", type=Path, required=True, help="mean.pt of that run")
    parser.add_argument(
        "--start", type=Path, help="mean.pt that the branch begins with, if another"
    )
    add_settings(parser)
    a = vars(parser.parse_args())
    s, tokenizer = begin(a)
    model = Reader(replace(Shape(), dropout=s.dropout))
    model.encoder.compute = torch.bfloat16
    attribution = torch.load(a["attribution"], weights_only=True)
    model.start(
        attribution, torch.load(a["start"], weights_only=True) if a["start"] else attribution
    )
    treebank = treebank_texts(tokenizer, a["corpora"])
    texts = entity_texts(tokenizer, a["corpora"]) + factuality_texts(tokenizer, a["corpora"])
    texts += treebank + [t for t in treebank if t.clusters is not None]  # GUM twice: it has most
    texts += coreference_texts(tokenizer, a["corpora"])
    train(model, texts, s, a["out"])


if __name__ == "__main__":
    main()
