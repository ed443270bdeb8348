"""A ledger on each database, and stories that are linked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, create=True) as opened:
        yield opened
