"""Cases in a ledger: found, begun by people, grown by a machine, joined by new stories."""

from allegedly.cases.arriving import place
from allegedly.cases.asking import CaseStore
from allegedly.cases.briefing import brief, material
from allegedly.cases.collecting import begin, collect, split
from allegedly.cases.differing import Difference, difference
from allegedly.cases.findings import put_origins
from allegedly.cases.moments import as_of
from allegedly.cases.sentences import ShippedVectors
from allegedly.cases.suggesting import Suggestion, keep, suggestions
from allegedly.cases.told import record, record_in, telling

__all__ = [
    "CaseStore",
    "Difference",
    "ShippedVectors",
    "Suggestion",
    "as_of",
    "begin",
    "brief",
    "collect",
    "difference",
    "keep",
    "material",
    "place",
    "put_origins",
    "record",
    "record_in",
    "split",
    "suggestions",
    "telling",
]
