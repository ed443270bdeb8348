"""Who said what, through whom, on what evidence: a ledger of contested news."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.reading import Reading, ReadingError, read, read_all
    from allegedly.reading.frames import read_frame
    from allegedly.records import Claim, Document, Rejected, Span

    __version__: str

__all__ = [
    "Claim",
    "Document",
    "Ledger",
    "Reading",
    "ReadingError",
    "Rejected",
    "Span",
    "__version__",
    "read",
    "read_all",
    "read_frame",
]

# The public names are loaded on first use: importing the package must not load the model's
# libraries.
_HOMES = {
    "Claim": "allegedly.records",
    "Document": "allegedly.records",
    "Ledger": "allegedly.ledger",
    "Reading": "allegedly.reading",
    "ReadingError": "allegedly.reading",
    "Rejected": "allegedly.records",
    "Span": "allegedly.records",
    "read": "allegedly.reading",
    "read_all": "allegedly.reading",
    "read_frame": "allegedly.reading.frames",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("allegedly")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
