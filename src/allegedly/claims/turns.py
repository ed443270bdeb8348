"""Transcripts: lines that open with a speaker's name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import table
from allegedly.claims.selection import LAYOUT, POST_SCORE
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.records import Passage

_TURN = re.compile(r"(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}):\s+(?=\S)")
_LINES = 3  # a transcript has so many turns at least, and a speaker who comes back


def with_turns(
    text: str, attributions: Iterable[Attribution], passages: Sequence[Passage]
) -> Iterator[Attribution]:
    """Attribute each turn of a transcript to its speaker; what is reported in it is within it."""
    turns = list(_turns(text, passages))
    moved: dict[int, Attribution | None] = {}
    yield from turns
    for a in attributions:
        turn = next((t for t in turns if _holds(t, a)), None)
        if turn is None:
            yield a
            continue
        outer = moved.get(id(a.within), a.within)
        if _is_turn(turn, a):
            moved[id(a)] = turn
            continue
        current = replace(a, within=outer or turn)
        moved[id(a)] = current
        yield current


def _turns(text: str, passages: Sequence[Passage]) -> Iterator[Attribution]:
    labels = frozenset(table("events", "en")["labels"])
    found = [
        (p, m)
        for p in passages
        if p.zone.kind == "story"
        and (m := _TURN.match(text, p.span.start, p.span.end))
        and m["who"].lower() not in labels
    ]
    often = Counter(m["who"] for _, m in found)
    if len(found) < _LINES or not 1 < len(often) < len(found):
        return
    for p, m in found:
        yield Attribution(
            source=(Span(*m.span("who")),),
            cue=(),
            content=(Span(m.end(), p.span.end),),
            zone=p.zone,
            score=POST_SCORE,
            method=LAYOUT,
        )


def _holds(turn: Attribution, a: Attribution) -> bool:
    line = Span(turn.source[0].start, turn.content[0].end)
    return all(line.contains(s) for s in (*a.cue, *a.content))


def _is_turn(turn: Attribution, a: Attribution) -> bool:
    """Whether an attribution is the turn itself, read with its colon for a cue."""
    return a.within is None and all(c.start < turn.content[0].start for c in a.cue)
