from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

import pytest

import allegedly
from allegedly.adding import Reader
from allegedly.records import Document, Reading, Run, Span, Zone
from allegedly.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = "Mayor Ada Lindqvist said on Tuesday that the bridge would stay shut. She denied a delay."


def test_results_come_in_the_order_of_the_texts_though_a_later_one_is_ready_first() -> None:
    later = threading.Event()

    def read(number: int) -> int:
        if number == 0:
            assert later.wait(10)
        elif number == 1:
            later.set()
        return number

    assert list(side_by_side(read, range(9), threads=2)) == list(range(9))


def test_no_more_texts_are_taken_than_are_needed_soon() -> None:
    taken: list[int] = []

    def texts() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    found = side_by_side(abs, texts(), threads=2)
    assert [next(found) for _ in range(3)] == [0, 1, 2]
    assert len(taken) < 10
    found.close()  # type: ignore[attr-defined]  # a generator


def test_an_exception_comes_in_its_place() -> None:
    found = side_by_side(lambda n: 6 // n, [3, 2, 0, 1], threads=2)
    assert [next(found), next(found)] == [2, 3]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_read_together_stories_say_what_they_say_alone(tmp_path: Path) -> None:
    texts = [
        f"{STORY}\n\nResident {n} told the Courier: “We heard it {n} times.”" for n in range(5)
    ]
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    together = list(allegedly.read_all([*texts[:3], binary, *texts[3:]], publisher="Courier"))
    assert isinstance(together.pop(3), allegedly.Rejected)
    alone = [allegedly.read(text, publisher="Courier") for text in texts]
    assert together == alone


def test_a_ledger_reads_stories_side_by_side_and_keeps_them_in_their_order(tmp_path: Path) -> None:
    both = threading.Barrier(2)

    def read(document: Document) -> Reading:
        if document.text.startswith(("Story 0", "Story 1")):
            both.wait(10)  # broken unless two are read at the same time
        zones = (Zone(span=Span(0, len(document.text)), kind="story"),)
        return Reading(document=document, zones=zones, claims=(), assessments=(), silences=())

    texts = [f"Story {n % 4} of the bridge." for n in range(6)]
    with allegedly.Ledger.open(str(tmp_path / "news.ledger"), create=True) as ledger:
        ledger.reader = Reader(run=Run(code="stub", model="none"), read=read, beside=read)
        named = ((str(n), text) for n, text in enumerate([*texts[:2], "", *texts[2:]]))
        found = list(ledger.add_named(named))
        assert [name for name, _ in found] == ["0", "1", "2", "3", "4", "5", "6"]
        assert isinstance(found[2][1], allegedly.Rejected)
        done = [done for _, done in found if not isinstance(done, allegedly.Rejected)]
        assert [d.new_document for d in done] == [True, True, True, True, False, False]
        assert {d.id for d in ledger.documents()} == {d.document for d in done[:4]}
