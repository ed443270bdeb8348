"""A case begins with documents that a person names, and a machine collects the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from allegedly import review
from allegedly.cases.findings import put_grown, put_origins
from allegedly.cases.window import around, common_now, document_of, stories
from allegedly.linking.events import Corpus, grow
from allegedly.records import Case
from allegedly.store import ANYTHING, RefusedError, case_reading, case_recording
from allegedly.store.seen import check, last_decision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.linking.events import Encode
    from allegedly.store import Seen, Store, StoredCase, StoredDocument, View
    from allegedly.store.writing import Writer

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEEDS: Final = 5  # the surest members, where people put in none


def begin(  # noqa: PLR0913  # what a case is called, and who says so
    store: Store,
    name: str,
    seeds: Sequence[str],
    *,
    reviewer: str,
    reason: str,
    title: str | None = None,
    description: str | None = None,
    encode: Encode | None = None,
) -> StoredCase:
    """Begin a case from documents that a person names, and collect the others.

    The documents are in it by that person's decision. Raises RefusedError for a name that is none
    or is taken, NotInLedgerError for a document that is not there.
    """
    with store.writing() as end:
        case = _put(end, name, seeds, reviewer, reason, title=title, description=description)
    return collect(store, case.id, encode=encode)


def _put(  # noqa: PLR0913  # what a case is called, and who says so
    end: Writer,
    name: str,
    seeds: Sequence[str],
    reviewer: str,
    reason: str,
    *,
    title: str | None = None,
    description: str | None = None,
) -> Case:
    """A new case and the documents that it begins with."""
    documents = [document_of(end.now, seed) for seed in seeds]
    if not documents:
        raise RefusedError("a case begins with at least one document")
    case = Case(
        name=checked(end, name),
        title=title or documents[0].title or name,
        seeds=tuple(document.id for document in documents),
        description=description,
    )
    case_recording.put_case(end, case, None)
    for seed in case.seeds:
        review.put(end, case.id, "in", value=seed, reviewer=reviewer, reason=reason)
    return case


def collect(
    store: Store, name: str, *, encode: Encode | None = None, seen: Seen = ANYTHING
) -> StoredCase:
    """Look for the documents of a case anew, from those that people put in.

    Where nobody put any in, from those that belong most surely. What people put in or out stays.
    `seen` is the last decision about the case that a person knew of, as for `review.decide`: where
    there is a later one, raises OvertakenError. While a machine looks, others may write; what it
    finds is recorded whole or not at all.
    """
    view = store.now
    case = view.case(name)
    seeds = seeds_of(case)
    if not seeds:
        raise RefusedError(f"case {case.name} has no document to begin from: put one in")
    told = stories(view, around(seeds))
    corpus = Corpus(told, commonness=common_now(view, told), encode=encode)
    away = {*case.excluded, *_split_from(view, case)}
    grown = grow(corpus, [seed.id for seed in seeds], outside=away)
    with store.writing() as end:
        check(last_decision(end.connection, "case", case.id), seen)
        put_grown(end, case.id, grown, corpus.commonness, before=case)
        put_origins(end, case.id)
        return end.now.case(case.id)


def split(  # noqa: PLR0913  # what is split from what, and who says so
    store: Store,
    name: str,
    called: str,
    documents: Sequence[str],
    *,
    reviewer: str,
    reason: str,
    title: str | None = None,
    encode: Encode | None = None,
    seen: Seen = ANYTHING,
) -> StoredCase:
    """Split documents off a case into a new one; gives the new one.

    They are out of the old case and in the new one by that person's decision, and no machine joins
    the two again. `seen` as for `collect`. All of that is recorded or nothing; then what else
    belongs to the new case is collected.
    """
    with store.writing() as end:
        old = end.now.case(name)
        check(last_decision(end.connection, "case", old.id), seen)
        ids = [document_of(end.now, document).id for document in documents]
        if strange := sorted(set(ids) - set(old.documents)):
            raise RefusedError(f"document {strange[0]} is not in case {old.name}")
        new = _put(end, called, ids, reviewer, reason, title=title)
        for document in ids:
            review.put(end, old.id, "out", value=document, reviewer=reviewer, reason=reason)
        apart = {"case": new.id, "documents": ids}
        review.put(end, old.id, "split", value=apart, reviewer=reviewer, reason=reason)
    return collect(store, new.id, encode=encode)


def checked(end: Writer, name: str) -> str:
    """A name that a case can have; raises RefusedError for one that is none or is taken."""
    if not _NAME.fullmatch(name):
        raise RefusedError(f"{name!r} is no name: small letters, digits and hyphens")
    if case_reading.is_called(end.connection, name):
        raise RefusedError(f"there is a case {name} already")
    return name


def seeds_of(case: StoredCase) -> list[StoredDocument]:
    """What people put in; where they put in nothing, what belongs most surely."""
    decided = [member.document for member in case.members if member.decision is not None]
    if decided:
        return decided
    sure = sorted(case.members, key=lambda member: (-(member.probability or 0), member.document.id))
    return [member.document for member in sure[:_SEEDS]]


def parted(view: View, case: str) -> set[str]:
    """The cases that people split from a case, or it from them."""
    found: set[str] = set()
    for word in view.decisions(current=True):
        if word.verdict == "split" and case in {word.subject, word.value["case"]}:
            found |= {word.subject, word.value["case"]}
    return found - {case}


def _split_from(view: View, case: StoredCase) -> set[str]:
    """Documents that people put into cases that they split from this one."""
    return {
        member.document.id
        for other in sorted(parted(view, case.id))
        for member in view.case(other).members
        if member.decision is not None
    }
