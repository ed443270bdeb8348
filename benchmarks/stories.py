"""Whole readings against gold stories, through the command that people use.

Usage: python -m benchmarks.stories FOLDER… (each with story.txt and gold.json) [--scorer SCORER.py]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import allegedly

SCORER = Path("../shared/tools/score_story.py")


def main() -> None:
    """Command line; exit code 1 where the pooled score is below the floor given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--floor", type=float, default=0.0)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        pairs: list[str] = []
        for number, folder in enumerate(a.folders):
            ledger = Path(scratch) / f"{number}.json"
            ledger.write_text(json.dumps(allegedly.read(folder / "story.txt").to_dict()), "utf-8")
            pairs += [str(folder / "gold.json"), str(ledger)]
        command = [sys.executable, str(a.scorer), *pairs]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(printed, end="")
    if float(printed.rsplit(maxsplit=1)[-1]) < a.floor:
        sys.exit(f"below the floor of {a.floor}")


if __name__ == "__main__":
    main()
