"""What the story, or somebody in it, says about the standing of its claims."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.naming.lists import table
from allegedly.claims.overlap import content_words, gist, overlap, starts
from allegedly.records import ASSESSMENT_KINDS, Assessment, Span, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.records import AssessmentKind, Claim, Document

_STOP = re.compile(
    r"[;:!?\n]|\.(?=[\s\"”]|$)|,? (?:but|although|though|while)\b"
    r"| and (?:that|whether|are expected|is expected)\b|, and (?=\w+ \w+)"
)
_CUT = re.compile(r"[;:\n“\"]|\b(?:but|although|though|while|however)\b,?", re.IGNORECASE)
_BELONGS = re.compile(r"\b(?:its|their|his|her) (?:claim|allegation|accusation|assertion)s?\b")
# What the narrator says of somebody, though it reads like a report of that one's words.
_LACKS = re.compile(
    r"(?:(?:did|has|have|had|does|do)(?:n[’']t| not)|without|with no"
    r"|(?:offer|provid|present|giv|gave|cit|produc)\w* no)\b",
    re.IGNORECASE,
)
# A claim with its content, which is called wrong at once: the report that … is false.
_STATED = re.compile(
    r"\b(?:allegation|claim|report|rumou?r|accusation|assertion)s? that\b", re.IGNORECASE
)
_REJECTS: frozenset[AssessmentKind] = frozenset({"no_evidence", "false", "misleading"})
_LONGEST = 200
# A claim is about the same matter when it shares this much of what is said; set by hand.
_SAME, _TESTED = 0.2, 0.1
_STATED_SHARES, _BESIDE = 3, 200
# An accusation or a guess is what stands open to be assessed.
_OPEN = 0.3
_MOST = 3
# How many words of meaning a clause and a claim share at least: tests and checks are named by
# little, while a lack of evidence is often an ordinary finding about something else.
_SHARED: dict[AssessmentKind, int] = {
    "could_not_verify": 1,
    "under_investigation": 1,
    "verified": 1,
    "no_evidence": 2,
    "false": 2,
    "misleading": 2,
}
_BACK = 12


def assessments(document: Document, claims: Sequence[Claim]) -> tuple[Assessment, ...]:
    """The assessments of a document in the order of its text.

    One with no claim to be about is left out: it is an ordinary claim or no matter of ours. Only
    where it states the claim itself and calls it false is it kept, about none.
    """
    text = document.text
    page = layout(text)
    found: list[Assessment] = []
    last = 0
    for kind, match in _matches(text):
        if match.start() < last:
            continue
        by, host = _by(match, claims)
        span = _inside(_span(text, page, match), match, host)
        about = _about(text, span, kind, host, claims)
        if about or (kind == "false" and _STATED.search(span.cut(text))):
            found.append(_record(document, kind, by, span, about))
            last = span.end
    return tuple(found)


def _record(
    document: Document, kind: AssessmentKind, by: str, span: Span, about: Sequence[Claim]
) -> Assessment:
    ids = tuple(claim.id for claim in about)
    return Assessment(
        id=content_id("assessment", document.id, kind, span.start, span.end),
        kind=kind,
        by=by,
        spans=(span,),
        about=ids,
    )


def _matches(text: str) -> list[tuple[AssessmentKind, re.Match[str]]]:
    found: list[tuple[AssessmentKind, re.Match[str]]] = []
    for kind in ASSESSMENT_KINDS:
        certain, near = _patterns(kind)
        found.extend((kind, match) for match in certain.finditer(text))
        if near is not None:
            found.extend((kind, m) for m in near.finditer(text) if _claiming_near(text, m))
    found.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    return found


@cache
def _patterns(kind: AssessmentKind) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    lists = table("assessments")[kind]
    near = rf"\b(?:{'|'.join(lists['near'])})" if lists["near"] else None
    certain = rf"\b(?:{'|'.join(lists['certain'])})"
    return (
        re.compile(certain, re.IGNORECASE),
        re.compile(near, re.IGNORECASE) if near else None,
    )


@cache
def _claiming() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(table('assessments')['words']['claiming'])})\b", re.IGNORECASE
    )


def _claiming_near(text: str, match: re.Match[str]) -> bool:
    start, end = max(0, match.start() - 80), min(len(text), match.end() + 80)
    return _claiming().search(text, start, end) is not None


def _span(text: str, page: Layout, match: re.Match[str]) -> Span:
    """The clause around a match: back to its subject, on to its end."""
    first, _ = page.sentence_range(match.start(), len(text))
    first = max(first, match.start() - _LONGEST)
    cuts = [first, *(cut.end() for cut in _CUT.finditer(text, first, match.start()))]
    stop = _STOP.search(text, match.end(), min(len(text), match.end() + _LONGEST))
    end = stop.start() if stop else min(len(text), match.end() + _LONGEST)
    start = cuts[-1]
    while start < match.start() and not text[start].isalnum():
        start += 1
    return Span(start, max(match.end(), start + len(text[start:end].rstrip(' ,"”'))))


def _inside(span: Span, match: re.Match[str], host: Claim | None) -> Span:
    """An assessment that a source makes does not reach beyond what the source says."""
    for part in host.content if host else ():
        if part.start <= match.start() < part.end:
            start, end = max(span.start, part.start), min(span.end, max(part.end, match.end()))
            return Span(start, end)
    return span


def _by(match: re.Match[str], claims: Sequence[Claim]) -> tuple[str, Claim | None]:
    """Who assesses: the source of the claim that it stands in, else the publisher."""
    around = [
        claim
        for claim in claims
        if any(part.start <= match.start() and match.end() <= part.end for part in claim.content)
    ]
    around += [
        claim
        for claim in claims
        if any(
            part.start <= match.start() < part.end or match.start() <= part.start < match.end()
            for part in (*claim.cue, *claim.content)
        )
    ]
    if not around:
        return "publisher", None
    host = min(around, key=lambda claim: sum(map(len, claim.content)))
    own = [part for source in host.sources[-1:] for part in source.spans]
    if _LACKS.match(match.group()) and any(match.start() < c.end for c in host.cue):
        held = any(part.start <= match.start() < part.end for part in host.content)
        if not held:
            return "publisher", host
    if any(part.start < match.end() and match.start() < part.end for part in own):
        return "publisher", host
    name = host.sources[-1].name if host.sources else None
    return name or "publisher", host


def _about(
    text: str, span: Span, kind: AssessmentKind, host: Claim | None, claims: Sequence[Claim]
) -> list[Claim]:
    """The claims that are meant: by what they are called, by whose they are, by their matter."""
    others = [claim for claim in claims if claim is not host]
    words = span.cut(text)
    if kind in _REJECTS:
        rejected = _rejected(host, others)
        others = [claim for claim in others if starts(claim) < span.start]
        stated = rejected
        if not rejected and _STATED.search(words):
            stated = _ranked(text, words, others, _STATED_SHARES)
            if not stated and kind != "no_evidence":
                return []  # it says what it rejects, and nobody here claims that
        if stated:
            return stated
    called = _shown(words, others, span) or _belonging(text, span, words, others)
    if called:
        return called
    foreign = [claim for claim in others if not _same_party(claim, host)]
    accusing = [c for c in foreign if c.act == "accuse" and starts(c) < span.start]
    if _names_claims(words):
        return _ranked(text, words, accusing, 0) or _nearest(accusing or foreign, span, _MOST)
    least = _TESTED if kind == "under_investigation" else _SAME
    ranked = _ranked(text, words, foreign, _SHARED[kind], least)
    if kind == "could_not_verify" and not ranked and _claiming().search(words):
        return _nearest(foreign, span, 1)
    denied = host is not None and (host.act == "deny" or kind in {"false", "misleading"})
    return ranked or (_nearest(accusing, span, _MOST) if denied or not _SHARED[kind] else [])


def _rejected(host: Claim | None, others: Sequence[Claim]) -> list[Claim]:
    """What a source's own words on a claim are about, where it denies that one there and then."""
    if host is None:
        return []
    beside = [
        c for c in others if _same_party(c, host) and 0 <= starts(host) - starts(c) <= _BESIDE
    ]
    denied = {t.claim for c in (host, *beside) for t in c.targets if t.relation == "denies"}
    return [claim for claim in others if claim.id in denied]


