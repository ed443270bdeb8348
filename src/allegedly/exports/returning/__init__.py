"""What annotators made of an export comes back: words found again, differences become decisions."""

from allegedly.exports.returning.anchoring import Quote, UnanchoredError, anchor
from allegedly.exports.returning.deciding import Annotated, Wanted, decide_all
from allegedly.exports.returning.differences import Proposal, Refused, Returned

__all__ = [
    "Annotated",
    "Proposal",
    "Quote",
    "Refused",
    "Returned",
    "UnanchoredError",
    "Wanted",
    "anchor",
    "decide_all",
]
