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


def test_what_answers_leave_behind_is_found_after_them() -> None:
    tidying.settle()
    left = weakref.ref(Ring())
    tidying.tidy()
    assert left() is not None, "a little is left lying"
    more = [[number] for number in range(2 * tidying.YOUNG)]
    tidying.tidy()
    assert left() is None
    assert more
