"""What a ledger tells of its cases, as of any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.cases.moments import as_of as at
from allegedly.cases.told import record
from allegedly.linking.changes import changes
from allegedly.linking.figures import figures
from allegedly.linking.open_questions import open_questions
from allegedly.linking.standing import standings
from allegedly.store import LinkStore

if TYPE_CHECKING:
    from datetime import date, datetime

    from allegedly.records import Figure, OpenQuestion, Standing, StoryChange
    from allegedly.store import Moment, StoredCase

    When = Moment | str | int | datetime | date | None


class CaseStore(LinkStore):
    """A ledger with its cases; see `cases.as_of` for times.

    What is said in a case is read as the desk decided: without what people rejected, with their
    corrections and their links. With `decided` false it is as the stories report it.
    """

    def cases(self, *, as_of: When = None) -> list[StoredCase]:
        """Cases with their members, the latest first."""
        return at(self, as_of).cases()

    def case(self, name: str, *, as_of: When = None) -> StoredCase:
        """A case by its name or id, or the beginning of one; raises NotInLedgerError."""
        return at(self, as_of).case(name)

    def standing(self, case: str, *, as_of: When = None, decided: bool = True) -> list[Standing]:
        """How each thing that is said stands, the contested and most told first."""
        return standings(record(at(self, as_of), case, decided=decided))

    def figures(self, case: str, *, as_of: When = None, decided: bool = True) -> list[Figure]:
        """What is counted, by source and time with its range, tolls first."""
        return figures(record(at(self, as_of), case, decided=decided))

    def changes(self, case: str, *, as_of: When = None, decided: bool = True) -> list[StoryChange]:
        """Who says now what does not go with what they said before, the latest first."""
        found = record(at(self, as_of), case, decided=decided)
        return changes(found, figures(found))

    def open_questions(
        self, case: str, *, as_of: When = None, decided: bool = True
    ) -> list[OpenQuestion]:
        """Silences, questions and accusations without answer, what one origin or one side says."""
        found = record(at(self, as_of), case, decided=decided)
        return open_questions(found, standings(found))
