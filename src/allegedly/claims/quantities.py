"""How many of what a content counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import table
from allegedly.records import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.records import Spans

_UNIT_WORDS = 4
_DOUBLE_S = ("ss", "us", "is", "ics")
_WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*(?:['’\-][^\W_]+)*")
_AFTER = re.compile(r"[^\S\n]*[\"”]?[^\S\n]+")
_OF = re.compile(r"\s+of(?:\s+(?:his|her|its|their|our|my|the|these|those)\b)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grammar:
    """The number grammar of a language, made from its word lists."""

    number: re.Pattern[str]
    values: dict[str, float]
    plurals: dict[str, str]
    stops: frozenset[str]
    periods: frozenset[str]
    currencies: dict[str, str]
    bounds: dict[str, str]


def quantities(text: str, content: Spans, *, language: str = "en") -> tuple[Quantity, ...]:
    """Numbers with the unit that they count, in the order of the text.

    Spans reach from the bound's first word (*at least*) to the unit's last. Vague plurals
    (*dozens*) have no value but a low bound. Years, dates, clock times, durations, ages and
    numbers that count nothing are left out. Money has its ISO 4217 code as unit, shares `percent`.
    """
    grammar = _grammar(language)
    return tuple(found for part in content for found in _within(text, part, grammar))


def _within(text: str, part: Span, grammar: _Grammar) -> Iterator[Quantity]:
    for match in grammar.number.finditer(text, part.start, part.end):
        unit = _unit(text, match, part.end, grammar)
        if unit is not None:
            yield _quantity(match, unit, grammar)


def _quantity(match: re.Match[str], unit: tuple[str, int], grammar: _Grammar) -> Quantity:
    """A counted number with its bounds; a range has its middle for no value at all."""
    span = Span(match.start(), max(unit[1], match.end()))
    bound = grammar.bounds.get(" ".join((match["bound"] or "").lower().split()))
    if match["vague"]:
        low = grammar.values[match["vague"].lower()]
        return Quantity(span=span, value=None, low=low, high=None, unit=unit[0])
    scale = _scale(match["scale"] or match["scale1"], grammar)
    value = _number(match["first"], grammar) * scale
    if match["second"]:
        own = _scale(match["scale1"], grammar) if match["scale1"] else scale
        ends = (_number(match["first"], grammar) * own, _number(match["second"], grammar) * scale)
        low, high = sorted(ends)
        return Quantity(span=span, value=None, low=low, high=high, unit=unit[0])
    low_end = None if bound in {"high", "about"} else value
    high_end = None if bound in {"low", "about"} else value
    return Quantity(span=span, value=value, low=low_end, high=high_end, unit=unit[0])


def _scale(word: str | None, grammar: _Grammar) -> float:
    return grammar.values[word.lower()] if word else 1.0


def _number(words: str, grammar: _Grammar) -> float:
    """The value of digits or of number words such as twenty-five."""
    if words[0].isdigit():
        return float(words.replace(",", ""))
    parts = re.split(r"[\s\-]+", words.lower())
    return float(sum(grammar.values[part] for part in parts))


def _unit(text: str, match: re.Match[str], end: int, grammar: _Grammar) -> tuple[str, int] | None:
    """The unit of a number and where it ends; None for a number that counts nothing."""
    if match["currency"]:
        return grammar.currencies[match["currency"].upper()], match.end()
    if match["percent"]:
        return "percent", match.end()
    return _head(text, match, end, grammar)


def _head(text: str, match: re.Match[str], end: int, grammar: _Grammar) -> tuple[str, int] | None:
    """The first plural noun (after *one*, the noun) among the next words, in the singular."""
    single = (match["first"] or "").lower() in {"1", "one"} and not match["scale1"]
    of = _OF.match(text, match.end(), end)
    at = of.end() if of else match.end()
    for _ in range(_UNIT_WORDS):
        blank = _AFTER.match(text, at, end)
        word = _WORD.match(text, blank.end(), end) if blank else None
        if word is None or word.group().lower() in grammar.stops:
            return None
        noun = _singular(word.group(), grammar)
        if noun is None and single and not _AFTER.match(text, word.end(), end):
            noun = word.group().lower()
        if noun is not None:
            return None if noun in grammar.periods else (noun, word.end())
        at = word.end()
    return None


def _singular(word: str, grammar: _Grammar) -> str | None:
    """The singular of a plural noun; None for a word that is no plural.

    A people's name in -ese counts its members (*7.5 million Sudanese*) and stays as it is.
    """
    lower = word.lower()
    if lower in grammar.plurals:
        return grammar.plurals[lower]
    if word[0].isupper() and lower.endswith("ese"):
        return word
    if not lower.endswith("s") or lower.endswith(_DOUBLE_S) or "'" in lower or "’" in lower:
        return None
    if lower.endswith("ies"):
        return f"{lower[:-3]}y"
    return lower[:-2] if lower.endswith(("xes", "ches", "shes", "sses", "zes")) else lower[:-1]


@cache
def _grammar(language: str) -> _Grammar:
    data = table("numbers", language)
    bounds = {phrase: side for side, phrases in data["bounds"].items() for phrase in phrases}
    return _Grammar(
        number=_pattern(data["values"], data["scales"], data["vague"], data["currencies"], bounds),
        values=data["values"] | data["scales"] | data["vague"],
        plurals=data["plurals"],
        stops=frozenset(data["stops"]) | frozenset(data["verbs"]),
        periods=frozenset(data["periods"]),
        currencies=data["currencies"],
        bounds=bounds,
    )


def _pattern(
    values: Iterable[str],
    scales: Iterable[str],
    vague: Iterable[str],
    currencies: Iterable[str],
    bounds: Iterable[str],
) -> re.Pattern[str]:
    """One expression for a number with its bound, currency, range, scale and percent sign."""
    word, scale = _any(values), _any(scales)
    number = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d+)?|(?:{word})(?:[ \-](?:{word}))?)"
    )
    return re.compile(
        rf"(?<![\w.,\-/:])(?:(?P<bound>{_any(bounds)})[ ])?(?P<between>between[ ])?"
        rf"(?:(?P<vague>{_any(vague)})\b|(?P<currency>{_any(currencies)})?[ ]?(?P<first>{number})"
        rf"(?:[ ](?P<scale1>{scale}))?(?:(?:[ ]?[\-–][ ]?|[ ](?:to|or|(?(between)and|to))[ ])"
        rf"(?:{_any(currencies)})?(?P<second>{number}))?(?:[ ](?P<scale>{scale}))?"
        rf"(?P<percent>[ ]?(?:%|per[ ]?cent\b))?(?![\w/:]|\.\d|,\d))",
        re.IGNORECASE,
    )


def _any(words: Iterable[str]) -> str:
    """An alternation of words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
