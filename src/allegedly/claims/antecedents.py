"""Whom a pronoun stands for, by a scored search among what came before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from allegedly.claims.chunks import tokens
from allegedly.claims.naming.lists import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegedly.claims.chunks import Token
    from allegedly.claims.clauses import Layout
    from allegedly.claims.mentions import Gender, Mention
    from allegedly.claims.phrases import Phrase, Pronoun
    from allegedly.records import SourceKind

Sort = Literal["person", "institution", "plural", "thing", "unknown"]

# Below this no antecedent is named: a wrong name is worse than none.
LEAST_CONFIDENCE = 0.6
# Weights are set by hand; a source before the pronoun counts for most, then closeness.
_SOURCE, _SUBJECT, _AGREES, _QUOTED, _OWNER = 1.0, 0.5, 0.4, -0.9, -0.6
_SENTENCE, _PARAGRAPH, _UNSURE, _PLACE = -0.3, -0.25, -0.4, -0.4
# A tagger's chain outweighs a source before (by hand: to be swept with the tagger).
_CHAIN = 1.5
# Candidates farther back than this are not looked at.
_REACH = 60
_MODIFIERS, _FAR = 3, 4
# Whom a pronoun may take up when nobody is near enough.
_BODIES: dict[str, tuple[Sort, ...]] = {
    "thing": ("institution",),
    "plural": ("institution", "plural"),
}
_COPULAS = frozenset({"is", "was", "are", "were", "be", "been", "being", "as", "became", "become"})
_LINK = 20
_AND = re.compile(r" (?:and|as well as)(?: (?:the|some|several|many|local|other|its|two))? ?$")
_SIDE_BY_SIDE = frozenset({" and ", ", ", ", and "})
_NUMBERS = {
    "two": 2,
    "both": 2,
    "pair": 2,
    "couple": 2,
    "duo": 2,
    "brothers": 2,
    "sisters": 2,
    "three": 3,
    "trio": 3,
    "four": 4,
    "quartet": 4,
    "five": 5,
    "six": 6,
}
_PEOPLE = frozenset({"group", "witnesses", "government", "military", "anonymous"})
_FITS: dict[str, dict[Sort, float]] = {
    "male": {"person": 0.5, "unknown": 0.0},
    "female": {"person": 0.5, "unknown": 0.0},
    "thing": {"institution": 0.5, "thing": 0.2, "unknown": 0.0},
    "plural": {"plural": 0.5, "institution": -0.2, "unknown": -0.6, "person": -2.4},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be spoken of again; `end` is where the words end in the text.

    `upto` is where what it said ends, as a speaker stays in mind through a long quotation; `count`
    how many people are named together, `entity` the number of a tagger's chain.
    """

    start: int
    end: int
    upto: int = 0
    name: str
    kind: SourceKind
    sort: Sort
    gender: Gender | None = None
    noun: str | None = None
    source: bool = False
    owner: bool = False
    place: bool = False
    count: int | None = None
    entity: int | None = None


class Antecedents:
    """The candidates of a document in order of place; grows as sources are resolved."""

    def __init__(self, layout: Layout, candidates: Iterable[Candidate]) -> None:
        self._layout = layout
        self._candidates = sorted(candidates, key=lambda c: c.start)
        self._starts = [candidate.start for candidate in self._candidates]

    def add(self, candidate: Candidate) -> None:
        """Take a resolved source in, at its place."""
        at = bisect_left(self._starts, candidate.start)
        self._candidates.insert(at, candidate)
        self._starts.insert(at, candidate.start)

    def before(self, at: int) -> Sequence[Candidate]:
        """The candidates that begin before an offset, nearest last."""
        end = bisect_left(self._starts, at)
        return self._candidates[max(0, end - _REACH) : end]

    def find(
        self,
        pronoun: Pronoun,
        at: int,
        skip: Sequence[tuple[int, int]] = (),
        *,
        entity: int | None = None,
    ) -> Candidate | None:
        """The best antecedent of a pronoun at an offset, None below LEAST_CONFIDENCE.

        `skip` are stretches whose names cannot be meant: what the pronoun is made to say. `entity`
        is the chain that a tagger puts the pronoun in; it chooses among those who agree.
        """
        ranked = [
            (score + _chained(candidate, entity), candidate.start, candidate.name, candidate)
            for candidate in self.before(at)
            if not any(start <= candidate.start < end for start, end in skip)
            and (score := self._score(candidate, pronoun, at)) is not None
        ]
        best = max(ranked, default=None, key=lambda row: row[:3])
        if best and best[0] >= LEAST_CONFIDENCE:
            return best[3]
        return self._spoke_last(pronoun, at, skip)

    def _spoke_last(
        self, pronoun: Pronoun, at: int, skip: Sequence[tuple[int, int]]
    ) -> Candidate | None:
        """The body that spoke last, not far before: long quotations keep its words apart."""
        sorts = _BODIES.get(pronoun, ())
        for candidate in reversed(self.before(at)):
            if self._layout.paragraph(at) - self._layout.paragraph(candidate.start) > _FAR:
                return None
            held = any(start <= candidate.start < end for start, end in skip)
            if candidate.source and candidate.sort in sorts and not held:
                return candidate
        return None

    def _score(self, candidate: Candidate, pronoun: Pronoun, at: int) -> float | None:
        fit = _FITS.get(pronoun, {}).get(candidate.sort)
        if fit is None:
            return None
        layout = self._layout
        place = candidate.upto if candidate.start < candidate.upto <= at else candidate.end
        place -= 1
        far = layout.sentence(at) - layout.sentence(place)
        breaks = layout.paragraph(at) - layout.paragraph(place)
        score = 1.0 + fit + far * _SENTENCE + min(breaks, 3) * _PARAGRAPH
        score += _SOURCE * candidate.source + _OWNER * candidate.owner + _PLACE * candidate.place
        score += _SUBJECT * self._opens(candidate)
        if not candidate.source and layout.quotation(candidate.start) is not None:
            score += _QUOTED
        return _agree(candidate, pronoun, score)

    def _opens(self, candidate: Candidate) -> bool:
        """Whether nobody else stands before it in its sentence: most likely the subject."""
        start = self._layout.sentences[self._layout.sentence(candidate.start)]
        at = bisect_left(self._starts, candidate.start)
        return at == 0 or self._starts[at - 1] < start


