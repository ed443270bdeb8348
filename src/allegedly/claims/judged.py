"""What somebody rejects, weighs or takes up of another's claim is that other's alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from allegedly.claims.acts import negated
from allegedly.claims.lexicon import tokens
from allegedly.claims.naming.lists import table
from allegedly.claims.nested import is_source
from allegedly.records import Span, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.records import Attribution

JUDGING: Final = "judging"  # the method of what only looks at a claim, and is none


def with_judged(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Take whoever judges a claim out of the chain of those who make it.

    *Police could not verify the mayor's claim that three fled*: the mayor claims it, whether that
    was read or not, and police pass nothing on. What they do is a claim of theirs where it says
    something of the mayor's (*Kyiv rejected Moscow's claim that …*); else its method is `JUDGING`.
    """
    read = list(attributions)
    moved: dict[int, Attribution | None] = {}
    for a in read:
        current = replace(a, within=moved[id(a.within)]) if id(a.within) in moved else a
        judged = _judged(text, a)
        if judged is None:
            yield current
            if current is not a:
                moved[id(a)] = current
            continue
        yield current if _says(text, a) else replace(current, method=JUDGING)
        if any(b.within is a and _is_cue(b, judged) for b in read):
            moved[id(a)] = current.within
        else:
            moved[id(a)] = made = _made(current, judged)
            yield made


def _judged(text: str, a: Attribution) -> re.Match[str] | None:
    """The claim of somebody else that is all the content of an attribution that judges it."""
    if not a.source or len(a.content) != 1 or not _heard(text, a, "doing", "looking"):
        return None
    [content] = a.content
    match = _claim().fullmatch(text, content.start, content.end)
    return match if match is not None and is_source(match[_who(match)]) else None


def _who(judged: re.Match[str]) -> str:
    """The group of the pattern that has the owner of a claim."""
    return "owner" if judged["owner"] else "named"


def _heard(text: str, a: Attribution, *lists: str) -> bool:
    heard = {token.word for token in tokens(words(text, a.cue))}
    return any(not heard.isdisjoint(table("judging")[name]) for name in lists)


def _says(text: str, a: Attribution) -> bool:
    """Whether a cue says something of what it judges: *denied*, and not *could not confirm*."""
    looks = _heard(text, a, "looking") or negated(words(text, a.cue))
    return not looks


def _is_cue(inner: Attribution, judged: re.Match[str]) -> bool:
    noun = Span(*judged.span("noun"))
    return any(noun.overlaps(cue) for cue in inner.cue)


def _made(a: Attribution, judged: re.Match[str]) -> Attribution:
    """The claim that is judged, where it was not read by itself."""
    who, noun, what = (Span(*judged.span(part)) for part in (_who(judged), "noun", "what"))
    return replace(a, source=(who,), cue=(noun,), content=(what,))


@cache
def _claim() -> re.Pattern[str]:
    """*the mayor's latest claim that …*; headlines leave out the ending: *Norland claim that …*."""
    nouns = "|".join(table("judging")["nouns"])
    owner = r"(?P<owner>[^,;:.“”\"\n]{2,80}?)(?:['’]s|(?<=s)['’]) (?:[\w-]+ ){0,2}?"
    bare = r"(?P<named>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}) "
    return re.compile(rf"(?:{owner}|{bare})(?P<noun>(?i:{nouns})) (?P<what>(?i:that)\b.{{4,}})")
