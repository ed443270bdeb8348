"""Events are found without anybody naming one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.conftest import DAM, add

from allegedly import cases

if TYPE_CHECKING:
    from allegedly.ledger import Ledger

News = dict[str, list[str]]


def test_both_events_are_suggested_and_nothing_else(ledger: Ledger, news: News) -> None:
    found = list(cases.suggestions(ledger))
    assert {frozenset(each.documents) for each in found} == {
        frozenset(news["dam"]),
        frozenset(news["bank"]),
    }
    dam = next(each for each in found if set(each.documents) == set(news["dam"]))
    assert "dam" in dam.words
    assert dam.publishers == 4


def test_a_suggestion_that_is_kept_is_no_suggestion_any_more(ledger: Ledger, news: News) -> None:
    for found in cases.suggestions(ledger):
        kept = cases.keep(ledger, found)
        assert set(kept.documents) == set(found.documents)
    assert len(ledger.cases()) == 2
    assert list(cases.suggestions(ledger)) == []
    assert ledger.verify().sound
    assert {d for case in ledger.cases() for d in case.documents} == {*news["dam"], *news["bank"]}


def test_one_story_told_twelve_times_is_no_event(ledger: Ledger) -> None:
    publisher, day, title, lead = DAM[0]
    for hour in range(12):
        when = day.replace("08:00", f"{hour:02}:00")
        add(ledger, (publisher, when, title, f"{lead}\n\nUpdate {hour} of this page."))
    assert list(cases.suggestions(ledger)) == []
