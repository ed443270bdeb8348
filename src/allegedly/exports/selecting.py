"""From what was asked to what leaves: a filter and a search become ids of documents and claims."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, TypeVar

from allegedly.exports.snapshot import EVERYTHING, Selection
from allegedly.store import Filter, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegedly.store import StoredClaim, View

Found = TypeVar("Found")

# Fields of a filter that single out claims; the others single out documents.
_OF_CLAIMS: Final = ("source", "act", "status")
MOST_HITS: Final = 2_000  # as many answers as the ledger ranks


def select(
    view: View,
    asked: Filter,
    query: str | None = None,
    *,
    case: str | None = None,
    most: int | None = None,
) -> Selection:
    """What of a ledger answers a filter and, where there is one, a search of claims, in a case.

    Without any of these it is everything. Documents come in the order of recording. Raises
    RefusedError, for more than `most` claims or documents that a filter singles out too, and
    NotInLedgerError for a case that is not there.
    """
    found = _selected(view, asked, query, most)
    return found if case is None else _within(view, found, case)


def _within(view: View, found: Selection, name: str) -> Selection:
    """The part of a selection that a case's documents have."""
    case = view.case(name)
    documents = set(case.documents)
    if found.documents is not None:
        documents &= set(found.documents)
    asked = f"case {case.name}" + ("" if found is EVERYTHING else f", {found.asked}")
    return _placed(view, documents, replace(found, asked=asked))


def _selected(view: View, asked: Filter, query: str | None, most: int | None) -> Selection:
    if query is not None:
        hits = view.search(query, asked, limit=MOST_HITS)
        return _of_claims((hit.record for hit in hits), _in_words(asked, query))  # type: ignore[misc]  # a search of claims
    if any(getattr(asked, name) is not None for name in _OF_CLAIMS):
        return _of_claims(_few(view.claims, asked, most), _in_words(asked, query))
    if asked == Filter():
        return EVERYTHING
    found = _few(view.documents, asked, most)
    names = tuple(document.id for document in sorted(found, key=lambda document: document.seq))
    return Selection(documents=names, asked=_in_words(asked, query))


def _few(ask: Callable[..., list[Found]], asked: Filter, most: int | None) -> list[Found]:
    """What answers, where it is not too much; one more than may be is asked for."""
    if most is None:
        return ask(asked)
    found = ask(asked, limit=most + 1)
    if len(found) > most:
        raise RefusedError(f"more than {most:,} answer: narrow what is asked for")
    return found


def of_claims(view: View, claims: Iterable[str], asked: str) -> Selection:
    """A selection of claims by their ids, such as those of a case, with their documents."""
    names = frozenset(claims)
    documents = {view.record(name).document for name in names}
    return _placed(view, documents, Selection(claims=names, asked=asked))


def _of_claims(found: Iterable[StoredClaim], asked: str) -> Selection:
    rows = sorted(found, key=lambda claim: claim.seq)
    documents = tuple(dict.fromkeys(claim.document for claim in rows))
    return Selection(documents=documents, claims=frozenset(c.id for c in rows), asked=asked)


def _placed(view: View, documents: set[str], selection: Selection) -> Selection:
    order = {name: view.document(name).seq for name in documents}
    return replace(selection, documents=tuple(sorted(documents, key=order.__getitem__)))


def _in_words(asked: Filter, query: str | None) -> str:
    parts = [] if query is None else [f"search {query!r}"]
    said = {field.name: getattr(asked, field.name) for field in fields(asked)}
    parts += [f"{name} {value}" for name, value in said.items() if value is not None]
    return ", ".join(parts)
