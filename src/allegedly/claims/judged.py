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
_LONGEST: Final = 80  # code points of an owner's name
_NAME: Final = r"[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}"


def with_judged(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Take whoever judges a claim out of the chain of those who make it.

    *Police could not verify the mayor's claim that three fled*: the mayor claims it, whether that
    was read or not, and police pass nothing on. What they do is a claim of theirs where it says
    something of the mayor's (*Kyiv rejected Moscow's claim that …*); else its method is `JUDGING`.
    """
    read = [(a, _with_object(text, _owned(text, a))) for a in attributions]
    moved: dict[int, Attribution | None] = {}
    for was, now in read:
        current = replace(now, within=moved[id(was.within)]) if id(was.within) in moved else now
        judges = _heard(text, was, "doing", "looking")
        inside = judges and any(b.within is was and _is_owned(text, b) for b, _ in read)
        judged = _judged(text, was) if judges and not inside else None
        if not inside and judged is None:
            yield current
            if current is not was:
                moved[id(was)] = current
            continue
        yield current if _says(text, was) else replace(current, method=JUDGING)
        moved[id(was)] = current.within
        if judged is not None:
            moved[id(was)] = made = _made(current, judged)
            yield made


def _owned(text: str, a: Attribution) -> Attribution:
    """An attribution with whose claim it is, where that was taken for a judge's.

    *Spies can't yet judge Selm claim that …*, *… reacts to Selm claiming …*: it is Selm's; and of
    *doubts hang over Selm's claim that …* no more than that is its source.
    """
    if len(a.cue) != 1 or not a.source or not _taken_up().fullmatch(a.cue[0].cut(text)):
        return a
    last = a.source[-1]
    if a.cue[0].start - last.end == 1:
        match = _last_phrase().fullmatch(text, last.start, last.end)
        return a if match is None else replace(a, source=(Span(*match.span("who")),))
    start = last.end
    match = _before_it().search(text, start, a.cue[0].start) if start < a.cue[0].start else None
    return a if match is None else replace(a, source=(Span(*match.span("who")),))


def _with_object(text: str, a: Attribution) -> Attribution:
    """What is called something belongs to the content: *calls* | *the claim absurd*."""
    if len(a.cue) != 1 or len(a.content) != 1 or a.content[0].start - a.cue[0].end != 1:
        return a
    match = _calling().fullmatch(text, a.cue[0].start, a.cue[0].end)
    if match is None:
        return a
    what = Span(match.start("what"), a.content[0].end)
    return replace(a, cue=(Span(*match.span("cue")),), content=(what,))


def _is_owned(text: str, a: Attribution) -> bool:
    """Whether an attribution is somebody's claim by its noun: *the mayor's claim that …*."""
    if not a.source or len(a.cue) != 1:
        return False
    heard = [token.word for token in tokens(a.cue[0].cut(text))]
    return bool(heard) and heard[-1] in table("judging")["nouns"]


def _judged(text: str, a: Attribution) -> re.Match[str] | None:
    """The claim of somebody else that an attribution is about."""
    if len(a.content) != 1:
        return None
    [content] = a.content
    match = _claim().fullmatch(text, content.start, content.end)
    match = match or _claim_by().search(text, content.start, content.end)
    return match if match is not None and is_source(match[_who(match)]) else None


def _who(judged: re.Match[str]) -> str:
    """The group of a pattern that has the owner of a claim."""
    return next(name for name in ("owner", "named", "by") if judged.groupdict().get(name))


def _heard(text: str, a: Attribution, *lists: str) -> bool:
    heard = {token.word for token in tokens(words(text, a.cue))}
    return any(not heard.isdisjoint(table("judging")[name]) for name in lists)


def _says(text: str, a: Attribution) -> bool:
    """Whether a cue says something of what it judges: *denied*, and not *could not confirm*."""
    return not (_heard(text, a, "looking") or negated(words(text, a.cue)))


def _made(a: Attribution, judged: re.Match[str]) -> Attribution:
    """The claim that is judged, where it was not read by itself."""
    who, noun, what = (Span(*judged.span(part)) for part in (_who(judged), "noun", "what"))
    return replace(a, source=(who,), cue=(noun,), content=(what,))


@cache
def _nouns() -> str:
    return rf"(?i:{'|'.join(table('judging')['nouns'])})"


@cache
def _claim() -> re.Pattern[str]:
    """*the mayor's latest claim that …*; headlines leave out the ending: *Norland claim that …*."""
    owner = rf"(?P<owner>[^,;:.“”\"\n]{{2,{_LONGEST}}}?)(?:['’]s|(?<=s)['’]) (?:[\w-]+ ){{0,2}}?"
    bare = rf"(?P<named>{_NAME}) "
    return re.compile(
        rf"(?:{owner}|{bare})(?P<noun>{_nouns()}) (?P<what>(?i:that|of)\b[^\n]{{4,}})"
    )


@cache
def _claim_by() -> re.Pattern[str]:
    """*claims by Norland that …*, with whatever is said of them before."""
    return re.compile(
        rf"\b(?P<noun>{_nouns()}) (?:made )?(?:by|from) "
        rf"(?P<by>[^,;:.“”\"\n]{{2,{_LONGEST}}}?) (?P<what>that\b[^\n]{{4,}})"
    )


@cache
def _calling() -> re.Pattern[str]:
    verbs = "|".join(table("judging")["calling"])
    return re.compile(rf"(?P<cue>(?:\w+ )?(?i:{verbs})) (?P<what>(?:[\w’'-]+ ){{0,2}}{_nouns()})")


@cache
def _taken_up() -> re.Pattern[str]:
    return re.compile(rf"{_nouns()}|\w+[Ii][Nn][Gg]")


@cache
def _last_phrase() -> re.Pattern[str]:
    """The end of a source that owns a noun of saying, after the preposition that brings it."""
    before = "|".join(table("judging")["before_owner"])
    return re.compile(rf".+ (?:{before}) (?P<who>(?:\S+ ){{0,4}}?[A-Z]\S*(?: [A-Z]\S*)*['’]s?)")


@cache
def _before_it() -> re.Pattern[str]:
    """A name between a judge's verb, or a preposition, and the noun or participle of a claim."""
    lists = table("judging")
    verbs = "|".join((*lists["doing"], *lists["looking"], *lists["before"]))
    return re.compile(rf"\b(?i:{verbs}) (?P<who>{_NAME})(?:['’]s|['’])? $")