def _chained(candidate: Candidate, entity: int | None) -> float:
    return _CHAIN if entity is not None and candidate.entity == entity else 0.0


def _agree(candidate: Candidate, pronoun: Pronoun, score: float) -> float | None:
    if pronoun not in {"male", "female"}:
        return score
    if candidate.gender is None:
        return score + (_UNSURE if candidate.sort == "unknown" else 0.0)
    return score + _AGREES if candidate.gender == pronoun else None


def crowds(text: str) -> list[Candidate]:
    """Unnamed people whom a pronoun may take up: company officials, a woman."""
    lists = names()
    found: list[Candidate] = []
    words = tokens(text)
    for at, token in enumerate(words):
        kind = lists.nouns.get(token.low)
        crowd = kind in _PEOPLE and token.low in lists.plurals
        if not crowd and not _is_somebody(text, words, at):
            continue
        first = at
        while first and at - first < _MODIFIERS and _modifies(text, words, first):
            first -= 1
        name = text[words[first].start : token.end]
        start, end = words[first].start, token.end
        found.append(
            Candidate(
                start=start,
                end=end,
                name=name,
                kind=kind or "person",
                sort="plural" if crowd else "person",
                gender=_gender_of_noun(token.low),
                noun=None if crowd else token.low,
            )
        )
    return found


def joint(text: str, mentions: Sequence[Mention], found: Sequence[Candidate]) -> list[Candidate]:
    """Crowds, together with the name that an `and` joins before them: the ministry and locals."""
    ends = {mention.span.end: mention for mention in mentions}
    made: list[Candidate] = []
    for crowd in found:
        link = _AND.search(text, max(0, crowd.start - _LINK), crowd.start)
        mention = ends.get(link.start()) if link and crowd.sort == "plural" else None
        start = mention.span.start if mention else crowd.start
        made.append(replace(crowd, start=start, name=text[start : crowd.end]) if mention else crowd)
    return made


def joined(full: Sequence[str]) -> str:
    """Names as one: A, B and C."""
    return ", ".join(full[:-1]) + " and " + full[-1]


def couples(
    text: str, mentions: Sequence[Mention], people: Mapping[int, str]
) -> Iterator[Candidate]:
    """People named side by side, whom *they*, *both men* and *the pair* take up together.

    `people` gives the full name of each mention of a person by where it starts.
    """
    row: list[Mention] = []
    for mention in mentions:
        between = text[row[-1].span.end : mention.span.start] if row else ""
        if mention.span.start not in people:
            row = []
            continue
        row = [*row, mention] if between in _SIDE_BY_SIDE else [mention]
        if len(row) > 1 and between.endswith(" and "):
            full = [people[m.span.start] for m in row]
            yield Candidate(
                start=row[0].span.start,
                end=mention.span.end,
                name=joined(full),
                kind="group",
                sort="plural",
                count=len(row),
            )


def counted(phrase: Phrase, candidates: Sequence[Candidate]) -> Candidate | None:
    """The people named together before whom *the two men* or *the pair* means, or None."""
    count = _counts(phrase)
    known = (c for c in reversed(candidates) if c.count is not None and c.count == count)
    return next(known, None)


def _counts(phrase: Phrase) -> int | None:
    words = phrase.plain.lower().split()
    told = phrase.definite or words[0] == "both" if words else False
    people = phrase.head in _NUMBERS or names().nouns.get(phrase.head) in {
        "group",
        "witnesses",
        None,
    }
    if phrase.named or phrase.owners or not told or not people or len(words) > _MODIFIERS:
        return None
    return _NUMBERS.get(words[0])


def _gender_of_noun(noun: str) -> Gender | None:
    if noun in names().female_words:
        return "female"
    return "male" if noun in names().male_words else None


def _is_somebody(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a noun is one person spoken of without a name: a woman, the driver."""
    if words[at].text not in names().roles or words[at].possessive:
        return False
    named = at + 1 < len(words) and words[at + 1].capital
    if named and text[words[at].end : words[at + 1].start] in {" ", ", "}:
        return False
    for before in range(at - 1, max(-1, at - 4), -1):
        if words[before].low in {"a", "an", "the"}:
            # What somebody is called (was a farmer, as a guide) is nobody new.
            return not before or words[before - 1].low not in _COPULAS
    return False


def _modifies(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether the word before belongs to the noun phrase, as far as its form tells."""
    before = words[at - 1]
    low = before.low
    lists = names()
    closed = low in lists.plain or low in lists.prepositions or low in lists.relatives
    touching = text[before.end : words[at].start] == " "
    return touching and not closed and not low.endswith(("ed", "ly", "s", "ing"))
