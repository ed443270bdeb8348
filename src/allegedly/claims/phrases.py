"""A source phrase taken apart: its head, its name, its apposition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from allegedly.claims.chunks import Token, is_acronym, tokens
from allegedly.claims.naming.lists import is_plural, names, singular, table
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.mentions import Mention
    from allegedly.records import Spans

Pronoun = Literal["male", "female", "thing", "plural", "speaker", "relative"]

_OWNED = re.compile(r"(?:['’]s|(?<=s)['’])$")
_HANDLE = re.compile(r"@(\w{2,40})")
_BRACKET = re.compile(r"\s*[\[(]([^)\]]{1,80})[)\]]")
_ENDS_SEGMENT = re.compile(r"[,;–—(\[]| - ")
_JOIN = re.compile(r"(?: ?\([^()]{1,20}\))?\s*(?:,|,? ?\b(?:and|or|nor)|&)(?: the)?\s*")
# Words in front of a phrase among which a quantity stands.
_FRONT = 6
_TITLE_WORDS = 4
_AND = re.compile(r"&|\b(?:and|or|nor)\b")
_MARKS = "\"'“”‘’«» \t.,;:"


_TAIL = re.compile(
    r"(?:\b(?:identified|known|named|called|only|as|Dr|Mr|Mrs|Ms|Rep|Sen|Gov|Gen)\b\.?\s*)+$"
)
_CLAUSES = frozenset({"suffering", "speaking", "citing", "another", "a", "an", "the", "whose"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What a source phrase says by itself.

    `named` are the mentions that name the source, several where it is joint; `owners` the
    mentions that stand in it otherwise. `head` is its head noun, singular and lower case, ""
    where a name is the head. `plain` is the phrase without article and relative clause.
    """

    span: Span
    plain: str
    head: str
    pronoun: Pronoun | None = None
    handle: str | None = None
    named: tuple[Mention, ...] = ()
    owners: tuple[Mention, ...] = ()
    role: str | None = None
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    bare: bool = False
    possessor: bool = False


@cache
def pronouns() -> dict[str, Pronoun]:
    """Each pronoun in lower case with whom it may stand for."""
    lists = table("pronouns")
    return {word: cast("Pronoun", key) for key, words in lists.items() for word in words}


def read_phrase(text: str, span: Span, mentions: Sequence[Mention]) -> Phrase:
    """Take one span apart, with the mentions that it holds."""
    handle = _HANDLE.search(span.cut(text))
    if handle:
        return Phrase(span=span, plain=handle.group(1), head="", handle=handle.group(1))
    found = _words(text, span)
    if not found:
        return Phrase(span=span, plain=span.cut(text).strip(_MARKS), head="")
    pronoun = _pronoun(found)
    if pronoun is None:
        return _describe(text, span, found, mentions)
    gloss = _BRACKET.match(text, found[0].end, span.end)
    if gloss:
        return read_phrase(text, Span(*gloss.span(1)), mentions)
    return Phrase(span=span, plain=span.cut(text), head="", pronoun=pronoun)


def _words(text: str, span: Span) -> list[Token]:
    shift = span.start
    return [
        Token(t.start + shift, t.end + shift, t.text, t.possessive, t.opens)
        for t in tokens(span.cut(text))
    ]


def _pronoun(found: Sequence[Token]) -> Pronoun | None:
    first = None if is_acronym(found[0].text) else pronouns().get(found[0].low)
    rest = [token for token in found[1:] if token.low not in names().reflexives]
    if first and (not rest or (first in {"plural", "thing"} and found[0].low in {"they", "it"})):
        return first
    return None


def _describe(text: str, span: Span, found: Sequence[Token], mentions: Sequence[Mention]) -> Phrase:
    inside = [mention for mention in mentions if span.contains(mention.span)]
    # A phrase that was cut inside a name is that name.
    inside = inside or [mention for mention in mentions if mention.span.end == span.end]
    core = _counted(text, found, inside) or _core(text, found, inside)
    named = _names_of(text, span, core, inside)
    lists = names()
    first, last = core[0].low, core[-1].low
    head = "" if named and named[-1].span.end >= core[-1].end else singular(last)
    modifiers = [token for token in core[:-1] if token.low not in lists.articles]
    return Phrase(
        span=span,
        plain=_plain(text, span, found),
        head=head,
        named=named,
        owners=tuple(mention for mention in inside if mention not in named),
        role=_role(text, core, named),
        definite=first in lists.definite,
        indefinite=first in lists.indefinite or first.isdigit(),
        plural=last in lists.plurals or len(named) > 1 or (head != "" and is_plural(last)),
        bare=not modifiers,
        possessor=first in lists.possessors,
    )


