"""Sources inside contents that the encoder's second reading passed over, found by their form."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names, singular, table
from allegedly.claims.selection import UNTOLD
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REACH = 200  # code points at the front of a content in which its own source stands
_WORDS = 9  # of a noun phrase
_ACCORDING = re.compile(
    r"(?:(?<=^)|(?<=, )|(?<=that )|(?<=— ))(?P<cue>[Aa]ccording to) "
    r"(?P<who>[^,;:.“”\"\n]{2,120}),? "
)
_TAIL = re.compile(r",? (?P<cue>according to) (?P<who>[^,;:.“”\"\n]{2,120})[.,”\"]*$")
_IMPERSONAL = re.compile(
    r"\bit (?P<cue>(?:is|was|has been|had been) (?:(?!no|never)\w+ )?(?:said|\w+ed) by) "
    r"(?P<who>[^,;:.“”\"\n]{2,120}?) (?P<what>that [^;“”\"\n.]{4,})"
)
_BROKEN = re.compile(r"[^\w\s’'&.-]|[a-z]{3}\. ")
_OPEN = re.compile(r"(?:that |how )?")


def with_nested(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Add the source that a content names for its own words, where nothing was read within it.

    Four forms only: a content that opens with a noun phrase of a source and a finite verb of
    saying or finding (*that its own inspection found no …*), *according to* inside it, an
    impersonal passive with its agent (*it was claimed by the guards that …*), and a relative clause
    in the passive whose source is not told (*a man who is said to have …*).
    """
    read = list(attributions)
    holding = {id(a.within) for a in read}
    for a in read:
        yield a
        if id(a) not in holding and a.source and a.content:
            ways = (_according, _subject, _impersonal, _passive)
            inner = next((found for way in ways if (found := way(text, a))), None)
            if inner is not None:
                yield inner


def _according(text: str, a: Attribution) -> Attribution | None:
    """*that, according to witnesses, a drone fell*, read as one content or as broken by it."""
    start, end = a.content[0].start, a.content[-1].end
    match = _ACCORDING.search(text, start, min(end, start + _REACH))
    match = match or _TAIL.search(text, max(start, end - _REACH), end)
    if match is None or match.start("cue") - start > _REACH:
        return None
    own = Span(match.start(), max(match.end("who"), match.end()))
    left = [part for span in a.content for part in _without(text, span, own)]
    if not left or len(left[-1]) < len("that it is"):
        return None
    return replace(
        a,
        source=(Span(*match.span("who")),),
        cue=(Span(*match.span("cue")),),
        content=tuple(left),
        within=a,
    )


def _without(text: str, span: Span, hole: Span) -> list[Span]:
    """What is left of a span outside another, less the marks and the *that* at its edge."""
    found = []
    for low, high in (
        (span.start, min(span.end, hole.start)),
        (max(span.start, hole.end), span.end),
    ):
        words = text[low:high].rstrip(" ,")
        if words.strip(' ,“"') and words.strip(" ,").lower() != "that":
            found.append(Span(low, low + len(words)))
    return found


@cache
def _verb() -> re.Pattern[str]:
    lists = table("relays")
    aux = "|".join(lists["auxiliaries"])
    said, find = "|".join(lists["nested"]), "|".join(lists["finding"])
    found = "|".join(lists["found"])
    told = rf"(?:{said})(?= (?!by|to be|for|as|to have)\w)"
    seen = rf"(?:{find})(?= (?:to \w+ )?(?:(?:{found})\b|[a-z]{{3,}}ing ))"
    return re.compile(rf" (?P<cue>(?:(?:{aux}) )*(?:{told}|{seen}))\b")


def _subject(text: str, a: Attribution) -> Attribution | None:
    """*that its own inspection found no …*: subject and verb open the content."""
    first, *rest = a.content
    opening = _OPEN.match(text, first.start, first.end)
    start = opening.end() if opening else first.start
    match = _verb().search(text, start, min(first.end, start + _REACH))
    if match is None or match.end() + 1 >= first.end:
        return None
    who = text[start : match.start()]
    if not is_source(who):
        return None
    return replace(
        a,
        source=(Span(start, match.start()),),
        cue=(Span(*match.span("cue")),),
        content=(Span(match.end() + 1, first.end), *rest),
        within=a,
    )


def _impersonal(text: str, a: Attribution) -> Attribution | None:
    """*and it is claimed by the guards that the gate was shut*."""
    for span in a.content:
        match = _IMPERSONAL.search(text, span.start, span.end)
        if match is not None and is_source(match["who"]):
            parts = (Span(*match.span(part)) for part in ("who", "cue", "what"))
            source, cue, what = ((part,) for part in parts)
            return replace(a, source=source, cue=cue, content=what, within=a)
    return None


@cache
def _supposed() -> re.Pattern[str]:
    believed = "|".join(table("relays")["supposed"])
    return re.compile(
        rf"\b(?P<who>who|which|that) (?P<cue>(?:is|are|was|were) (?:\w+ly )?(?:{believed})) "
        r"(?P<what>to (?:have|be)\b[^,;:.“”\"\n]*)"
    )


def _passive(text: str, a: Attribution) -> Attribution | None:
    """*a man who is believed to have lit the fire*: a claim within, whose source is not told."""
    for span in a.content:
        match = _supposed().search(text, span.start, span.end)
        if match is not None:
            content = (Span(*match.span("who")), Span(*match.span("what")))
            cue = (Span(*match.span("cue")),)
            return replace(a, source=(), cue=cue, content=content, within=a, method=UNTOLD)
    return None


def is_source(who: str) -> bool:
    """Whether words are one noun phrase of somebody, or something, that can say or find."""
    words = who.split()
    if not words or len(words) > _WORDS or _BROKEN.search(who):
        return False
    lists = names()
    low = [word.lower() for word in words]
    head = next((i for i, word in enumerate(low) if i and word in lists.prepositions), len(words))
    if {"who", "which", "that", "and", "if", "when", "while"} & set(low):
        return False
    doing = len(low) > 1 and low[-1].endswith("ing") and low[-2] in lists.prepositions
    if doing or low[-1] in lists.prepositions:
        return False  # *Selm of planning*, *Selm for*
    if low[0] in lists.articles:
        return head > 1
    noun = singular(low[head - 1].strip("’'"))
    named = words[head - 1][:1].isupper() and (head > 1 or low[0] not in lists.plain)
    return noun in lists.nouns or noun in lists.roles or named
