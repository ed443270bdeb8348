"""Every export of a ledger of stories against its standard's own library, and JSON lines and back.

Usage: python -m benchmarks.exports STORY_FOLDER… [--floor]

Each folder has a story.txt. A made-up reviewer decides on some of the claims, so that what people
decide leaves as well.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from allegedly.exports.formats import FORMATS
from allegedly.ledger import Ledger
from benchmarks.export_standards import STANDARDS

REVIEWER = "A Reviewer"


def main() -> None:
    """Print what each standard finds, and whether what came back is what left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="+", type=Path)
    parser.add_argument("--floor", action="store_true", help="fail where anything is wrong")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        wrong = _measure(Path(folder), asked.stories)
    if asked.floor and wrong:
        sys.exit(f"{wrong} faults")


def _measure(folder: Path, stories: list[Path]) -> int:
    with Ledger.open(folder / "all.ledger", create=True) as ledger:
        for story in stories:
            ledger.add(story / "story.txt", publisher=story.name)
        _decide(ledger)
        counts = len(ledger.documents()), len(ledger.claims()), len(ledger.decisions())
        print("{} documents, {} claims, {} decisions\n".format(*counts))
        print(f"{'format':<15}{'faults':>7}{'bytes':>12}{'seconds':>9}  not carried")
        wrong = sum(_one(ledger, name, folder) for name in FORMATS)
        return wrong + _back(ledger, folder)


def _decide(ledger: Ledger) -> None:
    """One decision of each kind on every tenth claim, in turn."""
    kinds: list[tuple[str, Any]] = [
        ("accept", None),
        ("reject", None),
        ("credibility", "2"),
        ("note", None),
        ("correct", {"form": "indirect", "modality": "possible"}),
    ]
    for number, claim in enumerate(ledger.claims()[::10]):
        verdict, value = kinds[number % len(kinds)]
        said = {"reviewer": REVIEWER, "reason": f"reason {number}", "value": value}
        ledger.decide(claim.id, verdict, **said)
    for number, source in enumerate(ledger.sources(limit=6)):
        said = {"reviewer": REVIEWER, "reason": "track record", "value": "ABCDEF"[number]}
        ledger.decide(f"source:{source.name}", "reliability", **said)


def _one(ledger: Ledger, name: str, folder: Path) -> int:
    target = folder / f"out{FORMATS[name].suffix or f'.{name}'}"
    target = target.with_name(f"{name}-{target.name}")
    start = time.perf_counter()
    left = ledger.export(name, target)
    took = time.perf_counter() - start
    faults = list(STANDARDS[name](target))
    files = [target] if target.is_file() else [*target.iterdir()]
    size = sum(file.stat().st_size for file in files)
    print(f"{name:<15}{len(faults):>7}{size:>12,}{took:>9.2f}  {len(left.losses)} things")
    for fault in faults[:5]:
        print(f"    {fault}")
    return len(faults)


def _back(ledger: Ledger, folder: Path) -> int:
    """Out, into an empty ledger, and out again: line by line the same but for the clock."""
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    ledger.export("jsonl", first)
    with Ledger.open(folder / "back.ledger", create=True) as other:
        brought = other.import_jsonl(first)
        other.export("jsonl", second)
        sound = other.verify().sound
    one, two = _bodies(first), _bodies(second)
    ids = [body["id"] for body in one if "id" in body]
    same_ids = ids == [body["id"] for body in two if "id" in body]
    differing = sum(a != b for a, b in zip(one, two, strict=False)) + abs(len(one) - len(two))
    told = [
        f"{len(one)} lines, {len(ids)} ids {'the same' if same_ids else 'NOT THE SAME'}",
        f"{differing} lines differ, {len(brought.refused)} refused",
        "the new ledger proves" if sound else "THE NEW LEDGER DOES NOT PROVE",
    ]
    print(f"\nJSON lines and back: {', '.join(told)}")
    return differing + len(brought.refused) + (not same_ids) + (not sound)


def _bodies(path: Path) -> list[dict[str, Any]]:
    """The lines but for the last, without what depends on the ledger's clock."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{k: v for k, v in body.items() if k != "recorded"} for body in found[:-1]]


if __name__ == "__main__":
    main()
