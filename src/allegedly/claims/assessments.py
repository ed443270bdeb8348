"""What the story, or somebody in it, says about the standing of its claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allegedly.claims.acts import cue_class
from allegedly.claims.clauses import layout
from allegedly.claims.meant import Setting, is_own_denial, meant
from allegedly.claims.naming.lists import table
from allegedly.claims.standing import standings
from allegedly.records import Assessment, Span, content_id, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.standing import Standing
    from allegedly.records import Attribution, Claim, Document, Source

_STOP = re.compile(
    r"[;:!?\n]|\.(?=[\s\"”]|$)|,? (?:but|although|though|while)\b"
    r"| and (?:that|whether|are expected|is expected)\b|, and (?=\w+ \w+)"
)
_CUT = re.compile(r"[;:\n“\"]|\b(?:but|although|though|while|however)\b,?", re.IGNORECASE)
_ASIDE_ENDS = re.compile(r"[,;:.!?\n”\"—–]| (?:that|and|but)\b")
# A claim with its content, which is called wrong at once: the report that … is false.
_STATED = re.compile(
    r"\b(?:allegation|claim|report|rumou?r|accusation|assertion)s? that\b", re.IGNORECASE
)
_LONGEST = 200


def assessments(
    document: Document,
    claims: Sequence[Claim],
    judges: Sequence[tuple[Attribution, Source]] = (),
) -> tuple[Assessment, ...]:
    """The assessments of a document in the order of its text.

    `judges` are those who are told to have looked at somebody's claim, with who that is.

    One with no claim to be about is left out: it is an ordinary claim or no matter of ours. Only
    where it states the claim itself and calls it false is it kept, about none. Whoever calls an
    accusation of himself false denies it, which is no assessment.
    """
    text = document.text
    page = layout(text)
    found: list[Assessment] = []
    last = 0
    for each in standings(text):
        if each.start < last:
            continue
        by, host = _judge(each, judges) or _by(each, claims)
        span = _inside(_span(text, page, each), each, host)
        if is_own_denial(text, each, host, claims) or _is_denied(text, each, host):
            continue
        about = meant(Setting(text=text, page=page, each=each, span=span, host=host), claims)
        if about or (each.kind == "false" and _STATED.search(span.cut(text))):
            found.append(_record(document, each, by, span, about))
            last = span.end
    return tuple(found)


def _is_denied(text: str, each: Standing, host: Claim | None) -> bool:
    """Whether somebody denies that it is so: *denied that she falsely accused him*."""
    if host is None or not any(part.start <= each.start < part.end for part in host.content):
        return False
    found = cue_class(words(text, host.cue), words(text, host.content))
    return found is not None and found.act == "deny" and host.act == "deny"


def _record(
    document: Document, each: Standing, by: str, span: Span, about: Sequence[Claim]
) -> Assessment:
    return Assessment(
        id=content_id("assessment", document.id, each.kind, span.start, span.end),
        kind=each.kind,
        by=by,
        spans=(span,),
        about=tuple(claim.id for claim in about),
    )


def _span(text: str, page: Layout, each: Standing) -> Span:
    """The clause around a mention: back to its subject, on to its end; a phrase is itself."""
    if each.manner == "phrase":
        return Span(each.start, each.end)
    if each.manner == "aside":
        comma = _ASIDE_ENDS.search(text, each.end)
        return Span(each.start, comma.start() if comma else len(text))
    first, _ = page.sentence_range(each.start, len(text))
    first = max(first, each.start - _LONGEST)
    cuts = [first, *(cut.end() for cut in _CUT.finditer(text, first, each.start))]
    stop = _STOP.search(text, each.end, min(len(text), each.end + _LONGEST))
    end = stop.start() if stop else min(len(text), each.end + _LONGEST)
    start = cuts[-1]
    while start < each.start and not text[start].isalnum():
        start += 1
    return Span(start, max(each.end, start + len(text[start:end].rstrip(' ,"”'))))


def _inside(span: Span, each: Standing, host: Claim | None) -> Span:
    """An assessment that a source makes does not reach beyond what the source says."""
    for part in host.content if host else ():
        if part.start <= each.start < part.end:
            start, end = max(span.start, part.start), min(span.end, max(part.end, each.end))
            return Span(start, end)
    return span


def _judge(each: Standing, judges: Sequence[tuple[Attribution, Source]]) -> tuple[str, None] | None:
    """Who looked at a claim and is said to be no outlet: *police could not verify the claim*."""
    if each.kind == "under_investigation":
        return None  # which the narrator tells, whoever investigates
    for judging, source in judges:
        if source.name is None or _is_press(source):
            continue
        if any(each.start < cue.end and cue.start < each.end for cue in judging.cue):
            return source.name, None
    return None


def _is_press(source: Source) -> bool:
    last = (source.name or "").lower().rpartition(" ")[2]
    return source.kind == "media" or last in table("judging")["press"]


def _by(each: Standing, claims: Sequence[Claim]) -> tuple[str, Claim | None]:
    """Who assesses: the source of the claim that it stands in, else the publisher."""
    around = [
        claim
        for claim in claims
        if any(part.start <= each.start and each.end <= part.end for part in claim.content)
    ]
    around += [
        claim
        for claim in claims
        if any(
            part.start <= each.start < part.end or each.start <= part.start < each.end
            for part in (*claim.cue, *claim.content)
        )
    ]
    if not around:
        return "publisher", None
    host = min(around, key=lambda claim: sum(map(len, claim.content)))
    if _is_judged(each, host):
        outer = host.sources[-2].name if len(host.sources) > 1 else None
        return outer or "publisher", None
    if _is_narrated(each, host):
        return "publisher", host
    name = host.sources[-1].name if host.sources else None
    return name or "publisher", host


def _is_judged(each: Standing, host: Claim) -> bool:
    """Whether the words judge a claim as a whole: *Norland's [claims that it fell were false]*.

    Whoever made it judges nothing; whoever is told to have said all that does.
    """
    stated = (*host.cue, *host.content)
    return all(each.start <= part.start and part.end <= each.end for part in stated)


def _is_narrated(each: Standing, host: Claim) -> bool:
    """Whether the words that assess are about the claim's source or cue, and so not its own."""
    held = any(part.start <= each.start < part.end for part in host.content)
    own = [part for source in host.sources[-1:] for part in source.spans]
    told = (*own, *host.cue) if each.manner == "phrase" else own
    touched = any(part.start < each.end and each.start < part.end for part in told)
    if touched or each.manner == "aside":
        return not held or touched
    if held or not any(each.start < cue.end for cue in host.cue):
        return False
    agency = any(source.kind == "media" for source in host.sources[-1:])
    return agency or each.lacking or each.kind == "could_not_verify"
