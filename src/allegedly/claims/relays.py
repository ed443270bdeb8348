"""Who passed the words on: told Reuters, in a post on Telegram, seen by the Post, according to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.naming.lists import table
from allegedly.claims.naming.outlets import outlet_at
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


RELAY = "relay"  # the method of a layer that the words around an attribution tell
_REACH = 240  # code points around cue and source in which a relay is looked for
_SHORT_REACH = 40
_WHO = r"(?P<who>[^,;:.“”\"\n]{2,90}?)"


def is_relay(a: Attribution | None) -> bool:
    """Whether an attribution only passes on what the one within it says."""
    return a is not None and a.method == RELAY


def spoken_within(a: Attribution) -> Attribution | None:
    """The attribution that holds the words of this one, past those who passed them on."""
    outer = a.within
    while is_relay(outer) and outer is not None:
        outer = outer.within
    return outer


def with_relays(text: str, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Put whoever passed an attribution's words on around it, as a layer of its own.

    The layer has the cue and the content of the one within it: it says nothing else.
    """
    moved: dict[int, Attribution] = {}
    cues = [span for a in attributions for span in a.cue]
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        if a.within is None and a.cue and a.source:
            for who in _relays(text, a, cues):
                relay = replace(current, source=(who,), method=RELAY)
                yield relay
                current = replace(current, within=relay)
        if current is not a:
            moved[id(a)] = current
        yield current


def _relays(text: str, a: Attribution, cues: Sequence[Span]) -> list[Span]:
    """Those who passed an attribution on, outermost first."""
    found = _seen_by(text, a) or _beside_cue(text, a, cues)
    last = _according(text, a, cues)
    return [who for who in (last, found) if who is not None]


def _words(*keys: str) -> str:
    lists = table("relays")
    return "|".join(re.escape(word) for key in keys for word in lists[key])


@cache
def _shown() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('shown')}) ", re.IGNORECASE)


def _seen_by(text: str, a: Attribution) -> Span | None:
    """The outlet that a source phrase, or the words right after it, says to have the document."""
    span = max(a.source, key=len)
    stop = min([s.start for s in (*a.cue, *a.content) if s.start >= span.end], default=span.end)
    end = max(span.end, min(stop, span.end + _REACH))
    for match in _shown().finditer(text, span.start, end):
        found = outlet_at(text, match.end(), end)
        if found is not None and match.start() > span.start:
            return found
    return None


@cache
def _shown_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('shown')})(?: the)? $", re.IGNORECASE)


def has_it(text: str, start: int) -> bool:
    """Whether a name that begins at an offset is of who has a document: seen by Reuters."""
    low = max(0, start - _SHORT_REACH)
    return _shown_before().search(text, low, start) is not None


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('told')}) ", re.IGNORECASE)


@cache
def _before_outlet() -> re.Pattern[str]:
    owned = (
        rf"in (?:an?|his|her|its|their|the|one|another)(?: [\w-]+){{0,3}}? (?:{_words('talks')})"
    )
    owned += r"(?: (?:published|broadcast|aired|carried))? (?:with|to|on|in|for|by|from)"
    return re.compile(rf"\b(?:{owned}|{_words('talking', 'quoted')}) ", re.IGNORECASE)


@cache
def _posted() -> re.Pattern[str]:
    posts, platforms = _words("posts"), "|".join(map(re.escape, table("relays")["platforms"]))
    owner = r"(?:an?|his|her|its|their|the|one|another)(?: [\w’'-]+){0,3}?"
    return re.compile(
        rf"\b(?:in|on|via) (?P<post>{owner} (?:{posts}) (?:on|to) (?:{platforms})(?: channel)?"
        rf"|{owner} (?:(?:official|verified|personal) )?(?:{platforms}) (?:{posts}))\b"
        rf"|\b(?:{_words('writing')}) (?:on|via) (?P<on>(?:(?:his|her|its|their|the) (?:\w+ )?)?"
        rf"(?:{platforms})(?: (?:{posts}))?)\b(?! [A-Z])"
    )


def _beside_cue(text: str, a: Attribution, cues: Sequence[Span]) -> Span | None:
    """The outlet or platform named in the sentence, outside what is said and who says it."""
    for start, end in _free(text, a):
        for match in _told().finditer(text, start, end):
            told = Span(match.start(), match.end())
            found = outlet_at(text, match.end(), end)
            if found is not None and any(told.overlaps(cue) for cue in a.cue):
                return found
        for match in _before_outlet().finditer(text, start, end):
            found = outlet_at(text, match.end(), end)
            if found is not None and _own(match.start(), a, cues):
                return found
        posted = _posted().search(text, start, end)
        if posted and _own(posted.start(), a, cues):
            return Span(*posted.span("post" if posted["post"] else "on"))
    return None


def _own(at: int, a: Attribution, cues: Sequence[Span]) -> bool:
    """Whether no other attribution's cue stands between an offset and this one's cue."""
    low, high = min(at, a.cue[0].start), max(at, a.cue[0].start)
    return not any(low <= cue.start <= high and cue not in a.cue for cue in cues)


def _free(text: str, a: Attribution) -> list[tuple[int, int]]:
    """The stretches of the cue's sentence that are neither content nor source."""
    page = layout(text)
    start, stop = page.sentence_range(a.cue[0].start, len(text))
    start, stop = max(start, a.cue[0].start - _REACH), min(stop, a.cue[-1].end + _REACH)
    found = []
    for span in sorted((*a.content, *a.source)):
        if span.start > start:
            found.append((start, min(span.start, stop)))
        start = max(start, span.end)
    found.append((start, stop))
    return [(low, high) for low, high in found if low < high]


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"[,–—]? ?(?:all )?according to {_WHO}(?=[.,;:]?(?:\n|$)|[.,;] )")


def _according(text: str, a: Attribution, cues: Sequence[Span]) -> Span | None:
    """Whoever a sentence ends with, as in *…, the ministry said, according to Interfax*."""
    page = layout(text)
    at = max(span.end for span in (*a.cue, *a.source, *a.content))
    _, stop = page.sentence_range(at - 1, len(text))
    match = _by().match(text, at, min(stop, at + _REACH))
    if match is None or any(match.start() <= cue.start < match.end() for cue in cues):
        return None
    return Span(*match.span("who"))
