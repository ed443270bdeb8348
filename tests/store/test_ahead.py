from __future__ import annotations

from threading import Event, get_ident
from typing import TYPE_CHECKING

import pytest

from allegedly.store.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Generator


def test_parts_come_in_their_order() -> None:
    assert list(ahead([n] for n in range(20))) == [[n] for n in range(20)]
    assert list(ahead(part for part in list[list[int]]())) == []


def test_the_next_part_is_made_while_one_is_in_use() -> None:
    second = Event()

    def parts() -> Generator[list[int]]:
        yield [get_ident()]
        second.set()
        yield [get_ident()]

    coming = ahead(parts())
    assert next(coming) != [get_ident()]
    assert second.wait(timeout=10)
    coming.close()


def test_what_a_part_raises_is_raised_in_its_place() -> None:
    def parts() -> Generator[list[int]]:
        yield [1]
        yield [2]
        raise OSError("lost")

    coming = ahead(parts())
    assert [next(coming), next(coming)] == [[1], [2]]
    with pytest.raises(OSError, match="lost"):
        next(coming)


def test_who_leaves_early_leaves_nothing_open() -> None:
    made, closed = list[int](), Event()

    def parts() -> Generator[list[int]]:
        try:
            for n in range(1_000):
                made.append(n)
                yield [n]
        finally:
            closed.set()

    coming = ahead(parts())
    next(coming)
    coming.close()
    assert closed.is_set()
    assert len(made) < 10
