"""How many of what a content counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.claims.quantities.amounts import Amount, amount, number_grammar
from allegedly.claims.quantities.states import bare_unit, state_of
from allegedly.claims.quantities.units import Unit, head
from allegedly.records import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.claims.quantities.amounts import Grammar
    from allegedly.records import Spans

_YEAR = re.compile(r"1[89]\d\d|20[0-3]\d")
_LABEL = re.compile(r"([\w.]{1,12})\s$")
_SHARE = re.compile(r"\s+of(?:\s+(?:the|all|its|their|his|her|our))?(?=\s)")
_POINTS = re.compile(r"(?:\s|-)(?:percentage\s)?points?\b", re.IGNORECASE)
_ONE = frozenset({"1", "one"})


def quantities(text: str, content: Spans, *, language: str = "en") -> tuple[Quantity, ...]:
    """Numbers with the unit that they count, in the order of the text.

    Spans reach from the bound's first word (*at least*) to the unit's last. Money has its ISO 4217
    code as unit, shares and fractions of a whole `percent`, measures their symbol. Years, dates,
    clock times, durations, ages, scores, names with a number and numbers that count nothing are
    left out.
    """
    grammar = number_grammar(language)
    return tuple(found for part in content for found in _within(text, part, grammar))


def _within(text: str, part: Span, grammar: Grammar) -> Iterator[Quantity]:
    known: str | None = None
    for match in grammar.number.finditer(text, part.start, part.end):
        number = _Number(
            text=text, match=match, told=amount(match, grammar), last=part.end, grammar=grammar
        )
        found = _quantity(number, known)
        if found is not None:
            known = found.unit if found.counted and found.unit != "percent" else known
            yield found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A number of a content that ends at `last`."""

    text: str
    match: re.Match[str]
    told: Amount
    last: int
    grammar: Grammar

    @property
    def one(self) -> bool:
        return (self.match["first"] or "").lower() in _ONE and not self.match["second"]


def _quantity(number: _Number, known: str | None) -> Quantity | None:
    """A number with what it counts; `known` is what was counted last before it."""
    match, grammar = number.match, number.grammar
    if match["currency"]:
        return _made(number, grammar.data["currencies"][match["currency"].upper()])
    if match["percent"] or match["percent1"] or match["fraction"]:
        return _share(number)
    return None if _is_name(number) else _count(number, known)


def _count(number: _Number, known: str | None) -> Quantity | None:
    """A number of something that a noun names, here or elsewhere."""
    text, match, money = number.text, number.match, number.grammar.data["money"]
    unit = head(text, (match.end(), number.last), number.grammar, single=number.one)
    if unit is None or _is_year(number, unit):
        return _bare(number, known)
    if unit.name == "point" and _POINTS.match(text, match.end(), number.last):
        return _made(number, "percentage point", end=unit.end)
    if unit.name in money:
        return _made(number, money[unit.name], end=unit.end)
    return _made(number, unit.name, end=unit.end, counted=unit)


def _made(
    number: _Number, name: str, *, end: int = 0, counted: Unit | None = None, state: bool = False
) -> Quantity:
    text, told = number.text, number.told
    span = Span(number.match.start(), max(end, number.match.end()))
    words = Span(*number.match.span()) if state else span
    near = state_of(text, words, number.last, name) if counted or state else None
    return Quantity(
        span=span,
        value=told.value,
        low=told.low,
        high=told.high,
        unit=name,
        modifier=told.modifier,
        counted=text[counted.start : counted.end] if counted else None,
        state=near,
    )


def _share(number: _Number) -> Quantity | None:
    """A share in percent, of what where a noun follows (*59 percent of voters*)."""
    of = _SHARE.match(number.text, number.match.end(), number.last)
    whole = head(number.text, (of.end(), number.last), number.grammar) if of else None
    if number.match["fraction"] and whole is None:
        return None  # a third of a series is an ordinal as often
    return _made(number, "percent", end=whole.end if whole else 0, counted=whole)


def _bare(number: _Number, known: str | None) -> Quantity | None:
    """A number whose noun stands elsewhere; a year, or a bare *one*, counts nothing."""
    if number.one or _is_year(number, None):
        return None
    span = Span(*number.match.span())
    found = bare_unit(number.text, span, number.last, known)
    return _made(number, found[0], end=found[1], state=True) if found else None


def _is_year(number: _Number, unit: Unit | None) -> bool:
    """Whether a number is a year: *2016 campaigns*, not *at least 2016 votes* or *2000 people*."""
    if number.match["bound"] or not _YEAR.fullmatch(number.match["first"] or ""):
        return False
    return unit is None or unit.name not in number.grammar.data["plurals"].values()


def _is_name(number: _Number) -> bool:
    """Whether a number belongs to a name (*Boeing 747 jets*, *Article 5 members*)."""
    start = number.match.start()
    label = _LABEL.search(number.text, max(0, start - 14), start)
    listed = label is not None and label[1].lower() in number.grammar.data["labels"]
    return listed and not number.match["bound"]
