"""Of which kind a source is, by its name or by its noun; docs/sources.md has the definitions."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names, singular, table
from allegedly.claims.naming.outlets import is_outlet, is_outlet_by_front

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.mentions import MentionKind
    from allegedly.claims.phrases import Phrase
    from allegedly.records import SourceKind

# How far past an unnamed source it is looked for whether somebody did not want to be named.
_AFTER = 160
_WIRE = re.compile(r"\b(?:[Nn]ews|[Pp]ress|[Ww]ire) (?:agency|service)\b")
# An apposition with an article, up to what is told of its noun.
_APPOSED = re.compile(
    r", (?:an?|the) (?P<told>(?:[\w’'-]+ ){0,4}?[\w’'-]+)"
    r"(?=,|$| (?:of|for|in|with|close|linked|run|based|owned|that|which|on|from)\b)"
)
_PEOPLE = frozenset({None, "group", "government", "military", "witnesses"})
_PERSON_NAME = range(2, 5)
INSTITUTIONS = frozenset({"government", "military", "media", "organisation"})
_BODIES = frozenset({"committee", "subcommittee", "commission", "panel", "caucus"})
_CHAMBERS = frozenset(
    {"senate", "house", "parliament", "parliamentary", "congressional", "congress", "assembly"}
)


def kind_of_name(name: str) -> SourceKind:
    """The kind of an organisation or place from the words of its name."""
    lists = names()
    low = name.lower()
    words = [word.strip(".,") or word for word in low.split()]
    known = _by_whole_name(name, words)
    if known is not None:
        return known
    if words[-1] in _BODIES and not _CHAMBERS.isdisjoint(words):
        return "government"
    heads = (word for word in (words[-1], words[0], *words) if word in lists.heads)
    head = next(heads, None)
    if head is not None:
        return lists.heads[head]
    return "government" if low in lists.places else "organisation"


def _by_whole_name(name: str, words: Sequence[str]) -> SourceKind | None:
    """What more than one word tells: a metonym, a country, an outlet, a firm, a crowd."""
    lists = names()
    low = name.lower()
    palace = len(words) > 1 and words[-1] in table("places")["metonyms"]["heads"]
    country = low in lists.country and low not in lists.heads
    if low in lists.metonyms or palace or country:
        return "government"
    if is_outlet(name) and not (is_outlet_by_front(name) and words[-1] in lists.heads):
        return "media"
    if words[-1] in lists.firms and len(words) > 1:
        return "organisation"
    return crowd_of_name(name)


def is_brand(name: str) -> bool:
    """Whether a name may be one that is written with 's: neither a state's nor an outlet's."""
    low = name.lower()
    lists = names()
    return (
        low not in lists.places
        and low not in lists.metonyms
        and kind_of_name(name) == "organisation"
    )


def kind_of_named(
    text: str, phrase: Phrase, name: str, known: MentionKind, *, joint: bool
) -> SourceKind:
    """The kind of a source that a phrase names; `known` is what its mentions tell together."""
    by_phrase = _by_phrase(text, phrase, name, known)
    if by_phrase is not None:
        return by_phrase
    words = name.split()
    listed = (
        None if known == "person" or phrase.role else _by_whole_name(name, name.lower().split())
    )
    if listed is not None:
        return listed
    headed = not phrase.role and words[-1].lower() in names().heads
    if known in {"organisation", "place"} or (known == "other" and headed):
        return kind_of_name(name)
    if not (known == "person" or phrase.role or len(words) in _PERSON_NAME):
        return "organisation"
    return "group" if joint else "person"


def _by_phrase(text: str, phrase: Phrase, name: str, known: MentionKind) -> SourceKind | None:
    """What the words around a name tell: *the Telegram channel X*, *the medical charity X*."""
    crowd = crowd_of_name(name)
    if crowd and not phrase.role:
        return crowd
    front = text[phrase.span.start : phrase.named[0].span.start].split()
    if front and is_social(phrase.span.cut(text), front[-1].lower()):
        return "social_account"
    told = _told_after(text, phrase)
    if told is not None:
        return told
    if known not in {"other", "person"} or (known == "person" and " " in name):
        return None
    called_by = singular(phrase.role.lower().split()[-1]) if phrase.role else ""
    body = names().nouns.get(called_by)
    if body in INSTITUTIONS and called_by not in names().roles:
        return "media" if _WIRE.search(phrase.role or "") else body
    article = phrase.span.start + len("the ") == phrase.named[0].span.start
    titled = singular(name.lower()) in names().roles
    return kind_of_name(name) if phrase.definite and article and not titled else None


