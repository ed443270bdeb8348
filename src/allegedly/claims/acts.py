"""What is done by saying it: the speech act of an attribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.contents import Signs, signs
from allegedly.claims.lexicon import cue_lexicon, tokens

if TYPE_CHECKING:
    from allegedly.claims.lexicon import CueClass, CueLexicon
    from allegedly.records import Act

# A negated cue does the opposite of what its verb does.
_NEGATED: dict[str, Act] = {
    "believe": "deny",
    "know": "deny",
    "want": "deny",
    "confirm": "assert",
    "deny": "assert",
    "accuse": "assert",
    "announce": "assert",
    "promise": "assert",
    "condemn": "assert",
    "praise": "assert",
    "threaten": "deny",
    "speculate": "deny",
}


def act(
    cue: str, content: str, source: str = "", *, anonymous: bool = False, language: str = "en"
) -> Act:
    """The speech act of a cue with its content, after Searle's classes and reading of the content.

    Takes the words themselves; an empty cue (a social post) leaves all to the content.
    `anonymous` says that nobody is named; the source's words are free otherwise. Never raises.
    """
    found = cue_class(cue, content, language=language)
    heard = signs(content, source, language=language)
    if found is None:
        return _open(heard)
    if negated(cue, language=language) and found.name in _NEGATED:
        return _NEGATED[found.name]
    match found.reading:
        case "fixed":
            shown = _fixed(found, heard)
        case "belief":
            shown = _belief(found, heard, anonymous=anonymous)
        case "warning":
            shown = _warning(heard)
        case "request":
            shown = _request(cue, heard)
        case "open" | "claim":
            shown = _said(cue, heard, claimed=found.reading == "claim")
    return shown


def cue_class(cue: str, content: str = "", *, language: str = "en") -> CueClass | None:
    """The class of the cue's telling word: the first that is not neutral, else the last one.

    A verb finds its preposition (*call* … *for*) where the content opens with it.
    """
    lexicon = cue_lexicon(language)
    words = [token.word for token in tokens(cue)]
    lemmas = lexicon.lemmatise(words + [token.word for token in tokens(content[:40])[:1]])
    matches = [match for match in lexicon.rows.find(lemmas) if match.first < len(words)]
    named = [lexicon.classes[match.label] for match in matches]
    telling = [found for found in named if found.reading not in {"open", "claim"}]
    # What comes last tells how it was put: *issued a statement saying*, *said he believes*.
    if matches and named[-1].name == "say" and matches[-1].last == len(words) > 1:
        return named[-1]
    if any(found.name == "say" for found in named) and _only_states(telling):
        telling = []
    return telling[0] if telling else (named[-1] if named else None)


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


def _said(cue: str, heard: Signs, *, claimed: bool) -> Act:
    """Neutral verbs of saying: an infinitive after *told* is an order, a question is asked."""
    lemmas = cue_lexicon().lemmatise([token.word for token in tokens(cue)])
    orders = "tell" in lemmas or "advise" in lemmas
    if heard.wants and orders:
        return "demand"
    if heard.calls and lemmas[-1:] == ("call",):
        return "demand"
    shown = _open(heard)
    if shown != "assert":
        return shown
    if claimed and heard.wrongs:
        return "accuse"
    return "ask" if heard.questions else shown


def _fixed(found: CueClass, heard: Signs) -> Act:
    """A telling cue decides alone, but for a suggestion of what should be done."""
    if found.name == "speculate" and (heard.obliges or heard.suggests):
        return "demand"
    if found.name == "demand" and heard.asks:
        return "ask"
    return found.act


def _belief(found: CueClass, heard: Signs, *, anonymous: bool) -> Act:
    """What somebody thinks is asserted, unless it is hedged or nobody stands up for it."""
    if heard.obliges:
        return "demand"
    if found.name in {"believe", "know"} and heard.exculpates:
        return "deny"
    weak = found.name == "believe" and (anonymous or heard.hedged)
    return "speculate" if weak else "assert"


def _warning(heard: Signs) -> Act:
    """A warning wants something done, threatens, or fears; told as a fact it still fears."""
    if heard.wants or heard.obliges:
        return "demand"
    return "threaten" if heard.threatens or heard.conditions else "speculate"


def _request(cue: str, heard: Signs) -> Act:
    """Asking whether or about is a question, asking somebody to or for something a demand."""
    if heard.asks or "about" in {token.word for token in tokens(cue)}:
        return "ask"
    return "demand" if heard.wants or heard.calls else "ask"
