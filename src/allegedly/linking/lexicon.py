"""Words that claims are compared by: what they are about, who acts under which name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegedly.records import Act

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-'’]\w+)*")
_OWNING = re.compile(r"['’]s?$")
_OWNED = ("'", "'s", "’", "’s")  # what it takes off
_LONGEST_ROW = 4  # words in one name or phrase
_OPENING = 2  # words of a content, without those of _stop_, in which its subject is named
_WHOSE = 4  # and in which it is told whose claim is meant
_STEM = 4  # letters that stay when an ending goes
_CAPITALS = 2  # letters of the shortest name that is written in capitals (US, UN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists of one language; the data files explain them.

    `parties` maps a name as written to its party, `beginnings` are the first words of these names.
    """

    parties: Mapping[str, str]
    beginnings: frozenset[str]
    stop: frozenset[str]
    rejecting: re.Pattern[str]
    negating: frozenset[str]
    withholding: frozenset[str]
    question: frozenset[str]
    connecting: frozenset[str]
    asking: frozenset[str]
    topics: frozenset[str]
    claim_nouns: frozenset[str]
    reversing: re.Pattern[str]
    doubting: re.Pattern[str]
    mutual: re.Pattern[str]
    endings: tuple[str, ...]
    plurals: Mapping[str, str]
    titles: frozenset[str]
    agreeing: frozenset[str]
    first_person: frozenset[str]
    dangling: frozenset[str]
    joining: frozenset[str]
    leading: frozenset[str]
    attaching: frozenset[str]
    circumstances: frozenset[str]
    causes: tuple[tuple[str, ...], ...]
    reporting: Mapping[str, Act]
    greeting: re.Pattern[str]
    offering: re.Pattern[str]
    addressing: frozenset[str]


class Token(msgspec.Struct, frozen=True, gc=False):  # no dataclass: every word is made one
    """A word, or the words of a party's name; `party` is None for other words."""

    text: str
    start: int
    end: int
    party: str | None = None


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lists of a language; raises FileNotFoundError where there is none."""
    words, names = (_table(language, name) for name in ("words", "parties"))
    parties = {party: party for party in names["parties"]}
    parties |= {name: party for party, own in names["parties"].items() for name in own}
    return Lexicon(
        parties=parties,
        beginnings=frozenset(m[0] for m in map(_TOKEN.search, parties) if m),
        stop=frozenset(words["stop"]),
        rejecting=_pattern(words["rejecting"]),
        negating=frozenset(words["negating"]),
        withholding=frozenset(words["withholding"]),
        question=frozenset(words["question"]),
        connecting=frozenset(words["connecting"]),
        asking=frozenset(words["asking"]),
        topics=frozenset(words["topics"]),
        claim_nouns=frozenset(words["claim_nouns"]),
        reversing=_pattern(words["reversing"]),
        doubting=_pattern(words["doubting"]),
        mutual=_pattern(words["mutual"]),
        endings=tuple(words["endings"]),
        plurals=words["plurals"],
        titles=frozenset(words["titles"]),
        agreeing=frozenset(words["agreeing"]),
        first_person=frozenset(words["first_person"]),
        dangling=frozenset(words["dangling"]),
        joining=frozenset(words["joining"]),
        leading=frozenset(words["leading"]),
        attaching=frozenset(words["attaching"]),
        circumstances=frozenset(words["circumstances"]),
        causes=tuple(tuple(row.split()) for row in words["causes"]),
        greeting=_pattern(words["furniture"]["greeting"]),
        offering=_pattern(words["furniture"]["offering"]),
        addressing=frozenset(words["furniture"]["addressing"]),
        reporting={verb: act for act, verbs in words["reporting"].items() for verb in verbs},
    )


def _table(language: str, name: str) -> dict[str, Any]:
    path = files("allegedly.linking") / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all entries, so that a text is searched once."""
    parts = [re.escape(e.removesuffix("*")) + (r"\w*" if e.endswith("*") else "") for e in entries]
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 12)  # one text is asked for its parties, terms and more
def tokens(text: str, language: str = "en") -> tuple[Token, ...]:
    """The words of a text; names of parties of up to four words are one token."""
    found = [Token(m[0], *m.span()) for m in _TOKEN.finditer(text)]
    lists = lexicon(language)
    begin = [_begins(token.text, lists.beginnings) for token in found]
    return tuple(_named(text, found, begin, lists) if any(begin) else found)


def _named(text: str, found: Sequence[Token], begin: Sequence[bool], lists: Lexicon) -> list[Token]:
    named: list[Token] = []
    parties, at = lists.parties, 0
    while at < len(found):
        if not begin[at]:
            named.append(found[at])
            at += 1
            continue
        for width in range(min(_LONGEST_ROW, len(found) - at), 0, -1):
            start, end = found[at].start, found[at + width - 1].end
            party = _party(text[start:end], parties)
            if party is not None or width == 1:
                named.append(Token(text=text[start:end], start=start, end=end, party=party))
                at += width
                break
    return named


def _begins(word: str, beginnings: frozenset[str]) -> bool:
    """Whether a word may be the first of a party's name: most are not, and are passed over."""
    if word in beginnings:
        return True
    bare = _OWNING.sub("", word) if word.endswith(_OWNED) else word
    return bare in beginnings or (
        bare.isupper() and not beginnings.isdisjoint((bare.title(), word.title()))
    )


