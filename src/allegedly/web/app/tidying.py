"""The search for objects that hold each other: in quiet moments, not within answers.

Python would look after every 700 new objects, and in the middle of a page that has made a hundred
thousand, all of which are still needed. That is a third of the time of a large page, and finds
nothing.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

QUIET: Final = 0.1  # seconds without a visitor after which there is time for it
YOUNG: Final = 20_000  # objects that answers have left behind, from which it is worth it
PILED: Final = 400_000  # and from which it does not wait for a quiet moment
ANYWAY: Final = 1_000_000  # and at which not for the end of an answer
OFTEN: Final = 10  # looks at the young after which the older are looked through too: Python's own


def settle() -> None:
    """Leave what is there now out of every search, and search after answers alone.

    What stays for ever would stop every thread for 90 ms each time that all of it is passed over.
    """
    gc.freeze()
    gc.set_threshold(ANYWAY, OFTEN, OFTEN)


@dataclass(slots=True)
class Tidying:
    """Searches after answers, when nobody has come for a while or much is left behind."""

    _waiting: int = 0
    _last: float = 0.0

    def come(self) -> None:
        """A visitor came, and waits for an answer."""
        self._waiting += 1

    def left(self, loop: AbstractEventLoop) -> None:
        """A visitor has their answer."""
        self._waiting -= 1
        self._last = monotonic()
        loop.call_later(QUIET, self.tidy)

    def tidy(self) -> None:
        """Search where there is reason to."""
        quiet = not self._waiting and monotonic() - self._last >= QUIET
        enough = YOUNG if quiet else PILED
        left = zip(gc.get_count(), (enough, OFTEN, OFTEN), strict=True)
        over = [generation for generation, (count, most) in enumerate(left) if count > most]
        if 0 in over:
            gc.collect(max(over))
