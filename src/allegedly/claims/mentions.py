"""Names in a text, found by capitals and by the words around them, without a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from allegedly.claims.chunks import Chunk, Token, capital_lines, chunks, tokens
from allegedly.claims.naming.lists import names, singular, table
from allegedly.claims.naming.outlets import is_outlet
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.records import Document

MentionKind = Literal["person", "organisation", "place", "other"]
Gender = Literal["male", "female"]

_ACRONYM = re.compile(
    r"(?:['’]s)?(?: or |,? ?[(\[](?:or |the )?)([A-Z][A-Za-z&.]{1,9})(?:[)\]]|\b)"
)
_TELL = re.compile(
    r", (?:(?:an?|the|one|another|then|now) )?"
    r"(?P<told>(?:[\w’'.&-]+ ){0,6}?[\w’'.&-]+)"
    r"(?P<of> (?:of|for|at|in|with|to|from) [^,.;:()“”\"\n]{2,60})?"
    r"(?=[,.;:–—]| (?:who|whose|which|that|and)\b|$)"
)
_LEAD = re.compile(r"((?:[\w’'.&/-]+ ){0,5}[\w’'.&/-]+),? $")
_ADJECTIVE = re.compile(
    r"(?<![\w-])((?:(?:[Ff]ormer|[Aa]cting|[Dd]eputy|[Ss]enior|[Ii]nterim|[Cc]hief|[Tt]hen|[Rr]etired"
    r"|[Aa]ssistant|[Vv]ice) )+)$"
)
_ADJECTIVES = 40
_OF_BODY = re.compile(
    r"\b(?:[Ss]pokes\w+|[Rr]epresentative|[Oo]fficial|[Dd]irector|[Hh]ead|[Cc]hief|[Ll]awyer|[Aa]nalyst"
    r"|[Cc]oordinator|[Mm]anager|[Ll]eader|[Cc]hair\w*) (?:for|of|at|with|from) (?:the )?$"
)
_TITLE_OF = re.compile(r"\b([A-Z]\w+) (?:of|for) (?:the )?$")
_TITLED_NAME = 3  # the end of the title, a given name and a surname
_LINKS = frozenset({"of", "for", "on", "the", "and"})
_LEAD_REACH = 90
_PERSON_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name as the text prints it.

    `name` leaves out honorifics, titles and the possessive; `role` is what the text calls the
    person beside the name; `acronym` stands in brackets after an organisation's name. `headed`
    tells that every word of its line has a capital, so that these tell no names.
    """

    span: Span
    name: str
    kind: MentionKind
    gender: Gender | None = None
    role: str | None = None
    acronym: str | None = None
    possessive: bool = False
    headed: bool = False


@lru_cache(maxsize=4)
def find_mentions(document: Document) -> tuple[Mention, ...]:
    """The names of a document in the order of its text; overlapping none.

    Kept for the last few documents: sources are resolved for silences first, then for claims.
    """
    text = document.text
    found = tokens(text)
    usual = frozenset(token.text for token in found if token.text[:1].islower())
    mentions = [m for chunk in chunks(text, found, usual) for m in _read_chunk(text, chunk)]
    return tuple(_headed(mentions, capital_lines(text, found)))


def _headed(mentions: Sequence[Mention], lines: Sequence[Span]) -> Iterator[Mention]:
    """The mentions, those marked that stand in one of some lines, which are in order."""
    starts = [line.start for line in lines]
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        stands = at >= 0 and lines[at].contains(mention.span)
        yield replace(mention, headed=True) if stands else mention


def _read_chunk(text: str, chunk: Chunk) -> list[Mention]:
    """Titles in front are taken off; a place or an organisation in front is a mention itself."""
    before = text[max(0, chunk.tokens[0].start - _ADJECTIVES) : chunk.tokens[0].start]
    parts = _parts(chunk.tokens, titled=_OF_BODY.search(before) is not None)
    if len(parts) == 1 and not parts[0][0] and _ends_title(before, chunk.tokens):
        parts = [(chunk.tokens[:1], chunk.tokens[1:])]
    return [
        _mention(text, part, prefix, possessive=chunk.possessive and part[-1] is chunk.tokens[-1])
        for prefix, part in parts
        if part
    ]


def _ends_title(before: str, found: Sequence[Token]) -> bool:
    """Whether a run begins with the end of a title: *Secretary of State Ana Ruk*."""
    begun = _TITLE_OF.search(before)
    names_a_person = len(found) == _TITLED_NAME and not is_title(found[0].text)
    return begun is not None and is_title(begun[1]) and names_a_person


