"""Quantities of gold stories' contents: how many are found, with the right number and unit.

Usage: python -m benchmarks.quantities FOLDER… (each with story.txt and gold.json) [--errors]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegedly.claims.quantities import quantities
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import Quantity


def contents(text: str, claim: dict[str, Any]) -> tuple[Span, ...]:
    """The spans of a gold claim's content, whose parts are exact words of the story in order."""
    spans, at = [], 0
    for part in claim["content"][0].split(" … "):
        start = text.find(part, at)
        if start < 0:
            start = text.find(part)
        if start >= 0:
            at = start + len(part)
            spans.append(Span(start, at))
    return tuple(spans)


def number(found: Quantity) -> float | None:
    """The one number that gold gives: the value, else the bound that is known."""
    return next((n for n in (found.value, found.low, found.high) if n is not None), None)


def stories(folders: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Text and gold claim of every story, claim by claim."""
    for folder in folders:
        text = (folder / "story.txt").read_text("utf-8")
        for claim in json.loads((folder / "gold.json").read_text("utf-8"))["claims"]:
            yield text, claim


def main() -> None:
    """Command line: counts of found, number right, number and unit right, over all stories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true", help="print what differs")
    a = parser.parse_args()
    counts: Counter[str] = Counter()
    for text, claim in stories(a.folders):
        ours = [(number(q), q.unit) for q in quantities(text, contents(text, claim))]
        gold = [(float(q["value"]), q["unit"]) for q in claim.get("quantities") or []]
        numbers = Counter(n for n, _ in ours) & Counter(n for n, _ in gold)
        both = Counter(ours) & Counter(gold)
        counts += Counter(
            gold=len(gold), ours=len(ours), number=numbers.total(), whole=both.total()
        )
        if a.errors and both.total() < max(len(ours), len(gold)):
            print(f"gold {gold}\nours {ours}\n     {claim['content'][0][:200]!r}")
    total = counts["gold"] + counts["ours"]
    print(f"{counts['gold']} in gold, {counts['ours']} found")
    for name, label in (("number", "number"), ("whole", "number and unit")):
        print(f"{label:16s} F1 {200 * counts[name] / total if total else 0.0:5.1f}")


if __name__ == "__main__":
    main()
