"""The search for objects that hold each other: after an answer, when next to nothing is left of it.

Python would look after every 700 new objects, and in the middle of a page that has made a hundred
thousand, all of which are still needed. That is a third of the time of a large page, and finds
nothing.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 20_000  # objects that answers have left behind, from which they are looked through
ANYWAY: Final = 500_000  # and at which the search does not wait for the end of an answer
OFTEN: Final = 10  # looks at the young after which the older are looked through too: Python's own


def settle() -> None:
    """Leave what is there now out of every search, and search after answers alone.

    What stays for ever would stop every thread for 90 ms each time that all of it is passed over.
    """
    gc.freeze()
    gc.set_threshold(ANYWAY, OFTEN, OFTEN)


def tidy() -> None:
    """Search where answers have left enough behind since the last time."""
    left = zip(gc.get_count(), (YOUNG, OFTEN, OFTEN), strict=True)
    over = [generation for generation, (count, most) in enumerate(left) if count > most]
    if 0 in over:
        gc.collect(max(over))
