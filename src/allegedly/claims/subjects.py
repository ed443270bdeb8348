"""Sources that stand right beside a cue and that the encoder did not read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.naming.outlets import outlet_at
from allegedly.claims.nested import is_source
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from allegedly.records import Attribution, Spans

_NOT_FINITE = re.compile(
    r"(?:to|be|being|been|is|are|was|were|am|not|it|that|having|\w+ing|according|\w+'s)\b",
    re.IGNORECASE,
)
# A sentence whose subject has another verb before the cue: *The board met and has asked*.
_FRONT = re.compile(
    r"(?P<who>[^,;:.“”\n]{2,80}?) (?:has|have|had|is|are|was|were|will|\w{3,}ed|met|said|sent) .*"
    r"\b(?:and|but)\Z",
    re.DOTALL,
)
_PARTICIPLE = re.compile(r"(?!according)\w+ing\b")
_SAYING = re.compile(
    r"(?:[\w’'-]+ ){0,3}(?:allegation|accusation|claim|charge|rumou?r|assertion|suggestion"
    r"|insinuation|speculation|concern|fear|report)s?"
)
_TO_A_VERB = re.compile(
    r"\w .*\b(?:[a-z]{2,}ed|made|is|are|was|were|has|have|had|on|over|with|against|about|amid|at)$",
    re.DOTALL,
)
_FROM = re.compile(
    r" (?:from|by|of) (?P<who>(?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?= that\b|,)"
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be)\b")
_BY = re.compile(r" (?:in|by|on) ")
_LONGEST = 100


def with_subjects(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Give an attribution without a source the noun phrase that opens its sentence before the cue.

    Where the cue is passive (*it was reported in the Halm Post that*) it is the outlet after it.
    A participle right after another cue has the source of that, whatever was read: *which Kyiv
    denied, accusing Russia*. A clause is nobody's name: whoever *rejected an accusation from
    Russia* does not accuse, Russia does.
    """
    attributions = list(attributions)
    speaking = {a.cue[-1].end: a.source for a in attributions if a.cue and a.source}
    moved: dict[int, Attribution] = {}
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        if not a.source and a.cue and a.zone.author is None:
            found = _subject(text, a) or _outlet(text, a)
            current = replace(current, source=(found,)) if found else current
        if _is_clause(text, current):
            current = replace(current, source=_from_whom(text, a))
        doing = _speaking_before(text, a, speaking)
        if doing and doing != a.source:
            current = replace(current, source=doing)
        if current is not a:
            moved[id(a)] = current
        yield current


def _is_clause(text: str, a: Attribution) -> bool:
    """Whether a source before a noun of saying goes on to a verb: *Selm dismissed* | *claims*."""
    if len(a.source) != 1 or not a.cue or not _SAYING.fullmatch(a.cue[0].cut(text)):
        return False
    [who] = a.source
    return a.cue[0].start - who.end == 1 and _TO_A_VERB.search(who.cut(text)) is not None


def _from_whom(text: str, a: Attribution) -> Spans:
    """Whose a claim is said to be right after its noun, nobody's where that is not told."""
    told = _FROM.match(text, a.cue[-1].end)
    return (Span(*told.span("who")),) if told else ()


def _speaking_before(text: str, a: Attribution, speaking: Mapping[int, Spans]) -> Spans:
    """The source of the cue that a participle follows with no more than a comma between them."""
    if not a.cue or not _PARTICIPLE.match(text, a.cue[0].start, a.cue[0].end):
        return ()
    at = a.cue[0].start
    comma = text[max(0, at - 2) : at] == ", "
    return speaking.get(at - 2, ()) if comma else ()


def _subject(text: str, a: Attribution) -> Span | None:
    at = a.cue[0].start
    start = layout(text).sentence_range(at, len(text))[0]
    start += len(text[start:at]) - len(text[start:at].lstrip())
    who = text[start:at].rstrip()
    if not who or len(who) > 2 * _LONGEST or _NOT_FINITE.match(text, at):
        return None
    front = _FRONT.match(who)
    who = front["who"] if front else who
    span = Span(start, start + len(who))
    held = any(span.overlaps(content) for content in a.content)
    return span if is_source(who) and not held else None


def _outlet(text: str, a: Attribution) -> Span | None:
    cue = a.cue[-1]
    by = _BY.match(text, cue.end)
    if by is None or not _PASSIVE.search(a.cue[0].cut(text)):
        return None
    return outlet_at(text, by.end(), min(len(text), by.end() + _LONGEST))
