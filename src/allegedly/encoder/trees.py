"""Syntax scores become heads: each word of a window chooses the word that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from allegedly.encoder.model import HeadLabels, Heads

    Floats = NDArray[np.float32]

_ALONE = 4 * 65_536  # multiplications up to which OpenBLAS stays with one thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Syntax of a window in Universal Dependencies' terms.

    Shapes: heads (words,), a root's head is itself; relations, tags and children are each word's.
    """

    heads: NDArray[np.int64]
    relations: tuple[str, ...]
    tags: tuple[str, ...]

    children: tuple[tuple[int, ...], ...]

    def subtree(self, word: int, without: frozenset[str] = frozenset()) -> tuple[int, int]:
        """The words [low, high) about a word that hang on it, without a gap.

        Those that hang on it by a relation in `without` are left out with all that hang on them.
        """
        inside = {word}
        fresh = [word]
        while fresh:
            below = [i for up in fresh for i in self.children[up] if i not in inside]
            fresh = [i for i in below if self.relations[i] not in without]
            inside.update(fresh)
        low = high = word
        while low - 1 in inside:
            low -= 1
        while high + 1 in inside:
            high += 1
        return low, high + 1


def tree(heads: Heads, labels: HeadLabels) -> Tree:
    """Decode one window: every word's best head, relation and tag, each for itself.

    A biaffine scorer without label interaction (after Dozat and Manning 2017); no tree constraint,
    so a sentence may have two roots.
    """
    side = labels.side
    x = heads.syntax
    scores = _products(x[:, :side], x[:, side : 2 * side]) / np.float32(side**0.5) + x[None, :, -1]
    scores += labels.nearness[: len(x), : len(x)]
    chosen = scores.argmax(1)
    return Tree(
        heads=chosen,
        relations=tuple(labels.relations[i] for i in heads.relations.argmax(1)),
        tags=tuple(labels.tags[i] for i in heads.tags.argmax(1)),
        children=_children(chosen.tolist()),
    )


def _products(left: Floats, right: Floats) -> Floats:
    """`left @ right.T`, (words, words), in blocks of rows too small for BLAS to part among threads.

    Whole, it wakes threads that the model's own have to wait for: on a busy machine that takes
    forty times as long as the product itself.
    """
    rows = max(1, _ALONE // max(1, right.size))
    blocks = [left[i : i + rows] @ right.T for i in range(0, len(left), rows)]
    return np.concatenate(blocks) if blocks else np.zeros((0, 0), dtype=np.float32)


def _children(heads: list[int]) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in heads]
    for word, head in enumerate(heads):
        if word != head:
            found[head].append(word)
    return tuple(map(tuple, found))
