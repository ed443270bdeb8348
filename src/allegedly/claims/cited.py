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


@cache
def _opening(language: str = "en") -> re.Pattern[str]:
    """A content that opens with whom its source cites: *citing officials, that …*."""
    verbs = "|".join(map(re.escape, table("events", language)["citing"]))
    return re.compile(
        rf"(?P<cue>{verbs})\s+(?P<who>[^,;:.“”\"]{{2,{LONGEST}}}?),\s+", re.IGNORECASE
    )


@cache
def _closing(language: str = "en") -> re.Pattern[str]:
    """A source that ends with whom it cites: *CNN, citing two officials*."""
    verbs = "|".join(map(re.escape, table("events", language)["citing"]))
    return re.compile(
        rf",?\s+(?P<cue>{verbs})\s+(?P<who>[^,;:“”\"]{{2,{LONGEST}}}?),?$", re.IGNORECASE
    )


def with_cited(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Split an attribution whose source cites another into two, the cited one within the other."""
    moved: dict[int, Attribution] = {}
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        pair = _in_content(text, current) or _in_source(text, current)
        if pair is None:
            if current is not a:
                moved[id(a)] = current
            yield current
            continue
        moved[id(a)] = pair[1]
        yield from pair


def _in_content(text: str, a: Attribution) -> tuple[Attribution, Attribution] | None:
    if not a.source or not a.content:
        return None
    first, *rest = a.content
    match = _opening().match(text, first.start, first.end)
    if match is None or match.end() >= first.end:
        return None
    left = Span(match.end(), first.end)
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=tuple(sorted((*a.cue, Span(*match.span("cue"))))),
        content=(left, *rest),
        within=a,
    )
    return a, inner


def _in_source(text: str, a: Attribution) -> tuple[Attribution, Attribution] | None:
    if len(a.source) != 1 or not a.content:
        return None
    [source] = a.source
    match = _closing().search(text, source.start, source.end)
    if match is None or match.start() <= source.start:
        return None
    outer = replace(a, source=(Span(source.start, match.start()),))
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=tuple(sorted((*a.cue, Span(*match.span("cue"))))),
        within=outer,
    )
    return outer, inner