def _parts(
    found: tuple[Token, ...], *, titled: bool
) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Prefix and name of each mention in a run; `titled` after *a spokesman for* and the like."""
    lists = names()
    title = _title_end(found)
    if title:
        front = found[:title]
        # What stands before the title is a name of its own: Kremlin, Environment Canada.
        first = next((i for i, token in enumerate(front) if is_title(token.text)), 0)
        joined = " ".join(token.low for token in front[:first])
        known = first and (joined in lists.places or front[first - 1].low in lists.heads)
        owner = [((), front[:first])] if known else []
        return [*owner, (front, found[title:])]
    for at in range(1, len(found) - 1):
        if _begins_person(found, at, titled=titled):
            return [((), found[:at]), (found[:at], found[at:])]
    return [((), found)]


def _title_end(found: tuple[Token, ...]) -> int:
    """How many tokens in front are title; 0 where the title is all there is, or none is."""
    if any(token.low in {"of", "for", "on"} for token in found):
        if long := _after_long_title(found):
            return long
        if found[0].low in table("titles")["nobility"]:
            return 0  # the Duke of Selme
        lead = [token for token in found[:2] if token.low.rstrip(".") in names().honorifics]
        return len(lead) if len(lead) < len(found) else 0
    last = 0
    for at, token in enumerate(found[:-1]):
        place = " ".join(t.low for t in found[:at]) in names().places
        if is_title(token.text) and not (at and _given(found[at - 1]) and not place):
            last = at + 1
    if last == 1 and len(found) == last + 1 and _given(found[0]):
        return 0  # Don Yeomans and Dean Holm are no don and no dean
    body = last and names().heads.get(found[-1].low.rstrip(".")) and not _given(found[-2])
    return 0 if body else last


def _after_long_title(found: tuple[Token, ...]) -> int:
    """Where a given name begins after a title like Secretary of Health; 0 where none does."""
    for at in range(2, len(found) - 1):
        short = len(found) - at <= _PERSON_WORDS
        titles = any(is_title(token.text) for token in found[:at])
        if short and titles and _given(found[at]) and found[at - 1].low not in _LINKS:
            return at
    return 0


def is_title(word: str) -> bool:
    """Whether a word is an honorific or says what a person does."""
    low = word.lower().rstrip(".")
    return low in names().honorifics or singular(low) in names().roles


def _given(token: Token) -> bool:
    lists = names()
    return token.low in lists.male_names or token.low in lists.female_names or _initial(token)


def _initial(token: Token) -> bool:
    return bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?|[A-Z]", token.text))


def _begins_person(found: tuple[Token, ...], at: int, *, titled: bool) -> bool:
    if not _given(found[at]) or _initial(found[at]) or _given(found[at - 1]):
        return False
    before = " ".join(token.low for token in found[:at])
    lists = names()
    acronym = found[at - 1].text.isupper() and len(found[at - 1].text) > 1
    body = before in lists.places or found[at - 1].low in lists.heads or acronym
    return body or (titled and len(found) - at <= _PERSON_WORDS)


def _mention(
    text: str, part: tuple[Token, ...], prefix: tuple[Token, ...], *, possessive: bool
) -> Mention:
    span = Span(part[0].start, part[-1].end)
    name = span.cut(text)
    role = _role_beside(text, span, prefix)
    kind = _kind(part, prefix, role)
    follows = _ACRONYM.match(text, span.end)
    return Mention(
        span=span,
        name=name,
        kind=kind,
        gender=_gender(part, prefix, role) if kind == "person" else None,
        role=role,
        acronym=follows.group(1) if follows and _stands_for(follows.group(1), name) else None,
        possessive=possessive,
    )


def _stands_for(acronym: str, name: str) -> bool:
    """Whether an acronym is made of initials of the name, first letter first."""
    letters = iter(name.upper())
    plain = acronym.replace(".", "").upper()
    return (
        len(name) > len(acronym)
        and name[:1].upper() in plain[:1] + "T"
        and all(letter in letters for letter in plain)
    )


def _kind(part: tuple[Token, ...], prefix: tuple[Token, ...], role: str | None) -> MentionKind:
    lists = names()
    joined = " ".join(token.low for token in part)
    last = part[-1].low
    honorific = any(token.low.rstrip(".") in lists.honorifics for token in prefix)
    if honorific or (part[0].low in table("titles")["nobility"] and len(part) > 1):
        return "person"
    if joined in lists.places:
        return "place"
    outlet = is_outlet(" ".join(token.text for token in part))
    if joined in lists.metonyms or (outlet and not (prefix and _given(part[0]))):
        return "organisation"
    if _given(part[0]) and 1 < len(part) <= _PERSON_WORDS and last not in lists.joining:
        return "person"
    if _organisational(part):
        return "organisation"
    return "person" if role else "other"


def _organisational(part: tuple[Token, ...]) -> bool:
    lists = names()
    last = part[-1].low.rstrip(".")
    firm = len(part) > 1 and last in lists.firms
    ends = firm or last in lists.heads or part[0].low in lists.joining
    caps = len(part) == 1 and part[0].text.isupper() and len(part[0].text) > 1
    return ends or caps or any(token.low in lists.joining for token in part[:-1])


def _gender(part: tuple[Token, ...], prefix: tuple[Token, ...], role: str | None) -> Gender | None:
    lists = names()
    words = {token.low.rstrip(".") for token in prefix} | set((role or "").lower().split())
    if words & lists.female_words or part[0].low in lists.female_names:
        return "female"
    if words & lists.male_words or part[0].low in lists.male_names:
        return "male"
    return None


def _role_beside(text: str, span: Span, prefix: tuple[Token, ...]) -> str | None:
    lists = names()
    titles = [t for t in prefix if t.low in lists.roles or t.low.rstrip(".") in lists.short_titles]
    if titles:
        # *Recall Sen. Holm*: a short title at the front of a sentence begins with itself.
        opens = (
            prefix[0].opens and prefix[1:2] and _is_short(prefix[1]) and not _is_known(prefix[0])
        )
        start = prefix[1 if opens else 0].start
        return _with_front(text, start, text[start : titles[-1].end])
    begin = max(0, span.start - _LEAD_REACH, text.rfind("\n", 0, span.start) + 1)
    before = _LEAD.search(text[begin : span.start])
    lead = _cut_role(before.group(1).split()) if before else None
    return lead or _role_after(text, span)


def _is_short(token: Token) -> bool:
    return token.low.rstrip(".") in names().short_titles


def _is_known(token: Token) -> bool:
    lists = names()
    return is_title(token.text) or token.low in lists.places or token.low in lists.heads


def _with_front(text: str, start: int, title: str) -> str:
    """A capitalised title with the small words that belong to it: *acting Mayor*."""
    before = _ADJECTIVE.search(text, max(0, start - _ADJECTIVES), start)
    return before.group(1) + title if before else title


def _cut_role(words: Sequence[str]) -> str | None:
    """The end of a stretch of words, from after the last article, if it ends in a role."""
    if not words or words[-1].lower() not in names().roles:
        return None  # a plural is of more people than the one named
    start = len(words) - 1
    while start and not _closes(words[start - 1]):
        start -= 1
    return " ".join(words[start:])


def _closes(word: str) -> bool:
    lists = names()
    low = word.lower()
    return (
        low in lists.articles
        or low in lists.prepositions
        or low in lists.relatives
        or low in lists.irregular
        or low in {"and", "but", "as", "is", "was", "are", "were"}
        or low.endswith((",", "ed", "."))
    )


# Words that make of what follows a name a clause and no apposition.
_CLAUSE = frozenset(
    [
        "who",
        "whose",
        "which",
        "that",
        "been",
        "was",
        "is",
        "are",
        "has",
        "have",
        "had",
        "to",
        "of",
        "in",
    ]
)


def _role_after(text: str, span: Span) -> str | None:
    """The apposition after a name, with what it is of: *deputy director of the Port Agency*."""
    after = _TELL.match(text, span.end, min(len(text), span.end + 140))
    if after is None:
        return None
    words = after["told"].split(" and ")[0].split()
    clause = not words or words[0].lower().endswith("ing") or not _CLAUSE.isdisjoint(words)
    if clause or words[-1].lower() not in names().roles or _closes(words[0]):
        return None
    whole = words == after["told"].split()
    return " ".join(words) + (_of_whom(after["of"] or "") if whole else "")


def _of_whom(words: str) -> str:
    """The complement of a role up to a verb, *of the Port Agency*; "" without a noun in it."""
    kept: list[str] = []
    for word in words.split():
        low = word.lower()
        verb = low in names().irregular or (low.endswith("ed") and word[0].islower())
        if verb or low in names().relatives:
            break
        kept.append(word)
    closed = names().articles | names().prepositions
    while kept and kept[-1].lower() in closed:
        kept.pop()
    return " " + " ".join(kept) if kept else ""
