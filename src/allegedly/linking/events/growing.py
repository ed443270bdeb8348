"""A case grows from a few stories to all that tell of the same event.

What the stories have in common is a profile: the mean of their weighed words (Rocchio 1971) and of
their sentence vectors. Every story is compared with it, the close ones count in by how close they
are, and the profile is taken anew, until it is that of the event and hardly of the seeds any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.linking.events.corpus import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from allegedly.linking.events.corpus import Corpus, Floats
    from allegedly.records import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Numbers of the growth, swept leave-one-case-out by `benchmarks.cases`.

    `vectors` is the weight of sentence vectors beside words. A story at `counts` counts half into
    the profile, at `belongs` it is as likely of the case as not; `slope` is the width of both
    transitions. `sentence` is how much a sentence by itself counts against a whole story. From
    `free` days outside the time of the case a story loses `away` a day, `most_away` at most.
    """

    vectors: float
    counts: float
    belongs: float
    sentence: float = 0.9
    rounds: int = 4
    slope: float = 0.02
    spread: float = 0.05
    free: float = 2.0
    away: float = 0.02
    most_away: float = 1.0


WITH_VECTORS: Final = Settings(vectors=0.4, counts=0.48, belongs=0.43)
WITHOUT_VECTORS: Final = Settings(vectors=0.0, counts=0.35, belongs=0.32)
NEAR: Final = 0.08  # likeness of words from which a sentence vector is worth taking
_EDGE: Final = 0.02  # part of a case at either end that does not say when it was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A story with its likeness to a case, how probably it belongs, and the words they share."""

    id: str
    likeness: float
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A case as grown: its stories, most probable first, and what they have in common.

    `terms` and `vector` are the profile, of length one each; `first` and `last` days since 1970.
    """

    found: tuple[Found, ...]
    terms: dict[str, float]
    vector: tuple[float, ...]
    first: float
    last: float
    language: str

    @property
    def members(self) -> tuple[str, ...]:
        """The stories that belong more probably than not."""
        return tuple(each.id for each in self.found if each.probability >= 0.5)  # noqa: PLR2004


@dataclass(slots=True)
class _Common:
    """What the stories of a case have in common, as columns of a corpus."""

    terms: Floats
    vector: Floats | None
    first: float
    last: float


def grow(
    corpus: Corpus,
    seeds: Iterable[str],
    *,
    outside: Iterable[str] = (),
    settings: Settings | None = None,
) -> Grown:
    """Grow a case from seeds; stories `outside` never belong, whatever they are like.

    Seeds and outsiders that the corpus has not got are passed over. Raises ValueError where it has
    no seed at all.
    """
    chosen = settings or (WITH_VECTORS if corpus.has_vectors else WITHOUT_VECTORS)
    inside = np.array([corpus.number[s] for s in seeds if s in corpus.number], dtype=np.int64)
    if not inside.size:
        raise ValueError("a case grows from at least one story")
    allowed = _allowed(corpus, inside, outside)
    weights = np.zeros(len(corpus.stories))
    weights[inside] = 1.0
    common = _common(corpus, weights)
    for _ in range(chosen.rounds):
        likeness = _whole(corpus, common, chosen)
        weights = 1 / (1 + np.exp((chosen.counts - likeness) / chosen.slope))
        weights[(weights < chosen.spread) | ~allowed] = 0.0
        weights[inside] = 1.0
        common = _common(corpus, weights)
    likeness = _best(corpus, common, chosen)
    return _grown(corpus, common, np.where(allowed, likeness, -1.0), inside, chosen)


def belonging(
    corpus: Corpus, profile: Profile, *, settings: Settings | None = None
) -> tuple[Found, ...]:
    """The stories of a corpus by how they fit what a case has in common, the fittest first."""
    chosen = settings or (WITH_VECTORS if profile.vector else WITHOUT_VECTORS)
    terms = np.zeros(len(corpus.names))
    for name, weight in profile.terms.items():
        if name in corpus.stems:
            terms[corpus.stems[name]] = weight
    vector = np.array(profile.vector) if profile.vector else None
    common = _Common(terms, vector, _day(profile.first), _day(profile.last))
    likeness = _best(corpus, common, chosen)
    likeness = np.where(_speaking(corpus, profile.language), likeness, -1.0)
    order = np.argsort(-likeness, kind="stable")
    return tuple(_found(corpus, common, int(n), float(likeness[n]), chosen) for n in order)


def _day(moment: str | None) -> float:
    return np.nan if moment is None else day(moment)


def _allowed(corpus: Corpus, seeds: NDArray[np.int64], outside: Iterable[str]) -> NDArray[np.bool_]:
    """Stories in the language of the seeds, or in none that is known, that nobody put out."""
    allowed = _speaking(corpus, _spoken(corpus, seeds))
    allowed[[corpus.number[name] for name in outside if name in corpus.number]] = False
    return np.asarray(allowed, dtype=bool)


def _spoken(corpus: Corpus, seeds: NDArray[np.int64]) -> str:
    """The language that most of the seeds are in, empty where none is known."""
    known = [str(language) for language in corpus.languages[seeds] if language]
    return max(sorted(set(known)), key=known.count) if known else ""


def _speaking(corpus: Corpus, language: str) -> NDArray[np.bool_]:
    """Stories in a language, and those too short to tell."""
    same = (corpus.languages == language) | (corpus.languages == "")
    return np.asarray(same | (language == ""), dtype=bool)


def _common(corpus: Corpus, weights: Floats) -> _Common:
    terms = _unit(corpus.whole.total(weights))
    vector = None
    if corpus.has_vectors:
        vector = _unit(weights @ corpus.vectors(weights > 0))
    days, heavy = corpus.days, (weights >= 0.5) & ~np.isnan(corpus.days)  # noqa: PLR2004
    if not heavy.any():
        return _Common(terms, vector, np.nan, np.nan)
    first, last = np.quantile(days[heavy], [_EDGE, 1 - _EDGE])
    return _Common(terms, vector, float(first), float(last))


def _unit(vector: Floats) -> Floats:
    return vector / (np.linalg.norm(vector) or 1.0)


def _whole(corpus: Corpus, common: _Common, chosen: Settings) -> Floats:
    """The likeness of whole stories."""
    return _joined(corpus, common, corpus.whole.times(common.terms), chosen)


def _best(corpus: Corpus, common: _Common, chosen: Settings) -> Floats:
    """The likeness of stories, or of the sentence that is most like the case."""
    words = corpus.whole.times(common.terms)
    parts = corpus.parts.times(common.terms) * chosen.sentence
    np.maximum.at(words, corpus.owners, parts)
    return _joined(corpus, common, words, chosen)


def _joined(corpus: Corpus, common: _Common, words: Floats, chosen: Settings) -> Floats:
    likeness = (1 - chosen.vectors) * words
    if common.vector is not None and chosen.vectors:
        vectors = corpus.vectors(words >= NEAR)
        likeness += chosen.vectors * np.where(words >= NEAR, vectors @ common.vector, 0.0)
    return likeness - _away(corpus, common, chosen)


def _away(corpus: Corpus, common: _Common, chosen: Settings) -> Floats:
    """What stories lose for being told long before or after the others."""
    outside = np.maximum(common.first - corpus.days, corpus.days - common.last) - chosen.free
    lost = np.clip(np.nan_to_num(outside, nan=0.0) * chosen.away, 0.0, chosen.most_away)
    return np.asarray(lost, dtype=np.float64)


def _grown(
    corpus: Corpus, common: _Common, likeness: Floats, seeds: NDArray[np.int64], chosen: Settings
) -> Grown:
    likely = likeness >= chosen.belongs - 3 * chosen.spread
    likely[seeds] = True
    order = sorted(np.flatnonzero(likely), key=lambda n: (-likeness[n], corpus.stories[n].id))
    heavy = np.flatnonzero(common.terms > 0)
    heavy = heavy[np.argsort(-common.terms[heavy], kind="stable")][:KEPT]
    return Grown(
        found=tuple(_found(corpus, common, int(n), float(likeness[n]), chosen) for n in order),
        terms={corpus.names[n]: round(float(common.terms[n]), 5) for n in heavy},
        vector=() if common.vector is None else tuple(round(float(v), 4) for v in common.vector),
        first=common.first,
        last=common.last,
        language=_spoken(corpus, seeds),
    )


KEPT: Final = 400  # terms of a profile that are kept; the rest weigh next to nothing
_SHOWN: Final = 8  # words that are given as the reason


def _found(
    corpus: Corpus, common: _Common, number: int, likeness: float, chosen: Settings
) -> Found:
    probability = 1 / (1 + np.exp((chosen.belongs - likeness) / chosen.spread))
    return Found(
        id=corpus.stories[number].id,
        likeness=round(float(likeness), 4),
        probability=round(float(probability), 4),
        words=tuple(_shared(corpus, common, number)),
    )


def _shared(corpus: Corpus, common: _Common, number: int) -> Sequence[str]:
    """The stems that add most to the likeness."""
    row = corpus.whole.row(number)
    adds = {corpus.names[c]: value * common.terms[c] for c, value in row.items()}
    best = sorted((name for name in adds if adds[name] > 0), key=lambda name: (-adds[name], name))
    return best[:_SHOWN]
