"""Whom a description without a name means: the ministry, the statement, a man known as."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegedly.claims.antecedents import Antecedents
    from allegedly.claims.directory import Directory, Entry
    from allegedly.claims.mentions import Mention
    from allegedly.claims.phrases import Phrase
    from allegedly.records import SourceKind

INSTITUTIONS = frozenset({"government", "military", "media", "organisation"})
# Capitalised words, then at most two others, right before a noun: the Norland defence ministry.
_NAMED_BEFORE = re.compile(
    r"((?:[A-Z][\w.&-]*(?:[’']s)? |(?:and|of|for) ){1,6}(?:[a-z][a-z-]+ ){0,2})$"
)
_BY = re.compile(r" (?:\w+ )?(?:from|by|on|of)(?: the| an?)?(?: \w+)? ")
_CALLED = re.compile(
    r",? (?:(?:who|that) )?(?:(?:was|is|were|gave|gives) )?(?:(?:his|her|their) (?:\w+ )?name )?"
    r"(?:(?:identified|known|named|called) )?(?:only |simply |by |just )*(?:as )?"
    r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
)
_LONGEST_LINK = 60
_LATER, _MANY = 1 << 40, 50
_TRIES, _FRONT, _AROUND, _REACH = 20, 80, 60, 20_000


def institution(
    text: str, antecedents: Antecedents, phrase: Phrase, kind: SourceKind
) -> tuple[str, SourceKind] | None:
    """The name of the institution that a definite noun takes up again, and its kind.

    A name that has the noun in it comes first, then a country's or place's own (the Norland
    ministry), then the company or paper that was named last.
    """
    listed = names().nouns.get(phrase.head)
    if listed not in INSTITUTIONS or phrase.owners or not phrase.bare or not phrase.definite:
        return None
    for candidate in reversed(antecedents.before(phrase.span.start)):
        words = candidate.name.lower().split()
        if len(words) > 1 and candidate.sort == "institution" and phrase.head in words:
            return candidate.name, candidate.kind
    return _modified(text, phrase, kind) or _company(antecedents, phrase, kind)


def _modified(text: str, phrase: Phrase, kind: SourceKind) -> tuple[str, SourceKind] | None:
    """Words before the same noun earlier on that begin with a capital: the Ukrainian government."""
    for at in _earlier(text, phrase):
        front = _NAMED_BEFORE.search(text[max(0, at - _FRONT) : at] + " ")
        words = front.group(1).split() if front else []
        while words and words[0].lower() in {*names().plain, "and", "of", "for"}:
            words.pop(0)
        lists = names()
        closed = (lists.plain | lists.prepositions | lists.relatives) - {"and", "of", "for"}
        if words and words[0][0].isupper() and closed.isdisjoint(words):
            return " ".join((*words, phrase.head)), kind
    return None


def _earlier(text: str, phrase: Phrase) -> Iterator[int]:
    """The last places before a phrase where its head noun stands, nearest first."""
    low = max(0, phrase.span.start - _REACH)
    at = phrase.span.start
    for _ in range(_TRIES):
        at = text.rfind(" " + phrase.head, low, at)
        if at < 0:
            return
        yield at


def _company(
    antecedents: Antecedents, phrase: Phrase, kind: SourceKind
) -> tuple[str, SourceKind] | None:
    """The company, the group: the institution of that kind that spoke or was named last."""
    if kind not in {"organisation", "media"}:
        return None
    for candidate in reversed(antecedents.before(phrase.span.start)):
        if candidate.sort == "institution" and candidate.kind == kind:
            return candidate.name, candidate.kind
    return None


def maker(
    text: str, phrase: Phrase, mentions: Sequence[Mention], starts: Sequence[int]
) -> Mention | None:
    """Who made the document that *the statement* takes up: the Kremlin's statement before it.

    `starts` are where the mentions begin, in the same order.
    """
    if not phrase.definite or not phrase.bare or phrase.plural:
        return None
    for at in _earlier(text, phrase):
        end = at + 1 + len(phrase.head)
        first = bisect_left(starts, at - _AROUND)
        for mention in mentions[first : bisect_left(starts, end + _AROUND)]:
            if _made(text, mention, at, end):
                return mention
    return None


def _made(text: str, mention: Mention, at: int, end: int) -> bool:
    if mention.span.start > end:
        between = text[end : mention.span.start]
        return mention.kind != "person" and _BY.fullmatch(between) is not None
    return mention.possessive and text[mention.span.end : at].count(" ") <= 1


def called(
    text: str, phrase: Phrase, mentions: Sequence[Mention], starts: Sequence[int]
) -> Mention | None:
    """A person's name that follows the words at once: a manager identified only as Zhong."""
    number = bisect_left(starts, phrase.span.end)
    if phrase.plural or phrase.head not in names().roles or number == len(mentions):
        return None
    mention = mentions[number]
    between = text[phrase.span.end : mention.span.start]
    if mention.kind not in {"person", "other"} or len(between) > _LONGEST_LINK:
        return None
    if between.strip() in {"", ","}:
        closed = text[mention.span.end : mention.span.end + 1] == ","
        fits = between == " " or (between == ", " and closed)
        return mention if fits and mention.kind == "person" else None
    return mention if _CALLED.fullmatch(between) else None


def kin(phrase: Phrase, directory: Directory) -> str | None:
    """The one Mr or Ms of a surname in the story whom *her father* can mean, or None."""
    if not phrase.possessor or phrase.head not in names().kin:
        return None
    alone = directory.lone["male" if phrase.head in names().male_words else "female"]
    return alone[0] if len(alone) == 1 else None


def nearest_role(phrase: Phrase, roles: Mapping[str, Sequence[Entry]]) -> str | None:
    """The person whom the story calls by the head noun, or by one like it, nearest before."""
    if phrase.plural or phrase.head not in names().roles:
        return None
    exact = bool(phrase.owners) or phrase.possessor
    wanted = {phrase.head} if exact else _alike(phrase.head)
    entries = {e.name: e for word in wanted for e in roles.get(word, ())[:_MANY]}
    if not entries:
        return None
    at = phrase.span.start
    return min(entries.values(), key=lambda entry: _distance(entry.places, at)).name


def _distance(places: Sequence[int], at: int) -> int:
    """How far back a name was seen; farther than any, where it comes later only."""
    seen = bisect_left(places, at)
    return at - places[seen - 1] if seen else _LATER + places[0]


def _alike(head: str) -> set[str]:
    return {head}.union(*(group for group in names().alike if head in group))
