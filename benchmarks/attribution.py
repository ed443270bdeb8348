"""Exact spans of source, cue and content against PolNeAR-style gold, through the public path.

Usage: python -m benchmarks.attribution GOLD.jsonl [--scorer SCORER.py] [--floor]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegedly.encoder import packed_encoder
from allegedly.pipeline import attributions_of
from allegedly.records import Document, Span, Zone, content_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import Attribution, Spans

# The data that the floors were measured on, and the least that may come out (exact F1, whole F1).
DIGEST = "d33d3674601f1ef5e9f20c1c9600bafd918e2fd7c891574ab7ac4a13222a7a2c"
FLOORS = {"source": 83.0, "cue": 76.5, "content": 72.0, "whole": 69.0}
SCORER = Path("../shared/tools/score_attribution.py")


def predicted(gold: Path) -> Iterator[dict[str, Any]]:
    """Attributions of each gold document; nested ones are left out, as the gold has none."""
    encoder = packed_encoder()
    with gold.open(encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            text = row["text"]
            document = Document(id=content_id("document", text), text=text)
            zone = Zone(span=Span(0, len(text)), kind="story")
            found = attributions_of(document, (zone,), encoder)
            yield {
                "id": row["id"],
                "attributions": [_spans(a) for a in found if a.within is None],
            }


def _spans(a: Attribution) -> dict[str, Any]:
    def pairs(spans: Spans) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    return {"source": pairs(a.source) or None, "cue": pairs(a.cue), "content": pairs(a.content)}


def figures(printed: str) -> dict[str, float]:
    """F1 of each role from the scorer's table."""
    return {
        m["role"]: float(m["f1"])
        for m in re.finditer(r"^(?P<role>\w+) .*?F1\s+(?P<f1>[\d.]+)", printed, re.MULTILINE)
    }


def main() -> None:
    """Command line; exit code 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--floor", action="store_true", help="fail below the pinned floors")
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predicted.jsonl"
        out.write_text("".join(json.dumps(r) + "\n" for r in predicted(a.gold)), "utf-8")
        command = [sys.executable, str(a.scorer), str(a.gold), str(out)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"{packed_encoder().pack.name} on {a.gold.name}")
    print(printed, end="")
    low = {k: v for k, v in figures(printed).items() if v < FLOORS.get(k, 0)}
    if a.floor and sha256(a.gold.read_bytes()).hexdigest() == DIGEST and low:
        sys.exit(f"below the floor: {low}")


if __name__ == "__main__":
    main()
