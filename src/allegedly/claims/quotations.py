"""Quotation marks paired over a document, robust against missing ones, in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[\"“”„‟«»'‘’‹›]|``|''")
_CLOSERS = {"“": "”", "„": "”", "«": "»", "‘": "’", "‹": "›", "``": "''"}
# Elided words that open with an apostrophe, and decades; they start no quotation.
_ELISION = re.compile(r"['‘’](?:\d0s|em\b|tis\b|twas\b|til\b|cause\b|n\b|bout\b)", re.IGNORECASE)
# More marks inside one another than this are noise, and must not cost time.
_DEEPEST = 8


@dataclass(slots=True)
class _Quotation:
    """A quotation being read: its opening mark, where it starts and what it holds."""

    mark: str
    start: int
    end: int | None = None
    inner: list[_Quotation] = field(default_factory=list)


@lru_cache(maxsize=4)
def quotation_depths(text: str) -> bytes:
    """For each code point of a text, how many quotations it lies in (marks included).

    Quotations end with their paragraph. One that is left open goes on to the paragraph's end, or,
    where a later mark of its kind opens again, only to that mark.
    """
    depths = bytearray(len(text))
    for paragraph in _PARAGRAPH.finditer(text):
        for quotation in _closed(_quotations(text, paragraph), paragraph.end()):
            _deepen(depths, quotation, 1)
    return bytes(depths)


def _quotations(text: str, paragraph: re.Match[str]) -> list[_Quotation]:
    """The outermost quotations of one paragraph, with those inside them."""
    outer: list[_Quotation] = []
    stack: list[_Quotation] = []
    singles = _single_closers(text, paragraph)
    for found in _MARK.finditer(text, *paragraph.span()):
        mark = found.group()
        if mark in "'‘’" and not _is_single_mark(text, found.start(), stack, singles):
            continue
        closes = _closing(stack, mark, text, found)
        if closes is not None:
            for each in stack[closes:]:
                each.end = found.end()
            del stack[closes:]
        elif _opens(mark, text, found) and len(stack) < _DEEPEST:
            opened = _Quotation(mark, found.start())
            (stack[-1].inner if stack else outer).append(opened)
            stack.append(opened)
    return outer


def _single_closers(text: str, paragraph: re.Match[str]) -> int:
    """Where the last single mark of a paragraph that can close a quotation stands, or -1."""
    last = -1
    for found in re.finditer(r"(?<=[^\s])['’](?!\w)", text[paragraph.start() : paragraph.end()]):
        last = paragraph.start() + found.start()
    return last


def _is_single_mark(text: str, at: int, stack: list[_Quotation], last_closer: int) -> bool:
    """Whether a single mark quotes rather than elides: apostrophes stand inside or after words."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum() and after.isalnum():
        return False
    if _ELISION.match(text, at):
        return False
    if any(each.mark in "'‘" for each in stack):
        return True
    return text[at] != "’" and not before.isalnum() and after.strip() != "" and last_closer > at


def _closing(stack: list[_Quotation], mark: str, text: str, found: re.Match[str]) -> int | None:
    """The place in the stack of the open quotation that a mark closes, or None."""
    for index in range(len(stack) - 1, -1, -1):
        opened = stack[index].mark
        if opened == '"' and mark == '"':
            return None if _looks_opening(text, found) else index
        if opened == "'" and mark in "'’":
            return None if _looks_opening(text, found) else index
        if _CLOSERS.get(opened) == mark or (
            opened in "“„" and mark in '"“' and not _looks_opening(text, found)
        ):
            return index
    return None


def _looks_opening(text: str, found: re.Match[str]) -> bool:
    """Whether blanks or a bracket come before the mark and a word right after it."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return (
        (not before or before.isspace() or before in "([{—–-“‘\"'")
        and (after.isalnum() or after in "[($€£…‘'“")
        and bool(after)
    )


def _opens(mark: str, text: str, found: re.Match[str]) -> bool:
    """Whether a mark may open a quotation at its place."""
    if mark in _CLOSERS:
        return True
    after = text[found.end() : found.end() + 1]
    return mark in "\"'" and bool(after.strip()) and after not in ",.;:!?)"


def _closed(quotations: list[_Quotation], end: int) -> list[_Quotation]:
    """Quotations with an end each; what an unclosed one seemed to hold stands beside it."""
    closed: list[_Quotation] = []
    queue = list(reversed(quotations))
    while queue:
        each = queue.pop()
        if each.end is None:
            siblings = [inner for inner in each.inner if inner.mark == each.mark]
            each.end = siblings[0].start if siblings else end
            queue.extend(reversed(siblings))
            each.inner = [inner for inner in each.inner if inner.mark != each.mark]
        closed.append(each)
    return closed


def _deepen(depths: bytearray, quotation: _Quotation, depth: int) -> None:
    """Write a quotation's depth, then what it holds over it."""
    end = quotation.end if quotation.end is not None else quotation.start + 1
    depths[quotation.start : end] = bytes([depth]) * (end - quotation.start)
    for inner in quotation.inner:
        if inner.end is not None:
            _deepen(depths, inner, depth + 1)
