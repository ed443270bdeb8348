"""What is done by saying it: the speech act of an attribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.claims.contents import Signs, signs
from allegedly.claims.lexicon import cue_lexicon, tokens
from allegedly.claims.modality import polarity
from allegedly.claims.performatives import binds, carried, is_mandate, performed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from allegedly.claims.lexicon import CueClass, CueLexicon, CueReading, Match
    from allegedly.records import Act

_QUOTES = ("“", "‘", '"', "«", "„")
# Who is told something is no telling word: told the Herald.
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
# Neutral verbs by which somebody is told to do what an infinitive says.
_ORDERING = frozenset({"tell", "advise", "remind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An attribution's words and the signs in its content; `anonymous` where nobody is named."""

    cue: str
    content: str
    heard: Signs
    anonymous: bool


def act(
    cue: str, content: str, source: str = "", *, anonymous: bool = False, language: str = "en"
) -> Act:
    """The speech act of a cue with its content, after Searle's classes and reading of the content.

    Takes the words themselves; an empty cue (a social post) leaves all to the content.
    `anonymous` says that nobody is named; the source's words are free otherwise. Never raises.
    """
    found = cue_class(cue, content, language=language)
    heard = signs(content, source, language=language)
    told = Told(cue=cue, content=content, heard=heard, anonymous=anonymous)
    if found is None or found.reading in {"open", "claim"}:
        named = performed(content, source, language=language)
        if named is not None:
            return named
        found = carried(cue, content, language=language) or found
    if found is None:
        return _open(heard)
    if found.negated is not None and negated(cue, language=language):
        return _negated(found, found.negated, heard)
    return _READINGS[found.reading](found, told)


def _negated(found: CueClass, shown: Act, heard: Signs) -> Act:
    """What a negated or refused cue does; not knowing *whether* or *why* denies nothing."""
    return "assert" if found.name == "know" and heard.asks else shown


def cue_class(cue: str, content: str = "", *, language: str = "en") -> CueClass | None:
    """The class of the cue's telling word: the first that is not neutral, else the last one.

    A verb finds its preposition (*call* … *for*) where the content opens with it.
    """
    lexicon = cue_lexicon(language)
    words = [token.word for token in tokens(cue)]
    lemmas = lexicon.lemmatise(words + [token.word for token in tokens(content[:40])[:1]])
    matches = [match for match in lexicon.rows.find(lemmas) if match.first < len(words)]
    matches = _without_manner(words, lemmas, matches, lexicon)
    named = [lexicon.classes[match.label] for match in matches]
    telling = [found for found in named if found.reading not in {"open", "claim"}]
    # What comes last tells how it was put: *issued a statement saying*, *said he believes*.
    if matches and named[-1].name == "say" and matches[-1].last == len(words) > 1:
        return named[-1]
    if any(found.name == "say" for found in named) and _only_states(telling):
        telling = []
    return telling[0] if telling else (named[-1] if named else None)


def _without_manner(
    words: Sequence[str], lemmas: Sequence[str], matches: list[Match], lexicon: CueLexicon
) -> list[Match]:
    """Leave out what only tells how or where it was said: *said in a complaint to the press*."""
    if not matches or " ".join(lemmas[matches[0].first : matches[0].last]) not in lexicon.speaking:
        return matches
    after = range(matches[0].last, len(words))
    told = lemmas[matches[0].first] == "tell"
    ends = lexicon.manner | (_ARTICLES if told else frozenset())
    end = next((at for at in after if words[at] in ends), len(words))
    return [m for m in matches if m.first < end or lexicon.classes[m.label].name == "say"]


def _only_states(found: list[CueClass]) -> bool:
    """Whether the telling words are states of mind, which a verb of saying outranks."""
    return all(each.reading == "belief" for each in found)


def negated(cue: str, *, language: str = "en") -> bool:
    """Whether the cue is denied or refused: *did not deny*, *refused to confirm*."""
    lexicon = cue_lexicon(language)
    words = [token.word for token in tokens(cue)]
    return _has_negator(words, lexicon) or any(lexicon.refusals.find(lexicon.lemmatise(words)))


