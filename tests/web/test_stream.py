"""What others add and decide is told while it happens, whichever program wrote it."""

from __future__ import annotations

import json
import threading
from queue import Queue
from typing import TYPE_CHECKING, Any

import pytest
import requests
from tests.store import stories
from tests.web.browser import served

from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON_BOTH = True
CLAIM, DENIAL = stories.taken().id, stories.denied().id
PATIENCE = 20.0


@pytest.fixture
def told(ledger: Ledger) -> Iterator[Queue[dict[str, Any]]]:
    """What a reader of a served desk hears."""
    heard: Queue[dict[str, Any]] = Queue()
    with served(ledger, shared=True) as (base, desk):
        secret = desk.keeper.begin("reader", "token")  # type: ignore[union-attr]  # a shared desk
        headers = {"authorization": f"Bearer {secret}"}
        answer = requests.get(f"{base}/api/events", headers=headers, stream=True, timeout=PATIENCE)
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines(chunk_size=1)
        assert next(lines) == b"retry: 3000"

        def listen() -> None:
            try:
                for line in lines:
                    if line.startswith(b"data: "):
                        heard.put(json.loads(line.removeprefix(b"data: ")))
            except (requests.RequestException, AttributeError):
                return  # the desk has closed

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield heard
    thread.join(5)


def test_decisions_and_links_of_another_program_are_told(
    request: pytest.FixtureRequest, ledger: Ledger, told: Queue[dict[str, Any]], tmp_path: Path
) -> None:
    on_server = ledger.database.engine.dialect.name == "postgresql"
    where = request.getfixturevalue("schema") if on_server else tmp_path / "news.ledger"
    with Ledger.open(where, clock_may_lag=True) as other:
        other.decide(CLAIM, "accept", reviewer="ben", reason="heard it")
        other.decide_link(CLAIM, DENIAL, "unlink", reviewer="ben", reason="two things")
    decided = told.get(timeout=PATIENCE)
    assert (decided["kind"], decided["subject"]) == ("decision", CLAIM)
    assert (decided["by"], decided["verdict"]) == ("ben", "accept")
    parted = told.get(timeout=PATIENCE)
    assert parted["kind"] == "link_decision"
    assert {parted["subject"], parted["other"]} == {CLAIM, DENIAL}
    assert "reason" not in parted, "the page asks for what it may see"


def test_who_is_not_signed_in_hears_nothing(ledger: Ledger) -> None:
    with served(ledger, shared=True) as (base, _):
        assert requests.get(f"{base}/api/events", timeout=PATIENCE).status_code == 401
