"""Cells that a spreadsheet must not take for formulas."""

from __future__ import annotations

from typing import Final

# What makes a spreadsheet calculate or fetch, as OWASP lists it, full-width forms among it.
_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD: Final = "'"


def would_calculate(text: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula; blanks before it do not help."""
    return text.startswith(_BEGINS) or text.lstrip().startswith(_BEGINS)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it would calculate."""
    return f"{GUARD}{text}" if would_calculate(text) else text
