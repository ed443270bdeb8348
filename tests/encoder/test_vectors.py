import json
from pathlib import Path

import numpy as np
import pytest

from allegedly.encoder import PackError
from allegedly.encoder.vectors import SentenceEncoder, packed, packed_sentences, unpacked


def test_what_says_the_same_is_nearer_than_what_does_not() -> None:
    same, alike, other = packed_sentences().vectors(
        [
            "Peru accuses Chile of shelling a port",
            "Lima blames Chile for shells that hit a harbour",
            "The wheat harvest will be late",
        ]
    )
    assert same @ alike > same @ other + 0.3


def test_a_text_has_the_same_vector_in_any_company() -> None:
    long = "and so it went on for many hours " * 20
    alone = packed_sentences().vectors(["A dam broke."])
    among = packed_sentences().vectors([long, "A dam broke.", ""])
    assert among.shape == (3, packed_sentences().size)
    assert np.array_equal(alone[0], among[1])


def test_threads_and_repetitions_change_nothing() -> None:
    texts = [f"A dam broke in town {number}." for number in range(9)] * 2
    one = packed_sentences().vectors(texts, threads=1)
    assert np.array_equal(one, packed_sentences().vectors(texts, threads=3))
    assert np.array_equal(one[:9], one[9:])
    assert packed_sentences().vectors([]).shape == (0, packed_sentences().size)


def test_stored_vectors_keep_their_angles() -> None:
    vectors = packed_sentences().vectors(["A dam broke.", "A bridge fell.", "Wheat is late."])
    again = unpacked(packed(vectors))
    assert np.abs(again @ again.T - vectors @ vectors.T).max() < 0.01


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vectors.onnx").write_bytes(b"nothing")
    (tmp_path / "vectors.json").write_text(json.dumps({"name": "x", "size": 4, "sha256": "0"}))
    with pytest.raises(PackError, match="checksum"):
        SentenceEncoder(tmp_path)
    with pytest.raises(PackError, match="cannot be read"):
        SentenceEncoder(tmp_path / "nowhere")
