"""Where a text speaks of the standing of claims, by patterns kept as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from allegedly.claims.clauses import layout
from allegedly.claims.naming.lists import table
from allegedly.records import ASSESSMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import AssessmentKind

Manner = Literal["clause", "near", "open", "phrase", "aside"]
# What the narrator says of somebody, though it reads like a report of that one's words.
_LACKS = re.compile(
    r"(?:(?:did|has|have|had|does|do)(?:n[’']t| not)|without|with no|yet|failed|fails"
    r"|(?:offer|provid|present|giv|gave|cit|produc|show|shar|suppl|publish|releas)\w* (?:no|little)"
    r")\b",
    re.IGNORECASE,
)
_MANNERS: tuple[Manner, ...] = ("clause", "near", "open", "phrase", "aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Words that say how claims stand: where they are, what they say and in which manner.

    The manners are explained in the data file. `lacking` says that somebody did not give evidence.
    """

    kind: AssessmentKind
    manner: Manner
    start: int
    end: int
    lacking: bool


@lru_cache(maxsize=4)
def standings(text: str) -> tuple[Standing, ...]:
    """Every mention of a standing in the order of the text, the longest first at its place.

    Kept for the last few texts, since the claims layer asks twice.
    """
    page = layout(text)
    lowered = text.replace("İ", "I").lower()  # the one letter that grows when it is lowered
    found: list[Standing] = []
    for kind in ASSESSMENT_KINDS:
        stems = table("assessments")[kind]["stems"]
        numbers = {page.sentence(at) for stem in stems for at in _places(lowered, stem)}
        for number in sorted(numbers):
            bounds = page.sentence_range(page.sentences[number], len(text))
            found.extend(_in_sentence(text, kind, *bounds))
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def _in_sentence(text: str, kind: AssessmentKind, first: int, last: int) -> Iterator[Standing]:
    for manner in _MANNERS:
        pattern = _pattern(kind, manner)
        for match in pattern.finditer(text, first, last) if pattern else ():
            if manner != "near" or any_of("claiming").search(text, first, last):
                yield Standing(
                    kind=kind,
                    manner=manner,
                    start=match.start(),
                    end=match.end(),
                    lacking=_LACKS.match(match.group()) is not None,
                )


def _places(text: str, stem: str) -> Iterator[int]:
    at = text.find(stem)
    while at >= 0:
        yield at
        at = text.find(stem, at + 1)


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern for the words of one list of the data file."""
    return re.compile(rf"\b(?:{'|'.join(table('assessments')['words'][name])})\b", re.IGNORECASE)


@cache
def _pattern(kind: AssessmentKind, manner: Manner) -> re.Pattern[str] | None:
    parts = _parts()
    listed = [entry.format(**parts) for entry in table("assessments")[kind][manner]]
    return re.compile(rf"\b(?:{'|'.join(listed)})", re.IGNORECASE) if listed else None


@cache
def _parts() -> dict[str, str]:
    """The lists as alternatives and the pieces put together, each from those before it."""
    data = table("assessments")
    parts = {name: "|".join(words) for name, words in data["lists"].items()}
    for name, piece in data["pieces"].items():
        parts[name] = piece.format(**parts)
    return parts
