"""The clauses of a sentence that can be told alone, by its words and their parts of speech.

Trees of headlines are often wrong where their parts of speech are right, so none is used: a clause
begins at a mark or a joining word, and tells something where a noun stands before a verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from allegedly.linking.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
JOINING = frozenset({"SCONJ", "CCONJ"})
MARKS = frozenset({",", ":", ";", "—", "–", "-", "(", ")", "|", "...", "…"})
_DASHES = frozenset({"-", "–"})  # within a word they join, between words they part
_QUOTES = frozenset({'"', "'", "“", "‘"})  # what opens a quotation belongs to it
_CLOSING = MARKS | {".", "!"}
_SUBJECT = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})  # what a subject opens with
_BOTH = 2  # commas around what is put between a subject and its verb
_SHORTEST = 3  # words of a clause that leaves out its subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """The words of a window, their parts of speech, and whether white space goes before each."""

    words: Sequence[str]
    tags: Sequence[str]
    spaced: Sequence[bool]

    def lower(self, at: int) -> str:
        """A word in lower case."""
        return self.words[at].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words [start, end) of a window that say one thing; `bare` where the subject is left out."""

    start: int
    end: int
    bare: bool


def clauses(window: Tagged, start: int, end: int) -> Iterator[Clause]:
    """The clauses of words [start, end), a sentence, in their order, without what joins them.

    A phrase of circumstance (*amid pressure*) ends a clause and is none; any other phrase without
    a verb belongs to the clause before it.
    """
    for low, high, told in _grown(window, _cut(window, start, end)):
        first, last = _opened(window, low, high), _closed(window, low, high)
        if told and last - first > 1:
            bare = first < last and window.tags[first] in VERBS
            yield Clause(start=first, end=last, bare=bare)


def phrase_end(window: Tagged, start: int, end: int) -> int:
    """Where a phrase that begins at a word ends: at the next mark, joining word or circumstance."""
    lists = lexicon()
    for at in range(start + 1, end):
        if _marks(window, at) or window.lower(at) in lists.joining | lists.circumstances | {"and"}:
            return at
        if window.words[at] in _CLOSING and at + 1 == end:
            return at
    return end


def _cut(window: Tagged, start: int, end: int) -> list[tuple[int, int]]:
    """Words between marks and joining words; a mark stands alone, a joining word opens."""
    places = [start]
    for at in range(start + 1, end):
        verbs = any(window.tags[i] in VERBS for i in range(places[-1], at))
        if _marks(window, at):
            places += [at, at + 1]
        elif _joins(window, at) and (verbs or window.tags[at] != "CCONJ"):  # *Peru and Chile agree*
            places.append(at)
    edges = [*dict.fromkeys(place for place in places if place < end), end]
    return list(pairwise(edges))


def _grown(window: Tagged, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Parts with whether they tell something; what tells nothing goes to the clause before it."""
    lists = lexicon()
    found: list[tuple[int, int, bool]] = []
    for low, high in parts:
        opens = window.lower(low)
        apart = opens in lists.circumstances
        joined = bool(found) and found[-1][1] == low
        if not apart and (_tells(window, low, high) or (joined and _bare(window, low, high))):
            found.append((low, high, True))
        elif joined and not apart and opens not in lists.joining:
            found[-1] = (found[-1][0], high, found[-1][2])
        else:
            found.append((low, high, False))
    return _with_subjects(window, found)


def _with_subjects(
    window: Tagged, parts: Sequence[tuple[int, int, bool]]
) -> list[tuple[int, int, bool]]:
    """Parts, with a verb joined to the subject that words between commas part it from.

    *[The band, which is from Peru, has gone]*; *[Ana Ruiz, a judge, was hurt]*.
    """
    found: list[tuple[int, int, bool]] = []
    for low, high, told in parts:
        subject = _subject_before(window, found, low) if told and _finite(window, low) else None
        if subject is None:
            found.append((low, high, told))
        else:
            found[subject:] = [(found[subject][0], high, True)]
    return found


def _subject_before(
    window: Tagged, parts: Sequence[tuple[int, int, bool]], verb: int
) -> int | None:
    """Which of the last two parts is a subject whose verb a comma parts from it."""
    for at in range(len(parts) - 1, max(-1, len(parts) - 3), -1):
        low, high, told = parts[at]
        tags = window.tags[low:high]
        commas = [i for i in range(low, verb) if window.words[i] == ","]
        if not told and tags[0] in _SUBJECT and NOUNS & {*tags} and len(commas) == _BOTH:
            return at if commas[-1] == verb - 1 else None
    return None


def _finite(window: Tagged, at: int) -> bool:
    """Whether a part begins with a verb that has a subject, and no participle."""
    return window.tags[at] in VERBS and not window.lower(at).endswith("ing")


def _marks(window: Tagged, at: int) -> bool:
    word = window.words[at]
    mark = word in MARKS and window.tags[at] == "PUNCT"
    return mark and (word not in _DASHES or window.spaced[at])


def _joins(window: Tagged, at: int) -> bool:
    word, lists = window.lower(at), lexicon()
    if word in lists.joining or word in lists.circumstances:
        return True
    return window.tags[at] in JOINING and word not in lists.attaching


def _tells(window: Tagged, start: int, end: int) -> bool:
    """Whether a noun stands before a verb."""
    nouns = [i for i in range(start, end) if window.tags[i] in NOUNS]
    return any(window.tags[i] in VERBS for i in range(nouns[0] + 1, end)) if nouns else False


def _bare(window: Tagged, start: int, end: int) -> bool:
    """Whether a part begins with its verb, what leaves out a subject that stands before."""
    first = _opened(window, start, end)
    return first < end and window.tags[first] in VERBS and end - first >= _SHORTEST


def _opened(window: Tagged, start: int, end: int) -> int:
    """The first word that is no mark and joins nothing."""
    lists = lexicon()
    while start < end:
        mark = window.tags[start] == "PUNCT" and window.words[start] not in _QUOTES
        if not mark and window.lower(start) not in lists.joining | lists.leading:
            break
        start += 1
    return start


def _closed(window: Tagged, start: int, end: int) -> int:
    while end > start and window.words[end - 1] in _CLOSING and window.tags[end - 1] == "PUNCT":
        end -= 1
    return end
