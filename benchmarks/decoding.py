"""Sweep of what a segment must be worth to be taken, chosen on one half and scored on the other.

Usage: python -m benchmarks.decoding GOLD.jsonl [--pack FOLDER]

To be run again for each new pack: `attributions/decoding.py` holds what it prints last. Documents
are halved by a hash of their id; the aim is the mean exact F1 of source, cue and content after
assembly. A worth that one half chooses and the other does not bear out shows as a lower figure in
the rows of the halves.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from allegedly.attributions.assembly import assemble
from allegedly.attributions.decoding import ROLES, WORTHS, Role, Worth
from allegedly.attributions.segments import segments
from allegedly.encoder import Encoder, packed_encoder
from allegedly.encoder.tokens import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from allegedly.encoder import Encoded, Pack

    # Shape (roles, 3): segments that are right, found, and in the gold.
    Counts = NDArray[np.int64]
    Choice = Mapping[Role, Worth]
    Place = tuple[int, int]

NEARS = (0.2, 0.35, 0.5)
LEASTS = (0.3, 0.35, 0.4, 0.44, 0.48, 0.52, 0.56, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One gold document with its windows after the model."""

    half: int
    text: str
    windows: Sequence[Encoded]
    gold: Mapping[Role, frozenset[Place]]


def stories(path: Path, encoder: Encoder) -> Iterator[Story]:
    """Encode each gold document once."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        yield Story(
            half=int(sha256(row["id"].encode()).hexdigest(), 16) % 2,
            text=text,
            windows=list(encoder.encode(text, lines(text))),
            gold={
                r: frozenset(
                    _trimmed(text, s, e) for a in row["attributions"] for s, e in a[r] or ()
                )
                for r in ROLES
            },
        )


def _trimmed(text: str, start: int, end: int) -> Place:
    cut = text[start:end]
    return end - len(cut.lstrip()), start + len(cut.rstrip())


def counts(story: Story, pack: Pack, worths: Choice) -> Counts:
    """How many of a document's segments come out exact."""
    found: dict[Role, set[Place]] = {r: set() for r in ROLES}
    for window in segments(story.windows, pack.labels, worths):
        for a in assemble(story.text, window, pack):
            for s in (a.cue, *a.contents, *((a.source,) if a.source else ())):
                found[s.role].add((s.span.start, s.span.end))
    rows = [(len(found[r] & story.gold[r]), len(found[r]), len(story.gold[r])) for r in ROLES]
    return np.array(rows)


def halves(read: Iterable[Story], pack: Pack, worths: Choice) -> Counts:
    """Counts of each half, of shape (2, roles, 3)."""
    total = np.zeros((2, len(ROLES), 3), dtype=np.int64)
    for story in read:
        total[story.half] += counts(story, pack, worths)
    return total


def f1(found: Counts) -> NDArray[np.float64]:
    """F1 of each role, in per cent; shape (…, roles, 3) to (…, roles)."""
    return np.asarray(200 * found[..., 0] / (found[..., 1] + found[..., 2]))


def swept(read: Sequence[Story], pack: Pack) -> list[Choice]:
    """The worths that each half chooses, and last those that both together choose.

    Each role is swept with the others as they are.
    """
    best: list[dict[Role, tuple[float, Worth]]] = [{}, {}, {}]
    for role, near, least in product(ROLES, NEARS, LEASTS):
        worth = Worth(near=near, least=least)
        found = halves(read, pack, {**WORTHS, role: worth})
        for chosen, part in zip(best, (found[0], found[1], found.sum(0)), strict=True):
            aim = float(f1(part).mean())
            if role not in chosen or aim > chosen[role][0]:
                chosen[role] = (aim, worth)
    return [{r: worth for r, (_, worth) in chosen.items()} for chosen in best]


def _shown(name: str, found: Counts, worths: Choice) -> str:
    figures = "  ".join(f"{r} {x:5.2f}" for r, x in zip(ROLES, f1(found), strict=True))
    asked = "  ".join(f"{worths[r].near:g}/{worths[r].least:g}" for r in ROLES)
    return f"{name:34s} {figures}   {asked}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--pack", type=Path, help="a pack other than the one that ships")
    a = parser.parse_args()
    encoder = Encoder(a.pack) if a.pack else packed_encoder()
    read = list(stories(a.gold, encoder))
    now = halves(read, encoder.pack, WORTHS)
    print(_shown("as it is", now.sum(0), WORTHS))
    first, second, both = swept(read, encoder.pack)
    crossed = []
    for own, chosen in ((1, first), (0, second)):
        crossed.append(halves(read, encoder.pack, chosen)[own])
        print(_shown(f"half {own}, as it is", now[own], WORTHS))
        print(_shown(f"half {own}, chosen on the other", crossed[-1], chosen))
    print(_shown("chosen on the other half, pooled", crossed[0] + crossed[1], both))
    print(_shown("chosen on both", halves(read, encoder.pack, both).sum(0), both))


if __name__ == "__main__":
    main()
