"""Pieces keep their exact places, whatever the text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import allegedly.encoder
from allegedly.encoder.tokens import EMPTY_LINE, LINE, lines, tokenize, windows

PACK = Path(allegedly.encoder.__file__).parent / "pack"
TOKENIZER = Tokenizer.from_file(str(PACK / "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


@given(TEXTS)
@settings(deadline=None)
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    tokens = tokenize(TOKENIZER, text)
    assert all(0 <= s < e <= len(text) for s, e in zip(tokens.start, tokens.end, strict=True))
    assert sorted(tokens.start.tolist()) == tokens.start.tolist()
    assert len(tokens.marks) == len(tokens.first) == len(tokens.stretch) == len(tokens)
    if len(tokens):
        assert tokens.first[0]


@given(TEXTS, st.integers(1, 40), st.integers(0, 39))
@settings(deadline=None)
def test_windows_cover_every_piece_once(text: str, limit: int, offset: int) -> None:
    tokens = tokenize(TOKENIZER, text)
    cuts = windows(tokens, limit, offset)
    covered = [i for w in cuts for i in range(w.start, w.end)]
    assert covered == list(range(len(tokens)))
    assert all(w.end - w.start <= limit for w in cuts)


def test_windows_are_cut_between_lines() -> None:
    tokens = tokenize(TOKENIZER, "one two three\nfour five\nsix")
    assert [(w.start, w.end) for w in windows(tokens, 5)] == [(0, 5), (5, 6)]
    assert [(w.start, w.end) for w in windows(tokens, 4)] == [(0, 3), (3, 6)]


def test_stretches_read_alone_share_no_window() -> None:
    tokens = tokenize(TOKENIZER, "one two three\nfour five\nsix")
    cuts = windows(tokens, 2, alone=True)
    assert [(w.start, w.end) for w in cuts] == [(0, 2), (2, 3), (3, 5), (5, 6)]


@pytest.mark.parametrize(
    ("word", "case"), [("said", 1), ("Said", 2), ("NATO", 3), ("A", 2), ("iPhone", 4), ("12", 0)]
)
def test_case_is_marked_because_the_vocabulary_has_none(word: str, case: int) -> None:
    assert set(tokenize(TOKENIZER, word).marks[:, 0].tolist()) == {case}


def test_quotation_marks_open_and_close_and_never_cross_a_line() -> None:
    text = "“Go now,” he said. “Never\nAgain"
    tokens = tokenize(TOKENIZER, text)
    marked = {
        text[s:e]: m for s, e, m in zip(tokens.start, tokens.end, tokens.marks[:, 2], strict=True)
    }
    assert marked["Go"] == 1
    assert marked["“"] == marked["”"] == 2
    assert marked["said"] == 0
    assert marked["Never"] == 1
    assert marked["Again"] == 0


def test_gaps_tell_lines_from_paragraphs() -> None:
    tokens = tokenize(TOKENIZER, "one, two\nthree\n\nfour")
    assert tokens.marks[:, 1].tolist() == [EMPTY_LINE, 0, 1, LINE, EMPTY_LINE]


def test_a_stretch_read_on_its_own_starts_anew() -> None:
    text = "He said that “all is lost” again"
    tokens = tokenize(TOKENIZER, text, [(0, 2), (14, 25)])
    assert [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)] == [
        "He",
        "all",
        "is",
        "lost",
    ]
    assert tokens.stretch.tolist() == [0, 1, 1, 1]
    assert tokens.marks[1, 1] == EMPTY_LINE


def test_lines_leave_out_what_is_empty() -> None:
    assert lines("\n\na\n bc\n") == [(2, 3), (4, 7)]
