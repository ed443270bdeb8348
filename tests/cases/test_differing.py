"""A case as it stood, by either clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cases.conftest import LATE, add

from allegedly import cases
from allegedly.linking.moves import Moves
from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from allegedly.ledger import Ledger

News = dict[str, list[str]]


def test_a_case_as_the_world_knew_it(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], reviewer="ana", reason="it is the dam")
    then = ledger.case("dam", as_of="published:2031-05-03T10:00Z")
    assert list(then.documents) == news["dam"][:2]
    assert ledger.cases(as_of="published:2031-05-01") == []


def test_a_case_as_the_ledger_knew_it(ledger: Ledger, news: News) -> None:
    before = ledger.now.head().seq
    cases.begin(ledger, "dam", news["dam"][:1], reviewer="ana", reason="it is the dam")
    begun = ledger.now.head().seq
    late = add(ledger, LATE)
    ledger.decide("dam", "out", value=news["dam"][3], reviewer="ana", reason="a summary")
    with pytest.raises(NotInLedgerError):
        ledger.case("dam", as_of=before)
    assert list(ledger.case("dam", as_of=begun).documents) == news["dam"]
    found = cases.difference(ledger.as_of(begun), ledger.now, "dam")
    assert [member.document.id for member in found.came] == [late]
    assert [member.document.id for member in found.left] == [news["dam"][3]]
    nothing = cases.difference(ledger.now, ledger.now, "dam")
    assert nothing == cases.Difference(came=(), left=(), changed=(), said=Moves())
