"""Stories that were read since they were last linked, linked in the order of their reading."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from threadpoolctl import ThreadpoolController

from allegedly.links.joining import Groups, constraints_of, join, put_groups
from allegedly.links.meeting import Lately, Met, alike, candidates
from allegedly.links.preparing import linking, run
from allegedly.side_by_side import side_by_side
from allegedly.store import link_reading, link_recording
from allegedly.store.link_reading import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from allegedly.linking.claims import Profile
    from allegedly.records import Link, Run
    from allegedly.store import Store
    from allegedly.store.writing import Writer

AT_ONCE: Final = 16  # documents linked in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What came of linking: documents that were new, and entries of each kind that were put."""

    documents: int
    groups: int
    links: int


def link(
    store: Store,
    *,
    most: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    turn: Callable[[Callable[[], Linked]], Linked] | None = None,
) -> Linked:
    """Link every story that was read since it was last linked, or `most` of them.

    A story costs what its keys bring up, whatever else the ledger holds. While some are recorded,
    the models make others ready on the other cores. `progress` is told how many are linked, and of
    how many; what it was told of stays linked if it raises. With `turn`, who also has other work,
    each record is made in a turn of its own, and the models keep to one core.
    """
    by, lately = run(), Lately()
    waiting = store.unlinked()[:most]
    with store.database.reading() as connection:
        lately.expect(connection, len(waiting))
    alone = len(waiting) == 1 or turn is not None
    ready = partial(_ready, store, threads=None if alone and turn is None else 1)
    made = side_by_side(ready, waiting, threads=1 if alone else None)
    total = Linked(documents=0, groups=0, links=0)
    while some := list(islice(made, AT_ONCE)):
        put = (turn or _at_once)(partial(record, store, some, by, lately))
        total = Linked(
            documents=total.documents + put.documents,
            groups=total.groups + put.groups,
            links=total.links + put.links,
        )
        if progress is not None:
            progress(total.documents, len(waiting))
    return total


def _at_once(write: Callable[[], Linked]) -> Linked:
    return write()


def _ready(store: Store, document: str, *, threads: int | None) -> dict[str, Any]:
    return linking(store.now.reading(document), threads=threads)


def record(
    store: Store, linkings: Sequence[Mapping[str, Any]], by: Run, lately: Lately | None = None
) -> Linked:
    """Record linkings of documents, and the groups and links that they make or change.

    `lately` are linked documents that are at hand.
    """
    lately = lately or Lately()
    with _arrays().limit(limits=1, user_api="blas"), _uncollected(), store.writing() as end:
        name = link_recording.put_run(end, by)
        left = _left(end, linkings, lately)
        stories: dict[int, list[Profile]] = {}
        for body in linkings:
            seq = link_recording.put_linking(end, body["document"], body, name)
            own = lately.keep(seq, body["document"], body["claims"])
            stories[seq] = [own.claim(place)[0] for place in range(len(own.names))]
        end.flush()
        groups, against = _joined(end, stories, left, lately)
        put = put_groups(end, groups.changed(), lately, name)
        made = link_recording.put_links(end, against, name)
    return Linked(documents=len(linkings), groups=put, links=made)


@cache
def _arrays() -> ThreadpoolController:
    """The threads of numpy's products, which else wait spinning on cores that the models need."""
    return ThreadpoolController()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection, which would look at all that is at hand again and again.

    What is made here lives on or is in no circle; what others leave is collected afterwards.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _left(end: Writer, linkings: Sequence[Mapping[str, Any]], lately: Lately) -> set[str]:
    """What documents that are linked anew said until now."""
    again = link_reading.entries_of(end.connection, {body["document"] for body in linkings})
    lately.forget(again.values())
    held = lately.of(end.connection, list(again.values()))
    return {name for compared in held.values() for name in compared.names}


def _joined(
    end: Writer, stories: Mapping[int, Sequence[Profile]], left: set[str], lately: Lately
) -> tuple[Groups, list[Link]]:
    """Groups after each story has joined them, and what its claims stand against."""
    around = candidates(end.connection, lately, stories)
    own = {seq: [Found(seq, at) for at in range(len(said))] for seq, said in stories.items()}
    near = Met.of(end.connection, lately, set().union(*around.values()))
    like = {seq: alike(near, own[seq], around[seq]) for seq in stories if own[seq]}
    wanted = {claim for pairs in like.values() for claim in chain.from_iterable(pairs)}
    groups = Groups()
    groups.load(end.connection, wanted | left)
    groups.leave(left)
    met = _with_members(end, near, groups, wanted, lately)
    decided = link_reading.decisions_of(end.connection, list(met.named), None)
    held = constraints_of(decided, met.named)
    against: dict[str, Link] = {}
    for seq, pairs in like.items():
        found = join(met, groups, around[seq], pairs, held, own[seq])
        against |= {one.id: one for one in found}
    return groups, list(against.values())


def _with_members(
    end: Writer, near: Met, groups: Groups, claims: Collection[str], lately: Lately
) -> Met:
    """What was met and the first members of the groups that some claims are in."""
    first = groups.first(claims)
    documents = {m: d for members in first.values() for m, d in members.items()}
    groups.load(end.connection, documents)
    further = {m: d for m, d in documents.items() if m not in near.named}
    if not further:
        return near
    places = lately.places_of(end.connection, further, set(further.values()))
    return Met.of(end.connection, lately, [*near.at, *places])
