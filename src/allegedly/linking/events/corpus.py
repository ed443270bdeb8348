"""Stories as rows of weighed stems: whole, by title and by sentence."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from allegedly.linking.events.stems import SENTENCE, stems
from allegedly.records import Commonness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Floats = NDArray[np.float64]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

LEAD: Final = 600  # characters after the title that tell what a story is about
READ: Final = 4_000  # characters whose sentences are looked at one by one
TITLE: Final = 2  # a title's words count so often; swept over 1, 2, 3
SHORTEST: Final = 4  # stems of a sentence that can stand for an event by itself
TELLING: Final = 12  # words from which an English text is known to be English
RARE: Final = 3  # documents a stem must be met in before its commonness is worth keeping
DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What of a document tells which event it is about."""

    id: str
    title: str
    text: str
    published: str | None = None
    language: str | None = None
    publisher: str | None = None

    @property
    def body(self) -> str:
        """The text after the title, where it begins with it."""
        return self.text.removeprefix(self.title).lstrip() if self.title else self.text

    @property
    def opening(self) -> str:
        """Title and lead: what its sentence vector is taken of."""
        return f"{self.title}\n{self.body[:LEAD]}".strip()

    @property
    def tongue(self) -> str:
        """Its language in two letters; empty where it is too short to tell, ``?`` where unknown."""
        if self.language:
            return self.language[:2].lower()
        return "" if len(self.text.split()) < TELLING else "?"

    @property
    def day(self) -> float:
        """Days since 1970 of its publication, NaN where nobody knows."""
        return math.nan if self.published is None else day(self.published)


