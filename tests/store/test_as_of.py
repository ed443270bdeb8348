"""What had not been recorded or published then is not visible, whichever way it is asked."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from tests.store.stories import FIRST, SECOND, TEXT, capture, decide, denied, read, taken, undo

from allegedly.store import Moment, NotInLedgerError, RefusedError, Store, folded

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.store import View

LATER = f"Later. {TEXT}"


@pytest.fixture
def told(ledger: Store) -> tuple[Store, int, int, int]:
    """Two stories and a decision, with the numbers of the last entry after each."""
    one = read(taken(), published="2031-05-05")
    two = read(denied(LATER), text=LATER, published="2031-05-09T10:00+02:00", title="Later")
    first = ledger.record(one, capture(one), FIRST).seq
    second = ledger.record(two, capture(two), FIRST).seq
    decide(ledger, taken())
    return ledger, first, second, ledger.now.head().seq


def test_an_entry_s_number(told: tuple[Store, int, int, int]) -> None:
    ledger, first, second, last = told
    assert [len(ledger.as_of(n).documents()) for n in (1, first, second, last)] == [0, 1, 2, 2]
    assert [len(ledger.as_of(n).claims()) for n in (first - 1, first, second)] == [0, 1, 2]
    assert ledger.as_of(second).claims()[-1].stands.status == "suggested"
    assert ledger.as_of(last).claims()[-1].stands.status == "rejected"
    assert ledger.as_of(first).search("tower") == []
    assert [len(ledger.as_of(n).search_documents("warden")) for n in (1, first, last)] == [0, 1, 2]
    assert [len(ledger.as_of(n).decisions()) for n in (second, last)] == [0, 1]
    assert [len(ledger.as_of(n).sources()) for n in (1, first, second)] == [0, 1, 2]
    assert ledger.as_of(first).head().seq == first
    assert [c.seq for c in ledger.as_of(first).log()] == [first, 4, 3]
    with pytest.raises(NotInLedgerError):
        ledger.as_of(first).find(denied(LATER).id)
    with pytest.raises(NotInLedgerError):
        ledger.as_of(1).reading(read().document.id)


def test_a_time_of_recording(told: tuple[Store, int, int, int]) -> None:
    ledger, first, _, _ = told
    when = ledger.as_of(first).head().recorded_at
    assert len(ledger.as_of(when).documents()) == 1
    assert len(ledger.as_of(datetime(2031, 5, 6, 11, tzinfo=UTC)).documents()) == 0
    assert len(ledger.as_of("2031-05-06").documents()) == 2
    assert len(ledger.as_of(date(2031, 5, 5)).documents()) == 0


def test_the_world_s_time(told: tuple[Store, int, int, int]) -> None:
    ledger = told[0]
    assert [d.title for d in ledger.as_of(published="2031-05-05").documents()] == [
        "The bell of Orrin"
    ]
    assert ledger.as_of(published="2031-05-04").claims() == []
    assert len(ledger.as_of("published:2031-05-09T08:00Z").claims()) == 2
    assert len(ledger.as_of("published:2031-05-09T07:59Z").claims()) == 1
    early = ledger.as_of(published="2031-05-06")
    assert early.search("tower") == []
    assert len(early.search_documents("warden")) == 1
    assert {s.name for s in early.sources()} == {"warden"}
    assert all(c.document != read(text=LATER).document.id for c in early.log())
    with pytest.raises(NotInLedgerError):
        early.record(denied(LATER).id)
    with pytest.raises(NotInLedgerError):
        early.text(read(text=LATER).document.id)


def test_both_clocks_at_once(told: tuple[Store, int, int, int]) -> None:
    ledger, first, _, _ = told
    assert len(ledger.as_of(first, published="2031-12-31").documents()) == 1
    assert ledger.as_of(f"{first}, published:2031-05-01").documents() == []


def test_a_story_without_a_date_was_published_when_it_was_recorded(ledger: Store) -> None:
    undated = read(taken(), published=None)
    ledger.record(undated, capture(undated), FIRST)
    assert ledger.as_of(published="2031-05-05").documents() == []
    assert len(ledger.as_of(published="2031-05-06").documents()) == 1


def test_an_earlier_capture_dates_a_story_earlier_from_then_on(ledger: Store) -> None:
    story = read(taken(), published="2031-05-05")
    first = ledger.record(story, capture(story), FIRST).seq
    ledger.record(story, capture(story, "wire", published="2031-05-01"), FIRST)
    assert len(ledger.as_of(published="2031-05-02").documents()) == 1
    assert ledger.as_of(first, published="2031-05-02").documents() == []


def test_sql_views_take_a_moment_too(told: tuple[Store, int, int, int]) -> None:
    ledger, first, second, last = told
    with ledger.database.reading() as connection:

        def count(sql: str) -> int:
            found: int = connection.execute(text(sql)).scalar_one()
            return found

        for number, expected in ((1, 0), (first, 1), (second, 2), (last, 2)):
            sql = f"SELECT count(*) FROM claims_as_of WHERE as_of = {number}"
            assert count(sql) == expected
        rejected = "SELECT count(*) FROM claims_as_of WHERE status = 'rejected' AND as_of = "
        assert (count(rejected + str(second)), count(rejected + str(last))) == (0, 1)
        world = f"SELECT count(*) FROM claims_as_of WHERE as_of = {last} AND published_by <= "
        assert count(world + "'2031-05-06'") == 1
        assert count("SELECT count(*) FROM claims_current WHERE status = 'suggested'") == 1
        assert count("SELECT count(*) FROM documents_current WHERE text LIKE '%warden%'") == 2


@pytest.mark.parametrize("wrong", ["soon", "published:", "2031-13-01", "published:12", ""])
def test_what_is_no_moment_is_told(wrong: str) -> None:
    with pytest.raises(RefusedError, match="no moment"):
        Moment.of(wrong)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.sampled_from(["one", "two", "reject", "accept", "correct", "undo"]), max_size=8
    )
)
def test_the_past_does_not_change(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    """What was seen after each step is what is seen of it after all of them, and rebuilt."""
    folder: Path = tmp_path_factory.mktemp("past")
    runs = iter([FIRST, SECOND])
    with Store.open(folder / "past.ledger", create=True) as store:
        seen = []
        for step in steps:
            _take(store, step, runs)
            head = store.now.head().seq
            seen.append((head, store.now.claims(), store.now.documents(), store.now.sources()))
        assert store.verify().sound
        for head, claims, documents, sources in seen:
            view = store.as_of(head)
            assert _counted(view) == {source.id: source.claims for source in view.sources()}
            assert (view.claims(), view.documents(), view.sources()) == (claims, documents, sources)


def _counted(view: View) -> Counter[str]:
    """Who is named in how many claims, told by the claims themselves."""
    records = [view.record(claim.id) for claim in view.claims()]
    chains = [{**each.body, **(each.stands.corrected or {})}["sources"] for each in records]
    return Counter(n for chain in chains for n in {folded(s["name"]) for s in chain})


def _take(store: Store, step: str, runs: object) -> None:
    if step in {"one", "two"}:
        run = next(runs, None)  # type: ignore[call-overload]
        reading = read(taken(act="accuse")) if step == "one" else read(taken(), denied())
        if run is not None:
            store.record(reading, capture(reading, step), run)
    elif step == "undo":
        for word in [word for word in store.now.decisions() if word.current][:1]:
            undo(store, word.id, "bo", "no")
    elif any(found.id == taken().id for found in store.now.claims()):
        other = {"spans": [[0, 3]], "name": "Ann Orr", "kind": "person", "role": None}
        value = {"sources": [other]} if step == "correct" else None
        decide(store, taken(), step, value=value)  # type: ignore[arg-type]


def test_what_is_read_at_once_is_of_one_moment(ledger: Store) -> None:
    one, two = read(taken()), read(taken(LATER), text=LATER)
    ledger.record(one, capture(one), FIRST)
    with ledger.now.at_once() as seen:
        before = seen.head()
        ledger.record(two, capture(two), SECOND)
        assert [d.id for d in seen.documents()] == [one.document.id]
        assert seen.head() == before
        assert seen.at(Moment(seq=1)).documents() == []
        assert len(ledger.now.documents()) == 2
