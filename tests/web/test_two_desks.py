"""Two desks on one ledger, as two programs serve it: each decision is kept, or its writer told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient
from tests.store import stories
from tests.web.conftest import HERE, PAGE, Visitor

from allegedly.ledger import Ledger
from allegedly.web import Desk, alone, application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.stories import Clock
    from tests.web.conftest import Now

ON_BOTH = True
CLAIM = stories.taken().id


@pytest.fixture
def two(ledger: Ledger, clock: Clock, now: Now) -> Iterator[list[Visitor]]:
    """Ana and Ben, each at a desk with a ledger, a write queue and connections of its own."""
    with ExitStack() as opened:
        again = opened.enter_context(Ledger.open(ledger.database.shown, clock=clock))
        found = []
        for name, own in (("ana", ledger), ("ben", again)):
            own.encode = None  # words alone, so that no model is loaded
            desk = Desk.of(own, alone(name, 8321, links=False), now)
            client = opened.enter_context(TestClient(application(desk), base_url=HERE))
            client.get("/enter", params={"token": desk.keeper.token()}, headers=PAGE)  # type: ignore[union-attr]  # a desk of one
            found.append(Visitor(client, HERE))
        yield found


def at_once(two: list[Visitor], path: str, *bodies: dict[str, Any]) -> list[Any]:
    """The answers to one body from each desk, sent in the same moment, the kept one first."""
    headers = [{"origin": HERE, "x-csrf-token": each.word()} for each in two]

    def send(number: int) -> Any:
        body = bodies[number % len(bodies)]
        return two[number].client.post(path, json=body, headers=headers[number])

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, range(2)), key=lambda answer: answer.status_code)


def is_told(late: Any, kept: dict[str, Any]) -> None:
    """The problem that the second gets, with the word of the first."""
    assert late.status_code == 409
    assert late.headers["content-type"] == "application/problem+json"
    told = late.json()
    assert told["title"] == "Somebody decided in the meantime"
    assert told["decision"]["id"] == kept["id"]
    assert told["detail"].startswith(f"{kept['reviewer']} ")
    assert told["detail"].endswith("Nothing was recorded: look at it again.")


def test_of_two_decisions_on_a_claim_one_is_kept(two: list[Visitor], ledger: Ledger) -> None:
    for verdict in ("accept", "reject", "accept"):
        seen = next((word.id for word in ledger.decisions(CLAIM)), "none")
        body = {"subject": CLAIM, "verdict": verdict, "reason": "read it", "seen": seen}
        kept, late = at_once(two, "/api/decisions", body)
        assert kept.status_code == 201
        is_told(late, kept.json())
        assert ledger.decisions(CLAIM)[0].id == kept.json()["id"]
    assert len(ledger.decisions(CLAIM)) == 3
    assert ledger.verify().sound


def test_of_two_splits_of_a_case_one_is_kept_whole(two: list[Visitor], ledger: Ledger) -> None:
    document = ledger.documents()[0].id
    ledger.decide("orrin", "in", value=document, reviewer="cy", reason="the tower")
    seen = str(ledger.now.head().seq)
    bodies = [
        {"name": f"tower-{n}", "documents": document, "reason": "two", "seen": seen} for n in "ab"
    ]
    kept, late = at_once(two, "/api/cases/orrin/split", *bodies)
    assert kept.status_code == 201, kept.text
    assert kept.json()["documents"] == [document]
    [split] = [word for word in ledger.decisions() if word.verdict == "split"]
    is_told(late, {"id": split.id, "reviewer": split.reviewer})
    assert {case.name for case in ledger.cases()} == {"orrin", kept.json()["name"]}
    assert [word.verdict for word in ledger.decisions()] == ["split", "out", "in", "in"]
    assert ledger.verify().sound


def test_of_two_who_take_one_decision_back_one_does(two: list[Visitor], ledger: Ledger) -> None:
    word = ledger.decide(CLAIM, "reject", reviewer="cy", reason="no claim")
    kept, late = at_once(two, f"/api/decisions/{word.id}/undo", {"reason": "a slip"})
    assert kept.status_code == 201
    is_told(late, kept.json())
    assert "took back a decision about it" in late.json()["detail"]
    assert len(ledger.decisions(CLAIM)) == 2
