from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import allegedly
from allegedly.exports.ledger_json import from_dict
from allegedly.reading import story as face
from allegedly.records import Document, Reading, Rejected, Span, Zone

if TYPE_CHECKING:
    from allegedly.documents import Overrides


def stub(raw: bytes | str | Path, *, overrides: Overrides) -> Reading | Rejected:
    """Reads a story as its words and nothing else; empty ones are rejected."""
    text = raw.read_text("utf-8") if isinstance(raw, Path) else raw
    text = text.decode() if isinstance(text, bytes) else text
    if not text:
        return Rejected(uri=overrides.uri or "", reason="empty")
    return Reading(
        document=Document(id="d", text=text, title=overrides.title, published=overrides.published),
        zones=(Zone(span=Span(0, len(text)), kind="story"),),
        claims=(),
        assessments=(),
        silences=(),
    )


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "read_story", stub)


def test_a_path_is_a_file_and_any_other_string_is_text(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("In the file.", "utf-8")
    assert allegedly.read(str(path)).document.text == "In the file."
    assert allegedly.read(path).document.text == "In the file."
    assert allegedly.read(b"In bytes.").document.text == "In bytes."


@pytest.mark.parametrize("text", ["\0", "no such file.txt", "a" * 5000, "\ud800/x"])
def test_a_string_that_is_no_path_is_text(text: str) -> None:
    allegedly.read(text)


def test_what_the_caller_knows_is_handed_on() -> None:
    document = allegedly.read("Words.", title="T", published="2031-01-01").document
    assert (document.title, document.published) == ("T", "2031-01-01")


def test_what_cannot_be_read_is_an_error_with_a_reason() -> None:
    with pytest.raises(allegedly.ReadingError, match=r"^empty$"):
        allegedly.read("")


def test_a_reading_leaves_as_json_and_dict(bells: Reading) -> None:
    reading = allegedly.Reading.of(bells)
    assert json.loads(reading.to_json()) == reading.to_dict()
    assert "\n" not in reading.to_json(indent=None)
    assert from_dict(reading.to_dict()).claims != ()


def test_a_notebook_shows_the_page_in_a_frame(bells: Reading) -> None:
    frames: list[dict[str, str | None]] = []

    class Frames(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag == "iframe"
            frames.append(dict(attrs))

    reading = allegedly.Reading.of(bells)
    Frames().feed(reading._repr_html_())
    assert [frame["srcdoc"] for frame in frames] == [reading.to_html()]
    assert frames[0]["sandbox"] == "allow-scripts"


def test_printing_shows_the_record(bells: Reading) -> None:
    reading = allegedly.Reading.of(bells)
    assert "#2 ACCUSES" in str(reading)
    assert repr(reading).startswith("<Reading 'Bells & <i>whistles</i>': 8 claims")


def test_public_names() -> None:
    assert allegedly.__version__ == version("allegedly")
    assert set(dir(allegedly)) == set(allegedly.__all__)
    assert all(getattr(allegedly, name) for name in allegedly.__all__)
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        allegedly.write  # noqa: B018  # the look-up is the test


def test_importing_the_package_loads_no_model_libraries() -> None:
    code = "import sys, allegedly; print(sorted({'numpy', 'onnxruntime'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
