"""Cases in a ledger: found, begun by people, grown by a machine, joined by new stories."""

from allegedly.cases.arriving import place
from allegedly.cases.collecting import begin, collect, split
from allegedly.cases.differing import Difference, difference
from allegedly.cases.moments import as_of
from allegedly.cases.suggesting import Suggestion, keep, suggestions

__all__ = [
    "Difference",
    "Suggestion",
    "as_of",
    "begin",
    "collect",
    "difference",
    "keep",
    "place",
    "split",
    "suggestions",
]
