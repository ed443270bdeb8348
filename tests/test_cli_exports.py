"""`allegedly export` and `allegedly import`, as a person or a script calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.exports.conftest import DOCUMENT, sheep
from typer.testing import CliRunner

from allegedly.cli import app
from allegedly.exports.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from allegedly.store import Store

__all__ = ["sheep"]


@pytest.fixture(autouse=True)
def folder(sheep: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert sheep.now.head().seq
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALLEGEDLY_LEDGER", "sheep.ledger")
    return tmp_path


def call(*arguments: object, status: int = 0) -> Result:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == status, (result.output, result.exception)
    return result


def test_formats_are_listed() -> None:
    listed = call("export", "list").stdout
    assert all(name in listed for name in FORMATS)
    told = call("export", "--help").stdout
    assert all(name in told for name in FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_leaves(name: str, folder: Path) -> None:
    told = call("export", name, "-o", "out").stderr
    assert "1 document and 3 claims to out" in told
    assert (folder / "out.losses.txt").exists()
    assert [path.name for path in folder.glob(".out*")] == []


def test_text_goes_to_standard_output_and_losses_beside_it() -> None:
    result = call("export", "csv", "--act", "deny")
    assert len(result.stdout.splitlines()) == 2
    assert "not carried, or only in part:" in result.stderr
    assert "not carried" not in call("export", "csv", "--quiet").stderr


def test_a_workbook_does_not_go_to_a_terminal() -> None:
    assert "give -o PATH" in call("export", "xlsx", status=2).stderr


def test_an_unknown_format_names_the_known() -> None:
    assert "jsonl, csv" in call("export", "docx", "-o", "out", status=1).stderr


def test_nothing_is_replaced_unless_forced(folder: Path) -> None:
    (folder / "mine.csv").write_text("mine", "utf-8")
    assert "--force" in call("export", "csv", "-o", "mine.csv", status=1).stderr
    assert (folder / "mine.csv").read_text("utf-8") == "mine"
    call("export", "csv", "-o", "mine.csv", "--force")
    assert "beekeeper" in (folder / "mine.csv").read_text("utf-8")


def test_an_export_that_fails_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    (folder / "mine.csv").write_text("mine", "utf-8")
    monkeypatch.setattr("allegedly.exports.tables.csv_file._line", full)
    assert "No space left" in call("export", "csv", "-o", "mine.csv", "--force", status=4).stderr
    assert (folder / "mine.csv").read_text("utf-8") == "mine"
    assert [path.name for path in folder.glob(".mine*")] == []


def test_a_document_is_named_by_the_beginning_of_its_id() -> None:
    assert len(call("export", "csv", "--document", DOCUMENT[:8]).stdout.splitlines()) > 3
    call("export", "csv", "--document", "ffffffff", status=1)


def test_an_earlier_moment_shows_nothing_of_what_came_later() -> None:
    early = call("export", "csv", "--as-of", "12").stdout
    assert "acceptreason" not in early
    assert "beekeeper" in early


def test_lines_come_back_into_another_ledger(folder: Path) -> None:
    call("export", "jsonl", "-o", "out.jsonl")
    result = call("import", "jsonl", "out.jsonl", "--ledger", "other.ledger", "--json")
    assert json.loads(result.stdout)["refused"] == []
    assert (folder / "other.ledger").exists()
    again = call("import", "jsonl", "out.jsonl", "--ledger", "other.ledger")
    assert "brought in 0 documents, 0 readings, 0 decisions" in again.stderr


def test_a_damaged_file_is_refused_whole(folder: Path) -> None:
    call("export", "jsonl", "-o", "out.jsonl")
    data = (folder / "out.jsonl").read_bytes()
    (folder / "cut.jsonl").write_bytes(data[:-200])
    told = call("import", "jsonl", "cut.jsonl", "--ledger", "other.ledger", status=1).stderr
    assert "nothing was brought in" in told
    assert call("list", "--ledger", "other.ledger").stdout == ""
    assert "No such file" in call("import", "jsonl", "none", status=1).stderr


def test_an_annotator_s_folder_comes_back(folder: Path) -> None:
    call("export", "brat", "-o", "work")
    file = folder / "work" / f"{DOCUMENT}.ann"
    file.write_text(file.read_text("utf-8").replace("Act T2 deny", "Act T2 confirm"), "utf-8")
    with file.open("a", encoding="utf-8") as added:
        added.write("T999\tClaim 1 99999\tx\n")
    told = call(
        "import", "annotations", "brat", "work", "--reviewer", "bo", "--clock-behind", status=3
    ).stderr
    assert "decided 1 correct; 0 known, 5 unchanged, 0 missing, 1 refused" in told
    assert f"{DOCUMENT}.ann T999: 1 99999 is outside a text of" in told
    again = call(
        "import",
        "annotations",
        "brat",
        "work",
        "--reviewer",
        "bo",
        "--clock-behind",
        "--json",
        status=3,
    )
    assert json.loads(again.stdout)["decided"] == {}
    assert "bo: correct" in call("list", "decisions").stdout


def test_annotations_need_a_name_and_a_file() -> None:
    call("import", "annotations", "brat", "work", status=2)
    assert (
        "no such file"
        in call("import", "annotations", "brat", "work", "--reviewer", "bo", status=1).stderr
    )