def _has_negator(words: list[str], lexicon: CueLexicon) -> bool:
    if words[:3] == ["pleaded", "not", "guilty"] or "plead" in lexicon.lemmatise(words):
        return False
    return any(word in lexicon.negators or word.endswith("n't") for word in words)


def _open(heard: Signs) -> Act:
    """The act that a content shows by itself; assert unless the signs are strong."""
    if (heard.exculpates and not heard.obliges) or heard.rebuts:
        return "deny"
    if heard.threatens:
        return "threaten"
    if heard.condemns:
        return "condemn"
    if heard.pledges:
        return "promise"
    if heard.obliges:
        return "demand"
    return "praise" if heard.praises else "assert"


def _said(told: Told, *, claimed: bool) -> Act:
    """Neutral verbs of saying: an infinitive after *told* is an order, a question is asked."""
    heard, lemmas = told.heard, cue_lexicon().lemmatise(_words(told.cue))
    ordered = heard.wants and not _ORDERING.isdisjoint(lemmas)
    if ordered or (heard.calls and lemmas[-1:] == ("call",)):
        return "demand"
    shown = _open(heard)
    if shown != "assert":
        return shown
    if claimed and heard.wrongs:
        return "accuse"
    return "ask" if heard.questions else shown


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _fixed(found: CueClass, told: Told) -> Act:
    """A telling cue decides alone, but for a suggestion of what should be done."""
    heard = told.heard
    if found.name == "speculate":
        wanted = heard.obliges or heard.suggests or is_mandate(told.content)
        return "demand" if wanted else found.act
    if found.name == "demand" and heard.asks:
        return "ask"
    return found.act


def _belief(found: CueClass, told: Told) -> Act:
    """What somebody thinks is asserted, unless it is hedged or nobody stands up for it."""
    if told.heard.obliges:
        return "demand"
    if found.name in {"believe", "know"} and told.heard.exculpates:
        return "deny"
    weak = found.name in {"believe", "expect"} and (told.anonymous or told.heard.hedged)
    return "speculate" if weak else "assert"


def _warning(_: CueClass, told: Told) -> Act:
    """A warning wants something done, threatens, or fears; told as a fact it still fears."""
    heard, last = told.heard, _words(told.cue)[-1:]
    if last == ["against"]:
        return "demand"
    if (heard.wants or heard.obliges) and last not in (["of"], ["about"], ["over"]):
        return "demand"
    return "threaten" if heard.threatens or heard.conditions else "speculate"


def _request(_: CueClass, told: Told) -> Act:
    """Asking whether or about is a question, asking somebody to or for something a demand."""
    if told.heard.asks or "about" in _words(told.cue):
        return "ask"
    return "demand" if told.heard.wants or told.heard.calls else "ask"


def _insistence(_: CueClass, told: Told) -> Act:
    """Who insists that something is not so denies it; who insists that it be, demands it."""
    if told.heard.exculpates or polarity(told.content) == "negative":
        return "deny"
    return "demand" if is_mandate(told.content) else _said(told, claimed=True)


def _pledge(found: CueClass, told: Told) -> Act:
    """To assure that something will be is to promise it; that it is or was, to assert it."""
    return found.act if binds(told.content) else _open(told.heard)


def _formula(found: CueClass, told: Told) -> Act:
    """What is declared is done by declaring it, but words that are quoted are only said so."""
    return _open(told.heard) if told.content.startswith(_QUOTES) else found.act


def _suspicion(found: CueClass, told: Told) -> Act:
    return "accuse" if told.heard.wrongs else found.act


def _contest(found: CueClass, told: Told) -> Act:
    return "demand" if told.heard.wants else found.act


def _neutral(_: CueClass, told: Told) -> Act:
    return _said(told, claimed=False)


def _claim(_: CueClass, told: Told) -> Act:
    return _said(told, claimed=True)


_READINGS: Mapping[CueReading, Callable[[CueClass, Told], Act]] = {
    "fixed": _fixed,
    "open": _neutral,
    "claim": _claim,
    "belief": _belief,
    "warning": _warning,
    "request": _request,
    "insist": _insistence,
    "pledge": _pledge,
    "formula": _formula,
    "suspicion": _suspicion,
    "contest": _contest,
}
