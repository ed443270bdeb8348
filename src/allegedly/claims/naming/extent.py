"""How far a source's noun phrase goes: title, name and apposition, without adjuncts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.mentions import Mention

_EDGE = " \t\n,;:–—-"
_AFTER_NAME = re.compile(r"\s?[(\[][^()\[\]]{1,40}[)\]]")
_AGE = re.compile(r", (?:aged )?\d{1,3}(?=,|$| [a-z])")
_AUDIENCE = (
    r"to (?:reporters|journalists|newsmen|the (?:press|media|nation|crowd|court|newspaper)\b"
    r"|local |state |an? |his |her |their |[A-Z])"
)
# Where, when and to whom: not who. *In charge of* and *on behalf of* tell who somebody is.
_CIRCUMSTANCE = (
    r"(?:(?!in charge|on behalf|at the head|in command)"
    r"(?:in|at|on|during|after|before|upon|while|when|since|until|outside|inside|through|via) )"
)
_DOING = (
    r"(?:speaking|talking|citing|quoting|noting|responding|referring|writing|appearing|addressing"
    r"|visiting|suffering|asked|interviewed|reached) "
)
_RELATIVE = r"(?:and )?(?:who|whose|whom|which)\b"
_PERSON = re.compile(rf" {_AUDIENCE}|,? {_CIRCUMSTANCE}|, {_DOING}|, {_RELATIVE}")
_BODY = re.compile(
    rf" {_AUDIENCE}|, {_CIRCUMSTANCE}|, {_DOING}|, {_RELATIVE}|, \d"
    r"|, (?:both|each|all|neither|either|part) "
)
_DATED = re.compile(
    r",? (?:on |late |early |earlier |later )?(?:on )?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight"
    r"|this (?:morning|afternoon|evening|week))(?: (?:morning|afternoon|evening|night))?$"
)
# A preposition that a source was cut before the end of: *the US for*.
_HANGING = re.compile(r"(?<=\w) (?:for|of|to|from|with|by|as)$")
_LONGEST_HANGING = 8
_LONGEST_DATE = 40


def noun_phrase(text: str, span: Span, named: Sequence[Mention], *, dated: bool = False) -> Span:
    """The part of a source span that says who it is; never empty, always inside the span.

    `named` are the mentions that name the source; what follows the last of them is cut where it
    only tells the circumstances of speaking. A `dated` source (a document) keeps its date.
    """
    end = _stripped(text, span.start, span.end)
    if named and span.contains(named[-1].span):
        end = _stripped(text, span.start, _after_names(text, named[-1], end))
    if not dated:
        date = _DATED.search(text, max(span.start + 1, end - _LONGEST_DATE), end)
        end = _stripped(text, span.start, date.start()) if date else end
    cut = _HANGING.search(text, max(span.start + 1, end - _LONGEST_HANGING), end)
    end = _stripped(text, span.start, cut.start()) if cut else end
    return Span(span.start, end) if end > span.start else span


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return end


def _after_names(text: str, last: Mention, end: int) -> int:
    """Where the adjunct begins that follows a name, its acronym or age; `end` where none does."""
    at = last.span.end
    gloss = _AFTER_NAME.match(text, at, end)
    at = gloss.end() if gloss else at
    person = last.kind == "person"
    age = _AGE.match(text, at, end) if person or last.kind == "other" else None
    at = age.end() if age else at
    cut = (_PERSON if person else _BODY).match(text, at, end)
    return cut.start() if cut else end
