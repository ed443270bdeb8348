from __future__ import annotations

import sys

import pytest

from allegedly.store import counting
from allegedly.store.counting import WordCounter
from allegedly.store.errors import LedgerError

ROWS = [(1, "The bridge, the bridge — ÉTÉ", "ada lindqvist"), (2, "No bridge", "")]
FOUND = {"the": 1, "bridge": 2, "ete": 1, "ada": 1, "lindqvist": 1, "no": 1}


@pytest.mark.parametrize("few", [0, 1, 10], ids=["there", "here and there", "here"])
def test_words_are_counted_by_the_row(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", few)
    counter = WordCounter()
    for row in ROWS:
        counter.add("claims", [row])
    counter.add("documents", [(3, "bridge", "")])
    assert counter.counts() == {"claims": FOUND, "documents": {"bridge": 1}}
    counter.close()


@pytest.mark.parametrize("program", ["", "/nowhere/python"])
def test_without_another_process_they_are_counted_here(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEW", 0)
    monkeypatch.setattr(sys, "executable", program)
    counter = WordCounter()
    counter.add("claims", ROWS)
    assert counter.counts() == {"claims": FOUND}
    counter.close()


def test_a_process_that_ends_is_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", 0)
    monkeypatch.setattr(counting, "_PROGRAM", "raise SystemExit(3)")
    counter = WordCounter()
    for _ in range(3 * counting.WAITING):  # nobody waits for a process that is gone
        counter.add("claims", ROWS)
    with pytest.raises(LedgerError, match="could not be counted"):
        counter.counts()
    counter.close()


def test_counting_can_be_left_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "FEW", 0)
    monkeypatch.setattr(counting, "_PROGRAM", "import time; time.sleep(60)")
    counter = WordCounter()
    for _ in range(counting.WAITING):
        counter.add("claims", [(1, "bridge " * 5_000, "")])
    counter.close()


def test_who_counts_slowly_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what waits would grow with the ledger."""
    monkeypatch.setattr(counting, "FEW", 0)
    monkeypatch.setattr(counting, "WAITING", 2)
    slow = "import time; time.sleep(0.5); from allegedly.store.counting import main; main()"
    monkeypatch.setattr(counting, "_PROGRAM", slow)
    counter = WordCounter()
    for _ in range(20):
        counter.add("claims", [(1, "bridge " * 5_000, "")])
        assert counter._waiting.qsize() <= 2  # noqa: SLF001  # how much waits is seen nowhere else
    assert counter.counts() == {"claims": {"bridge": 20}}
    counter.close()