def _party(name: str, parties: Mapping[str, str]) -> str | None:
    bare = _OWNING.sub("", name)
    if bare in parties:
        return parties[bare]
    # Headlines in capitals; a short one is a word as likely as a name.
    if bare.isupper() and len(bare) > _CAPITALS + 2 and "." not in bare:
        return parties.get(bare.title())
    return None


def parties_in(text: str, language: str = "en") -> tuple[str, ...]:
    """The parties that a text names, in its order, each once."""
    return tuple(dict.fromkeys(t.party for t in tokens(text, language) if t.party))


def opening_party(text: str, language: str = "en") -> str | None:
    """The party named in the first words of a content: whom it is about, or who did it."""
    stop = lexicon(language).stop
    found = [t for t in tokens(text, language) if t.party or t.text.lower() not in stop]
    return next((t.party for t in found[:_OPENING] if t.party), None)


@lru_cache(maxsize=4096)  # whatever compares claims asks for the words of each again and again
def terms(text: str, language: str = "en") -> tuple[str, ...]:
    """What the words of a text are about: stems, parties and figures, each once, in its order."""
    lists = lexicon(language)
    found = []
    for token in tokens(text, language):
        word = token.text.lower()
        if token.party:
            found.append(token.party)
        elif word not in lists.stop and (len(word) > 1 or word.isdigit()):
            found.append(stem(word, lists.endings))
    return tuple(dict.fromkeys(found))


def is_about(text: str, language: str = "en") -> bool:
    """Whether a text is about anything: whether it has `terms`."""
    stop = lexicon(language).stop
    for found in _TOKEN.finditer(text):
        word = found[0].lower()
        # Such a word is a term, or part of a party's name, which is one.
        if word not in stop and (len(word) > 1 or word.isdigit()):
            return True
    return bool(terms(text, language))


def stem(word: str, endings: Sequence[str]) -> str:
    """A word without its ending; crude, but the same for every form of most words of news."""
    bare = _OWNING.sub("", word)
    for ending in endings:
        if bare.endswith(ending) and len(bare) - len(ending) >= _STEM:
            return bare.removesuffix(ending)
    return bare


def rejects(text: str, language: str = "en") -> bool:
    """Whether a text calls something wrong, or disclaims a part in it, in so many words."""
    return lexicon(language).rejecting.search(text) is not None


def negates(text: str, language: str = "en") -> bool:
    """Whether a text has a word that turns a clause round."""
    lists = lexicon(language)
    if lists.negating.isdisjoint(word.lower() for word in _TOKEN.findall(text)):
        return False  # of most texts, without looking for names
    return any(t.text.lower() in lists.negating for t in tokens(text, language))


def clause_end(text: str, language: str = "en") -> int:
    """Where the first clause of a text ends: before the first word that joins another to it."""
    joining = lexicon(language).joining
    found = tokens(text, language)
    pairs = pairwise(found)
    return next((a.end for a, b in pairs if b.text.lower() in joining), len(text))


def of_self(text: str, speaker: frozenset[str], language: str = "en") -> bool:
    """Whether a text speaks of its speaker: in the first person, or with its party named first."""
    own = lexicon(language).first_person
    found = tokens(text, language)
    named = next((t.party for t in found if t.party), None)
    return named in speaker or any(t.text.lower() in own for t in found)


def stands_alone(text: str, language: str = "en") -> bool:
    """Whether words can be read without those before them: no *of …*, no *it*."""
    lists = lexicon(language)
    first = next((t.text.lower() for t in tokens(text, language) if t.text.lower() != "that"), "")
    return first not in lists.dangling and first not in lists.first_person


def is_title(word: str, language: str = "en") -> bool:
    """Whether a lower-case word tells what somebody is and not who."""
    return word in lexicon(language).titles


def doubts(text: str, language: str = "en") -> bool:
    """Whether a text tells that somebody does not know, or has no proof."""
    return lexicon(language).doubting.search(text) is not None


def is_furniture(text: str, language: str = "en") -> bool:
    """Whether a clause speaks to the reader of the page and tells nothing of the world.

    *Welcome back to our live coverage*; *Sign up for our newsletter*, not *a newsletter was sued*.
    """
    lists = lexicon(language)
    if lists.greeting.search(text):
        return True
    if not lists.offering.search(text):
        return False
    return any(word.lower() in lists.addressing for word in _TOKEN.findall(text))


def whose_claim(text: str, language: str = "en") -> str | None:
    """The party whose claim a text opens with: *Peru's claim that …*, *Peruvian accusations*."""
    nouns = lexicon(language).claim_nouns
    opening = tokens(text, language)[:_WHOSE]
    at = next((i for i, token in enumerate(opening) if token.text.lower() in nouns), 0)
    return next((token.party for token in opening[:at] if token.party), None)


def names_topic(cue: str, language: str = "en") -> bool:
    """Whether what follows a cue is what was spoken about, and not what was said: *spoke about*."""
    return cue.rpartition(" ")[2].lower() in lexicon(language).topics


def asks(text: str, language: str = "en") -> bool:
    """Whether a text is a question that somebody knows, or does not: *who was behind it*."""
    first = _TOKEN.search(text)
    return first is not None and first[0].lower() in lexicon(language).asking


@lru_cache(maxsize=1 << 15)
def is_mutual(text: str, language: str = "en") -> bool:
    """Whether a text tells that two sides say the same of each other."""
    return lexicon(language).mutual.search(text) is not None


@lru_cache(maxsize=1 << 15)
def reverses(text: str, language: str = "en") -> bool:
    """Whether a text tells that somebody goes back on what was said before."""
    return lexicon(language).reversing.search(text) is not None
