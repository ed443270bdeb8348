"""Signs in the words of a content of what is done by uttering them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import Phrases, tokens, word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bSt)[.!?;](?=[\s\"”’']|$)")
# A clause between commas interrupts the one that goes on after it: a ban, if upheld, could stop it.
_PARENTHESIS = re.compile(
    r",\s(?:who|which|because|although|though|while|when|where|after|before|since|unless|as|if)\b"
    r"[^,.;:]{2,90},(?=\s)"
)
_COMMA = re.compile(r",(?=\s)")
# No evidence for what others claim; a clause is short, and so are the gaps.
_UNPROVEN = re.compile(
    r"\b(?:no|not any|never any|little) (?:\w+ ){0,2}(?:evidence|proof|truth|basis|substance"
    r"|foundation) (?:[\w'-]+ ){0,4}(?:allegation|accusation|claim|rumou?r|charge|assertion)s?\b"
)
_ENOUGH_HARSH_WORDS = 2
# A subject is short: an order, a modal or a decision stands near the front of its clause.
_SUBJECT_WORDS = 12
_OPENING_CLAUSES = 4
_OPENING = 40
_COMPARED = frozenset(["many", "much", "few", "little", "well", "soon", "long", "such", "of"])
_SUBORDINATORS = frozenset(
    [
        "who",
        "which",
        "because",
        "although",
        "though",
        "while",
        "when",
        "where",
        "after",
        "before",
        "since",
        "unless",
        "as",
        "if",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a content shows, each sign apart."""

    exculpates: bool
    rebuts: bool
    threatens: bool
    conditions: bool
    condemns: bool
    pledges: bool
    obliges: bool
    praises: bool
    wants: bool
    calls: bool
    suggests: bool
    asks: bool
    questions: bool
    wrongs: bool
    hedged: bool


def signs(content: str, source: str = "", *, language: str = "en") -> Signs:
    """Read the signs of a content; the source's words are left out of it where they recur."""
    lists = word_lists("content", language)
    words = [token.word for token in tokens(content)]
    main = main_clause(content)
    return Signs(
        exculpates=_has(lists, "exculpation", _before_that(main)),
        rebuts=_rebuts(lists, main),
        threatens=_has(lists, "threats", main),
        conditions=_has(lists, "powers", main) and "if" in words,
        condemns=_condemns(lists, words),
        pledges=_has(lists, "pledges", main),
        obliges=_obliges(lists, main, source),
        praises=_has(lists, "praise", words),
        wants=_wants(words),
        calls=words[:1] in (["for"], ["on"]) or " for " in f" {' '.join(words)} ",
        suggests=bool(words) and words[0].endswith("ing"),
        asks=_questions(content) or (bool(words) and words[0] in lists["questions"]),
        questions=_questions(content),
        wrongs=_has(lists, "wrongs", main),
        hedged=_has(lists, "hedged", main),
    )


def main_clause(content: str) -> list[str]:
    """Words of the first sentence without a clause that another word subordinates."""
    sentence = _PARENTHESIS.sub(" ", _after_openers(first_sentence(content)))
    words = [token.word for token in tokens(sentence)]
    for index, word in enumerate(words):
        if index and word in _SUBORDINATORS and not _compares(words, index):
            return words[:index]
    return words


def first_sentence(content: str) -> str:
    """A content up to the end of its first sentence."""
    end = _SENTENCE_END.search(content)
    return content[: end.end()] if end else content


def _after_openers(sentence: str) -> str:
    """The sentence without its introducing *that* and the clauses put before its main one."""
    for _ in range(_OPENING_CLAUSES):
        first = next(iter(tokens(sentence[:_OPENING])), None)
        comma = _COMMA.search(sentence)
        if first is not None and first.word == "that":
            sentence = sentence[first.end :]
        elif first is not None and first.word in _SUBORDINATORS and comma:
            sentence = sentence[comma.end() :]
        else:
            break
    return sentence


def _compares(words: list[str], index: int) -> bool:
    """Whether an *as* belongs to a comparison: *as many as*, *as well as*, *such as*."""
    near = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    return words[index] == "as" and any(word in _COMPARED for word in near)


def _has(lists: Mapping[str, Phrases], name: str, words: list[str]) -> bool:
    return any(True for _ in lists[name].find(words))


def _rebuts(lists: Mapping[str, Phrases], main: list[str]) -> bool:
    """Whether the main clause says of a claim that it is wrong."""
    if _UNPROVEN.search(" ".join(main)):
        return True
    found = next(lists["false"].find(main), None)
    invented = (n for n, pair in enumerate(pairwise(main)) if pair == ("made", "up"))
    wrong = (
        found.first if found else next((n for n in invented if main[n + 2 : n + 3] != ["of"]), 0)
    )
    return any(match.first < wrong for match in lists["claims"].find(main))


def _condemns(lists: Mapping[str, Phrases], words: list[str]) -> bool:
    """One strong judging word or two harsh ones."""
    harsh = len({match.first for match in lists["harsh"].find(words)})
    return _has(lists, "strong", words) or harsh >= _ENOUGH_HARSH_WORDS


def _obliges(lists: Mapping[str, Phrases], main: list[str], source: str) -> bool:
    """Whether somebody else is to do something: a modal early on, or an order at the front."""
    if lists["orders"].at(main, 0) if main else None:
        return True
    modal = next(lists["obligation"].find(main[:_SUBJECT_WORDS]), None)
    if modal is None or concludes(main[modal.first : modal.last + 2]):
        return False
    subject = " ".join(main[: modal.first])
    speaks_of_itself = subject in {"i", "he", "she"} or (bool(source) and subject == source.lower())
    return not speaks_of_itself


def concludes(words: list[str]) -> bool:
    """Whether *must* tells a conclusion (*must be the killer*), not a duty (*must be freed*)."""
    if words[1:2] == ["have"] and words[0] in {"must", "should"}:
        return True  # what should have been is no demand any more
    return words[:2] == ["must", "be"] and not words[-1].endswith(("ed", "en"))


def _before_that(main: list[str]) -> list[str]:
    """The words before what the content itself reports of somebody."""
    return main[: main.index("that")] if "that" in main else main


def _wants(words: list[str]) -> bool:
    """Whether an infinitive says what is wanted: *patrons to stop*, *to leave at once*."""
    if words[:1] == ["that"] or "to" not in words[:_SUBJECT_WORDS]:
        return False
    return not any(word in _FINITE for word in words[: words.index("to")])


_FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "should",
        "must",
        "did",
        "does",
        "do",
    ]
)


def _questions(content: str) -> bool:
    """Whether the content is a question in the asker's own words."""
    return content.rstrip(" \"'”’)»").endswith("?")
