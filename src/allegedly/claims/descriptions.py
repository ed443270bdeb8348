"""Whom a description without a name means: the ministry, the statement, a man known as."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from allegedly.claims.kinds import INSTITUTIONS
from allegedly.claims.naming.lists import names
from allegedly.claims.relays import has_it

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegedly.claims.antecedents import Antecedents, Candidate
    from allegedly.claims.directory import Directory, Entry
    from allegedly.claims.mentions import Mention
    from allegedly.claims.phrases import Phrase
    from allegedly.records import SourceKind

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
# Nouns that an outlet may be taken up by beside those that are media alone.
_MEDIA = frozenset({"agency", "company", "group", "organisation", "organization", "service"})
_ISSUED = re.compile(r"(?:[’']s?|\b(?:from|by|of)(?: the)?(?: \w+)?)\s*$")
_OWNED = range(2, 4)  # code points between an owner and the name it owns: Britain's Post
_LONGEST_LINK = 60
_LATER, _MANY = 1 << 40, 50
_TRIES, _FRONT, _AROUND, _REACH = 20, 80, 60, 20_000


def in_chain(
    antecedents: Antecedents, phrase: Phrase, kind: SourceKind, entity: int | None
) -> tuple[str, SourceKind] | None:
    """The name that a tagger's chain gives a description, where their kinds agree."""
    if entity is None or phrase.owners or phrase.plural:
        return None
    person = kind in {"person", "anonymous"} or phrase.head in names().roles
    wanted = "person" if person else "institution"
    for candidate in reversed(antecedents.before(phrase.span.start)):
        if candidate.entity == entity and candidate.sort == wanted and candidate.noun is None:
            return candidate.name, candidate.kind
    return None


def institution(
    text: str, antecedents: Antecedents, phrase: Phrase, kind: SourceKind
) -> tuple[str, SourceKind] | None:
    """The name of the institution that a definite noun takes up again, and its kind.

    A name that has the noun in it comes first, then a country's or place's own (the Norland
    ministry), then the body of that trade that was spoken of most.
    """
    listed = names().nouns.get(phrase.head)
    alone = phrase.bare and phrase.definite and not phrase.plural
    if listed not in INSTITUTIONS or phrase.owners or not alone:
        return None
    before = antecedents.before(phrase.span.start)
    for candidate in reversed(before):
        words = candidate.name.lower().split()
        if len(words) > 1 and candidate.sort == "institution" and phrase.head in words:
            return candidate.name, candidate.kind
    return _modified(text, phrase, kind) or _of_its_trade(before, phrase)


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


def _of_its_trade(before: Sequence[Candidate], phrase: Phrase) -> tuple[str, SourceKind] | None:
    """The company, the watchdog, the paper: the last body that may be one.

    Of two in reach the better fit wins: a firm by its name for *the company*, none for others.
    """
    ranked = [
        (fit, candidate.source, candidate.start, candidate.name, candidate.kind)
        for candidate in before
        if candidate.sort == "institution" and (fit := _fits(candidate, phrase.head)) is not None
    ]
    best = max(ranked, default=None)
    return (best[3], best[4]) if best else None


def _fits(candidate: Candidate, head: str) -> int | None:
    """How well a body's name goes with a noun for its trade: 2, 1 or 0; None where it cannot."""
    lists = names()
    words = [word.strip(".,") for word in candidate.name.lower().split()]
    firm = len(words) > 1 and words[-1] in lists.firms
    other = any(word in lists.heads and word not in lists.firms for word in words)
    if candidate.kind == "media" or lists.nouns.get(head) == "media":
        same = candidate.kind == lists.nouns.get(head) or (
            head in _MEDIA and candidate.kind == "media"
        )
        return 1 if same else None
    if head in lists.firm_nouns:
        fits = candidate.kind == "organisation" and (firm or not other)
        return 1 + firm if fits else None
    if head in lists.other_nouns:
        fits = candidate.kind in {"organisation", "government"} and not firm and not candidate.place
        return 1 + other if fits else None
    return 0 if candidate.kind == lists.nouns.get(head) == "organisation" else None


def issuer(text: str, phrase: Phrase) -> Mention | None:
    """Whom a document's phrase names as its maker: the Kremlin's statement, a Halm Bank report."""
    for mention in phrase.owners:
        before = text[phrase.span.start : mention.span.start]
        held = mention.possessive and any(
            other.span.start - mention.span.end in _OWNED for other in phrase.owners
        )
        # *Court documents* is no name, and whoever has a document did not make it.
        plain = mention.name.lower() in names().nouns
        if held or plain or has_it(text, mention.span.start):
            continue
        owns = mention.possessive or (_ISSUED.search(before) and mention.kind != "place")
        modifies = text[mention.span.end :][:1] == " " and " " not in before.strip()
        if owns or (modifies and mention.kind in {"organisation", "person"}):
            return mention
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
    own = _details(phrase.plain, phrase.head)
    told = {
        name: set().union(*(_details(r, phrase.head) for r in e.roles))
        for name, e in entries.items()
    }
    fits = [
        entry
        for name, entry in entries.items()
        # Whose spokesman it is must agree where both say so.
        if not (phrase.owners and own and told[name]) or own & told[name]
    ]
    best = min(
        fits, key=lambda e: (-len(own & told[e.name]), _distance(e.places, at)), default=None
    )
    return best.name if best else None


def _details(role: str, head: str) -> set[str]:
    """What a role says beside its head noun, lower case: *board* in *spokesman for the board*."""
    lists = names()
    words = (word.removesuffix("'s").removesuffix("’s") for word in role.lower().split())
    closed = lists.articles | lists.prepositions | lists.plain | {"former", "acting", head}
    return {word.strip(",.") for word in words} - closed


def _distance(places: Sequence[int], at: int) -> int:
    """How far back a name was seen; farther than any, where it comes later only."""
    seen = bisect_left(places, at)
    return at - places[seen - 1] if seen else _LATER + places[0]


def _alike(head: str) -> set[str]:
    return {head}.union(*(group for group in names().alike if head in group))
