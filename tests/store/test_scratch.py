"""What a proof cannot hold in memory lies in a file, and comes back the same."""

from __future__ import annotations

import pytest

from allegedly.store import LedgerFullError
from allegedly.store import scratch as scratches
from allegedly.store.scratch import Names, scratch


@pytest.mark.parametrize("here", [100_000, 5, 0], ids=["here", "here and there", "there"])
def test_names_are_known_wherever_they_are(here: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratches, "NAMES", here)
    with scratch() as file:
        names = Names(file)
        for start in range(0, 2_000, 4):
            names.put(f"name {n}" for n in range(start, start + 4))
        asked = [f"name {n}" for n in range(0, 4_000, 3)]
        assert names.among(asked) == {f"name {n}" for n in range(0, 2_000, 3)}
        assert names.among([]) == set()


def test_a_full_disk_is_not_told_as_a_fault_of_the_ledger() -> None:
    with scratch() as file:
        file.ask("PRAGMA max_page_count = 20")
        with pytest.raises(LedgerFullError, match="temporary file of the proof"):
            file.change("INSERT INTO names VALUES (?)", ((f"{n}" * 99,) for n in range(9_000)))
