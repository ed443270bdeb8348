"""What a brief of a case is made from, read at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.brief import Material, compose
from allegedly.store import CaseKeys, Filter, NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.brief import Brief
    from allegedly.records import Reading
    from allegedly.store import Stands, StoredCase, View


def brief(view: View, name: str, *, as_of: str = "now") -> Brief:
    """The brief of a case as a view has it; raises NotInLedgerError."""
    return compose(material(view, name), as_of=as_of)


def material(view: View, name: str) -> Material:
    """A case with what was read in its stories and what people decided about it."""
    case = view.case(name)
    kept = CaseKeys(view).profile(case.id)
    return Material(
        case=case,
        readings=tuple(_readings(view, case)),
        decided=dict(_decided(view, case)),
        terms={} if kept is None else kept[0].terms,
    )


def _readings(view: View, case: StoredCase) -> Iterator[Reading]:
    for document in case.documents:
        try:
            yield view.reading(document)
        except NotInLedgerError:  # recorded, but not read at that moment
            continue


def _decided(view: View, case: StoredCase) -> Iterator[tuple[str, Stands]]:
    for document in case.documents:
        for claim in view.claims(Filter(document=document)):
            if claim.stands.decisions:
                yield claim.id, claim.stands
