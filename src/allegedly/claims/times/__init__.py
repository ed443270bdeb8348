"""Expressions of time, and the time of what a content tells."""

from __future__ import annotations

from allegedly.claims.times.claim_time import Anchor, time
from allegedly.claims.times.timexes import Timex, timexes

__all__ = ["Anchor", "Timex", "time", "timexes"]
