"""Decisions through the desk: kept, seen by others, never overwritten unseen, taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from tests.store import stories
from tests.web.conftest import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger

ON_BOTH = True
CLAIM = stories.taken().id


def form(verdict: str, **more: Any) -> dict[str, Any]:
    return {"subject": CLAIM, "verdict": verdict, "reason": "read it", "seen": "none", **more}


def test_a_form_records_a_decision_and_goes_on(ana: Visitor, ledger: Ledger) -> None:
    answer = ana.send("/api/decisions", form("accept", next="/review"))
    assert answer.status_code == 303
    [word] = ledger.decisions()
    assert answer.headers["location"] == f"/review?done={word.id}"
    assert (word.reviewer, word.verdict, word.reason) == ("ana", "accept", "read it")
    page = ana.get(answer.headers["location"]).text
    assert "Take it back" in page
    assert "accepted" in page
    assert CLAIM not in page.split('class="coming"')[-1]


def test_a_script_gets_the_decision_as_json(ana: Visitor) -> None:
    answer = ana.ask("/api/decisions", form("reject"))
    assert answer.status_code == 201
    assert answer.json()["verdict"] == "reject"
    assert ana.get(f"/api/records/{CLAIM}").json()["decided"]["status"] == "rejected"


def test_who_has_not_seen_the_last_decision_is_told(
    let_in: Callable[[str], Visitor], ledger: Ledger
) -> None:
    one, two = let_in("reviewer"), let_in("admin")
    assert one.ask("/api/decisions", form("accept")).status_code == 201
    answer = two.ask("/api/decisions", form("reject"))
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert "reviewer decided" in told["detail"]
    assert len(ledger.decisions()) == 1
    seen = told["decision"]["id"]
    assert two.ask("/api/decisions", form("reject", seen=seen)).status_code == 201


def test_of_many_at_once_one_decides(ana: Visitor, ledger: Ledger) -> None:
    word = ana.word()

    def send(number: int) -> int:
        headers = {"origin": ana.origin, "x-csrf-token": word}
        body = form("accept", reason=f"reader {number}")
        return ana.client.post("/api/decisions", json=body, headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, range(16)))
    assert statuses == [201, *[409] * 15]
    assert len(ledger.decisions()) == 1
    assert ledger.verify().sound


def test_everything_can_be_taken_back(ana: Visitor, ledger: Ledger) -> None:
    sent = [
        form("accept"),
        form("credibility", value="3"),
        form("note", reason="ask the mayor"),
        form("correct", **{"value.act": "accuse", "value.source": "Ana Ruk"}),
        form("reliability", subject="source:warden", value="B"),
    ]
    for fields in sent:
        fields["seen"] = "*"
        assert ana.send("/api/decisions", fields).status_code == 303, fields
    assert ledger.claims(source="Ana Ruk")[0].stands.status == "accepted"
    for word in ledger.decisions():
        assert ana.send(f"/api/decisions/{word.id}/undo", {"next": "/log"}).status_code == 303
    stands = ledger.now.claim(CLAIM).stands
    assert (stands.status, stands.corrected, stands.credibility) == ("suggested", None, None)
    assert len(ledger.decisions()) == 10


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (form("accept", reason=""), "reason"),
        (form("sing"), "Invalid enum"),
        (form("credibility", value="7"), "from 1 to 6"),
        (form("correct", **{"value.content": "0-99999"}), "does not hold"),
        (form("correct", **{"value.content": "soon"}), "no places"),
        (form("accept", subject="ffffffff"), "nothing begins"),
        (form("accept", next="https://evil.example/"), "not on this desk"),
        (form("accept", next="//evil.example"), "not on this desk"),
    ],
)
def test_what_does_not_hold_is_refused_with_a_reason(
    ana: Visitor, ledger: Ledger, fields: dict[str, Any], said: str
) -> None:
    answer = ana.send("/api/decisions", fields)
    assert answer.status_code in {404, 422}
    assert said in answer.text
    if "next" not in fields:
        assert ledger.decisions() == []


def selection(start: str, end: str, words: str) -> dict[str, Any]:
    """What a browser tells of a selection that begins and ends inside two stretches."""
    text = stories.TEXT
    return {
        "start": 0,
        "start_offset": text.index(start),
        "end": 4,
        "end_offset": text.index(end) + len(end) - 4,
        "words": words,
    }


def test_the_server_cuts_a_selection(ana: Visitor, ledger: Ledger) -> None:
    document = ledger.documents()[0].id
    told = ana.ask(
        f"/api/documents/{document}/selection",
        selection("two men", " old ", "two men took the old"),
    ).json()
    assert told["words"] == "two men took the old"
    assert stories.TEXT[told["start"] : told["end"]] == told["words"]
    fields = form("correct", **{"value.content": f"{told['start']}-{told['end']}"})
    assert ana.send("/api/decisions", fields).status_code == 303
    assert ledger.now.claim(CLAIM).stands.corrected == {"content": [[told["start"], told["end"]]]}
    page = ana.get(f"/claims/{CLAIM}").text
    assert "“two men took the old”" in page
    assert "by-person" in page


def test_a_selection_of_other_words_is_refused(ana: Visitor, ledger: Ledger) -> None:
    document = ledger.documents()[0].id
    path = f"/api/documents/{document}/selection"
    assert ana.ask(path, selection("two men", "bell", "three men")).status_code == 422
    outside = {"start": 10**6, "start_offset": 0, "end": 10**6, "end_offset": 4, "words": "bell"}
    assert ana.ask(path, outside).status_code == 422


def test_suggestions_and_decisions_look_different(ana: Visitor) -> None:
    before = ana.get(f"/claims/{CLAIM}").text
    assert "state machine is-suggested" in before
    assert "state person" not in before
    ana.send("/api/decisions", form("accept"))
    after = ana.get(f"/claims/{CLAIM}").text
    assert "state person is-accepted" in after
    assert "state machine" not in after


def test_the_queue_puts_doubt_and_dispute_first(ana: Visitor, ledger: Ledger) -> None:
    text = "The clerk said that rain fell. The smith denied that rain fell. Ada said it was cold."
    plain = stories.claim(text, "that rain fell", "The clerk", "said", probability=0.95)
    sure = stories.claim(text, "it was cold", "Ada", "said", probability=0.99)
    unsure = stories.claim(text, "rain fell", "The smith", "denied", probability=0.5, act="deny")
    disputed = stories.read(plain, sure, unsure, text=text)
    ledger.record(disputed, stories.capture(disputed, uri="file:///rain.txt"), stories.FIRST)
    listed = [each["claim"] for each in ana.get("/api/waiting").json()["next"]]
    assert listed[0] == unsure.id
    assert listed[-1] == sure.id
    ana.ask("/api/decisions", form("accept", subject=unsure.id))
    again = ana.get("/api/waiting").json()
    assert unsure.id not in [each["claim"] for each in again["next"]]
    assert again["waiting"] == len(listed) - 1


def test_a_story_read_again_reopens_what_was_accepted(ana: Visitor, ledger: Ledger) -> None:
    ana.ask("/api/decisions", form("accept"))
    other = stories.read(stories.taken(act="accuse"), stories.denied())
    ledger.record(other, stories.capture(other), stories.SECOND)
    assert ana.get("/api/waiting").json()["next"][0]["why"][0].startswith("accepted before")
    page = ana.get(f"/documents/{ledger.documents()[0].id}/readings").text
    assert "<del>asserts</del> → <ins>accuses</ins>" in page


def test_nothing_is_decided_in_the_past(ana: Visitor, ledger: Ledger) -> None:
    page = ana.client.get(f"/claims/{CLAIM}?as_of={ledger.now.head().seq}", headers=PAGE).text
    assert "This is the past" in page


def test_the_desk_counts_what_is_new_since_somebody_looked(ana: Visitor, ledger: Ledger) -> None:
    assert ana.send("/looked", {"seq": str(ledger.now.head().seq)}).status_code == 303
    other = stories.read(stories.taken(), text=stories.TEXT + "More.")
    ledger.record(other, stories.capture(other), stories.FIRST)
    page = ana.get("/").text
    assert "1 new" in page
