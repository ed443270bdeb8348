"""Numbers with their bounds, ranges, currencies and percent signs, as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from allegedly.claims.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records import QuantityModifier

_TENS = 20
_HUNDRED = 100
_WHOLE = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How many: `value` is None for a range or a vague plural; `low` and `high` None where open."""

    value: float | None
    low: float | None
    high: float | None
    modifier: QuantityModifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The number grammar of a language, made from its word lists."""

    number: re.Pattern[str]
    values: dict[str, float]
    bounds: dict[str, QuantityModifier]
    data: dict[str, Any]


@cache
def number_grammar(language: str = "en") -> Grammar:
    """The numbers of a language; raises FileNotFoundError where there is none."""
    data = table("numbers", language)
    bounds = {phrase: side for side, phrases in data["bounds"].items() for phrase in phrases}
    return Grammar(
        number=_pattern(data, bounds),
        values=data["values"] | data["scales"] | data["vague"],
        bounds=bounds,
        data=data,
    )


def amount(match: re.Match[str], grammar: Grammar) -> Amount:
    """The amount that a match of the grammar's pattern tells.

    Exact numbers bound themselves on both sides; *at least* and *more than* below, *up to*,
    *nearly* and *less than* above, *about* on neither. A range has bounds and no value, and so have
    vague plurals (*dozens*: at least twice their scale), which have no upper bound.
    """
    modifier = grammar.bounds.get(_plain(match["bound"]))
    if match["vague"]:
        return Amount(value=None, low=_vague(match["vague"], grammar), high=None)
    if match["fraction"]:
        return _bounded(_fraction(match, grammar), modifier)
    first = _number(match["first"], grammar)
    if match["second"]:
        second = _number(match["second"], grammar)
        scale = _scale(match["second"], grammar)
        if not _scale(match["first"], grammar) and scale and first * scale <= second:
            first *= scale  # two to three million
        low, high = sorted((first, second))
        return Amount(value=None, low=low, high=high)
    return _bounded(first, modifier)


def _bounded(value: float, modifier: QuantityModifier | None) -> Amount:
    low = value if modifier in {None, "at_least", "more_than"} else None
    high = value if modifier in {None, "at_most", "less_than", "nearly"} else None
    return Amount(value=value, low=low, high=high, modifier=modifier)


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def _vague(words: str, grammar: Grammar) -> float:
    """Hundreds of thousands: the least of each, multiplied by the scale of the others."""
    parts = [part for part in re.split(r"\s+of\s+", _plain(words)) if part]
    total = float(grammar.values.get(_plain(words), 0) or grammar.values[parts[0]])
    for part in parts[1:]:
        total *= grammar.values.get(part, 2.0) / 2
    return total


def _fraction(match: re.Match[str], grammar: Grammar) -> float:
    """A part of a whole, in percent."""
    count = grammar.values.get(_plain(match["parts"]), 1.0)
    share = count * float(grammar.data["fractions"][match["fraction"].lower()])
    return round(min(_WHOLE, share), 1)


def _scale(words: str, grammar: Grammar) -> float:
    last = re.split(r"[\s\-]+", words.lower())[-1]
    return float(grammar.data["scales"].get(last, 0))


def _number(words: str, grammar: Grammar) -> float:
    """The value of figures, number words, or figures with a scale (7.5 million)."""
    total, part = 0.0, 0.0
    halved = False
    for word in re.split(r"[\s\-]+", words.lower()):
        if word == "half":
            halved = True
        elif word[0].isdigit():
            part += float(word.replace(",", ""))
        elif word in grammar.data["scales"]:
            part = max(1.0, part) * grammar.data["scales"][word]
            if grammar.data["scales"][word] > _HUNDRED:
                total, part = total + part, 0.0
        elif word in grammar.data["values"]:
            part += grammar.data["values"][word]
    return (total + part) / (2 if halved else 1)


def _pattern(data: dict[str, Any], bounds: Iterable[str]) -> re.Pattern[str]:
    """One expression for a number with its bound, currency, range, scale and percent sign."""
    scale, money = _any(data["scales"]), _any(data["currencies"])
    tens = _any(w for w, value in data["values"].items() if value >= _TENS)
    units = _any(w for w, value in data["values"].items() if value < _TENS)
    small = rf"(?:(?:{tens})(?:[ \-](?:{units}))?|(?:{units}))\b"
    figures = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d+)?)(?:[ \-](?:{scale})\b)?"
    head = rf"(?:half[ ])?(?:{small}|an?(?=[ ](?:{scale})\b))"
    spelled = rf"{head}(?:[ \-](?:{scale})\b(?:[ ](?:and[ ])?{small})?){{0,4}}"
    number = rf"(?:{figures}|{spelled})"
    vague = rf"(?:{_any(data['vague'])})\b(?:[ ]of[ ](?:{_any(_many(data))})\b){{0,2}}"
    whole = r"(?=[ ]of\b|[ ](?:the|their|its|his|her|our)\b)"
    fraction = (
        rf"(?:(?P<parts>{_any(data['values'])}|a|an)[ \-])?(?P<fraction>{_any(data['fractions'])})"
        rf"\b{whole}"
    )
    sign = r"[ ]?(?:%|per[ ]?cent\b)"
    return re.compile(
        rf"(?<![\w.,\-/:])(?:(?P<bound>{_any(bounds)})[ ](?:a[ ]|an[ ]|the[ ])??)?"
        rf"(?P<between>between[ ])?"
        rf"(?:{fraction}|(?P<vague>{vague})|(?:(?P<currency>{money})[ ]?)?(?P<first>{number})"
        rf"(?:(?P<percent1>{sign})?(?:[ ]?[\-–][ ]?|[ ](?:to|or|(?(between)and|to))[ ])"
        rf"(?:{money})?(?P<second>{number}))?"
        rf"(?P<percent>{sign})?(?![\w/:]|\.\d|,\d|-\w))",
        re.IGNORECASE,
    )


def _many(data: dict[str, Any]) -> list[str]:
    return [word for word in data["vague"] if " " not in word and word.endswith("s")]


def _any(words: Iterable[str]) -> str:
    """An alternation of words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
