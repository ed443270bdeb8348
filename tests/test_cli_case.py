"""The commands of cases, as a person or a script calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cases.conftest import BANK, DAM, LATE, nothing_read
from typer.testing import CliRunner

from allegedly import ledger as face
from allegedly.adding import Reader
from allegedly.cli import app
from allegedly.records import Run

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

BY = ("--reviewer", "ana", "--reason", "it is the dam")


def call(*arguments: object, status: int = 0) -> Result:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exit_code == status, (result.output, result.exception)
    return result


def objects(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in call(*arguments, "--json").stdout.splitlines()]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A ledger in the working folder; gives the ids of the stories about the dam."""
    reader = Reader(run=Run(code="stub", model="one"), read=nothing_read)
    monkeypatch.setattr(face.Ledger, "reader", reader)
    monkeypatch.setattr(face.Ledger, "encode", None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ALLEGEDLY_LEDGER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    found = []
    for publisher, published, title, lead in (*DAM, *BANK):
        (tmp_path / "story.txt").write_text(f"{title}\n{lead}\n", "utf-8")
        about = ("--title", title, "--publisher", publisher, "--published", published)
        [done] = objects("add", "story.txt", *about)
        found.append(done["document"])
    return found[: len(DAM)]


def test_a_case_from_beginning_to_end(told: list[str]) -> None:
    call("case", "new", "dam", told[0][:12], *BY)
    [shown] = objects("case", "show", "dam")
    assert [m["document"]["id"] for m in shown["case"]["members"]] == told
    assert "4 stories, 4 origins" in call("case", "list").stdout
    call("case", "remove", "dam", told[3], *BY)
    call("case", "split", "dam", "denials", told[2], *BY)
    [shown] = objects("case", "show", "dam")
    assert [m["document"]["id"] for m in shown["case"]["members"]] == told[:2]
    call("case", "merge", "denials", "dam", *BY)
    call("case", "add", "dam", told[2], told[3], *BY)
    [listed] = objects("case", "list")
    assert [m["document"]["id"] for m in listed["case"]["members"]] == told
    assert call("verify").exit_code == 0


def test_where_there_are_cases_what_comes_in_is_compared(told: list[str], tmp_path: Path) -> None:
    def add(words: str, *options: str) -> str:
        (tmp_path / "late.txt").write_text(f"The dam at Tarn\nEngineers said it {words}.\n")
        return call("add", "late.txt", *options).stderr

    assert "compared" not in add("holds")  # there is no case to ask for it
    assert "compared" not in call("case", "new", "dam", told[0], "--no-link", *BY).stderr
    assert "compared" not in add("still holds", "--no-link")
    waiting = len(objects("list"))
    assert f"allegedly: {waiting + 1} stories compared" in add("leaks")
    assert call("case", "link").stdout.startswith("0 stories compared")
    assert "1 story compared" in add("broke")


def test_suggestions_tell_how_to_keep_them(told: list[str]) -> None:
    shown = call("case", "suggest").stdout
    assert "4 stories of 4 publishers" in shown
    command = next(line for line in shown.splitlines() if "case new" in line and "dam" in line)
    call(*command.split()[1:], *BY)
    assert {s["suggestion"]["title"] for s in objects("case", "suggest", "--keep")} <= {
        title for _, _, title, _ in BANK
    }
    assert len(objects("case", "list")) == 2
    assert call("case", "suggest").stdout == ""
    assert told


def test_a_time_before_the_ledger_is_the_worlds(told: list[str]) -> None:
    call("case", "new", "dam", told[0], "--no-link", *BY)
    [then] = objects("case", "show", "dam", "--as-of", "2023-05-03T10:00Z")
    assert then["case"]["members"] == []
    shown = call("case", "diff", "dam", "published:2031-05-03T10:00Z").stdout
    assert [line[0] for line in shown.splitlines()] == ["+", "+", "~"]
    assert LATE[2] not in shown


@pytest.mark.parametrize(
    "command", [("show", "nothing"), ("new", "Dam", "0000", *BY), ("diff", "dam", "yesterday")]
)
def test_what_is_wrong_is_told(told: list[str], command: tuple[str, ...]) -> None:
    result = call("case", *command, status=1)
    assert result.stderr.startswith("allegedly: ")
    assert told
