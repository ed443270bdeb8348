"""How well a text agrees with the true one: the shingles of scrapinghub's article benchmark."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = 4  # words
Match = tuple[float, float, float]  # right, too much, missing; they add up to 1


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    count = max(1, len(words) - SIZE + 1) if words else 0
    return Counter(tuple(words[i : i + SIZE]) for i in range(count))


def matches(truth: str, text: str) -> Match:
    """Shares of shingles that are right, too much and missing: every page weighs the same."""
    true, found = shingles(truth), shingles(text)
    right = (true & found).total()
    much, missing = (found - true).total(), (true - found).total()
    size = right + much + missing or 1
    return right / size, much / size, missing / size


def f1_of(pages: Iterable[Match]) -> tuple[float, float, float]:
    """F1, precision and recall over pages."""
    right, much, missing = (sum(column) for column in zip(*pages, strict=True))
    precision, recall = right / ((right + much) or 1), right / ((right + missing) or 1)
    return 2 * precision * recall / ((precision + recall) or 1), precision, recall
