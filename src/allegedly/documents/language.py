"""Whether a text looks English."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS_READ: Final = 2_000
# Words that are frequent in English and rare in other languages in the Latin alphabet: without
# "in", "is", "was", "of", "had", "on", which Dutch, German or French would share.
_STOP_WORDS: Final = frozenset(
    {
        *("the", "and", "to", "that", "for", "with", "said", "his", "has", "have", "been", "were"),
        *("from", "which", "would", "by", "it", "at", "as", "he", "be", "not", "this", "are"),
        *("they", "who", "will", "but", "its", "an", "their", "she", "her", "after", "about"),
        *("more", "when", "there"),
    }
)
# Swept over English and Polish feeds: whole English stories have 0.15 to 0.35, Polish items at
# most 0.03.
_SHARE: Final = 0.1
_FEWEST: Final = 2


def looks_english(text: str) -> bool:
    """Whether English stop words make up the share of the text that they do in English."""
    words = [match[0].lower() for match in islice(_WORD.finditer(text), _WORDS_READ)]
    hits = sum(word in _STOP_WORDS for word in words)
    return hits >= _FEWEST and hits >= _SHARE * len(words)
