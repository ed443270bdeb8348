"""Adding: what a ledger keeps of a story, once, on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from tests.store.stories import FIRST, SECOND, TEXT, at, capture, denied, read, taken, whole

from allegedly.store import NotInLedgerError, RefusedError, Store

if TYPE_CHECKING:
    from tests.store.stories import Clock


def test_a_reading_comes_back_as_it_went_in(ledger: Store) -> None:
    reading = whole()
    done = ledger.record(reading, capture(reading), FIRST)
    assert (done.claims, done.assessments, done.silences) == (2, 1, 1)
    assert ledger.now.reading(reading.document.id) == reading
    assert ledger.now.text(reading.document.id) == TEXT
    [document] = ledger.now.documents()
    assert (document.title, document.captures, document.claims) == ("The bell of Orrin", 1, 2)


def test_the_same_twice_adds_nothing(ledger: Store) -> None:
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    before = ledger.now.head()
    again = ledger.record(reading, capture(reading), FIRST)
    assert not again.anything
    assert ledger.now.head() == before


def test_one_story_from_two_places_is_one_document_with_two_captures(ledger: Store) -> None:
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    other = capture(reading, "https://example.org/bell", publisher="Selme Courier")
    done = ledger.record(reading, other, FIRST)
    assert (done.new_document, done.new_capture, done.new_reading) == (False, True, False)
    [document] = ledger.now.documents()
    assert document.captures == 2
    places = [found.uri for found in ledger.now.captures(document.id)]
    assert places == ["file:///news/bell.txt", "https://example.org/bell"]


def test_a_newer_reading_supersedes_the_older_and_erases_nothing(ledger: Store) -> None:
    old = read(taken(), denied())
    first = ledger.record(old, capture(old), FIRST)
    new = read(taken(act="accuse"))
    done = ledger.record(new, capture(new), SECOND)
    assert (done.new_reading, done.claims) == (True, 1)
    assert ledger.now.reading(old.document.id) == new
    assert ledger.as_of(first.seq).reading(old.document.id) == old
    [change] = [c for c in ledger.now.log() if c.supersedes]
    found = {d.id: (d.was, d.now) for d in change.differences}
    assert found[taken().id] == ({"act": "assert"}, {"act": "accuse"})
    was, now = found[denied().id]
    assert was is not None
    assert was["act"] == "deny"
    assert now is None


def test_records_read_alike_are_not_written_again(ledger: Store) -> None:
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    done = ledger.record(reading, capture(reading), SECOND)
    assert (done.new_reading, done.claims, done.assessments, done.silences) == (True, 0, 0, 0)
    assert [c.differences for c in ledger.now.log() if c.supersedes] == [()]


def test_a_run_that_has_read_a_document_does_not_come_back(ledger: Store) -> None:
    reading, other = whole(), read(denied())
    ledger.record(reading, capture(reading), FIRST)
    ledger.record(other, capture(other), SECOND)
    assert not ledger.record(reading, capture(reading), FIRST).anything
    assert ledger.now.reading(reading.document.id) == other


@pytest.mark.parametrize(
    "wrong",
    [
        read(replace(taken(), content=at(TEXT + "beyond it", "beyond it"))),
        replace(read(taken()), zones=()),
        read(taken(), replace(denied(), id=taken().id)),
    ],
    ids=["a span outside the text", "no zones", "two claims of one id"],
)
def test_what_does_not_hold_is_refused_whole(ledger: Store, wrong: object) -> None:
    before = ledger.now.head()
    with pytest.raises(RefusedError):
        ledger.record(wrong, capture(read()), FIRST)  # type: ignore[arg-type]
    assert ledger.now.head() == before
    assert ledger.verify().sound


def test_another_text_under_a_known_id_is_refused(ledger: Store) -> None:
    reading = read(taken())
    ledger.record(reading, capture(reading), FIRST)
    longer = TEXT + "More.\n"
    forged = read(text=longer)
    forged = replace(forged, document=replace(forged.document, id=reading.document.id))
    with pytest.raises(RefusedError, match="another text"):
        ledger.record(forged, capture(forged), SECOND)


@pytest.mark.parametrize("nasty", ["a\0b", "\ud800"])
def test_what_no_database_holds_is_refused(ledger: Store, nasty: str) -> None:
    reading = read(taken(), title=nasty)
    with pytest.raises(RefusedError, match="cannot be stored"):
        ledger.record(reading, capture(reading), FIRST)
    assert not ledger.now.documents()


def test_ten_writers_keep_one_chain(url: str, clock: Clock) -> None:
    with Store.open(url, create=True, clock=clock):
        pass
    failed: list[BaseException] = []

    def add(writer: int) -> None:
        try:
            with Store.open(url, clock=clock) as store:
                for number in range(5):
                    text = f"Story {writer} {number}. {TEXT}"
                    reading = read(taken(text), denied(text), text=text)
                    store.record(reading, capture(reading), FIRST)
        except BaseException as error:  # noqa: BLE001  # the test tells
            failed.append(error)

    writers = [threading.Thread(target=add, args=(n,)) for n in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with Store.open(url) as store:
        assert len(store.now.documents()) == 50
        report = store.verify()
        assert report.sound
        assert report.entries == 1 + 1 + 50 * 5


def test_readers_do_not_wait_for_a_writer(ledger: Store) -> None:
    reading = read(taken())
    ledger.record(reading, capture(reading), FIRST)
    with ledger.writing() as end:
        end.put("note", {"text": "of a kind that no projection shows"})
        end.flush()
        assert len(ledger.now.claims()) == 1
    assert ledger.verify().sound


def test_a_story_that_fails_half_way_leaves_nothing(ledger: Store) -> None:
    before = ledger.now.head()

    def fail() -> None:
        with ledger.writing() as end:
            end.put("note", {"text": "never seen"})
            end.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert ledger.now.head() == before


def test_ids_are_found_by_their_beginnings(ledger: Store) -> None:
    reading = read(taken(), denied())
    ledger.record(reading, capture(reading), FIRST)
    assert ledger.now.find(reading.document.id[:8]) == ("document", reading.document.id)
    assert ledger.now.find(taken().id[:8].upper()) == ("claim", taken().id)
    with pytest.raises(NotInLedgerError, match="at least"):
        ledger.now.find("a")
    with pytest.raises(NotInLedgerError, match="nothing begins"):
        ledger.now.find("ffffffffffff")


def test_the_planner_is_told_of_what_was_added(ledger: Store) -> None:
    if ledger.database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite looks at its indexes itself")
    ledger.record(whole(), capture(whole()), FIRST)
    told = text("SELECT reltuples FROM pg_class WHERE oid = 'claims'::regclass")
    with ledger.database.reading() as connection:
        assert connection.execute(told).scalar_one() > 0
