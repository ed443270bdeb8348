"""Which clock a moment means where a case is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.store import Moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from allegedly.store import Store, View


def as_of(store: Store, moment: Moment | str | int | datetime | date | None) -> View:
    """The ledger as it stood at a moment, for a case.

    A time before the ledger's first entry can only mean the world's clock: nothing was recorded
    then, and what had been published by then is what is asked for.
    """
    found = moment if isinstance(moment, Moment) else Moment.of(moment)
    if found.recorded is None or found.published is not None:
        return store.as_of(found)
    first = store.as_of(1).head().recorded_at
    if found.recorded >= first:
        return store.as_of(found)
    return store.as_of(replace(found, recorded=None, published=found.recorded))
