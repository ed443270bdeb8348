"""JSON lines: everything that a ledger holds about its documents, and the way back."""

from allegedly.exports.jsonl.checking import (
    PLAIN,
    SCHEMA,
    Checked,
    DamagedError,
    Line,
    check_lines,
    lines,
)
from allegedly.exports.jsonl.replay import Brought, replay
from allegedly.exports.jsonl.writing import write

__all__ = [
    "PLAIN",
    "SCHEMA",
    "Brought",
    "Checked",
    "DamagedError",
    "Line",
    "check_lines",
    "lines",
    "replay",
    "write",
]
