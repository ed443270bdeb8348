"""Spans of another copy of a text, found again in the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.exports.returning.anchoring import Quote, anchor
from allegedly.exports.returning.differences import joined
from allegedly.records import Span

if TYPE_CHECKING:
    from allegedly.exports.returning.differences import Pairs


@dataclass(frozen=True, slots=True)
class Moved:
    """A text as it came back beside the ledger's own."""

    theirs: str
    ours: str

    def place(self, pairs: Pairs) -> Pairs:
        """Where spans of their text stand in ours; raises UnanchoredError or ValueError."""
        for start, end in pairs:
            if not 0 <= start < end <= len(self.theirs):
                raise ValueError(f"{start}:{end} is outside a text of {len(self.theirs)}")
        tidy = joined(self.theirs, [list(pair) for pair in pairs])
        if self.theirs == self.ours:
            return tidy
        found = [anchor(self.ours, Quote.of(self.theirs, Span(s, e))) for s, e in tidy]
        return [[span.start, span.end] for span in found]