def _counted(text: str, found: Sequence[Token], inside: Sequence[Mention]) -> list[Token] | None:
    """The core with the noun that is counted: *most of her peers*, *two out of three voters*."""
    for at, token in enumerate(found[1:_FRONT], 1):
        if token.low == "of" and found[at - 1].low.rstrip("%") in names().quantities:
            rest = list(found[at + 1 :])
            stands = rest and rest[0].low not in pronouns() and rest[-1].text.isalpha()
            if stands and not any(m.span.contains(Span(token.start, token.end)) for m in inside):
                return [found[0], *_core(text, rest, inside)]
    return None


def _core(text: str, found: Sequence[Token], inside: Sequence[Mention]) -> list[Token]:
    """The head and what stands before it: up to a comma, a preposition or a relative."""
    lists = names()
    core: list[Token] = []
    for at, token in enumerate(found):
        within = any(m.span.start < token.start < m.span.end for m in inside)
        between = text[core[-1].end : token.start] if core else ""
        stops = token.low in lists.prepositions or token.low in lists.relatives
        part = bool(core) and _tells_of(core[-1].low, found[at:])
        dated = between == ", " and core[-1].text.isdigit() and token.text.isdigit()
        if core and not within and not dated and (_ENDS_SEGMENT.search(between) or stops or part):
            break
        core.append(token)
    while len(core) > 1 and core[-1].low in lists.reflexives | lists.trailing:
        core.pop()
    return core


def _tells_of(noun: str, rest: Sequence[Token]) -> bool:
    """Whether words tell something of the noun before them.

    *Footage shared*, *report seen*, *documents it had obtained*, *a lawmaker looking to*.
    """
    lists = names()
    word, after = rest[0].low, rest[1].low if len(rest) > 1 else ""
    if noun in lists.nouns and (word.endswith("ed") or word in lists.relatives or _acts(rest[0])):
        return True
    doing = word.endswith("ing") and after in {*lists.prepositions, *lists.articles, "to"}
    return doing and (noun in lists.nouns or noun in lists.roles)


def _acts(token: Token) -> bool:
    """Whether a word is a pronoun that is the subject of something: *it had obtained*."""
    return pronouns().get(token.text) in {"male", "female", "thing", "plural", "speaker"}


