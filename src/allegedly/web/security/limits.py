"""How much of a kind one visitor or address may do in a minute: token buckets in memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["reads", "writes", "sign_ins"]
REMEMBERED: Final = 10_000  # buckets; those not asked for longest are forgotten first
MINUTE: Final = 60.0


@dataclass(slots=True)
class Limiter:
    """Buckets that fill evenly; `rates` are how many a minute, and as many at once."""

    rates: dict[Kind, int]
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[tuple[Kind, str], tuple[float, float]] = field(
        default_factory=OrderedDict
    )
    _lock: Lock = field(default_factory=Lock)

    def wait(self, kind: Kind, who: str) -> float:
        """Take one; 0 where there was one, else the seconds until there is."""
        rate, now = self.rates[kind], self.clock()
        with self._lock:
            left, since = self._buckets.pop((kind, who), (float(rate), now))
            left = min(rate, left + (now - since) * rate / MINUTE)
            taken = left >= 1
            self._buckets[kind, who] = (left - 1 if taken else left, now)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if taken else (1 - left) * MINUTE / rate
