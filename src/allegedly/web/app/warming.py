"""What is made once and would make the first visitor of each page wait, before anybody comes."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from allegedly import cases
from allegedly.store import LedgerError, folded
from allegedly.web.app.tidying import settle
from allegedly.web.cases.gathering import gathered
from allegedly.web.cases.standing import stood
from allegedly.web.pages.frame import templates
from allegedly.web.pages.pictures import Told, pictures

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.web.review.queue import Queue


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
    settle()


def _look_at_a_case(ledger: Ledger) -> None:
    """What a case's pages read from the package is read with the first of them."""
    with ledger.now.at_once() as view:
        for case in view.listed_cases()[:1]:
            found = gathered(view, case.name)
            stood(view, found)
            pictures(Told(hops=each.hops, places=each.read.places, href="") for each in found.said)
            cases.brief(view, case.name)
