"""Runs of capitalised words that may be names."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names, table
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*")
_DOTTED = re.compile(
    r"[A-Z](?:\.[A-Z])*\Z|(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|"
    r"Rev|Hon|Adm|Maj|Det|Jr|Sr|Corp|Inc|Ltd|Co|Bros)\Z"
)
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)\Z")
_NICKNAME = re.compile(
    r" (?:“[A-Z][\w’'-]*”|\"[A-Z][\w’'-]*\"|‘[A-Z][\w-]*’|'[A-Z][\w-]*') (?=[A-Z])"
)
_POSSESSIVE = ("'s", "’s")
_LONGEST = 12
# So many of a line's long words have a capital where its style gives one to each; by hand, on the
# headlines of news feeds.
_CAPITALS = 0.85
_LONG_WORD = 4
_FEWEST = 4
_UNNAMED = frozenset({"document", "footage", "witnesses"})
_CURRENCY = ("$", "£", "€", "¥")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place; a possessive ending is left out, an abbreviation's stop is not."""

    start: int
    end: int
    text: str
    possessive: bool = False
    opens: bool = False

    @property
    def low(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether the word is written like a name."""
        low, _, rest = self.text.partition("-")
        particle = low in names().particles and rest[:1].isupper()
        return self.text[:1].isupper() or particle or _ORDINAL.match(self.text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Neighbouring tokens that make one name, its titles included."""

    tokens: tuple[Token, ...]
    possessive: bool


def is_acronym(word: str) -> bool:
    """Whether a word that is a small one in lower case stands for a name in capitals: WHO, US."""
    return (
        word.isupper() and len(word) > 1 and word.lower() not in table("nouns")["words"]["shouted"]
    )


def tokens(text: str) -> list[Token]:
    """The words of a text in order; linear in its length."""
    found: list[Token] = []
    before = 0
    for match in _WORD.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        between = text[before:start]
        opens = not found or any(mark in between for mark in '.!?:\n"“‘—') or " '" in between
        possessive = word.endswith(_POSSESSIVE)
        if possessive:
            word, end = word[:-2], end - 2
        elif text[end : end + 1] == "." and _DOTTED.match(word):
            word, end = word + ".", end + 1
        found.append(Token(start, end, word, possessive, opens))
        before = match.end() if possessive else end
    return found


def chunks(text: str, found: Sequence[Token], usual: frozenset[str]) -> list[Chunk]:
    """Capitalised runs; `usual` are the words that the text also writes in lower case."""
    made: list[Chunk] = []
    at = 0
    while at < len(found):
        money = text[found[at].end : found[at].end + 1] in _CURRENCY
        if not found[at].capital or money or _ordinary(found, at, usual):
            at += 1
            continue
        end = _run(text, found, at)
        if end == at + 1 and found[at].text[0].isdigit():
            at += 1
            continue
        made.append(Chunk(tokens=tuple(found[at:end]), possessive=found[end - 1].possessive))
        at = end
    return made


def capital_lines(text: str, found: Sequence[Token]) -> list[Span]:
    """The lines in which every long word has a capital, as in many headlines."""
    ends = [match.start() for match in re.finditer("\n", text)]
    lines: dict[int, list[Token]] = {}
    for token in found:
        lines.setdefault(bisect_left(ends, token.start), []).append(token)
    return [Span(words[0].start, words[-1].end) for words in lines.values() if _all_capitals(words)]


def _all_capitals(words: Sequence[Token]) -> bool:
    long = [word for word in words if word.text.isalpha() and len(word.text) >= _LONG_WORD]
    return len(long) >= _FEWEST and sum(w.capital for w in long) >= _CAPITALS * len(long)


def _ordinary(found: Sequence[Token], at: int, usual: frozenset[str]) -> bool:
    """A word that only its place at the beginning has capitalised."""
    token = found[at]
    lists = names()
    if token.low in lists.things:
        return True
    follows = at + 1 < len(found) and found[at + 1].capital and found[at + 1].text.isalpha()
    if token.low in lists.plain:
        if token.low in lists.first_names and follows and not token.text.endswith("."):
            return found[at + 1].low in lists.plain or found[at + 1].start > token.end + 1
        return not is_acronym(token.text)
    kind = lists.nouns.get(token.low)
    anybody = token.low in table("nouns")["words"]["anybody"]
    alone = token.opens and not follows and not token.text.isupper()
    if alone and (kind in _UNNAMED or anybody):
        return True  # *Video shows*: nobody is called so
    known = token.low in lists.roles or token.low in lists.honorifics or token.low in lists.places
    if not token.opens or known or token.low in lists.first_names:
        return False
    return (token.low in usual or token.low in lists.plurals) and not follows


def _run(text: str, found: Sequence[Token], at: int) -> int:
    end = at + 1
    while end < len(found) and end - at < _LONGEST:
        step = _step(text, found, at, end)
        if not step:
            break
        end += step
    return end


def _step(text: str, found: Sequence[Token], at: int, end: int) -> int:
    """How many more tokens belong to the run that now ends at `end`; 0 where it stops."""
    last = found[end - 1]
    if (
        last.possessive
        and last.low + "'s" not in names().possessives
        and not _saint(found, at, end)
    ):
        return 0
    if not _touch(text, found, end):
        return _nickname(text, found, end)
    if found[end].capital:
        given = last.low in names().first_names
        return (
            0 if found[end].low in names().plain and len(found[end].text) > 1 and not given else 1
        )
    if found[end].text.isdigit() and last.low in table("outlets")["numbered"]:
        return 1
    return _bridge(text, found, at, end)


def _saint(found: Sequence[Token], at: int, end: int) -> bool:
    """Whether a possessive is a patron's, and its house follows: St Bride's Hospital."""
    house = end < len(found) and found[end].low in names().heads
    return house and found[at].low.rstrip(".") in {"st", "saint"}


def _nickname(text: str, found: Sequence[Token], end: int) -> int:
    """How many tokens a nickname in quotation marks and the surname after it make; 0 for none."""
    last = found[end - 1]
    if end + 1 >= len(found) or last.possessive or found[end + 1].opens:
        return 0
    quoted = _NICKNAME.match(text, last.end)
    return 2 if quoted and quoted.end() == found[end + 1].start else 0


def _touch(text: str, found: Sequence[Token], end: int) -> bool:
    if end >= len(found):
        return False
    last = found[end - 1]
    between = text[last.end + (2 if last.possessive else 0) : found[end].start]
    return between == " "


def _bridge(text: str, found: Sequence[Token], at: int, end: int) -> int:
    """Small words inside a name: van, of the, and."""
    low = found[end].low
    if low in names().particles:
        last = end
        while last - end < 2 and last + 1 < len(found) and found[last + 1].low in names().particles:  # noqa: PLR2004
            last += 1
        return last - end + 2 if _capital_after(text, found, last) else 0
    noble = low == "of" and found[end - 1].low in table("titles")["nobility"]
    if noble or (low in {"of", "for", "on"} and found[end - 1].low in names().joining):
        article = end + 1 < len(found) and found[end + 1].text in {"the", "a", "an"}
        skip = 1 if article and _touch(text, found, end + 1) else 0
        return 2 + skip if _capital_after(text, found, end + skip) else 0
    if low == "and" and _joins(text, found, at, end):
        return 2
    return 0


def _capital_after(text: str, found: Sequence[Token], at: int) -> bool:
    return at + 1 < len(found) and _touch(text, found, at + 1) and found[at + 1].capital


def _joins(text: str, found: Sequence[Token], at: int, end: int) -> bool:
    """Whether `and` is inside an organisation's name: Food and Drug Administration."""
    if not _capital_after(text, found, end):
        return False
    lists = names()
    front = found[at:end]
    if " ".join(token.low for token in front) in lists.places or front[0].low in lists.first_names:
        return False
    after = end + 1
    while after + 1 < len(found) and _capital_after(text, found, after):
        after += 1
    headed = any(token.low in lists.heads for token in front)
    chained = any(token.low in {"of", "for"} for token in front)
    return chained or (not headed and len(front) <= 2 and found[after].low in lists.heads)  # noqa: PLR2004
