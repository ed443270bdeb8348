"""Names, kinds and chains on short invented stories: from their marks alone, and read whole.

Usage: python -m benchmarks.sources [FOLDER of marked stories] [--errors]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import allegedly
from allegedly.claims.cited import with_cited
from allegedly.records import words
from benchmarks.marked_stories import FOLDER, MarkedStory, agrees, marked_stories, planted, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegedly.records import Source

ALIKE = 0.5  # share of words at which a claim read is the one marked


def main() -> None:
    """Command line; prints one row a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--errors", action="store_true")
    a = parser.parse_args()
    counts: dict[str, list[bool]] = {}
    for story in marked_stories(a.folder):
        for way, found in (("marks", resolved(story)), ("whole", read(story))):
            for measure, right, shown in judged(story, found):
                counts.setdefault(f"{measure}, from {way}", []).append(right)
                if a.errors and not right:
                    print(f"{way} {measure}: {story.about}: {shown}")
    for name, row in sorted(counts.items()):
        print(f"{name:24s} {sum(row) / len(row):5.3f}  {sum(row)}/{len(row)}")


def judged(
    story: MarkedStory, found: Mapping[str, Sequence[Source]]
) -> list[tuple[str, bool, str]]:
    """Each expectation of a story: what it measures, whether it was met, and what there was."""
    rows = []
    for label, wanted in story.who.items():
        chain = found.get(label, ())
        rows.append(("source", bool(chain) and agrees(wanted, chain[-1]), _shown(chain)))
    for label, hops in story.chains.items():
        chain = found.get(label, ())
        same = len(chain) == len(hops)
        right = same and all(agrees(w, h) for w, h in zip(hops, chain, strict=True))
        rows.append(("chain", right, _shown(chain)))
    return rows


def _shown(chain: Sequence[Source]) -> str:
    return " > ".join(f"{hop.name} / {hop.kind} / {hop.role}" for hop in chain)


def read(story: MarkedStory) -> dict[str, tuple[Source, ...]]:
    """The chain of each label's claim, as the whole program reads the story."""
    reading = allegedly.read(story.text + "\n")
    text = reading.document.text
    found: dict[str, tuple[Source, ...]] = {}
    for a in with_cited(story.text, planted(story)):  # the innermost layer of a label comes last
        wanted = words(story.text, a.content).lower().split()
        alike = [
            (_overlap(wanted, words(text, c.content).lower().split()), len(c.sources), c.sources)
            for c in reading.claims
        ]
        best = max(alike, key=lambda row: row[:2], default=None)
        if best and best[0] >= ALIKE:
            found[a.method] = best[2]
    return found


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    return len(set(one) & set(other)) / max(1, len(set(one) | set(other)))


if __name__ == "__main__":
    main()
