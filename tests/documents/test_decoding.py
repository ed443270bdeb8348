from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.documents import NotText, decode

SENTENCE = "The café’s owner said the boats were late."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks(mark: bytes, encoding: str) -> None:
    assert decode(mark + SENTENCE.encode(encoding)) == SENTENCE


@pytest.mark.parametrize(
    "encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_without_a_mark(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)) == SENTENCE


def test_another_alphabet_is_detected() -> None:
    words = "Паром задержался в порту, сказал капитан. Пассажиры ждали на причале всю ночь. " * 20
    assert decode(words.encode("cp1251")) == words


def test_mostly_utf8_stays_utf8() -> None:
    raw = "naïve café — déjà vu".encode() + b"\xff and more"
    assert decode(raw) == "naïve café — déjà vu\ufffd and more"


def test_utf8_cut_off_in_a_character_stays_utf8() -> None:
    assert decode("plain words —".encode()[:-1]) == "plain words \ufffd"


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x7fELF\x02\x01", "ELF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"words\x00with\x00\x00nul\x00\x01", "NUL"),
        (b"\x01\x02\x03\x04 a b c", "control"),
    ],
)
def test_binary_is_no_text(raw: bytes, word: str) -> None:
    answer = decode(raw)
    assert isinstance(answer, NotText)
    assert word in answer.reason


@given(st.binary(max_size=400))
def test_never_raises(raw: bytes) -> None:
    assert isinstance(decode(raw), str | NotText)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=300))
def test_utf8_round_trip(text: str) -> None:
    magic = isinstance(decode(text.encode()), NotText) or text.startswith("\ufeff")
    assert magic or decode(text.encode()) == text
