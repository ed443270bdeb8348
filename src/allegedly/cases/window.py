"""Stories of a ledger as they are compared, and how common words are among them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from allegedly.linking.events import Story, counted_stories, together, usual
from allegedly.store import CaseKeys, Filter, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.records import Commonness
    from allegedly.store import StoredDocument, View


WINDOW: Final = timedelta(days=21)  # how long before and after its seeds a case is looked for


def document_of(view: View, name: str) -> StoredDocument:
    """A document by the beginning of its id; raises RefusedError for anything else."""
    kind, found = view.find(name)
    if kind != "document":
        raise RefusedError(f"{name} is a {kind}, not a document")
    return view.document(found)


def stories(view: View, asked: Filter) -> list[Story]:
    """The stories of some documents, with their texts."""
    documents = view.documents(asked)
    texts = view.texts(documents)
    return [story_of(document, texts) for document in documents]


def story_of(document: StoredDocument, texts: dict[str, str]) -> Story:
    """A document as it is compared."""
    return Story(
        id=document.id,
        title=document.title or "",
        text=texts[document.id],
        published=document.published,
        language=document.language,
        publisher=document.publisher,
    )


def common_now(view: View, told: Sequence[Story] | None = None) -> Commonness:
    """How common words are, counted anew when the ledger has doubled."""
    kept = CaseKeys(view).commonness()
    if told is not None and (kept is None or len(told) >= 2 * kept.documents):
        return together(counted_stories(told), usual())
    return kept or together(counted_stories(stories(view, Filter())), usual())


def around(seeds: Iterable[StoredDocument]) -> Filter:
    """The days around the seeds; everything where nobody knows when they were published."""
    days = sorted(seed.published for seed in seeds if seed.published)
    if not days:
        return Filter()
    try:
        since = (datetime.fromisoformat(days[0]) - WINDOW).date()
        until = (datetime.fromisoformat(days[-1]) + WINDOW).date()
    except (ValueError, OverflowError):
        return Filter()
    return Filter(since=since.isoformat(), until=until.isoformat())
