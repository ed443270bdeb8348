"""When the search for objects that hold each other runs."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from allegedly.web.app import tidying

if TYPE_CHECKING:
    from collections.abc import Iterator


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """Python's settings come back."""
    before = gc.get_threshold()
    gc.collect()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_a_large_page_is_not_interrupted() -> None:
    tidying.settle()
    before = [generation["collections"] for generation in gc.get_stats()]
    page = [[number] for number in range(2 * tidying.YOUNG)]
    assert [generation["collections"] for generation in gc.get_stats()] == before
    assert page


def left_behind() -> tuple[weakref.ref[Ring], list[list[int]]]:
    """A ring that nobody else holds, and enough beside it to make a search worth it."""
    return weakref.ref(Ring()), [[number] for number in range(2 * tidying.YOUNG)]


def test_what_answers_leave_behind_is_found_when_nobody_has_come_for_a_while() -> None:
    tidying.settle()
    tidier = tidying.Tidying()
    ring, _kept = left_behind()
    tidier.come()
    tidier.tidy()
    assert ring() is not None, "somebody waits for an answer, however long"
    quiet = tidying.Tidying()
    quiet.tidy()
    assert ring() is None


def test_a_little_is_left_lying_and_much_is_not() -> None:
    tidying.settle()
    ring = weakref.ref(Ring())
    tidying.Tidying().tidy()
    assert ring() is not None
    _kept = [[number] for number in range(2 * tidying.PILED)]
    busy = tidying.Tidying()
    busy.come()
    busy.tidy()
    assert ring() is None
