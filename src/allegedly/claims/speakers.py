"""Who speaks where no noun says so: I and we, signatures, verbs that share a subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from allegedly.claims.hops import depth
from allegedly.claims.relays import is_relay, spoken_within
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.mentions import Mention
    from allegedly.records import Attribution, Spans

_SIGNS = re.compile(r"(?:[.!?”\"]|[—–-]) ?$")
_PASSIVE = re.compile(
    r"(?:also |then |later )?(?:is|are|was|were|been|be|being|to|has been|have been|had been)\b"
)
_CONJOINED = re.compile(r"\b(?:and|but|yet)(?: (?:also|then|later|still|even))? ?$")
_CONJUNCTION = 16
# Attributions farther apart than this are not of one quotation.
_NEIGHBOURS = 30


def speaking_around(
    page: Layout, attributions: Sequence[Attribution], number: int, span: Span
) -> list[int]:
    """The attributions whose words hold a span, innermost first, then others of its quotation.

    `number` is the attribution that the span is the source of; those within it are left out.
    """
    own = attributions[number]
    low = max(0, number - _NEIGHBOURS)
    near = [
        n
        for n, other in enumerate(attributions[low : number + _NEIGHBOURS], low)
        if n != number and other.within is not own and not is_relay(other)
    ]
    holding = [
        n
        for n in near
        if attributions[n] is spoken_within(own) or _holds(attributions[n].content, span)
    ]
    # Of two layers with the same words (*CNN, citing officials, said*) the inner one speaks.
    holding.sort(key=lambda n: (sum(map(len, attributions[n].content)), -depth(attributions[n])))
    quotation = page.quotation(span.start)
    if quotation is None:
        return holding
    inside = Span(*quotation)
    beside = [n for n in near if any(inside.overlaps(s) for s in attributions[n].content)]
    return [*holding, *beside]


def elided(text: str, page: Layout, attributions: Sequence[Attribution], number: int) -> int | None:
    """The attribution whose source also says this one, as in *she said …, and added …*.

    None where the cue is passive, or does not follow a conjunction in the same sentence.
    """
    own = attributions[number]
    start = min((span.start for span in own.cue), default=0)
    if not own.cue or _PASSIVE.match(text, start):
        return None
    if not _CONJOINED.search(text, max(0, start - _CONJUNCTION), start):
        return None
    for n in range(number - 1, max(-1, number - _NEIGHBOURS), -1):
        other = attributions[n]
        subject = min((span.start for span in other.source), default=start)
        if page.sentence(subject) != page.sentence(start):
            return None
        beside = spoken_within(other) is spoken_within(own) and not is_relay(other)
        if beside and subject < start and other.source:
            return n
    return None


def _holds(content: Spans, span: Span) -> bool:
    return any(part.contains(span) for part in content)


def signature(
    text: str, page: Layout, mentions: Sequence[Mention], starts: Sequence[int], at: int
) -> Mention | None:
    """The name alone at the end of the line at an offset, which signs the words before it."""
    number = page.paragraph(at) + 1
    end = page.paragraphs[number] if number < len(page.paragraphs) else len(text)
    last = bisect_left(starts, end) - 1
    if last < 0 or mentions[last].span.start < at:
        return None
    mention = mentions[last]
    before = text[max(0, mention.span.start - 3) : mention.span.start]
    alone = not text[mention.span.end : end].strip() and _SIGNS.search(before)
    return mention if alone and mention.kind in {"person", "other"} else None