def _names_of(
    text: str, span: Span, core: Sequence[Token], inside: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The mention that ends the core, else an apposition, else a person after the whole title."""
    if core[0].low in names().indefinite - {"anonymous"} and core[0].low not in names().articles:
        return ()
    start, end = core[0].start, core[-1].end
    ending = [m for m in inside if m.span.end == end and not core[-1].possessive]
    if ending and not _is_title_only(ending[0]):
        after = _joined_after(text, ending[0], inside)
        return (*_joined(text, start, ending[0], inside), ending[0], *after)
    if core[-1].possessive and span.end == end + 2 and inside and inside[-1].span.end == end:
        return (inside[-1],)
    if singular(core[-1].low) != core[-1].low or core[-1].low in names().plurals:
        return ()
    return _apposed(text, span, core, inside)


def _is_title_only(mention: Mention) -> bool:
    """Whether a chunk is no name but a title: Foreign Secretary, Chief Minister."""
    last = mention.name.split()[-1].lower()
    roles = last in names().roles and last not in names().heads
    return mention.kind != "person" and roles


def _joined(text: str, start: int, last: Mention, inside: Sequence[Mention]) -> tuple[Mention, ...]:
    """Names before the last one that an `and` or commas join to it."""
    found: list[Mention] = []
    right = last
    for mention in reversed(inside):
        if mention.span.end >= right.span.start or mention.span.start < start:
            continue
        between = text[mention.span.end : right.span.start]
        if not _joins(between):
            break
        found.insert(0, mention)
        right = mention
    return tuple(found)


def _joined_after(text: str, first: Mention, inside: Sequence[Mention]) -> tuple[Mention, ...]:
    """Names after an organisation's acronym: the A (B) and the C."""
    found: list[Mention] = []
    left, closed_at = first, 0
    for mention in inside:
        if mention.span.start < left.span.end:
            continue
        between = text[left.span.end : mention.span.start]
        if between.lstrip().startswith("(") and mention.name in between + mention.name + ")":
            closed = between.count("(") == between.count(")")
            if not closed:
                continue
        if not _joins(between):
            break
        found.append(mention)
        left = mention
        # A comma alone, or with an article, sets off an apposition; a list ends with *and*.
        closed_at = len(found) if _AND.search(between) else closed_at
    return tuple(found[:closed_at])


def _joins(between: str) -> bool:
    """Whether words between two names join them: a comma or *and*, the second one's title after."""
    match = _JOIN.match(between)
    if match is None:
        return False
    words = between[match.end() :].split()
    title = not words or singular(words[-1].lower().rstrip(".")) in names().roles
    honorific = bool(words) and words[-1].lower().rstrip(".") in names().honorifics
    plain = not any(mark in between[match.end() :] for mark in ',;:()–—"“”')
    return plain and len(words) <= _TITLE_WORDS and (title or honorific)


def _apposed(
    text: str, span: Span, core: Sequence[Token], inside: Sequence[Mention]
) -> tuple[Mention, ...]:
    for mention in inside:
        if mention.span.start < core[-1].end or mention.kind == "place":
            continue
        before = text[core[-1].end : mention.span.start].rstrip()
        after = text[mention.span.end : span.end].strip(_MARKS)
        alone = not after or text[mention.span.end] in ",)–— "
        lead = _lead(before)
        if lead == "," and alone and mention.kind in {"person", "other"} and not mention.possessive:
            return (mention,)
        if lead == "title" and not after and mention.kind == "person" and not mention.role:
            return (mention,)
        named = re.search(r"\b(?:named|called|as|identified only as)$", before)
        if named and mention.kind in {"person", "other"}:
            return (mention,)
    return ()


def _lead(before: str) -> str:
    """How a name hangs on what is before it: by a comma, or as the name after a long title."""
    words = before.split()
    while words and words[-1].lower().rstrip(".") in names().honorifics:
        words.pop()
    if not words:
        return "title" if before else ""
    last = words[-1]
    if last[-1] in ",–—(-":
        return ","
    lists = names()
    low = last.lower()
    linked = low in lists.prepositions or low in lists.articles or low in {"and", "or", "with"}
    return "" if linked or low in lists.roles else "title"


def _plain(text: str, span: Span, found: Sequence[Token]) -> str:
    """The phrase without its article, up to a relative clause."""
    lists = names()
    skip = 1 if len(found) > 1 and found[0].low in lists.articles else 0
    end = span.end
    for token in found[skip + 1 :]:
        parted = token.low in _CLAUSES and "," in text[token.start - 2 : token.start]
        if parted or token.low in {"who", "which", "that", "whose", "whom"}:
            end = token.start
            break
    return text[found[skip].start : end].strip(_MARKS)


def _role(text: str, core: Sequence[Token], named: Sequence[Mention]) -> str | None:
    """What stands before the name in its own phrase, or what the mention carries along."""
    if not named:
        return None
    start = core[0].start
    if core[0].low in names().articles and len(core) > 1:
        start = core[1].start
    if named[0].kind in {"organisation", "place"}:
        return None
    before = _TAIL.sub("", text[start : named[0].span.start]).strip(_MARKS)
    words = before.replace(".", "").lower().split()
    if words and not all(word in names().honorifics for word in words):
        return before
    return named[0].role


def owner(text: str, source: Span, cue: Spans) -> Span:
    """Whose a noun of saying right after is: *Selm* of *Selm's claim that …*; else the source."""
    owned = _OWNED.search(text, source.start, source.end)
    if owned is None or not cue or text[source.end : cue[0].start].strip():
        return source
    return Span(source.start, owned.start())
