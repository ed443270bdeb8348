from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks import reader_inputs

from allegedly.documents.fetching import Answered, Polled, after, load, read_opml, save

if TYPE_CHECKING:
    from pathlib import Path

STATE = Polled(address="https://quay.example/feed", etag='"1"', modified="then")


def answer(status: int, moved: str | None = None, **headers: str) -> Answered:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answered(status=status, headers=told, body=b"", address=STATE.address, moved=moved)


def test_an_answer_keeps_its_validators() -> None:
    state = after(STATE, answer(200, etag='"2"'), now=100.0, every=60.0)
    assert (state.etag, state.modified, state.due) == ('"2"', None, 160.0)
    assert state.conditions == {"If-None-Match": '"2"'}


def test_nothing_new_keeps_the_old_ones() -> None:
    state = after(STATE, answer(304), now=100.0, every=60.0)
    assert state.conditions == {"If-None-Match": '"1"', "If-Modified-Since": "then"}


def test_failures_in_a_row_double_the_wait_up_to_a_day() -> None:
    waits = []
    state = STATE
    for _ in range(15):
        state = after(state, None, now=0.0, every=900.0)
        waits.append(state.due)
    assert waits[:3] == [1800.0, 3600.0, 7200.0]
    assert waits[-1] == 86_400.0
    assert after(state, answer(200), now=0.0, every=900.0).due == 900.0


@pytest.mark.parametrize("value", ["7200", "Thu, 01 Jan 1970 02:00:00 GMT"])
def test_a_server_that_asks_for_time_gets_it(value: str) -> None:
    assert after(STATE, answer(429, retry_after=value), now=0.0, every=60.0).due == 7200.0


def test_nonsense_in_headers_changes_nothing() -> None:
    told = answer(200, retry_after="soon", cache_control="max-age=x, max-age=120")
    assert after(STATE, told, now=0.0, every=60.0).due == 120.0


def test_a_feed_that_is_gone_is_never_due() -> None:
    assert after(STATE, answer(410), now=0.0, every=60.0).gone


def test_a_feed_that_moved_for_good_is_asked_for_there() -> None:
    state = after(STATE, answer(200, moved="https://quay.example/new"), now=0.0, every=60.0)
    assert state.address == "https://quay.example/new"


def test_states_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "feeds.json"
    save(path, {STATE.address: STATE})
    assert load(path) == {STATE.address: STATE}
    path.write_text('{"feeds": [1]}', "utf-8")
    assert load(path) == {}
    assert load(tmp_path / "none") == {}


def test_opml() -> None:
    feeds = read_opml(reader_inputs.opml())
    assert [(feed.address, feed.title) for feed in feeds] == [("https://quay.example/feed", "Quay")]


@pytest.mark.parametrize("raw", [b"", b"<opml/>", b"<rss/>", b"nothing", b"<opml"])
def test_what_is_no_list_of_feeds(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"OPML|XML"):
        read_opml(raw)
