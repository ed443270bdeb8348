"""What is made once and would make the first visitor of each page wait, before anybody comes."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from allegedly.claims.places.gazetteer import gazetteer
from allegedly.store import folded
from allegedly.web.charts.outlines import outlines
from allegedly.web.pages.frame import templates

if TYPE_CHECKING:
    from allegedly.web.review.queue import Queue

# Objects made before young ones are looked through for cycles. A page makes some twenty thousand,
# and leaves next to none: Python's own 700 costs a page of a case 3 ms.
YOUNG: Final = 20_000


def warm(queue: Queue) -> None:
    """Make the queue, compile every template, read the map and the words' own tables."""
    queue.window(0, 1)
    environment = templates()
    for name in environment.list_templates():
        environment.get_template(name)
    outlines()
    gazetteer().largest_within(0.0, 0.0, 1.0, 1.0, most=1)
    folded("é")
    _settle()


def _settle() -> None:
    """Have the search for cycles pass over what is there to stay.

    It would stop every thread for 90 ms each time that it looks through all that a desk holds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
