"""Acts that the words of a content name: *we urge you*, *his demand that*, *be dissolved*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.contents import main_clause
from allegedly.claims.lexicon import cue_lexicon, tokens, word_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.lexicon import CueClass, CueLexicon
    from allegedly.records import Act

_FRONT = 14  # the first verb of a clause stands within so many words
_ADVERBS = 3  # no more words stand between a pronoun and its verb
_NOUN_PHRASE = 5  # a phrase's head noun stands within so many words
# Acts that saying one's verb in the first person performs; the others are only told of.
_PERFORMED: frozenset[Act] = frozenset(
    ["demand", "condemn", "praise", "promise", "deny", "threaten", "accuse", "announce"]
)


def performed(content: str, source: str = "", *, language: str = "en") -> Act | None:
    """The act that a content performs by its own verb, after Austin's explicit performatives.

    The verb is in the present and its subject *I*, *we* or the source's own short name. None
    where there is no such verb.
    """
    lexicon = cue_lexicon(language)
    words = [token.word for token in tokens(content)]
    lemmas = lexicon.lemmatise(words)
    own = {"i", "we"} | {token.word for token in tokens(source)[-1:]}
    for at, word in enumerate(words):
        verb = _verb(words, at + 1, language) if word in own else None
        match = lexicon.rows.at(lemmas, verb) if verb is not None else None
        if verb is None or match is None or not _present(words[verb], lemmas[verb], word):
            continue
        found = lexicon.classes[match.label]
        if found.act in _PERFORMED and found.reading in {"fixed", "request"}:
            return found.act
        if found.name == "ask" and "to" in words[match.last : match.last + _NOUN_PHRASE]:
            return "demand"
        if words[verb] in {"telling", "advising"} and "to" in words[match.last : verb + 4]:
            return "demand"
    return None


def _verb(words: Sequence[str], first: int, language: str) -> int | None:
    """Where the verb stands after its subject and adverbs, or None where something else does."""
    adverbs = word_lists("content", language)["before_verb"]
    for at in range(first, min(len(words), first + _ADVERBS)):
        if words[at] not in adverbs and not words[at].endswith("ly"):
            return at
    return None


def _present(word: str, lemma: str, subject: str) -> bool:
    """*We urge*, *we are urging* and *the agency urges*; what *we urged* is only told."""
    if word.endswith("ing"):
        return True
    return word == lemma if subject in {"i", "we"} else word == f"{lemma}s"


def carried(cue: str, content: str, *, language: str = "en") -> CueClass | None:
    """The class of the noun that a cue only carries: *reiterated* | *its commitment to peace*."""
    lexicon = cue_lexicon(language)
    lemmas = lexicon.lemmatise([token.word for token in tokens(cue)])
    if not lemmas or lemmas[-1] not in lexicon.carrying:
        return None
    words = [token.word for token in tokens(content[:80])]
    return _head(words, lexicon, language)


def _head(words: Sequence[str], lexicon: CueLexicon, language: str) -> CueClass | None:
    stops = word_lists("content", language)["after_noun"]
    lemmas = lexicon.lemmatise(words)
    for at, word in enumerate(words[:_NOUN_PHRASE]):
        if word in stops:
            return None
        match = lexicon.rows.at(lemmas, at)
        ends = match is not None and (match.last == len(words) or words[match.last] in stops)
        if match is not None and ends and lexicon.classes[match.label].reading != "open":
            return lexicon.classes[match.label]
    return None


def is_mandate(content: str, *, language: str = "en") -> bool:
    """Whether a content is in the mandative subjunctive: that the board *be* dissolved."""
    words = main_clause(content)
    helpers = word_lists("content", language)["before_be"]
    places = [at for at, word in enumerate(words[:_FRONT]) if word == "be" and at]
    return any(words[at - 1] not in helpers for at in places)


def binds(content: str, *, language: str = "en") -> bool:
    """Whether a content is something to be done or given rather than a state of affairs."""
    lists = word_lists("content", language)
    words = [token.word for token in tokens(content)]
    if words[:1] == ["to"] or any(True for _ in lists["future"].find(words)):
        return True
    return "that" not in words and not any(True for _ in lists["finite"].find(words))
