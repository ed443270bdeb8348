from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from allegedly.cli import app, print_record
from allegedly.encoder import PackError
from allegedly.reading import story as face
from allegedly.records import Document, Reading, Rejected, Span, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer.testing import Result

    from allegedly.documents import Overrides


def stub(raw: bytes | str | Path, *, overrides: Overrides) -> Reading | Rejected:
    """Reads a story as its words and nothing else; empty and missing ones are rejected."""
    if isinstance(raw, Path) and not raw.exists():
        return Rejected(uri=str(raw), reason="no such file")
    text = raw.read_text("utf-8") if isinstance(raw, Path) else raw
    text = text.decode() if isinstance(text, bytes) else text
    if not text:
        return Rejected(uri=overrides.uri or "", reason="empty")
    if text == "no pack":
        raise PackError("model.onnx is missing")
    title = overrides.title or text.split(".")[0]
    return Reading(
        document=Document(id="d", text=text, title=title, published=overrides.published),
        zones=(Zone(span=Span(0, len(text)), kind="story"),),
        claims=(),
        assessments=(),
        silences=(),
    )


def stubs(
    raw: Iterable[bytes | str | Path], *, overrides: Overrides
) -> Iterator[Reading | Rejected]:
    return (stub(each, overrides=overrides) for each in raw)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face, "read_story", stub)
    monkeypatch.setattr(face, "read_stories", stubs)


def call(*arguments: object, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=stdin)


@pytest.fixture
def stories(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path in paths:
        path.write_text(f"Story {path.stem}. “Words” — 🔔", "utf-8")
    return paths


def test_a_record_is_printed(stories: list[Path]) -> None:
    result = call(stories[0])
    assert result.exit_code == 0
    assert result.stdout.startswith("Story one\n0 claims")
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_several_records_come_in_order(stories: list[Path]) -> None:
    output = call(*stories[::-1]).stdout
    assert output.index("Story two") < output.index("Story one")


def test_one_story_is_indented_json_and_several_are_lines(stories: list[Path]) -> None:
    one = call("--json", stories[0]).stdout
    assert one.startswith("{\n")
    assert json.loads(one)["document"]["text"] == "Story one. “Words” — 🔔"
    lines = call("--json", *stories).stdout.splitlines()
    assert [json.loads(line)["document"]["title"] for line in lines] == ["Story one", "Story two"]


def test_standard_input_is_a_story() -> None:
    result = call("-", "--title", "T", "--published", "2031-05-06", stdin=b"Piped in.")
    assert result.stdout.startswith("T\n6 May 2031\n")


def test_the_demo_ships_with_the_package() -> None:
    result = call("--demo", "--json")
    assert result.exit_code == 0
    assert "Strait of Hale" in json.loads(result.stdout)["document"]["text"]


def test_a_page_is_written(stories: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "made" / "page.html"
    result = call(stories[0], "--html", page)
    assert (result.exit_code, result.stderr) == (0, f"wrote {page}\n")
    assert "Story one" in result.stdout
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_several_pages_go_into_a_folder(stories: list[Path], tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    result = call(*stories, stories[0], "--html", pages, "-q")
    assert (result.exit_code, result.output) == (0, "")
    assert sorted(p.name for p in pages.iterdir()) == ["one-2.html", "one.html", "two.html"]


def test_a_page_that_cannot_be_written_is_told(stories: list[Path], tmp_path: Path) -> None:
    result = call(stories[0], "--html", stories[1] / "page.html")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"allegedly: {tmp_path}")


def test_some_rejected_is_three_and_all_is_one(stories: list[Path], tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    some = call(stories[0], gone, "-")
    assert some.exit_code == 3
    assert some.stderr == f"allegedly: {gone}: no such file\nallegedly: -: empty\n"
    assert "Story one" in some.stdout
    none = call(gone, "--json")
    assert (none.exit_code, none.stdout) == (1, "")


def test_a_missing_pack_is_told(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("no pack", "utf-8")
    result = call(path)
    assert result.exit_code == 1
    assert result.stderr == "allegedly: model pack: model.onnx is missing\n"


def test_quiet_prints_nothing(stories: list[Path]) -> None:
    result = call(*stories, "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "nothing to read"),
        (["--demo", "x.txt"], "files or --demo"),
        (["-", "-"], "only once"),
        (["x.txt", "y.txt", "--title", "T"], "one title"),
        (["x.txt", "--published", "yesterday"], "not an ISO 8601 date"),
        (["x.txt", "--loud"], "No such option"),
        (["x.txt", "y.txt", "--html", __file__], "need a folder"),
    ],
)
def test_wrong_usage_is_two(arguments: list[str], complaint: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_help_tells_the_exit_status() -> None:
    text = " ".join(call("--help").stdout.split())
    assert "Exit status: 0 every story was read" in text
    assert "3 some were rejected" in text


def test_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == "allegedly 0.1.0\n"


STUBBED = """
import sys
sys.path.insert(0, {tests!r})
from test_cli import face, stub
from allegedly.cli import main
face.read_story = {reader}
sys.argv = ["allegedly", "read", *{arguments!r}]
main()
"""


def start(reader: str, *arguments: str) -> subprocess.Popen[bytes]:
    code = STUBBED.format(tests=str(Path(__file__).parent), reader=reader, arguments=arguments)
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=pipe)


def test_a_reader_that_goes_away_is_no_traceback(stories: list[Path]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    code = STUBBED.format(
        tests=str(Path(__file__).parent), reader="stub", arguments=[str(stories[0])]
    )
    with os.fdopen(write_end, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_interrupt_is_no_traceback() -> None:
    with start(
        "lambda *a, **k: (print(flush=True), __import__('time').sleep(60))", "--demo"
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.readline()
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 130
        assert run.stderr.read() == b""


def test_no_colour_is_no_escape_code(
    stories: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    reading = face.read(stories[0])
    print_record(reading)
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    print_record(reading)
    assert "\x1b" not in capsys.readouterr().out
