"""Events in a stream of stories: dense places among stories that share rare words within days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.events.growing import Grown, grow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from allegedly.linking.events.corpus import Corpus
    from allegedly.linking.events.growing import Settings

KEYS: Final = 10  # a story's weightiest stems, by which it meets others
SHARED: Final = 2  # keys that two stories share before they are compared
COMMON: Final = 0.05  # part of all stories that a key may be in, or it finds nothing by itself
FEW: Final = 50  # in a small collection a key may be in so many
WITHIN: Final = 3.0  # days between two stories that are told together
NEIGHBOURS: Final = 0.3  # likeness from which stories are neighbours
SEEDS: Final = 3  # the densest story and its nearest neighbours
LEAST: Final = 4  # stories of an event that is worth a case
ONE_VOICE: Final = 0.8  # part of an event's stories that one publisher may have
OVERLAP: Final = 0.5  # part of a new event's stories that an earlier one may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """An event that was found: the story in its middle, and the case grown from there."""

    centre: str
    seeds: tuple[str, ...]
    grown: Grown


@dataclass(frozen=True, slots=True)
class _Near:
    """The neighbours of a story, the nearest first."""

    numbers: NDArray[np.int64]
    likeness: NDArray[np.float64]

    @property
    def density(self) -> float:
        return float((self.likeness - NEIGHBOURS).sum())


def suggest(
    corpus: Corpus,
    *,
    taken: Iterable[str] = (),
    least: int = LEAST,
    settings: Settings | None = None,
) -> Iterator[Suggested]:
    """The events of a corpus, the densest first, each once.

    Stories that are `taken` are of cases that are known: they begin no event, and an event that is
    mostly theirs is not suggested. An event has `least` stories, and more than one voice.
    """
    near = {n: _near(corpus, n, candidates) for n, candidates in _candidates(corpus)}
    order = sorted(near, key=lambda n: (-near[n].density, corpus.stories[n].id))
    gone = {corpus.number[name] for name in taken if name in corpus.number}
    for number in order:
        if number in gone or len(near[number].numbers) < least - 1:
            continue
        seeds = [number, *near[number].numbers[: SEEDS - 1].tolist()]
        names = tuple(corpus.stories[n].id for n in seeds)
        grown = grow(corpus, names, settings=settings)
        members = {corpus.number[name] for name in grown.members}
        fresh = members - gone
        few = len(members) < least or len(fresh) <= OVERLAP * len(members)
        if few or not _many_voices(corpus, members):
            gone.add(number)
            continue
        gone |= members | {number}
        yield Suggested(centre=_centre(corpus, grown), seeds=names, grown=grown)


def _centre(corpus: Corpus, grown: Grown) -> str:
    """The story that is most like its event, of several the one with a title of its own."""
    inside = set(grown.members)
    for found in grown.found:
        if found.id in inside and corpus.stories[corpus.number[found.id]].title:
            return found.id
    return grown.found[0].id


def _many_voices(corpus: Corpus, members: Iterable[int]) -> bool:
    """Whether stories have several headlines, and of known publishers none tells nearly all.

    A page updated twelve times, a daily column and what a channel puts below each of its films
    are alike too, and no event.
    """
    stories = [corpus.stories[n] for n in members]
    headlines = {(story.title or story.opening).casefold() for story in stories}
    outlets = Counter(story.publisher for story in stories if story.publisher)
    most = max(outlets.values(), default=0)
    return len(headlines) > 1 and most <= ONE_VOICE * max(outlets.total(), 1)


def _candidates(corpus: Corpus) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """For each story those that share its keys, told within days of it."""
    most = max(FEW, int(COMMON * len(corpus.stories)))
    keys = [_keys(corpus, number) for number in range(len(corpus.stories))]
    having: dict[int, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            having.setdefault(key, []).append(number)
    met = {key: np.array(numbers) for key, numbers in having.items() if 1 < len(numbers) <= most}
    for number, own in enumerate(keys):
        lists = [met[key] for key in own if key in met]
        if not lists:
            continue
        found, counts = np.unique(np.concatenate(lists), return_counts=True)
        apart = np.abs(np.nan_to_num(corpus.days[found] - corpus.days[number]))
        alike = corpus.languages[found] == corpus.languages[number]
        found = found[(counts >= SHARED) & (apart <= WITHIN) & alike & (found != number)]
        if found.size:
            yield number, found


def _keys(corpus: Corpus, number: int) -> list[int]:
    row = corpus.whole.row(number)
    return sorted(row, key=lambda column: (-row[column], column))[:KEYS]


def _near(corpus: Corpus, number: int, candidates: NDArray[np.int64]) -> _Near:
    """Neighbours among candidates by the likeness of their words."""
    likeness = corpus.whole.alike(number, candidates)
    order = np.argsort(-likeness, kind="stable")
    order = order[likeness[order] >= NEIGHBOURS]
    return _Near(candidates[order], likeness[order])
