import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from allegedly.linking.claims.clustering import APART, average_link, components


def distances(n: int, seed: int = 0) -> NDArray[np.float32]:
    points = np.random.default_rng(seed).normal(size=(n, 3))
    found: NDArray[np.float32] = np.linalg.norm(points[:, None] - points[None], axis=-1)
    return found.astype(np.float32)


@pytest.mark.parametrize("limit", [0.4, 0.9, 1.7, 3.0])
@pytest.mark.parametrize("n", [2, 7, 60])
def test_it_clusters_as_scipy_does(n: int, limit: float) -> None:
    own = average_link(distances(n), limit)
    theirs = fcluster(linkage(squareform(distances(n), checks=False), "average"), limit, "distance")
    both = set(zip(own.tolist(), theirs.tolist(), strict=True))
    assert len(both) == len(set(own.tolist())) == len(set(theirs.tolist()))


def test_two_that_are_kept_apart_never_share_a_cluster() -> None:
    near = np.zeros((4, 4), dtype=np.float32)
    near[0, 3] = near[3, 0] = APART
    own = average_link(near, 10.0)
    assert own[0] != own[3]


def test_two_that_are_put_together_share_one_however_far() -> None:
    far = np.full((3, 3), 9.0, dtype=np.float32)
    own = average_link(far, 1.0, [(0, 2)])
    assert own.tolist() == [0, 1, 0]


def test_a_cluster_is_named_by_its_lowest_member() -> None:
    near = np.array([[0, 9, 1], [9, 0, 9], [1, 9, 0]], dtype=np.float32)
    assert average_link(near, 2.0).tolist() == [0, 1, 0]


def test_one_and_none_cluster_too() -> None:
    assert average_link(np.zeros((1, 1), dtype=np.float32), 1.0).tolist() == [0]
    assert average_link(np.zeros((0, 0), dtype=np.float32), 1.0).tolist() == []


def test_components_reach_over_long_chains() -> None:
    left = np.arange(999)
    assert set(components(1000, left, left + 1).tolist()) == {0}
    assert components(3, left[:0], left[:0]).tolist() == [0, 1, 2]
