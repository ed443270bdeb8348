"""Stories meet in a ledger: what is new is compared with what it may match, and recorded."""

from allegedly.links.deciding import bring, compared, decide, decide_each, take_back
from allegedly.links.linked import Linked, link, record
from allegedly.links.preparing import linking, run

__all__ = [
    "Linked",
    "bring",
    "compared",
    "decide",
    "decide_each",
    "link",
    "linking",
    "record",
    "run",
    "take_back",
]
