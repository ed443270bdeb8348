"""Training, checked where torch is installed (`make train` installs it)."""

import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only")
onnx = pytest.importorskip("onnx", reason="onnx is for training only")

import onnxruntime  # noqa: E402  # after the skip
from tokenizers import Tokenizer  # noqa: E402  # the same

import allegedly.encoder  # noqa: E402  # the same
from training.attribution_gold import LABELS, story  # noqa: E402  # the same
from training.batches import Batch, batches, collate, opened, opened_pairs  # noqa: E402  # the same
from training.course import Settings  # noqa: E402  # the same
from training.graph import build, save_int8  # noqa: E402  # the same
from training.network import Shape, chain_cross_entropy, chain_nll  # noqa: E402  # the same
from training.pack import outputs  # noqa: E402  # the same
from training.train_attribution import (  # noqa: E402  # the same
    Model,
    forward,
    loss_of,
    train,
)

SMALL = Shape(width=48, layers=2, attention_heads=4, inner=96)
PACK = Path(allegedly.encoder.__file__).parent / "pack"
ROW = {
    "id": "one",
    "text": "The mayor said that the bridge was closed.\n“It is unsafe,” she told reporters.",
    "attributions": [
        {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 41]]},
        {"source": [[59, 62]], "cue": [[63, 67]], "content": [[43, 58]]},
    ],
}


@pytest.fixture
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(PACK / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


@pytest.fixture
def model() -> Model:
    torch.manual_seed(3)
    return Model(SMALL, 8)


def test_the_exported_graph_says_what_torch_says(
    model: Model, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    model.eval()
    torch.nn.init.normal_(model.heads.pair.weight)
    batch = collate(next(batches([story(tokenizer, ROW)], 20, 400, None)))
    with torch.no_grad():
        scores, links = forward(model, batch)
    state = model.state_dict()
    encoder = {
        k.removeprefix("encoder."): v.numpy() for k, v in state.items() if k.startswith("encoder.")
    }
    graph = build(encoder, outputs(state), attention_heads=SMALL.attention_heads, shared=1)
    onnx.save(graph, tmp_path / "whole.onnx")
    save_int8(graph, tmp_path / "int8.onnx", list(outputs(state)))
    feed = {
        "ids": batch.ids.numpy(),
        "marks": batch.marks.numpy(),
        "mask": batch.mask.int().numpy(),
    }
    mask = batch.word_mask.numpy()
    rows = np.arange(len(mask))[:, None]
    for name, tolerance in (("whole.onnx", 1e-3), ("int8.onnx", 0.5)):
        session = onnxruntime.InferenceSession(tmp_path / name)
        found = session.run(["scores", "links"], feed)
        chosen = found[0][rows, batch.words.numpy()].reshape(*mask.shape, 7, 7)
        kept = mask[..., None, None] & (scores.numpy() > -100)
        assert np.abs(chosen - scores.numpy())[kept].max() < tolerance
        chosen = found[1][rows, batch.words.numpy()]
        assert np.abs(chosen - links.numpy())[mask].max() < tolerance


def test_chain_losses_against_every_sequence() -> None:
    torch.manual_seed(1)
    scores = torch.randn(1, 4, 3, 3)
    mask = torch.ones(1, 4, dtype=torch.bool)
    totals = {
        path: sum(scores[0, t, (0, *path)[t], path[t]] for t in range(4))
        for path in itertools.product(range(3), repeat=4)
    }
    log_sum = torch.logsumexp(torch.stack(list(totals.values())), 0)
    path = (2, 0, 1, 1)
    loss = chain_nll(scores, torch.tensor([path]), mask)
    assert loss.item() == pytest.approx((log_sum - totals[path]).item(), abs=1e-4)
    certain = torch.zeros(1, 4, 3, 3)
    for t, (before, label) in enumerate(itertools.pairwise((0, *path))):
        certain[0, t, before, label] = 1
    soft = chain_cross_entropy(scores, certain, mask)
    assert soft.item() == pytest.approx(loss.item(), abs=1e-4)


def test_gold_spans_become_labels(tokenizer: Tokenizer) -> None:
    found = story(tokenizer, ROW)
    names = [LABELS[i] for i in found.tags]
    assert names[:5] == ["B-source", "I-source", "B-cue", "B-content", "I-content"]
    assert [(role, number) for role, _, _, number in found.segments] == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (2, 0),
        (2, 1),
    ]


def test_no_tensor_is_left_on_another_device(tokenizer: Tokenizer) -> None:
    # The meta device has no values, and refuses to be mixed with another as a GPU does.
    meta = torch.device("meta")
    batch = collate(next(batches([story(tokenizer, ROW)], 20, 400, None))).to(meta)
    for shape in (SMALL, replace(SMALL, relative=True)):
        tags, arcs = loss_of(Model(shape, 8).to(meta), batch, Settings())
        assert tags.device == arcs.device == meta


def test_a_segment_cut_by_a_window_begins_anew() -> None:
    assert opened(np.array([6, 6, 0])).tolist() == [5, 6, 0]
    assert opened(np.array([5, 6, 0])).tolist() == [5, 6, 0]
    pairs = np.zeros((2, 7, 7), dtype=np.float16)
    pairs[:, 6, 6] = 1
    found = opened_pairs(pairs.reshape(2, 49)).reshape(2, 7, 7)
    assert found[0, 6, 5] == 1
    assert found[1, 6, 6] == 1


def test_training_goes_on_where_it_stopped(
    model: Model, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    stories = [story(tokenizer, {**ROW, "id": str(i)}) for i in range(6)]
    settings = Settings(epochs=2, pieces=40, window=30, save_every=2, link=8)
    start = {k: v.clone() for k, v in model.state_dict().items()}
    train(model, stories, settings, tmp_path)
    whole = torch.load(tmp_path / "mean.pt", weights_only=True)

    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert state["step"] >= 4
    (tmp_path / "mean.pt").unlink()
    train(model, stories, settings, tmp_path)  # nothing is left to do
    again = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert all(torch.equal(whole[k], again[k]) for k in whole)

    model.load_state_dict(start)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    train(model, stories, settings, fresh)
    same = torch.load(fresh / "mean.pt", weights_only=True)
    assert all(torch.allclose(whole[k], same[k]) for k in whole)


def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    model: Model, tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = [story(tokenizer, {**ROW, "id": str(i)}) for i in range(6)]
    settings = Settings(epochs=3, pieces=40, window=30, save_every=1, link=8)
    start = {k: v.clone() for k, v in model.state_dict().items()}
    train(model, stories, settings, tmp_path)
    whole = torch.load(tmp_path / "mean.pt", weights_only=True)

    model.load_state_dict(start)
    cut, done = tmp_path / "cut", itertools.count()
    cut.mkdir()

    def ending(batch: Batch, to: object) -> Batch:
        if next(done) == 4:
            raise KeyboardInterrupt
        return moved(batch, to)

    moved = Batch.to
    with monkeypatch.context() as patched:
        patched.setattr(Batch, "to", ending)
        with pytest.raises(KeyboardInterrupt):
            train(model, stories, settings, cut)
    assert torch.load(cut / "checkpoint.pt", weights_only=True)["step"] == 4
    model.load_state_dict(start)  # what was in memory is lost
    train(model, stories, settings, cut)
    same = torch.load(cut / "mean.pt", weights_only=True)
    assert all(torch.allclose(whole[k], same[k]) for k in whole)


def test_the_pack_names_the_labels_of_training() -> None:
    described = json.loads((PACK / "pack.json").read_text("utf-8"))
    assert tuple(described["labels"]) == LABELS
