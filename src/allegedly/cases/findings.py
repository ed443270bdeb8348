"""What a machine found, as it is recorded."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from allegedly.linking.events import WITH_VECTORS, WITHOUT_VECTORS, moment
from allegedly.linking.origins import Citation, Told, origins_of
from allegedly.records import Membership, Profile, Run, Span
from allegedly.store import case_recording

if TYPE_CHECKING:
    from allegedly.linking.events import Found, Grown
    from allegedly.records import Commonness
    from allegedly.store import StoredCase
    from allegedly.store.writing import Writer


METHOD: Final = "event profile"
LIKELY: Final = 0.5
ORIGINS: Final = Run(code=f"allegedly {version('allegedly')}", model="shared wording, citations")


def run(*, with_vectors: bool) -> Run:
    """What collects: this version of the code, with its settings."""
    chosen = WITH_VECTORS if with_vectors else WITHOUT_VECTORS
    settings = {"vectors": chosen.vectors, "counts": chosen.counts, "belongs": chosen.belongs}
    return Run(code=f"allegedly {version('allegedly')}", model=METHOD, settings=settings)


def put_grown(
    end: Writer,
    case: str,
    grown: Grown,
    commonness: Commonness,
    *,
    before: StoredCase | None = None,
) -> None:
    """What belongs now, and what no longer does."""
    belongs = [found for found in grown.found if found.probability >= LIKELY]
    made = [membership(case, found, belongs=True) for found in belongs]
    now = {found.id for found in belongs}
    if before is not None:
        gone = [m for m in before.members if m.case == case and m.method is not None]
        empty = Membership(
            case=case, document="", belongs=False, probability=0.0, method=METHOD, words=()
        )
        made += [replace(empty, document=m.document.id) for m in gone if m.document.id not in now]
    profile = Profile(
        case=case,
        terms=grown.terms,
        vector=grown.vector,
        commonness=commonness.id,
        first=moment(grown.first),
        last=moment(grown.last),
        members=len(belongs),
        language=grown.language,
    )
    case_recording.put_collected(
        end,
        run(with_vectors=bool(grown.vector)),
        memberships=made,
        profile=profile,
        commonness=commonness,
    )


def put_origins(end: Writer, name: str) -> None:
    """The origins of a case as its members stand now."""
    view = end.now
    case = view.case(name)
    documents = [member.document for member in case.members]
    texts = view.texts(documents)
    told = [
        Told(id=d.id, title=d.title or "", text=texts[d.id], publisher=d.publisher, uri=d.uri)
        for d in documents
    ]
    cited = [
        Citation(
            document=found.document,
            publisher=found.publisher,
            name=found.name,
            content=found.content,
            span=Span(found.start, found.end),
        )
        for found in view.citations(case.documents)
    ]
    case_recording.put_origins(end, case.id, origins_of(case.id, told, cited), ORIGINS)


def membership(case: str, found: Found, *, belongs: bool) -> Membership:
    """That a story belongs to a case, or not, as a record."""
    return Membership(
        case=case,
        document=found.id,
        belongs=belongs,
        probability=found.probability,
        method=METHOD,
        words=found.words,
    )
