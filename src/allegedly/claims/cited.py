"""Sources that another source is said to cite become hops of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import table
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 160  # code points of a cited source; a longer stretch is a clause and no name


def _any_of(key: str) -> str:
    """A pattern of the words of one list."""
    return "|".join(map(re.escape, table("events", "en")[key]))


@cache
def _opening() -> re.Pattern[str]:
    """A content that opens with whom its source cites: *citing officials, that …*."""
    return re.compile(
        rf"(?P<cue>{_any_of('citing')})\s+(?P<who>[^,;:.“”\"]{{2,{LONGEST}}}?),\s+", re.IGNORECASE
    )


@cache
def _who() -> re.Pattern[str]:
    """A cited source with the comma that parts it from what it said."""
    return re.compile(rf"(?P<who>[^,;:.“”\"]{{2,{LONGEST}}}?),\s+")


def _is_citing(text: str, a: Attribution) -> bool:
    last = max(a.cue, key=lambda s: s.end, default=None)
    return last is not None and last.cut(text).lower().endswith(
        tuple(table("events", "en")["citing"])
    )


@cache
def _closing() -> re.Pattern[str]:
    """A source that ends with whom it cites: *CNN, citing two officials*."""
    return re.compile(
        rf",?\s+(?P<cue>{_any_of('citing')})\s+(?P<who>[^,;:“”\"]{{2,{LONGEST}}}?),?$",
        re.IGNORECASE,
    )


def with_cited(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Split an attribution whose source cites another into two, the cited one within the other."""
    moved: dict[int, Attribution] = {}
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        layers = (
            _quoted_as(text, current) or _in_content(text, current) or _in_source(text, current)
        )
        layers = layers or (current,)
        if layers[-1] is not a:
            moved[id(a)] = layers[-1]
        yield from layers


def _quoted_as(text: str, a: Attribution) -> tuple[Attribution, ...]:
    """*Lupu was quoted as saying …*: the subject of the passive speaks, whoever quotes it."""
    if not a.content[1:] or not any(_passive().search(c.cut(text)) for c in a.cue):
        return ()
    subject, *rest = a.content
    between = text[subject.end : a.cue[0].start]
    if subject.start > a.cue[0].start or between.strip(" ,"):
        return ()
    outer = replace(a, content=tuple(rest))
    if not a.source:
        return (replace(outer, source=(subject,)),)
    return outer, replace(outer, source=(subject,), within=outer)


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of('quoted_as')})\b", re.IGNORECASE)


def _in_content(text: str, a: Attribution) -> tuple[Attribution, ...]:
    if not a.source or not a.content:
        return ()
    first, *rest = a.content
    match = _opening().match(text, first.start, first.end)
    cue = a.cue
    if match is not None:
        cue = tuple(sorted((*a.cue, Span(*match.span("cue")))))
    elif _is_citing(text, a):
        match = _who().match(text, first.start, first.end)
    if match is None or match.end() >= first.end:
        return ()
    left = Span(match.end(), first.end)
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=cue,
        content=(left, *rest),
        within=a,
    )
    return a, inner


def _in_source(text: str, a: Attribution) -> tuple[Attribution, ...]:
    if len(a.source) != 1 or not a.content:
        return ()
    [source] = a.source
    match = _closing().search(text, source.start, source.end)
    if match is None or match.start() <= source.start:
        return ()
    outer = replace(a, source=(Span(source.start, match.start()),))
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=tuple(sorted((*a.cue, Span(*match.span("cue"))))),
        within=outer,
    )
    return outer, inner
