"""The pack that ships: checked on load, exact in its places."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import allegedly.encoder
from allegedly.encoder import Encoder, PackError, packed_encoder

PACK = Path(allegedly.encoder.__file__).parent / "pack"
STORY = (
    "Officials in Varna said the bridge was closed. "
    "“It is unsafe,” Mayor Ivo Petrov told reporters."
)


def test_words_are_exact() -> None:
    [window] = packed_encoder().encode(STORY, [(0, len(STORY))])
    words = [STORY[s:e] for s, e in zip(window.start, window.end, strict=True)]
    assert words[:4] == ["Officials", "in", "Varna", "said"]
    assert "".join(words) == STORY.replace(" ", "")
    assert window.scores.shape == (len(words), 7, 7)


def test_a_batch_reads_as_its_windows_do_alone() -> None:
    encoder = packed_encoder()
    text = "\n".join([STORY] * 30)
    spans = [(i * (len(STORY) + 1), i * (len(STORY) + 1) + len(STORY)) for i in range(30)]
    together = list(encoder.encode(text, spans))
    assert len(together) > 2
    assert [int(w.start[0]) for w in together] == sorted(int(w.start[0]) for w in together)
    assert all(np.isfinite(w.scores).all() for w in together)


def test_a_word_longer_than_a_window_is_read_in_parts() -> None:
    text = "z9" * 3000
    windows = list(packed_encoder().encode(text, [(0, len(text))]))
    assert windows
    assert all(len(w.start) == len(w.scores) for w in windows)


def test_what_is_read_alone_is_read_for_attributions_only() -> None:
    encoder = packed_encoder()
    [whole] = encoder.encode(STORY, [(0, len(STORY))])
    [alone] = encoder.encode(STORY, [(0, len(STORY))], alone=True)
    assert alone.heads is None
    assert np.array_equal(whole.scores, alone.scores)
    assert whole.heads is not None
    labels, words = encoder.pack.heads, len(whole.start)
    assert whole.heads.entities.shape == (words, len(labels.entities))
    assert whole.heads.antecedents.shape == (words, 2 * labels.side + 2)
    assert whole.heads.syntax.shape == (words, 2 * labels.side + 1)
    assert whole.heads.factuality.shape == (words, 1)


def test_no_stretch_no_window() -> None:
    assert list(packed_encoder().encode("", [])) == []


def test_a_damaged_pack_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    (folder / "tokenizer.json").write_bytes(b"{}")
    with pytest.raises(PackError, match=r"tokenizer\.json differs"):
        Encoder(folder)


def test_a_missing_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        Encoder(tmp_path)


def test_the_pack_says_what_it_is() -> None:
    described = json.loads((PACK / "pack.json").read_text("utf-8"))
    assert set(described["sha256"]) == {"model.onnx", "reading.onnx", "tokenizer.json"}
    card = (PACK / "MODEL_CARD.md").read_text("utf-8")
    for heading in ("Intended use", "Training data", "Scores", "Known failures", "Licence"):
        assert heading in card
