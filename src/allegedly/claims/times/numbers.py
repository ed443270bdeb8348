"""Numbers, years and ordinals in words or figures, as parts of expressions of time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.times.words import Word

_HUNDRED = 100
_CENTURY_WORDS = 2


def count_of(words: Sequence[Word], data: dict[str, Any]) -> float | None:
    """How many: 0 for a vague count (*several*), None for words that make no number."""
    total, part = 0.0, 0.0
    for word in words:
        text = word.text
        if text in {"-", "and"}:
            continue
        if text in {"a", "an"}:
            part += 1
        elif text in data["vague"]:
            return float(data["vague"][text])
        elif re.fullmatch(r"\d/\d", text):
            part += int(text[0]) / max(1, int(text[2]))
        else:
            value = _figure(text, data)
            if value is None:
                return None
            total, part = _counted(total, part, value)
    return total + part


def _counted(total: float, part: float, value: float) -> tuple[float, float]:
    """A number word more: hundreds multiply what stands before, thousands close a part."""
    if value == _HUNDRED:
        return total, max(1.0, part) * value
    if value > _HUNDRED and value % 1000 == 0 and part < value:
        return total + max(1.0, part) * value, 0.0
    return total, part + value


def _figure(text: str, data: dict[str, Any]) -> float | None:
    if text[0].isdigit():
        digits = re.sub(r"(?:st|nd|rd|th)$|,", "", text)
        return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    value = data["numword"].get(text)
    return None if value is None else float(value)


def ordinal_of(words: Sequence[Word], data: dict[str, Any]) -> int | None:
    """The place that an ordinal or a plain number tells (*eighth*, *8th*, *8*)."""
    if not words:
        return None
    text = words[0].text
    if text[0].isdigit():
        digits = re.match(r"\d+", text)
        return int(digits.group()) if digits else None
    value = data["ordword"].get(text)
    return None if value is None else int(value)


def year_number(words: Sequence[Word], data: dict[str, Any]) -> int | None:
    """A year in figures or words (*1998*, *nineteen ninety-eight*, *two thousand and one*)."""
    if not words:
        return None
    texts = [word.text for word in words if word.text not in {"-", "and"}]
    if texts[0].isdigit():
        return int(texts[0])
    if texts[0] == "two":
        rest = [data["numword"][text] for text in texts[2:]]
        return 2000 + int(sum(rest))
    rest = [data["tens"].get(text, data["numword"].get(text, 0)) for text in texts[1:]]
    return int(data["numword"].get(texts[0], 0)) * _HUNDRED + int(sum(rest))
