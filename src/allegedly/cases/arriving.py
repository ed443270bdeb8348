"""A new story joins the cases that it is about, or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from allegedly.cases.collecting import collect, parted
from allegedly.cases.findings import LIKELY, membership, put_origins, run
from allegedly.cases.window import story_of
from allegedly.linking.events import Corpus, belonging, keys_of
from allegedly.store import CaseKeys, NotInLedgerError, case_recording

if TYPE_CHECKING:
    from allegedly.linking.events import Encode, Found, Story
    from allegedly.store import Store, View


KEYS_SHARED: Final = 3  # keys of a case that a new story has before it is compared
GROWTH: Final = 1.25  # a case that has grown so much is collected anew


def place(store: Store, document: str, *, encode: Encode | None = None) -> tuple[str, ...]:
    """Put a new document in the cases that it is about, if any; gives their ids.

    Only cases that share some of its keys are looked at. Of cases that a person split, it goes to
    the one that it is most like.
    """
    view = store.now
    story = story_of(view.document(document), view.texts([view.document(document)]))
    near = CaseKeys(view).sharing(keys_of(story), KEYS_SHARED)
    fitting: list[tuple[Found, str]] = []
    for name in near:
        found = _fits(view, name, story, encode)
        if found is not None and found.probability >= LIKELY:
            fitting.append((found, name))
    fitting.sort(key=lambda pair: (-pair[0].probability, pair[1]))
    joined = _chosen(view, fitting)
    for found, name in joined:
        made = [membership(name, found, belongs=True)]
        with store.writing() as end:
            by = run(with_vectors=encode is not None)
            case_recording.put_collected(end, by, memberships=made)
            put_origins(end, name)
        _grown_much(store, name, encode)
    return tuple(name for _, name in joined)


def _fits(view: View, name: str, story: Story, encode: Encode | None) -> Found | None:
    """How a story fits a case; None where the case has nothing to fit, or people put it out."""
    kept = CaseKeys(view).profile(name)
    case = view.case(name)
    if kept is None or story.id in {*case.excluded, *case.documents}:
        return None
    profile = kept[0] if encode is not None else replace(kept[0], vector=())
    corpus = Corpus([story], commonness=CaseKeys(view).commonness(), encode=encode)
    return belonging(corpus, profile)[0]


def _chosen(view: View, fitting: list[tuple[Found, str]]) -> list[tuple[Found, str]]:
    """Every case that fits, but of cases that people split only the fittest."""
    chosen: list[tuple[Found, str]] = []
    for found, name in fitting:
        apart = parted(view, name)
        if not any(other in apart for _, other in chosen):
            chosen.append((found, name))
    return chosen


def _grown_much(store: Store, name: str, encode: Encode | None) -> None:
    kept = CaseKeys(store.now).profile(name)
    if kept is not None and kept[1] >= GROWTH * kept[0].members + 1:
        try:
            collect(store, name, encode=encode)
        except NotInLedgerError:
            return
