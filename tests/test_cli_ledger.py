"""The ledger's commands, as a person or a script calls them; nothing here loads the model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.store.stories import claim
from typer.testing import CliRunner

from allegedly import ledger as face
from allegedly.adding import Reader
from allegedly.cli import app
from allegedly.records import Reading as Read
from allegedly.records import Run, Span, Target, Zone

if TYPE_CHECKING:
    from typer.testing import Result

    from allegedly.records import Document

STORY = "title: The bell\n\nThe warden said that two men took the bell.\n"


def stub(document: Document) -> Read:
    """Reads one claim: that of the warden."""
    text = document.text
    said = claim(text, "that two men took the bell", "The warden", "said")
    return Read(
        document=document,
        zones=(Zone(span=Span(0, len(text)), kind="story"),),
        claims=(said,),
        assessments=(),
        silences=(),
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    reader = Reader(run=Run(code="stub", model="one"), read=stub)
    monkeypatch.setattr(face.Ledger, "reader", reader)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ALLEGEDLY_LEDGER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    return tmp_path


def call(*arguments: object, stdin: bytes = b"", status: int = 0) -> Result:
    result = CliRunner().invoke(app, [*map(str, arguments)], input=stdin)
    assert result.exit_code == status, (result.output, result.exception)
    return result


def objects(*arguments: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in call(*arguments, "--json").stdout.splitlines()]


def the_claim() -> str:
    [found] = objects("list", "claims")
    name: str = found["claim"]["id"]
    return name


def test_init_makes_a_ledger_here_and_says_so(folder: Path) -> None:
    assert call("init").stdout == "a new ledger: allegedly.ledger\n"
    assert (folder / "allegedly.ledger").exists()
    assert "up to date" in call("init").stdout


def test_the_first_add_makes_the_user_s_ledger_and_says_so(folder: Path) -> None:
    first = call("add", "story.txt")
    assert "a new ledger: " in first.stderr
    assert str(folder / "home") in first.stderr
    assert call("add", "story.txt").stderr == ""
    assert "The bell" in call("list").stdout


def test_a_ledger_is_named_by_option_variable_and_folder(folder: Path) -> None:
    call("add", "story.txt", "--ledger", "one.ledger")
    assert "The bell" in call("list", "--ledger", folder / "one.ledger").stdout
    os.environ["ALLEGEDLY_LEDGER"] = "one.ledger"
    try:
        assert "The bell" in call("list").stdout
    finally:
        del os.environ["ALLEGEDLY_LEDGER"]
    call("list", status=4)


def test_adding_twice_adds_nothing_and_a_copy_is_a_capture(folder: Path) -> None:
    call("init")
    assert call("add", "story.txt").stdout.startswith("added")
    assert call("add", "story.txt").stdout.startswith("known")
    (folder / "copy.txt").write_text(STORY, "utf-8")
    assert call("add", "copy.txt").stdout.startswith("captured")
    [found] = objects("list")
    assert found["document"]["captures"] == 2


def test_a_thousand_files_with_ten_bad_ones(folder: Path) -> None:
    news = folder / "news"
    news.mkdir()
    for number in range(1000):
        text = STORY.replace("two men", f"two men of {number}") if number % 100 else "\0\1\2"
        (news / f"{number:04}.txt").write_text(text, "utf-8")
    (news / ".hidden").write_text(STORY, "utf-8")
    (news / "data.json").write_text("{}", "utf-8")

    def read(document: Document) -> Read:
        zones = (Zone(span=Span(0, len(document.text)), kind="story"),)
        return Read(document=document, zones=zones, claims=(), assessments=(), silences=())

    face.Ledger.reader = Reader(run=Run(code="stub", model="none"), read=read)
    call("init")
    result = call("add", "news", status=3)
    assert len(result.stdout.splitlines()) == 990
    assert "990 added, 10 rejected" in result.stderr
    assert result.stderr.endswith("passed over in folders: 1 data and 1 hidden; -v names them\n")
    assert result.stderr.count("not text") == 10
    again = call("add", "news", "-q", status=3)
    assert again.stdout == ""
    assert len(objects("list", "--limit", 2000)) == 990


def test_what_is_passed_over_in_a_folder_is_counted_and_named(folder: Path) -> None:
    news = folder / "news"
    (news / ".git").mkdir(parents=True)
    (news / ".git" / "notes.txt").write_text(STORY, "utf-8")
    (news / "table.CSV").write_text(STORY, "utf-8")
    (news / "story.txt").write_text(STORY, "utf-8")
    call("init")
    assert call("add", "news").stderr == (
        "allegedly: passed over in folders: 1 data and 1 hidden; -v names them\n"
    )
    told = call("add", "news", "-v").stderr.splitlines()
    assert told[:2] == [
        f"passed over (hidden): {Path('news/.git')}",
        f"passed over (data): {Path('news/table.CSV')}",
    ]
    assert "1 data and 1 hidden" in told[2]
    assert call("add", "news", "-q").stderr == ""
    assert call("add", "story.txt").stderr == ""
    assert call("add", "news/table.CSV").stderr == ""  # a file that is named is meant


def test_standard_input_is_a_story() -> None:
    call("init")
    call("add", "-", "--publisher", "Orrin Post", "--published", "2031-05-05", stdin=STORY.encode())
    [found] = objects("list", "--publisher", "orrin post")
    assert found["document"]["published"] == "2031-05-05"
    assert found["document"]["uri"] is None


def test_nothing_but_bad_files_is_one(folder: Path) -> None:
    call("init")
    (folder / "empty.txt").write_bytes(b"")
    result = call("add", "empty.txt", "gone.txt", status=1)
    assert "empty.txt: empty" in result.stderr
    assert "gone.txt: no such file" in result.stderr


def test_interrupted_adding_is_gone_on_with(folder: Path) -> None:
    (folder / "b.txt").write_text(STORY.replace("bell", "gong"), "utf-8")
    call("init")
    asked = []

    def read(document: Document) -> Read:
        asked.append(document.id)
        if len(asked) == 2:
            raise KeyboardInterrupt
        zones = (Zone(span=Span(0, len(document.text)), kind="story"),)
        return Read(document=document, zones=zones, claims=(), assessments=(), silences=())

    face.Ledger.reader = Reader(run=Run(code="stub", model="none"), read=read)
    result = call("add", "story.txt", "b.txt", status=130)
    assert "1 added; interrupted" in result.stderr
    call("add", "story.txt", "b.txt")
    assert len(asked) == 3
    assert len(objects("list")) == 2


def test_show_keeps_machine_and_person_apart() -> None:
    call("init")
    call("add", "story.txt")
    name = the_claim()
    who = ("--reviewer", "ana", "--reason", "another act")
    call("decide", "correct", name, "act=accuse", "source=Ana Ruk", *who)
    [shown] = objects("show", name[:8])
    assert shown["claim"]["read"]["act"] == "assert"
    assert shown["claim"]["decided"]["corrected"]["act"] == "accuse"
    assert shown["claim"]["decisions"][0]["reviewer"] == "ana"
    printed = call("show", name).stdout
    machine, person = printed.split("Decided by people:")
    assert "act: assert" in machine
    assert "accuse" not in machine
    assert "ana: correct" in person
    [document] = objects("list")
    [whole] = objects("show", document["document"]["id"])
    assert whole["read"]["claims"][0]["act"] == "assert"
    assert whole["decided"][0]["decided"]["status"] == "corrected"
    assert "Decided by people" in call("show", document["document"]["id"]).stdout


def test_decisions_from_beginning_to_end() -> None:
    call("init")
    call("add", "story.txt")
    name, who = the_claim(), ("--reviewer", "ana", "--reason", "why")
    call("decide", "reject", name, *who)
    assert [c["claim"]["id"] for c in objects("list", "claims", "--status", "rejected")] == [name]
    assert "decided: rejected" in call("search", "bell").stdout
    call("decide", "accept", name, *who)
    call("decide", "rate", name, 2, *who)
    call("decide", "rate", "source:warden", "b", *who)
    call("decide", "note", name, *who)
    assert "reliability B (decided)" in call("list", "sources").stdout
    words = objects("list", "decisions")
    assert [w["decision"]["verdict"] for w in words] == [
        *("note", "reliability", "credibility", "accept", "reject"),
    ]
    call("decide", "undo", words[3]["decision"]["id"], *who)
    assert objects("list", "claims")[0]["claim"]["decided"]["status"] == "suggested"
    assert "no longer stands" in call("list", "decisions").stdout
    assert call("verify").stdout.endswith("all of it holds\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["rate", "CLAIM", "7"], "from 1 to 6"),
        (["rate", "source:warden", "G"], "from A to F"),
        (["rate", "source:warden", "3"], "credibility is not for a source"),
        (["rate", "source:Nobody", "A"], "nobody called"),
        (["correct", "CLAIM", "act=sing"], "does not hold"),
        (["correct", "CLAIM", "content=[[0,9999]]"], "does not hold"),
        (["correct", "CLAIM", "probability=1"], "no field"),
        (["correct", "CLAIM", "act=assert"], "changes nothing"),
        (["accept", "ffffffff"], "nothing begins"),
        (["undo", "CLAIM"], "only a decision"),
    ],
)
def test_what_cannot_be_decided_is_told(arguments: list[str], complaint: str) -> None:
    call("init")
    call("add", "story.txt")
    named = [the_claim() if part == "CLAIM" else part for part in arguments]
    result = call("decide", *named, "--reviewer", "ana", "--reason", "why", status=1)
    assert complaint in result.stderr
    assert objects("list", "decisions") == []


def test_a_decision_needs_a_reviewer_and_a_reason() -> None:
    call("init")
    call("decide", "accept", "ffffffff", "--reason", "why", status=2)
    call("decide", "accept", "ffffffff", "--reviewer", "ana", status=2)


def test_every_read_takes_a_moment() -> None:
    call("init")
    call("add", "story.txt", "--published", "2031-05-05")
    name = the_claim()
    for command in (["list"], ["list", "claims"], ["search", "bell"], ["log"]):
        assert objects(*command, "--as-of", "published:2031-05-05") != []
        assert [
            o for o in objects(*command, "--as-of", "1") if "run" not in o.get("kind", "")
        ] == []
    assert objects("list", "claims", "--as-of", "published:2031-05-04") == []
    call("show", name, "--as-of", "1", status=1)
    assert "no moment" in call("list", "--as-of", "soon", status=1).stderr


def test_search_marks_what_it_found() -> None:
    call("init")
    call("add", "story.txt")
    assert "that two [men] took the [bell]" in call("search", "bell men").stdout
    [hit] = objects("search", "bell")
    assert hit["excerpt"][slice(*hit["marks"][0])] == "bell"
    assert call("search", "steeple").stderr == "allegedly: nothing found\n"
    assert "took the [bell]" in call("search", "--documents", "bell").stdout


def test_proof_and_its_head(folder: Path) -> None:
    call("init")
    call("add", "story.txt")
    head = call("log", "--head").stdout.split()[1]
    call("add", "-", stdin=b"Another story altogether: that two men took the bell, The warden said")
    assert "all of it holds" in call("verify", "--head", head).stdout
    wrong = call("verify", "--head", "0" * 63 + "1", status=5)
    assert "is not that ledger" in wrong.stdout
    assert "made anew from" in call("rebuild").stdout
    assert "entries copied" in call("rebuild", "--into", folder / "copy.ledger").stdout
    assert objects("verify", "--ledger", "copy.ledger")[0]["sound"]


def test_the_log_tells_what_a_newer_reader_changed() -> None:
    call("init")
    call("add", "story.txt")

    def read(document: Document) -> Read:
        from dataclasses import replace  # noqa: PLC0415

        old = stub(document)
        return replace(old, claims=(replace(old.claims[0], act="accuse"),))

    face.Ledger.reader = Reader(run=Run(code="stub", model="two"), read=read)
    assert call("add", "story.txt").stdout.startswith("read anew")
    assert 'act: "assert" → "accuse"' in call("log").stdout


def test_a_list_tells_what_it_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Two men took the bell, the warden said. The mayor denied it."

    def denying(document: Document) -> Read:
        taken = claim(text, "Two men took the bell", "the warden", "said")
        target = Target(relation="denies", claim=taken.id)
        it = claim(text, "it", "The mayor", "denied", act="deny", targets=(target,))
        zone = Zone(span=Span(0, len(document.text)), kind="story")
        claims = (taken, it)
        return Read(document=document, zones=(zone,), claims=claims, assessments=(), silences=())

    reader = Reader(run=Run(code="stub", model="two"), read=denying)
    monkeypatch.setattr(face.Ledger, "reader", reader)
    (folder / "it.txt").write_text(text, "utf-8")
    call("add", "it.txt")
    lines = [line.strip() for line in call("list", "claims").stdout.splitlines()]
    at = next(n for n, line in enumerate(lines) if line.endswith("DENY  mayor: it"))
    assert lines[at + 1] == "denies warden: Two men took the bell"
    assert lines.count(lines[at + 1]) == 1
