"""What a brief is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, the numbers of the stories behind it, and the ids of the records.

    `records` are claims, assessments, silences or origins; without any the sentence counts.
    """

    text: str
    references: tuple[int, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Sentences under a heading; a section without sentences is left out."""

    heading: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A story that is cited, under its number."""

    number: int
    document: str
    publisher: str | None
    title: str | None
    published: str | None
    uri: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A case in short; the same records give the same brief, word by word."""

    case: str
    name: str
    title: str
    description: str | None
    as_of: str
    summary: str
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