def _told_after(text: str, phrase: Phrase) -> SourceKind | None:
    """What an apposition tells of a name of one word: *Orla, a Telegram channel close to …*."""
    name = phrase.named[-1]
    after = _APPOSED.match(text, name.span.end, phrase.span.end)
    if after is None or " " in name.name or len(phrase.named) > 1:
        return None
    head = singular(after["told"].lower().split()[-1])
    if is_social(after["told"], head):
        return "social_account"
    body = names().nouns.get(head)
    return body if body in INSTITUTIONS and head not in names().roles else None


def crowd_of_name(name: str) -> SourceKind | None:
    """The kind of people whose name is capitalised: *Senate Republicans*, *the Americans*."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    lists = names()
    if " " in name and last in lists.firms:
        return None
    peoples = last.endswith("s") and not name.isupper()
    if peoples and lists.country.get(name.lower(), name) != name:
        return "group"
    kind = lists.nouns.get(last) if singular(last) != last else None
    return kind if kind in {"group", "witnesses"} else None


def kind_of_noun(text: str, phrase: Phrase) -> SourceKind:
    """The kind of a source without a name, from its head noun and what is said of it."""
    words = phrase.span.cut(text)
    listed = names().nouns.get(phrase.head)
    if listed != "footage" and is_social(words, phrase.head):
        return "social_account"
    if listed in {"document", "footage"}:
        return listed
    if phrase.head in {"agency", "service"} and _WIRE.search(words):
        return "media"
    if is_hidden(text, phrase):
        return "anonymous"
    return (
        "group" if listed == "government" and _of_no_state(phrase) else _of_people(phrase, listed)
    )


def _of_no_state(phrase: Phrase) -> bool:
    """Whether officials are a company's, a bank's or a paper's and no government's."""
    lists = names()
    if not phrase.plural or lists.nouns.get(phrase.head) == "military":
        return False
    owners = {kind_of_name(m.name) for m in phrase.owners if m.kind == "organisation"}
    words = phrase.plain.lower().split()
    bodies = {lists.nouns.get(word) for word in words[: words.index(words[-1])]}
    return bool((owners | bodies) & {"organisation", "media"})


def _of_people(phrase: Phrase, listed: SourceKind | None) -> SourceKind:
    """The kind of people, or of a body, from its noun: one, many, or as listed."""
    role = phrase.head in names().roles
    one = listed == "group" and phrase.head not in table("nouns")["collective"]
    if not phrase.plural and (one or (role and listed in {"group", None})):
        return "person"
    if phrase.plural and role and listed in {"organisation", None}:
        return "group"
    return listed or ("group" if phrase.plural else "organisation")


def is_social(words: str, head: str) -> bool:
    """Whether a description is an account's, a channel's or a post's on a platform."""
    nouns = table("nouns")
    low = words.lower()
    if head in nouns["social_account"] and any(sign in low for sign in nouns["social_signs"]):
        return True
    posts = {*nouns["social_account"], *table("relays")["posts"]}
    return head in posts and _platform().search(words) is not None


def is_platform(words: str) -> bool:
    """Whether words end with the name of a platform: Telegram, his Telegram channel."""
    names_of = "|".join(map(re.escape, table("relays")["platforms"]))
    posts = "|".join(table("relays")["posts"])
    return re.search(rf"\b(?:{names_of})(?: (?:{posts}))?$", words) is not None


@cache
def _platform() -> re.Pattern[str]:
    platforms = "|".join(map(re.escape, table("relays")["platforms"]))
    return re.compile(rf"\b(?:on|to|via|from) (?:{platforms})\b|\b(?!X\b)(?:{platforms})\b")


def is_hidden(text: str, phrase: Phrase) -> bool:
    """Whether somebody unnamed did not want to be named, or may not be, as far as is said."""
    inside, following = _hidden()
    if inside.search(phrase.span.cut(text)):
        return True
    if names().nouns.get(phrase.head) not in {None, "group", "government", "military", "witnesses"}:
        return False
    return (
        following.match(text, phrase.span.end, min(len(text), phrase.span.end + _AFTER)) is not None
    )


@cache
def _hidden() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = table("nouns")["hidden"]
    inside, following = "|".join(lists["inside"]), "|".join(lists["following"])
    return re.compile(rf"\b(?:{inside})\b"), re.compile(rf",? ?(?:{following})\b")
