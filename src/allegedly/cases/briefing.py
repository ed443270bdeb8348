"""What a brief of a case is made from, read at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.brief import Material, compose
from allegedly.cases.told import record_in
from allegedly.linking.changes import changes
from allegedly.linking.figures import figures
from allegedly.linking.open_questions import open_questions
from allegedly.linking.standing import standings

if TYPE_CHECKING:
    from allegedly.brief import Brief
    from allegedly.store import View


def brief(view: View, name: str, *, as_of: str = "now") -> Brief:
    """The brief of a case as a view has it; raises NotInLedgerError."""
    return compose(material(view, name), as_of=as_of)


def material(view: View, name: str) -> Material:
    """A case with all that is told of what is said in it, as the desk decided."""
    case = view.case(name)
    record = record_in(view, case, view.told_in(case.documents))
    stands, counts = standings(record), figures(record)
    return Material(
        case=case,
        record=record,
        standings=tuple(stands),
        figures=tuple(counts),
        changes=tuple(changes(record, counts)),
        questions=tuple(open_questions(record, stands)),
    )
