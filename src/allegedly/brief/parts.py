"""What a brief is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence, the numbers of the stories behind it, and the ids of the records.

    `records` are claims, statements, assessments, silences or origins, the first the one that is
    quoted, in the story `document`. One that `follows` tells more of what the one before it is
    about.
    """

    text: str
    references: tuple[int, ...]
    records: tuple[str, ...]
    document: str
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Sentences under a heading; a section without sentences is left out."""

    heading: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0

    @property
    def items(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences with those that follow them."""
        found: list[list[Sentence]] = []
        for sentence in self.sentences:
            if sentence.follows and found:
                found[-1].append(sentence)
            else:
                found.append([sentence])
        return tuple(map(tuple, found))


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
