"""What a brief of a case is made from, read at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.brief import Linked, Material, compose
from allegedly.store import CaseKeys, Filter, LinkStore, NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.brief import Brief
    from allegedly.records import Reading
    from allegedly.store import Moment, Stands, StoredCase, View


def brief(view: View, name: str, *, as_of: str = "now") -> Brief:
    """The brief of a case as a view has it; raises NotInLedgerError."""
    return compose(material(view, name), as_of=as_of)


def material(view: View, name: str) -> Material:
    """A case with what was read in its stories and what people decided about it."""
    case = view.case(name)
    kept = CaseKeys(view).profile(case.id)
    links, readings = LinkStore(view.database), tuple(_readings(view, case))
    statements = tuple(links.statements(case.documents, as_of=view.moment))
    said = [claim.id for reading in readings for claim in reading.claims]
    return Material(
        case=case,
        readings=readings,
        statements=statements,
        linked=_linked(links, view.moment, [*said, *(statement.id for statement in statements)]),
        decided=dict(_decided(view, case)),
        terms={} if kept is None else kept[0].terms,
    )


def _linked(links: LinkStore, moment: Moment, names: list[str]) -> Linked:
    """What joins some claims and statements across stories."""
    if not names:
        return Linked()
    groups = links.claim_groups(names, as_of=moment)
    against = links.claim_links(names, as_of=moment)
    return Linked(
        groups=tuple((g.shown, *(m for m in g.members if m != g.shown)) for g in groups),
        relations=tuple((link.left, link.right, link.relation) for link in against),
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
