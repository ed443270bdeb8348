"""Quotation marks of words that were cut out of a text: each that is opened is closed."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = "“”\"‘’' \n\t,;:"
_MARK: Final = re.compile(r"[“”\"‘’']")
_SINGLE: Final = frozenset("‘’'")
_PAIRS: Final = {"”": "“", "’": "‘", "“": "”", "‘": "’"}
# An opening mark stands before a word, a closing one after it; no apostrophe does either. That of
# *the generals’ truce* looks like a closing mark, that of *’90s* and *’em* like no opening one.
_OPENS: Final = re.compile(r"(?<![\w.,!?])[“\"‘'](?=[^\W\d]|\d+[^\W\ds])")
_CLOSES: Final = re.compile(r"(?<=[\w.,!?…])[”\"’'](?!\w)")
_UNITS: Final = re.compile(r"[sS\d]")  # before the mark of *the generals’ truce* and of *5' tall*


def paired(bare: str, words: str) -> str:
    """Words without the marks around them, with those that their other half still needs.

    `words` are the same with the marks around them: *‘Alarming’ arrests* keeps both, *“it burned.”*
    neither.
    """
    if _MARK.search(words) is None:
        return bare
    lead = words[: len(words) - len(words.lstrip(MARKS))]
    opened, closed = _unpaired(bare, owning=not _SINGLE & {*lead})
    before = "".join(_PAIRS.get(mark, mark) for mark in reversed(dict.fromkeys(closed)))
    after = "".join(_PAIRS.get(mark, mark) for mark in reversed(opened))
    return f"{before}{bare}{after}"


def _unpaired(words: str, *, owning: bool) -> tuple[list[str], list[str]]:
    """Marks that nothing closes, and marks that nothing opened, each in their order.

    With `owning` a single mark after an *s* or a digit is no quotation's unless one stands open.
    """
    opened: list[str] = []
    closed: list[str] = []
    opening = {found.start() for found in _OPENS.finditer(words)}
    for at in sorted(opening | {found.start() for found in _CLOSES.finditer(words)}):
        mark = words[at]
        half = _PAIRS.get(mark, mark)
        if at in opening:
            opened.append(mark)
        elif half in opened:
            del opened[len(opened) - 1 - opened[::-1].index(half) :]
        elif not (owning and mark in _SINGLE and _UNITS.match(words[at - 1])):
            closed.append(mark)
    return opened, closed
