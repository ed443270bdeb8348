"""The TOML files of one language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from allegedly.claims.lexicon.phrases import Phrases


@cache
def table(name: str, language: str = "en") -> dict[str, Any]:
    """One data file as parsed; raises FileNotFoundError for a language that has none."""
    data = files("allegedly.claims.lexicon").joinpath(language, f"{name}.toml")
    return tomllib.loads(data.read_text(encoding="utf-8"))


@cache
def word_lists(name: str, language: str = "en") -> dict[str, Phrases]:
    """Every list of words at the top of a data file, ready for matching, by its key."""
    lists = {key: value for key, value in table(name, language).items() if isinstance(value, list)}
    return {key: Phrases({key: tuple(value)}) for key, value in lists.items()}
