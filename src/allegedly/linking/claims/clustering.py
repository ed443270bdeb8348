"""Average-link clustering under constraints, in whole arrays and without scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Distances = NDArray[np.float32] | NDArray[np.float64]
    Ints = NDArray[np.int64]
    Pair = tuple[int, int]

APART = np.float32(np.inf)
"""The distance of two that must not be in one cluster: no mean with it is finite."""


def components(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lowest member of each one's connected component, of shape (size,)."""
    root = np.arange(size)
    while True:
        low = np.minimum(root[left], root[right])
        before = root.copy()
        np.minimum.at(root, left, low)
        np.minimum.at(root, right, low)
        root = root[root]
        if np.array_equal(root, before):
            return root


def average_link(
    distance: Distances, limit: float, together: Iterable[Pair] = ()
) -> NDArray[np.int64]:
    """Cluster by mean distance up to a limit; the lowest member of each one's cluster, (n,).

    `distance` (n, n) is symmetric and is not changed; `APART` keeps two apart for good, and
    `together` are pairs that start in one cluster. Nearest-neighbour chains (Murtagh 1983), for
    which the mean of two clusters' distances is weighted by their sizes: O(n²) in all. Most never
    come near any other, so each component of those that do is clustered by itself: a mean within
    the limit needs a distance within it.
    """
    own = joined(len(distance), together)
    work, size = _started(distance, own)
    for members in parted(components(len(work), *np.nonzero(work <= limit))):
        part = work[np.ix_(members, members)]
        for a, b, apart in _merges(part, size[members]):
            if apart <= limit:
                low, high = sorted((int(members[a]), int(members[b])))
                own[own == high] = low
    return own


def parted(root: Ints) -> Iterator[Ints]:
    """The members of each component of two and more, by what `components` gives."""
    order = np.argsort(root, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(root[order])) + 1)
    return (members for members in parts if len(members) > 1)


def joined(n: int, together: Iterable[Pair]) -> NDArray[np.int64]:
    """The lowest of those that each of `n` is joined with, through however many others, (n,)."""
    pairs = np.array(list(together), dtype=np.int64).reshape(-1, 2)
    return components(n, pairs[:, 0], pairs[:, 1])


def _started(distance: Distances, own: Ints) -> tuple[NDArray[np.float64], Ints]:
    """Distances and sizes of the clusters to start from; rows of the others are left empty."""
    work = distance.astype(np.float64)
    n = len(work)
    size = np.bincount(own, minlength=n).astype(np.int64)
    for head in np.flatnonzero(size > 1):
        members = np.flatnonzero(own == head)
        work[head] = work[members].mean(0)
        work[:, head] = work[head]
    for head in np.flatnonzero(size > 1):
        members = np.flatnonzero(own == head)
        work[head] = work[:, members].mean(1)
        work[:, head] = work[head]
    empty = np.flatnonzero(size == 0)
    work[empty], work[:, empty] = APART, APART
    np.fill_diagonal(work, APART)
    return work, size


def _merges(work: Distances, size: NDArray[np.int64]) -> Iterator[tuple[int, int, float]]:
    """Each merge of two clusters with their distance; a cluster keeps its lower number."""
    left = int((size > 0).sum())
    chain: list[int] = []
    while left > 1:
        if not chain:
            chain.append(int(np.flatnonzero(size > 0)[0]))
        at = chain[-1]
        near = int(work[at].argmin())
        if len(chain) > 1 and work[at, near] >= work[at, chain[-2]]:
            near = chain[-2]
        if work[at, near] == APART:  # nothing may join it any more
            size[at] = 0
            work[at], work[:, at] = APART, APART
            chain.pop()
            left -= 1
            continue
        if len(chain) > 1 and near == chain[-2]:
            del chain[-2:]
            yield at, near, float(work[at, near])
            _merge(work, size, min(at, near), max(at, near))
            left -= 1
        else:
            chain.append(near)


def _merge(work: Distances, size: NDArray[np.int64], keep: int, gone: int) -> None:
    share = size[gone] / (size[keep] + size[gone])
    with np.errstate(invalid="ignore"):
        mean = work[keep] * (1 - share) + work[gone] * share
    work[keep], work[:, keep] = mean, mean
    work[gone], work[:, gone] = APART, APART
    work[keep, keep] = APART
    size[keep] += size[gone]
    size[gone] = 0
