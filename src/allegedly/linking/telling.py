"""All that can be told of what is said in a case, of one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.linking.changes import changes
from allegedly.linking.figures import figures
from allegedly.linking.open_questions import open_questions
from allegedly.linking.standing import only_answers, standings

if TYPE_CHECKING:
    from allegedly.linking.record import Record
    from allegedly.records import Figure, OpenQuestion, Standing, StoryChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A record with what each of `standings`, `figures`, `changes` and `open_questions` tells.

    `claims` are the standings of what is more than an answer to another, in whose standing that is.
    """

    record: Record
    standings: tuple[Standing, ...]
    claims: tuple[Standing, ...]
    figures: tuple[Figure, ...]
    changes: tuple[StoryChange, ...]
    questions: tuple[OpenQuestion, ...]


def tell(record: Record) -> Telling:
    """Everything that is told of a record, each asked once."""
    stands, counts = standings(record), figures(record)
    return Telling(
        record=record,
        standings=tuple(stands),
        claims=tuple(each for each in stands if not only_answers(each, record)),
        figures=tuple(counts),
        changes=tuple(changes(record, counts)),
        questions=tuple(open_questions(record, stands)),
    )
