"""Entity scores become names: runs of words with their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Words [start, end) of a window that are a name of one kind."""

    start: int
    end: int
    kind: str
    probability: float


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities along the last axis."""
    power = np.exp(scores - scores.max(-1, keepdims=True))
    shares: NDArray[np.float32] = power / power.sum(-1, keepdims=True)
    return shares


def names(
    scores: NDArray[np.float32], labels: tuple[str, ...], stretch: NDArray[np.int64]
) -> list[Name]:
    """Decode one window: scores (words, labels) of BIO labels; no name crosses a stretch.

    Words that are more likely in a name than not form runs, cut where a name begins; a run's kind
    is the one with the highest mean, so that its words cannot disagree.
    """
    kinds = tuple(dict.fromkeys(label[2:] for label in labels if label != "O"))
    chance = softmax(scores)
    begin = chance[:, [labels.index(f"B-{k}") for k in kinds]]
    of_kind = begin + chance[:, [labels.index(f"I-{k}") for k in kinds]]
    inside = of_kind.sum(1) > 0.5  # noqa: PLR2004 - more likely than not
    begins = begin.sum(1) > of_kind.sum(1) / 2
    apart = np.append(True, stretch[1:] != stretch[:-1])
    opens = inside & (begins | apart | ~np.append(False, inside[:-1]))
    found = []
    for start in np.flatnonzero(opens).tolist():
        end = start + 1
        while end < len(inside) and inside[end] and not opens[end]:
            end += 1
        mean = of_kind[start:end].mean(0)
        best = int(mean.argmax())
        found.append(Name(start=start, end=end, kind=kinds[best], probability=float(mean[best])))
    return found
