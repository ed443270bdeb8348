"""Expressions of time against TimeBank: spans, types and values, as TempEval-3 counts them.

Usage: python -m benchmarks.times TIMEBANK.jsonl [--split dev] [--errors] [--floor]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegedly.claims.times import Timex, timexes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The data that the floors were measured on, and the least that may come out on its dev split.
DIGEST = "ab61c3f909a33b34e2899c9d06628416c5bdcd4ad9ec3fe8ed983e1803194d70"
FLOORS = {"strict": 87.5, "relaxed": 91.5, "type": 87.5, "value": 80.5}
# UzZaman et al. (2013), table 3, and Lee et al. (2014), on the TempEval-3 platinum test set.
PUBLISHED = """published, on another test set (TempEval-3 platinum, 20 documents):
               strict  relaxed  value
UWTime           83.1     91.4   82.4  Lee et al. 2014
HeidelTime       81.3     90.3   77.6  UzZaman et al. 2013
NavyTime         79.6     90.3   71.0  UzZaman et al. 2013
SUTime           79.6     90.3   67.4  UzZaman et al. 2013"""
_MINUTES = len("2000-01-01T00:00")


def read(row: dict[str, Any]) -> list[Timex]:
    """Our expressions of one document, anchored to its date."""
    return list(timexes(row["text"], anchor=row["dct"]))


def value(written: str) -> str:
    """A value as TimeBank writes it: clock times to the minute and without an offset."""
    return written[:_MINUTES] if ":" in written else written


def matches(
    gold: list[dict[str, Any]], ours: list[Timex]
) -> Iterator[tuple[dict[str, Any], Timex]]:
    """Pairs that share a character, each gold and each of ours once, in the order of the text."""
    free = list(ours)
    for wanted in gold:
        for found in free:
            if found.span.start < wanted["end"] and wanted["start"] < found.span.end:
                yield wanted, found
                free.remove(found)
                break


def count(rows: Iterable[dict[str, Any]], *, errors: bool = False) -> Counter[str]:
    """Right ones by measure, and how many there are on either side, pooled over documents."""
    counts: Counter[str] = Counter()
    for row in rows:
        ours, gold = read(row), row["timex"]
        pairs = list(matches(gold, ours))
        counts += Counter(gold=len(gold), ours=len(ours), relaxed=len(pairs))
        for wanted, found in pairs:
            same = (found.span.start, found.span.end) == (wanted["start"], wanted["end"])
            counts["strict"] += same
            counts["type"] += found.type == wanted["type"]
            counts["value"] += value(found.value) == wanted["value"]
        if errors:
            _print_errors(row, gold, ours, pairs)
    return counts


def _print_errors(
    row: dict[str, Any],
    gold: list[dict[str, Any]],
    ours: list[Timex],
    pairs: list[tuple[dict[str, Any], Timex]],
) -> None:
    text = row["text"]
    for wanted, found in pairs:
        if value(found.value) != wanted["value"] or found.type != wanted["type"]:
            told = f"{wanted['type']} {wanted['value']}, ours {found.type} {found.value}"
            print(f"value   {row['dct']} {wanted['text']!r} / {found.span.cut(text)!r} {told}")
        elif found.span.cut(text) != wanted["text"]:
            print(f"span    {wanted['text']!r}, ours {found.span.cut(text)!r}")
    for wanted in (g for g in gold if all(g is not w for w, _ in pairs)):
        print(f"missed  {_near(text, wanted['start'], wanted['end'])} {wanted['value']}")
    for found in (t for t in ours if all(t is not f for _, f in pairs)):
        print(f"extra   {_near(text, found.span.start, found.span.end)} {found.value}")


def _near(text: str, start: int, end: int) -> str:
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
    return " ".join(around.split())


def figures(counts: Counter[str]) -> dict[str, float]:
    """F1 in percent of each measure; attributes count as right in relaxed matches."""
    total = counts["gold"] + counts["ours"]
    return {name: 200 * counts[name] / total if total else 0.0 for name in FLOORS}


def main() -> None:
    """Command line; exit code 1 where a figure of the dev split is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--split", choices=("train", "dev"), help="one split alone")
    parser.add_argument("--errors", action="store_true", help="print what differs")
    parser.add_argument("--floor", action="store_true", help="fail below the pinned floors")
    a = parser.parse_args()
    rows = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines()]
    print("TimeBank, F1    strict  relaxed   type  value")
    for split in (a.split,) if a.split else ("train", "dev"):
        part = [row for row in rows if row["split"] == split]
        counts = count(part, errors=a.errors)
        found = figures(counts)
        shown = "  ".join(f"{found[name]:5.1f}" for name in FLOORS)
        print(f"{split:5s} {counts['gold']:4d} gold   {shown}   ({len(part)} documents)")
    print(PUBLISHED)
    low = {name: f for name, f in found.items() if f < FLOORS[name]}
    known = sha256(a.gold.read_bytes()).hexdigest() == DIGEST
    if a.floor and split == "dev" and known and low:
        sys.exit(f"below the floor: {low}")


if __name__ == "__main__":
    main()
