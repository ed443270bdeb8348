"""A case begins with documents that a person names, and a machine collects the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from allegedly import review
from allegedly.cases.findings import record_grown, record_origins
from allegedly.cases.window import around, common_now, document_of, stories
from allegedly.linking.events import Corpus, grow
from allegedly.records import Case
from allegedly.store import ANYTHING, OvertakenError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.linking.events import Encode
    from allegedly.store import Store, StoredCase, StoredDecision, StoredDocument, View

    Seen = str | int | None

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
    view = store.now
    documents = [document_of(view, seed) for seed in seeds]
    if not documents:
        raise RefusedError("a case begins with at least one document")
    called = title or documents[0].title or name
    case = Case(
        name=checked(view, name),
        title=called,
        seeds=tuple(document.id for document in documents),
        description=description,
    )
    store.record_case(case)
    for document in documents:
        review.decide(store, case.id, "in", reviewer=reviewer, reason=reason, value=document.id)
    return collect(store, case.id, encode=encode)


def collect(
    store: Store, name: str, *, encode: Encode | None = None, seen: Seen = ANYTHING
) -> StoredCase:
    """Look for the documents of a case anew, from those that people put in.

    Where nobody put any in, from those that belong most surely. What people put in or out stays.
    `seen` is the last decision about the case that a person knew of, as for `review.decide`: where
    there is a later one, raises OvertakenError.
    """
    view = store.now
    case = view.case(name)
    _check_seen(view, case, seen)
    seeds = seeds_of(case)
    if not seeds:
        raise RefusedError(f"case {case.name} has no document to begin from: put one in")
    told = stories(view, around(seeds))
    corpus = Corpus(told, commonness=common_now(view, told), encode=encode)
    away = {*case.excluded, *_split_from(view, case)}
    grown = grow(corpus, [seed.id for seed in seeds], outside=away)
    record_grown(store, case.id, grown, corpus.commonness, before=case)
    record_origins(store, case.id)
    return store.now.case(case.id)


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
    the two again. `seen` as for `collect`; nothing is recorded where it is overtaken.
    """
    old, said = store.now.case(name), {"reviewer": reviewer, "reason": reason}
    _check_seen(store.now, old, seen)
    checked(store.now, called)
    ids = [document_of(store.now, document).id for document in documents]
    strange = sorted(set(ids) - set(old.documents))
    if strange:
        raise RefusedError(f"document {strange[0]} is not in case {old.name}")
    for document in ids:
        review.decide(store, old.id, "out", value=document, **said)
    new = begin(store, called, ids, title=title, encode=None, **said)
    apart = {"case": new.id, "documents": ids}
    review.decide(store, old.id, "split", value=apart, **said)
    return collect(store, new.id, encode=encode)


def last_word(view: View, case: StoredCase) -> StoredDecision | None:
    """The last decision about a case, or about one that people made part of it."""
    words = [word for name in (case.id, *case.merged) for word in view.decisions(name, limit=1)]
    return max(words, key=lambda word: word.seq, default=None)


def _check_seen(view: View, case: StoredCase, seen: Seen) -> None:
    """Raise OvertakenError where somebody decided about a case after what a person saw."""
    last = last_word(view, case)
    if isinstance(seen, int):
        overtaken = last is not None and last.seq > seen
    else:
        overtaken = seen not in {ANYTHING, last.id if last else None}
    if overtaken:
        raise OvertakenError("somebody else decided about the case in the meantime")


def checked(view: View, name: str) -> str:
    """A name that a case can have; raises RefusedError for one that is none or is taken."""
    if not _NAME.fullmatch(name):
        raise RefusedError(f"{name!r} is no name: small letters, digits and hyphens")
    if any(case.name == name for case in view.cases()):
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
