"""What a number counts: the head noun after it, in the singular, and the whole phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegedly.claims.quantities.amounts import Grammar

_WORDS = 5
_DOUBLE_S = ("ss", "us", "is", "ics")
_WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*(?:['’\-][^\W_]+)*")
_AFTER = re.compile(r"[^\S\n]*[\"”]?[^\S\n]+")
_OF = re.compile(
    r"\s+of(?:\s+(?:his|her|its|their|our|my|the|these|those)\b)?(?:\s+(?:some\s+)?[\d,]{1,12}\b)?"
)
_PER = re.compile(r"\s+(?:per|an?|each)\s+(hour|day|week|month|year|minute|second)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The unit and, where a phrase is counted, its words' first and last character (excluded)."""

    name: str
    start: int
    end: int


def head(
    text: str, within: tuple[int, int], grammar: Grammar, *, single: bool = False
) -> Unit | None:
    """The first plural noun among the next words, or the last of several plurals in a row.

    `within` is where the number ends and where the content does. After *one* (`single`) a listed
    noun counts. None where nothing is counted: before a verb, a date, a duration.
    """
    start, end = within
    of = _OF.match(text, start, end)
    if of and single:
        return None  # one of the lessons counts no lessons
    at = of.end() if of else start
    passed: list[re.Match[str]] = []
    while len(passed) < _WORDS:
        word = _next(text, at, end, grammar)
        if word is None:
            return None
        passed.append(word)
        if _noun(word.group(), grammar, single=single) is not None:
            return _unit(text, _row(text, passed, end, grammar), end, grammar)
        at = word.end()
    return None


def _next(text: str, at: int, end: int, grammar: Grammar) -> re.Match[str] | None:
    blank = _AFTER.match(text, at, end)
    word = _WORD.match(text, blank.end(), end) if blank else None
    return None if word is None or word.group().lower() in _stops(grammar) else word


def _row(text: str, passed: list[re.Match[str]], end: int, grammar: Grammar) -> list[re.Match[str]]:
    """The words up to the last plural of a row (*five Dallas police officers*)."""
    periods = grammar.data["periods"]
    for _ in range(_WORDS):
        if _noun(passed[-1].group(), grammar) in periods:
            break
        after = _next(text, passed[-1].end(), end, grammar)
        more = _noun(after.group(), grammar) if after else None
        if after is None or more is None or more in periods:
            break
        passed = [*passed, after]
    return passed


def _unit(text: str, words: list[re.Match[str]], end: int, grammar: Grammar) -> Unit | None:
    """What the last of some words names, with the word before it where the two are one noun."""
    last = words[-1]
    noun = _noun(last.group(), grammar) or last.group().lower()
    if noun in grammar.data["periods"]:
        return None
    joined = f"{words[-2].group().lower()} {noun}" if len(words) > 1 else ""
    if joined in grammar.data["compounds"]["words"]:
        noun = joined
    measure = grammar.data["measures"].get(noun)
    per = _PER.match(text, last.end(), end) if measure else None
    if measure and per:
        short = {"hour": "h", "second": "s"}.get(per[1].lower(), per[1].lower())
        return Unit(name=f"{measure}/{short}", start=words[0].start(), end=per.end())
    return Unit(name=measure or noun, start=words[0].start(), end=last.end())


def _noun(word: str, grammar: Grammar, *, single: bool = False) -> str | None:
    lower = word.lower()
    if lower in grammar.data["measures"]:
        return lower
    if single:
        return lower if lower in grammar.data["singles"] else None
    return singular(word, grammar)


def singular(word: str, grammar: Grammar) -> str | None:
    """The singular of a plural noun; None for a word that is no plural.

    A people's name in -ese counts its members (*7.5 million Sudanese*) and stays as it is; names
    keep their capital (*four Americans*).
    """
    lower = word.lower()
    if lower in grammar.data["plurals"]:
        return str(grammar.data["plurals"][lower])
    if word[0].isupper() and lower.endswith("ese"):
        return word
    if not lower.endswith("s") or lower.endswith(_DOUBLE_S) or "'" in lower or "’" in lower:
        return None
    stem = word if word[0].isupper() and not word.isupper() else lower
    if lower.endswith("ies"):
        return f"{stem[:-3]}y"
    return stem[:-2] if lower.endswith(("xes", "ches", "shes", "sses", "zes")) else stem[:-1]


@lru_cache(maxsize=4)
def _listed(stops: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stops)


def _stops(grammar: Grammar) -> frozenset[str]:
    return _listed((*grammar.data["stops"], *grammar.data["verbs"]))
