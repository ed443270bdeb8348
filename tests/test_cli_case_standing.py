"""`allegedly case show` and `case diff` tell of a case what Python and the desk tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.cases import bell
from typer.testing import CliRunner

from allegedly.cli import app
from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cases.bell import Bell


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bell:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ALLEGEDLY_LEDGER", raising=False)
    with Ledger.open("allegedly.ledger", create=True) as ledger:
        return bell.begin(ledger)


def call(*arguments: object) -> str:
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def data(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(*arguments, "--json"))
    return found


def reject(told: Bell, story: int, number: int) -> None:
    with Ledger.open("allegedly.ledger") as ledger:
        ledger.decide(told.claim(story, number), "reject", reviewer="ana", reason="misread")


def test_a_case_is_shown_with_how_its_claims_stand(told: Bell) -> None:
    assert told
    shown = call("case", "show", "bell")
    lines = [line.strip() for line in shown.splitlines()]
    at = lines.index("“two men took the old bell of Orrin at night”  (2 stories of 2 origins)")
    assert lines[at + 1 : at + 6] == [
        "asserted by warden",
        "denied by mayor and mayor of Orrin",
        "could not be verified by Orrin Gossip",
        "no evidence presented according to Orrin Post",
        "said otherwise since by warden",
    ]
    for part in (
        "men: 2 to 4, told 3 times by one source",
        "2031-05-07  warden: “Four men”",
        "Who changed their story",
        "Kept silent: mayor, “gave no reason”",
        "Stories",
        "Selme Courier  More men",
    ):
        assert part in shown
    assert "as reported" not in shown


def test_a_case_as_it_stood_has_nothing_that_came_later(told: Bell) -> None:
    for moment in (told.after[0], "published:2031-05-05"):
        then = call("case", "show", "bell", "--as-of", moment)
        assert "(one story)" in then
        assert "Who changed their story" not in then
        assert "Gossip" not in then


def test_what_the_desk_rejected_is_told_beside_what_is_reported(told: Bell) -> None:
    reject(told, 0, 1)
    reject(told, 2, 0)
    shown = call("case", "show", "bell")
    assert "denied by mayor of Orrin\n" in shown
    assert "as reported: asserted by warden; denied by mayor and mayor of Orrin;" in shown
    assert "✗ “Four men took the old bell of Orrin”: rejected at this desk" in shown


def test_json_has_both_views_and_the_claims_that_they_name(told: Bell) -> None:
    reject(told, 0, 1)
    found = data("case", "show", "bell")
    decided, reported = found["as_decided"], found["as_reported"]
    assert set(decided) == {"standing", "figures", "changes", "open_questions"}
    [one, other] = (each["standing"][0]["denied_by"] for each in (decided, reported))
    assert [voice["name"] for voice in one] == ["mayor of Orrin"]
    assert [voice["name"] for voice in other] == ["mayor", "mayor of Orrin"]
    named = other[0]["evidence"][0]
    assert found["claims"][named] == {
        "kind": "claim",
        "act": "deny",
        "source": "mayor",
        "words": "that anybody had been near the tower",
        "document": told.readings[0].document.id,
        "publisher": "Orrin Post",
        "published": "2031-05-05",
    }
    assert found["case"]["name"] == "bell"


def test_a_difference_tells_who_came_to_which_side_and_how_figures_moved(told: Bell) -> None:
    shown = call("case", "diff", "bell", told.after[0], told.after[1])
    lines = [line.strip() for line in shown.splitlines()]
    assert (
        "~ “two men took the old bell of Orrin at night”  (one story → 2 stories of 2 origins)"
        in lines
    )
    assert "+ denied by mayor and mayor of Orrin" in shown
    assert "+ could not be verified by Orrin Gossip" in shown
    later = call("case", "diff", "bell", told.after[1])
    assert "+ “Four men took the old bell of Orrin”  (one story)" in later
    assert "+ said otherwise since by warden" in later
    assert "+ men: 2 to 4" in later
    assert "changed their story: warden" in later
    assert call("case", "diff", "bell", told.after[2]) == "nothing changed\n"
    found = data("case", "diff", "bell", told.after[1])["difference"]["said"]
    assert [each["words"] for each in found["new"]] == ["Four men took the old bell of Orrin"]
    assert found["figures"][0]["was"] is None
