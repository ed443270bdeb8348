from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.documents import MOST_CHARACTERS, Overrides, read_document, read_file
from allegedly.records import Document, Rejected, content_id

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The ferry company said that it had halted all of the crossings after the collision."


def test_document() -> None:
    document = read_document(f"date 2024-02-03\n\n{BODY}")
    assert document == Document(
        id=content_id("document", BODY), text=BODY, published="2024-02-03", language="en"
    )


def test_bytes_and_characters_give_one_document() -> None:
    assert read_document(BODY.encode()) == read_document(BODY)


def test_overrides_win() -> None:
    known = Overrides(uri="u", title="T", publisher="P", published="2020-01-01")
    document = read_document(f"Title: Other\nDate: 2024-02-03\n\n{BODY}", overrides=known)
    assert isinstance(document, Document)
    assert (document.uri, document.title) == ("u", "T")
    assert (document.publisher, document.published) == ("P", "2020-01-01")


@pytest.mark.parametrize(
    "raw", ["", " \n\t\n", b"", b"\xef\xbb\xbf", "\x00\x01", "date 2024-02-03"]
)
def test_empty(raw: str | bytes) -> None:
    assert read_document(raw) == Rejected(uri="", reason="empty")


@pytest.mark.parametrize("filler", ["a", b"a"])
def test_too_long(filler: str | bytes) -> None:
    answer = read_document(filler * (MOST_CHARACTERS + 1))
    assert isinstance(answer, Rejected)
    assert "20,000,000" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "De veerdienst werd na de aanvaring stilgelegd, en de kapitein was niet aan boord.",
        "Die Fähre wurde nach dem Unfall im Hafen gestoppt, sagte ein Sprecher der Reederei.",
        "12 345 678",
    ],
)
def test_language_is_unknown_where_it_is_not_english(text: str) -> None:
    document = read_document(text)
    assert isinstance(document, Document)
    assert document.language is None


def test_file(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(BODY.encode("utf-16"))
    document = read_file(path)
    assert isinstance(document, Document)
    assert (document.text, document.uri) == (BODY, str(path))
    other = read_file(str(path), overrides=Overrides(uri="https://quay.example/1"))
    assert isinstance(other, Document)
    assert other.uri == "https://quay.example/1"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    assert read_file(missing) == Rejected(uri=str(missing), reason="no such file")
    assert read_file(tmp_path) == Rejected(uri=str(tmp_path), reason="a directory, not a file")
    assert isinstance(read_file("bad\x00name"), Rejected)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", refuse)
    answer = read_file(tmp_path / "story.txt")
    assert isinstance(answer, Rejected)
    assert "permission" in answer.reason


@given(st.text() | st.binary(max_size=300))
def test_never_raises(raw: str | bytes) -> None:
    answer = read_document(raw)
    assert isinstance(answer, Rejected) or answer.text.strip()
