"""Words whose source a phrase names: in the words of, in the opinion of, as reported by."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.lexicon import table
from allegedly.claims.nested import is_source
from allegedly.claims.selection import POST_SCORE
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.records import Passage

_FRAME = "frame"  # the method of an attribution that such a phrase tells
_REST = re.compile(r"[^,;:.“”\"\n]* ?,?\s*")  # what a clause has left before *as reported*


def with_framed(
    text: str, attributions: Iterable[Attribution], passages: Sequence[Passage]
) -> Iterator[Attribution]:
    """Attribute what follows *in the words of X,* to X, and give *as reported by X* its clause.

    A quotation after such a phrase that was read as more words of another source is parted from
    it. Words that lie inside an attribution already are left as they were read.
    """
    frames = [a for p in passages if p.zone.kind == "story" for a in _frames(text, p)]
    moved: dict[int, Attribution] = {}
    read = []
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = _whole(text, _parted(a, frames))
        current = replace(current, within=outer) if outer is not None else current
        if current is not a:
            moved[id(a)] = current
        read.append(current)
    taken = [span for a in read for span in (*a.source, *a.cue, *a.content)]
    yield from read
    yield from (f for f in frames if not any(_phrase(f).overlaps(s) for s in taken))


def _frames(text: str, passage: Passage) -> Iterator[Attribution]:
    for match in _frame().finditer(text, passage.span.start, passage.span.end):
        content = _content(text, match, passage)
        if content is not None:
            who = "who" if match["who"] else "whose"
            yield Attribution(
                source=(Span(*match.span(who)),),
                cue=(Span(*match.span("cue")),),
                content=(content,),
                zone=passage.zone,
                score=POST_SCORE,
                method=_FRAME,
            )


@cache
def _frame() -> re.Pattern[str]:
    lists = table("events", "en")
    cues, joins = "|".join(lists["framing"]), "|".join(lists["joins_clauses"])
    return re.compile(
        rf"(?:(?P<opens>(?:^|[.!?;][”\"]? |\b(?:{joins}),? ))|\b)(?P<cue>(?i:{cues})) "
        r"(?:(?P<who>[^;:“”\"\n]{2,120}?),? (?=[“\"])|(?P<whose>[^,;:“”\"\n]{2,120}), )",
        re.MULTILINE,
    )


def _content(text: str, match: re.Match[str], passage: Passage) -> Span | None:
    """The quotation after the phrase, or the clause, where the phrase opens one and names one."""
    page = layout(text)
    if text[match.end()] in '“"':
        quotation = page.quotation(match.end())
        return Span(*quotation) if quotation else None
    if match["opens"] is None or not is_source(match["whose"]):
        return None
    end = min(page.sentence_range(match.end(), len(text))[1], passage.span.end)
    said = text[match.end() : end].rstrip(" .!?\n")
    return Span(match.end(), match.end() + len(said)) if said and '"' not in said else None


def _phrase(frame: Attribution) -> Span:
    return Span(frame.cue[0].start, frame.source[0].end)


def _parted(a: Attribution, frames: Sequence[Attribution]) -> Attribution:
    """The attribution without the quotations that a phrase away from its cue gives to another."""
    others = [f for f in frames if not any(_phrase(f).overlaps(s) for s in (*a.cue, *a.source))]
    left = tuple(s for s in a.content if not any(s.start == f.content[0].start for f in others))
    return replace(a, content=left) if left and left != a.content else a


def _whole(text: str, a: Attribution) -> Attribution:
    """*The gate was open, as reported by the guards*: all of the clause, not its subject alone."""
    cue = next(iter(a.cue), None)
    if cue is None or not a.content or not re.match(r"as \w+ed\b", cue.cut(text)):
        return a
    last = a.content[-1]
    if last.end >= cue.start or not _REST.fullmatch(text, last.end, cue.start):
        return a
    end = last.end + len(text[last.end : cue.start].rstrip(" ,\n"))
    return replace(a, content=(*a.content[:-1], Span(last.start, end))) if end > last.end else a
