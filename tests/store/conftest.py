"""A ledger on each database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.store.stories import Clock

from allegedly.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Store]:
    with Store.open(url, create=True, clock=clock) as store:
        yield store
