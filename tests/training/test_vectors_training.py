"""Training of sentence vectors, checked where torch is installed (`make train` installs it)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")
onnx = pytest.importorskip("onnx", reason="onnx is for training only")

import onnxruntime  # noqa: E402  # after the skip

from training.course import Settings  # noqa: E402  # the same
from training.network import Shape  # noqa: E402  # the same
from training.train_vectors import (  # noqa: E402  # the same
    Mention,
    Model,
    batches,
    collate,
    contrast,
    train,
)
from training.vectors import build, mixed  # noqa: E402  # the same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = Shape(vocabulary=60, width=24, layers=2, attention_heads=4, inner=48, dropout=0.0)
SETTINGS = Settings(epochs=12, rate=5e-3, layer_decay=1.0, average=0.0, save_every=5)


def event(name: str, size: int = 18) -> list[Mention]:
    """Mentions of three claims, each with its own word among random ones."""
    chance = np.random.default_rng(len(name))
    return [
        Mention(
            frame=(1, *map(int, chance.integers(10, 60, 4)), 3 + i % 3, 2),
            content=(1, 3 + i % 3, 2),
            claim=f"{name}{i % 3}",
        )
        for i in range(size)
    ]


@pytest.fixture
def model() -> Model:
    torch.manual_seed(3)
    return Model(SMALL, frozen=1)


def learnt(model: Model) -> float:
    batch = collate(event("unseen"))
    with torch.no_grad():
        return float(contrast(model.eval()(batch.ids, batch.mask), batch.claims))


def test_mentions_of_one_claim_come_together_and_the_lower_layers_stay(
    model: Model, tmp_path: Path
) -> None:
    before = {name: value.clone() for name, value in model.state_dict().items()}
    unlearnt = learnt(model)
    train(model, [event("one"), event("other")], SETTINGS, tmp_path)
    assert learnt(model) < 0.8 * unlearnt
    after = model.state_dict()
    moved = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert moved
    assert all(name.startswith("encoder.layers.1.") for name in moved)


def test_a_run_that_was_cut_off_goes_on_where_it_was(model: Model, tmp_path: Path) -> None:
    events = [event("one"), event("other")]
    torch.manual_seed(3)
    again = Model(SMALL, frozen=1)
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    train(model, events, SETTINGS, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        train(again, _Cut(events), SETTINGS, tmp_path / "parts")
    torch.manual_seed(9)
    train(Model(SMALL, frozen=1), events, SETTINGS, tmp_path / "parts")
    whole, parts = (
        torch.load(tmp_path / name / "mean.pt", weights_only=True) for name in ("whole", "parts")
    )
    assert all(torch.equal(value, parts[name]) for name, value in whole.items())


class _Cut(list[list[Mention]]):
    """Events that are taken away while they are learnt from."""

    asked = 0

    def __iter__(self) -> Iterator[list[Mention]]:
        self.asked += 1
        if self.asked > 5:
            raise KeyboardInterrupt
        return super().__iter__()


def test_every_mention_is_there_once_an_epoch_and_some_are_cut() -> None:
    events = [event("one", 40), event("other")]
    found = batches(events, (1, 0))
    assert all(len({own.claim[:-1] for own in some}) == 1 for some in found)
    assert sum(map(len, found)) == 58
    cut = sum(own.frame == own.content for some in found for own in some)
    assert 0 < cut < 30
    assert batches(events, (1, 0)) == found != batches(events, (1, 1))


def test_claims_that_nobody_else_makes_tell_nothing() -> None:
    vectors = torch.eye(3)
    assert float(contrast(vectors, torch.tensor([0, 1, 2]))) == 0
    near = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    assert contrast(near, torch.tensor([0, 0, 1])) < contrast(near, torch.tensor([0, 1, 1]))


def test_the_graph_says_what_torch_says_and_a_share_is_a_share(
    model: Model, tmp_path: Path
) -> None:
    torch.save(model.state_dict(), tmp_path / "mean.pt")
    own = {name.removeprefix("encoder."): v.numpy() for name, v in model.state_dict().items()}
    marks = {"case.weight", "gap.weight", "quote.weight"}
    names = {"pieces.weight": "pieces", "positions.weight": "positions"}
    weights = {names.get(name, name): v for name, v in own.items() if name not in marks}
    nought = {name: np.zeros_like(v) for name, v in weights.items()}
    half = mixed(nought, tmp_path, 0.5)
    assert all(np.allclose(half[name], 0.5 * v) for name, v in weights.items())
    onnx.save(build(weights, SMALL.attention_heads), tmp_path / "whole.onnx")
    batch = collate([replace(own) for own in event("one")[:4]])
    feed = {"ids": batch.ids.numpy(), "mask": batch.mask.int().numpy()}
    [hidden] = onnxruntime.InferenceSession(tmp_path / "whole.onnx").run(None, feed)
    weight = batch.mask.numpy()[..., None]
    mean = (hidden * weight).sum(1) / weight.sum(1)
    with torch.no_grad():
        said = model.eval()(batch.ids, batch.mask).numpy()
    assert np.allclose(mean / np.linalg.norm(mean, axis=1, keepdims=True), said, atol=1e-4)
