"""Who cites whom, from the outlets on the left down to the origins on the right."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMN: Final = 280.0
ROW: Final = 30.0
MOST: Final = 14  # names in a column
DEEPEST: Final = 4
LONGEST: Final = 26  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Somebody in a column; `count` is how many claims pass through them."""

    x: float
    y: float
    name: str
    short: str
    count: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """That one cites another, so many times."""

    path: str
    width: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The picture; `left_out` is how many names there was no room for."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def network(chains: Iterable[tuple[str, ...]]) -> Network | None:
    """The picture of chains of names, outermost first; None where nobody cites anybody."""
    hops = [[(min(depth, DEEPEST), name) for depth, name in enumerate(names)] for names in chains]
    passed = Counter(chain.from_iterable(hops))
    cited = Counter(pair for some in hops for pair in pairwise(some) if pair[0] != pair[1])
    if not cited:
        return None
    columns: dict[int, list[str]] = defaultdict(list)
    for (depth, name), _ in sorted(passed.items(), key=lambda item: (-item[1], item[0])):
        columns[depth].append(name)
    left_out = sum(max(0, len(names) - MOST) for names in columns.values())
    nodes = {
        (depth, name): _node(depth, row, name, passed[depth, name])
        for depth, names in columns.items()
        for row, name in enumerate(names[:MOST])
    }
    edges = [
        _edge(nodes[a], nodes[b], count)
        for (a, b), count in cited.items()
        if a in nodes and b in nodes
    ]
    return Network(
        width=(max(columns) + 1) * COLUMN,
        height=min(MOST, max(map(len, columns.values()))) * ROW + 20,
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
        left_out=left_out,
    )


def _node(depth: int, row: int, name: str, count: int) -> Node:
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    return Node(
        x=depth * COLUMN + 6,
        y=row * ROW + 22,
        name=name,
        short=short,
        count=count,
        width=round(min(COLUMN - 36, 7.9 * len(short) + 8 * len(str(count)) + 26), 1),
    )


def _edge(a: Node, b: Node, count: int) -> Edge:
    start, end = a.x + a.width, b.x
    half = (start + end) / 2
    return Edge(
        path=f"M{start:g} {a.y:g}C{half:g} {a.y:g} {half:g} {b.y:g} {end:g} {b.y:g}",
        width=round(min(8.0, 1 + count**0.5), 1),
        label=f"{a.name} cites {b.name}: {count}",
    )