def day(moment: str) -> float:
    """Days since 1970 of an ISO 8601 date or time, NaN for anything else; UTC where not told."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return math.nan
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() / DAY


def moment(days: float) -> str | None:
    """The ISO 8601 time of a number of days since 1970, None for NaN."""
    if math.isnan(days):
        return None
    return datetime.fromtimestamp(days * DAY, UTC).isoformat(timespec="seconds")


def _sums(at: NDArray[np.int64], values: Floats, *, minlength: int) -> Floats:
    # An empty list of weights is no list of weights to numpy, and its sums would be whole numbers.
    return np.bincount(at, values, minlength=minlength).astype(np.float64, copy=False)


class Rows:
    """A sparse matrix of rows of length one; numpy alone, for two products are all it needs."""

    def __init__(self, rows: Iterable[Mapping[int, float]], columns: int) -> None:
        """Take the values of each row by column."""
        at, columns_, values = [], [], []
        self.count = 0
        for row in rows:
            length = math.sqrt(sum(value * value for value in row.values())) or 1.0
            at += [self.count] * len(row)
            columns_ += list(row)
            values += [value / length for value in row.values()]
            self.count += 1
        self.at = np.array(at, dtype=np.int64)
        self.columns = np.array(columns_, dtype=np.int64)
        self.values = np.array(values, dtype=np.float64)
        self.width = columns
        self._start = np.searchsorted(self.at, np.arange(self.count + 1))
        self._column = np.zeros(columns)  # scratch of `alike`, all zeros between calls

    def times(self, vector: Floats) -> Floats:
        """The product of each row with a vector over the columns."""
        return _sums(self.at, self.values * vector[self.columns], minlength=self.count)

    def total(self, weights: Floats) -> Floats:
        """The rows added up, each times its weight."""
        return _sums(self.columns, self.values * weights[self.at], minlength=self.width)

    def row(self, number: int) -> dict[int, float]:
        """The values of a row by column."""
        start, end = self._start[number], self._start[number + 1]
        pairs = zip(self.columns[start:end], self.values[start:end], strict=True)
        return {int(column): float(value) for column, value in pairs}

    def alike(self, number: int, others: NDArray[np.int64]) -> Floats:
        """The products of one row with some others."""
        own = slice(self._start[number], self._start[number + 1])
        self._column[self.columns[own]] = self.values[own]
        starts, ends = self._start[others], self._start[others + 1]
        each = ends - starts
        firsts = np.cumsum(each) - each
        at = np.repeat(starts - firsts, each) + np.arange(each.sum())
        owner = np.repeat(np.arange(len(others)), each)
        found = self.values[at] * self._column[self.columns[at]]
        self._column[self.columns[own]] = 0.0
        return _sums(owner, found, minlength=len(others))


class Corpus:
    """Stories that are compared with each other, and how common their words are.

    `commonness` is that of a larger collection; without one the stories themselves tell it.
    `encode` gives sentence vectors of length one, shape (texts, width); None where there are none.
    """

    def __init__(
        self,
        stories: Sequence[Story],
        *,
        commonness: Commonness | None = None,
        encode: Encode | None = None,
    ) -> None:
        """Weigh the words of every story."""
        self.stories = tuple(stories)
        self.number = {story.id: number for number, story in enumerate(self.stories)}
        self.days = np.array([story.day for story in self.stories])
        self.languages = np.array([story.tongue for story in self.stories])
        whole, parts, owners = _units(self.stories)
        self.commonness = commonness or together(counted(whole), usual())
        self.stems = {stem: n for n, stem in enumerate(dict.fromkeys(s for u in whole for s in u))}
        self.names = tuple(self.stems)
        self._weights = {stem: rarity(self.commonness, stem) for stem in self.stems}
        self.whole = Rows(map(self._weighed, whole), len(self.stems))
        self.parts = Rows(map(self._weighed, parts), len(self.stems))
        self.owners = np.array(owners, dtype=np.int64)
        self._encode = encode
        self._vectors: NDArray[np.float32] | None = None
        self._encoded = np.zeros(len(self.stories), dtype=bool)

    @property
    def has_vectors(self) -> bool:
        """Whether stories can be compared by sentence vectors."""
        return self._encode is not None

    def vectors(self, wanted: NDArray[np.bool_]) -> NDArray[np.float32]:
        """The sentence vectors, zeros for a story that nobody has wanted yet."""
        assert self._encode is not None, "asked for vectors without an encoder"  # noqa: S101
        new = np.flatnonzero(wanted & ~self._encoded)
        if new.size or self._vectors is None:
            made = self._encode([self.stories[n].opening for n in new])
            if self._vectors is None:
                self._vectors = np.zeros((len(self.stories), made.shape[1]), dtype=np.float32)
            self._vectors[new] = made
            self._encoded[new] = True
        return self._vectors

    def _weighed(self, unit: Sequence[str]) -> dict[int, float]:
        counts = Counter(unit)
        known = {stem: n for stem, n in counts.items() if stem in self.stems}
        return {self.stems[s]: (1 + math.log(n)) * self._weights[s] for s, n in known.items()}


def _units(
    stories: Iterable[Story],
) -> tuple[list[list[str]], list[list[str]], list[int]]:
    """Stems of the whole stories, of their sentences, and whose sentences they are."""
    whole, parts, owners = [], [], []
    for number, story in enumerate(stories):
        body = story.body
        whole.append(stems(story.title) * TITLE + stems(body[:LEAD]))
        for sentence in SENTENCE.split(body[:READ]):
            found = stems(sentence)
            if len(found) >= SHORTEST:
                parts.append(found)
                owners.append(number)
    return whole, parts, owners


def counted(units: Iterable[Iterable[str]]) -> Commonness:
    """In how many units each stem is."""
    sets = [set(unit) for unit in units]
    counts = Counter(stem for unit in sets for stem in unit)
    kept = {stem: count for stem, count in sorted(counts.items()) if count >= RARE}
    return Commonness(documents=len(sets), stems=kept)


def counted_stories(stories: Iterable[Story]) -> Commonness:
    """In how many stories each stem is, by title and lead."""
    return counted(stems(story.title) + stems(story.body[:LEAD]) for story in stories)


@cache
def usual() -> Commonness:
    """How common words are in English news, for ledgers that are still small.

    `training.commonness` counts it.
    """
    path = files("allegedly.linking.events") / "en" / "commonness.json"
    kept = json.loads(path.read_text("utf-8"))
    return Commonness(documents=kept["documents"], stems=kept["stems"])


def together(one: Commonness, other: Commonness) -> Commonness:
    """The counts of two collections as one."""
    stems_ = Counter(one.stems)
    stems_.update(other.stems)
    return Commonness(documents=one.documents + other.documents, stems=dict(sorted(stems_.items())))


def keys_of(story: Story) -> list[str]:
    """The stems by which a story meets cases, each once."""
    return sorted({*stems(story.title), *stems(story.body[:READ])})


def rarity(commonness: Commonness, stem: str) -> float:
    """Inverse document frequency, smoothed; a stem that was not kept counts as met once."""
    return math.log((1 + commonness.documents) / (1 + commonness.stems.get(stem, 1))) + 1
