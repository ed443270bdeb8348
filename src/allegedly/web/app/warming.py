"""What is made once and would make the first visitor of each page wait, before anybody comes."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from allegedly import cases
from allegedly.store import LedgerError, folded
from allegedly.web.cases.gathering import gathered
from allegedly.web.cases.standing import stood
from allegedly.web.pages.frame import templates
from allegedly.web.pages.pictures import Told, pictures

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.web.review.queue import Queue

# Objects made before young ones are looked through for cycles. A page makes some twenty thousand,
# and leaves next to none: Python's own 700 costs a page of a case 3 ms.
YOUNG: Final = 20_000


def warm(ledger: Ledger, queue: Queue) -> None:
    """Compile every template, have word lists and maps at hand, and make the queue."""
    environment = templates()
    for name in environment.list_templates():
        environment.get_template(name)
    folded("é")
    with suppress(LedgerError):  # who asks will be told
        _look_at_a_case(ledger)
        gc.collect()
        queue.window(0, 1)
    # The search for cycles passes over what is there to stay: it would stop every thread for
    # 90 ms each time that it looks through all that a desk holds.
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def _look_at_a_case(ledger: Ledger) -> None:
    """What a case's pages read from the package is read with the first of them."""
    with ledger.now.at_once() as view:
        for case in view.listed_cases()[:1]:
            found = gathered(view, case.name)
            stood(view, found)
            pictures(Told(hops=each.hops, places=each.places, href="") for each in found.said)
            cases.brief(view, case.name)
