"""Words of a story as stems: what two stories share when they tell of one thing."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n")
_SHORTEST: Final = 5  # a shorter word keeps its s: *gas*, *news*, *bus*


@cache
def stop_words() -> frozenset[str]:
    """The words that say nothing."""
    text = (files("allegedly.linking.events") / "en" / "stop.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["words"])


def stems(text: str) -> list[str]:
    """The stems of a text in their order, without the words that say nothing."""
    stop = stop_words()
    found = (word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(text))
    return [stem(word) for word in found if word not in stop]


def stem(word: str) -> str:
    """A lower-case word without the ending of its plural."""
    if len(word) < _SHORTEST or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
