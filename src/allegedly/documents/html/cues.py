"""What the labels of elements say: the families of `cues.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """Each family of labels as one pattern."""
    table = tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))
    return {name: re.compile("|".join(rows), re.IGNORECASE) for name, rows in table.items()}


@cache
def says(family: str, labels: str) -> bool:
    """Whether labels hold a word of a family."""
    return bool(labels) and cues()[family].search(labels) is not None
