"""Events in a ledger that are no case yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.cases.collecting import checked
from allegedly.cases.findings import put_grown, put_origins, run
from allegedly.cases.window import common_now, stories
from allegedly.linking.events import Corpus, suggest
from allegedly.records import Case
from allegedly.store import Filter, case_recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.linking.events import Encode, Grown, Suggested
    from allegedly.store import Store, StoredCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An event of the ledger that is no case yet; documents in the order of their probability.

    `name` and `title` are what the case would be called; `publishers` how many told of it.
    """

    name: str
    title: str
    documents: tuple[str, ...]
    words: tuple[str, ...]
    publishers: int
    seeds: tuple[str, ...]
    grown: Grown


def suggestions(
    store: Store,
    *,
    since: str | None = None,
    until: str | None = None,
    least: int = 4,
    encode: Encode | None = None,
) -> Iterator[Suggestion]:
    """Events told between two days that no case has, the densest first.

    An event has at least so many stories, of more than one wording and, where publishers are
    known, more than one of them.
    """
    view = store.now
    told = stories(view, Filter(since=since, until=until))
    corpus = Corpus(told, commonness=common_now(view, told), encode=encode)
    known = view.cases()
    taken = {document for case in known for document in case.documents}
    names = {case.name for case in known}
    for found in suggest(corpus, taken=taken, least=least):
        made = _suggestion(corpus, found, names)
        names.add(made.name)
        yield made


def keep(store: Store, found: Suggestion, *, name: str | None = None) -> StoredCase:
    """Record a suggestion as a case; raises RefusedError for a name that is none or is taken."""
    common = common_now(store.now)
    with store.writing() as end:
        called = checked(end, name or found.name)
        case = Case(name=called, title=found.title, seeds=found.seeds)
        by = case_recording.put_run(end, run(with_vectors=bool(found.grown.vector)))
        case_recording.put_case(end, case, by)
        put_grown(end, case.id, found.grown, common)
        put_origins(end, case.id)
        return end.now.case(case.id)


def _suggestion(corpus: Corpus, found: Suggested, names: set[str]) -> Suggestion:
    members = found.grown.members
    stories = [corpus.stories[corpus.number[name]] for name in members]
    words = tuple(list(found.grown.terms)[:8])
    return Suggestion(
        name=_free("-".join(w for w in words[:3] if w.isascii() and w.isalnum()) or "case", names),
        title=corpus.stories[corpus.number[found.centre]].title or " ".join(words[:4]),
        documents=members,
        words=words,
        publishers=len({story.publisher for story in stories if story.publisher}),
        seeds=found.seeds,
        grown=found.grown,
    )


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
