"""What a brief of a case is made from, read at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.brief import Material, compose
from allegedly.cases.told import record_at
from allegedly.linking.telling import tell

if TYPE_CHECKING:
    from allegedly.brief import Brief
    from allegedly.store import View


def brief(view: View, name: str, *, as_of: str = "now") -> Brief:
    """The brief of a case as a view has it; raises NotInLedgerError."""
    return compose(material(view, name), as_of=as_of)


def material(view: View, name: str) -> Material:
    """A case with all that is told of what is said in it, as the desk decided."""
    case = view.case(name)
    return Material(case=case, told=tell(record_at(view, case)))
