"""What others add and decide is told while it happens, whichever program wrote it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
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

    from allegedly.web import Desk

ON_BOTH = True
CLAIM, DENIAL = stories.taken().id, stories.denied().id
PATIENCE = 20.0


@contextmanager
def listening(ledger: Ledger, **more: Any) -> Iterator[tuple[str, Desk, Queue[dict[str, Any]]]]:
    """A served desk, and what a reader of it hears."""
    heard: Queue[dict[str, Any]] = Queue()
    with served(ledger, shared=True, **more) as (base, desk):
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
        yield base, desk, heard
    thread.join(5)


@pytest.fixture
def told(ledger: Ledger) -> Iterator[Queue[dict[str, Any]]]:
    """What a reader of a served desk hears."""
    with listening(ledger) as (_, _, heard):
        yield heard


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


def test_stories_of_a_new_case_are_compared_behind_the_page(ledger: Ledger) -> None:
    made = [story(f"The warden said that {n} men took the old bell of Orrin.") for n in (2, 2, 4)]
    for reading in made:
        ledger.record(reading, stories.capture(reading), stories.FIRST)
    with listening(ledger, links=True) as (base, desk, heard):
        secret = desk.keeper.begin("reviewer", "token")  # type: ignore[union-attr]  # a shared desk
        program = {"authorization": f"Bearer {secret}", "accept": "application/json"}
        asked = {"name": "bell", "documents": " ".join(r.document.id for r in made)}
        answer = requests.post(f"{base}/api/cases", json=asked, headers=program, timeout=PATIENCE)
        assert answer.status_code == 201, answer.text
        states: list[dict[str, Any]] = []
        while not states or states[-1]["state"] == "runs":
            each = heard.get(timeout=PATIENCE)
            states += [each] if each["kind"] == "comparing" else []
        assert states[0] == {"kind": "comparing", "state": "runs", "done": 0} | {
            name: states[0][name] for name in ("waiting", "groups", "links")
        }
        assert states[-1]["state"] == "finished"
        assert states[-1]["done"] == states[0]["waiting"] == 3
        told = requests.get(f"{base}/api/comparing", headers=program, timeout=PATIENCE).json()
        assert (told["state"], told["done"]) == ("finished", 3)
        assert told["groups"] == len(ledger.claim_groups()) > 0
        assert ledger.unlinked() == []
        again = f"{base}/api/cases/bell/collect"
        assert requests.post(again, json={}, headers=program, timeout=PATIENCE).status_code == 201
        head = ledger.now.head().seq
    assert ledger.now.head().seq == head, "nothing new, nothing compared"
    assert ledger.verify().sound


def test_what_stops_comparing_does_not_stop_the_desk(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError("the model is gone")

    monkeypatch.setattr("allegedly.links.link", fails)
    with listening(ledger, links=True) as (base, desk, heard):
        assert desk.linking is not None
        desk.linking.wake()
        assert heard.get(timeout=PATIENCE)["state"] == "runs"
        assert heard.get(timeout=PATIENCE)["state"] == "failed"
        monkeypatch.undo()
        desk.linking.wake()
        while heard.get(timeout=PATIENCE).get("state") != "finished":
            continue
        assert ledger.unlinked() == []
    assert base


def story(text: str) -> Any:
    """A story of one claim."""
    content = text.removeprefix("The warden said ").removesuffix(".")
    return stories.read(stories.claim(text, content, "The warden", "said"), text=text, title=None)