def _names_claims(words: str) -> bool:
    lists = table("assessments")["words"]["accusing"]
    return any(re.search(rf"\b{word}\b", words, re.IGNORECASE) for word in lists)


def _ranked(
    text: str, words: str, claims: Sequence[Claim], shared: int, least: float = _SAME
) -> list[Claim]:
    """The claims that share most with the clause; among equals what accuses or guesses.

    What came up first is the matter of the story, so it is meant as well.
    """
    matter = gist(words)
    scored = []
    for claim in claims:
        said = gist(content_words(text, claim)) | gist(_source_words(text, claim))
        if len(said & matter) >= shared and claim.act not in {"deny", "ask", "demand"}:
            open_ = claim.act in {"accuse", "speculate"}
            scored.append((overlap(said, matter) + _OPEN * open_, starts(claim), claim))
    scored.sort(key=lambda row: (-row[0], -row[1]))
    fitting = [claim for score, _, claim in scored if score >= least]
    first = min(fitting, key=starts, default=None)
    return [c for at, c in enumerate(fitting) if at < _MOST or c is first]


def _source_words(text: str, claim: Claim) -> str:
    return " ".join(span.cut(text) for source in claim.sources[-1:] for span in source.spans)


def _same_party(claim: Claim, host: Claim | None) -> bool:
    """Nobody assesses his own claims: one of the same source is not meant."""
    if host is None:
        return False
    own = {source.name for source in host.sources}
    return bool(claim.sources) and claim.sources[-1].name in own


def _shown(words: str, claims: Sequence[Claim], span: Span) -> list[Claim]:
    """The footage: the claim whose source is footage, the nearest before."""
    lists = table("assessments")["words"]["footage"]
    if not any(re.search(rf"\b{word}\b", words, re.IGNORECASE) for word in lists):
        return []
    showing = [c for c in claims if c.sources and any(s.kind == "footage" for s in c.sources)]
    return _nearest(showing, span, 1)


def _belonging(text: str, span: Span, words: str, claims: Sequence[Claim]) -> list[Claim]:
    """Its claims: the accusations of the party that the clause begins with, else its assertions."""
    if not _BELONGS.search(words):
        return []
    head = gist(words[:60])
    own = [
        c
        for c in claims
        if starts(c) < span.start and c.sources and gist(c.sources[-1].name or "") & head
    ]
    accused = [c for c in own if c.act == "accuse"]
    matter = gist(words)
    return accused or [c for c in own if overlap(gist(content_words(text, c)), matter) > 0][:3]


def _nearest(claims: Sequence[Claim], span: Span, most: int = 3) -> list[Claim]:
    before = sorted((c for c in claims if starts(c) < span.end), key=starts)[-_BACK:]
    return before[-most:] if before else sorted(claims, key=starts)[:1]
