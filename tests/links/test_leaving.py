"""People's words on two claims leave as JSON lines and come back, every one of them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.store import stories

from allegedly.exports.jsonl import DamagedError
from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = (
    "The warden said that two men took the old bell from the tower of Orrin.",
    "The warden said two men took the old bell of Orrin from its tower on Monday.",
    "The smith said that the wheat harvest would be late this year.",
)
WHO: dict[str, Any] = {"reviewer": "ana", "reason": "two bells"}


def told(text: str) -> Any:
    source = "The warden" if "warden" in text else "The smith"
    return stories.claim(text, text.partition("said ")[2].removesuffix("."), source, "said")


FIRST, SECOND, THIRD = (told(text) for text in TEXTS)


def fill(ledger: Ledger) -> None:
    for text, claim in zip(TEXTS, (FIRST, SECOND, THIRD), strict=True):
        reading = stories.read(claim, text=text, title=None)
        ledger.record(reading, stories.capture(reading), stories.FIRST)


def words(ledger: Ledger) -> list[tuple[Any, ...]]:
    """What people said of the three, the oldest first."""
    said = ledger.link_words([claim.id for claim in (FIRST, SECOND, THIRD)])
    return [(w.left, w.right, w.relation, w.verdict, w.reviewer, w.current) for w in said][::-1]


def leave(ledger: Ledger, path: Path, **asked: Any) -> list[dict[str, Any]]:
    """The lines about links of an export to a file."""
    ledger.export("jsonl", path, force=True, **asked)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line["kind"] == "link_decision"]


@pytest.fixture
def said(ledger: Ledger) -> Ledger:
    """A ledger in which two were parted, then joined, and a third word was taken back."""
    fill(ledger)
    ledger.link()
    ledger.decide_link(FIRST.id, SECOND.id, "unlink", **WHO)
    ledger.decide_link(FIRST.id, SECOND.id, "link", reviewer="bo", reason="one bell")
    ledger.decide_link(THIRD.id, FIRST.id, "link", **WHO | {"relation": "denies"})
    ledger.decide_link(THIRD.id, FIRST.id, "undo", **WHO | {"relation": "denies"})
    return ledger


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "other.ledger", create=True) as opened:
        yield opened


def test_they_come_back_the_same(said: Ledger, other: Ledger, tmp_path: Path) -> None:
    lines = leave(said, tmp_path / "a.jsonl")
    assert [line["verdict"] for line in lines] == ["unlink", "link", "link", "undo"]
    assert [line["stands"] for line in lines] == [False, True, False, False]
    done = other.import_jsonl(tmp_path / "a.jsonl")
    assert (done.decisions, done.refused) == (4, [])
    assert words(other) == words(said)
    again = leave(other, tmp_path / "b.jsonl")
    assert [{**line, "recorded": 0} for line in again] == [
        {**line, "recorded": 0} for line in lines
    ]
    other.link()
    assert any({FIRST.id, SECOND.id} <= set(g.members) for g in other.claim_groups())
    head = other.now.head().seq
    assert other.import_jsonl(tmp_path / "a.jsonl").decisions == 0
    assert other.now.head().seq == head, "twice is as once"
    assert other.verify().sound


def test_they_leave_with_both_their_stories_and_as_of_then(said: Ledger, tmp_path: Path) -> None:
    document = said.now.claim(FIRST.id).document
    assert leave(said, tmp_path / "one.jsonl", document=document) == []
    first = min(word.seq for word in said.link_words([FIRST.id]))
    [then] = leave(said, tmp_path / "then.jsonl", as_of=first)
    assert (then["verdict"], then["stands"]) == ("unlink", True)
    out = io.BytesIO()
    left = said.export("csv", out)
    assert any("say the same" in line and "(4)" in line for line in left.losses)


def test_what_was_said_here_is_not_overruled(said: Ledger, other: Ledger, tmp_path: Path) -> None:
    leave(said, tmp_path / "a.jsonl")
    fill(other)
    other.decide_link(FIRST.id, SECOND.id, "unlink", reviewer="cy", reason="mine")
    done = other.import_jsonl(tmp_path / "a.jsonl")
    assert done.decisions == 2, "those on the other pair"
    assert [why for _, why in done.refused] == 2 * [
        "somebody joined or parted the two here otherwise"
    ]
    assert other.link_words([SECOND.id])[0].reviewer == "cy"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"verdict": "sing"}, "verdict"),
        ({"relation": "likes"}, "relation"),
        ({"documents": ["one"]}, "documents"),
        ({"documents": [1, 2]}, "documents"),
        ({"left": 3}, "left"),
    ],
)
def test_a_line_that_does_not_hold_is_refused(
    other: Ledger, tmp_path: Path, change: dict[str, Any], complaint: str
) -> None:
    body = {"id": "e" * 32, "left": FIRST.id, "right": SECOND.id, "relation": "same"}
    body |= {"documents": ["a" * 32, "b" * 32], "verdict": "link", "stands": True, **WHO}
    path = tmp_path / "line.jsonl"
    path.write_text(json.dumps({"kind": "link_decision", **body, **change}), "utf-8")
    with pytest.raises(DamagedError, match=complaint):
        other.import_jsonl(path)
    path.write_text(json.dumps({"kind": "link_decision", **body}), "utf-8")
    [(where, why)] = other.import_jsonl(path).refused
    assert where == "line 1"
    assert "a" * 12 in why, "the story is not here"
