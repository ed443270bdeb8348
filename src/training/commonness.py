"""Count how common the stems of English words are in news, for ledgers that are still small."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

from allegedly.linking.events import Story, counted_stories

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path("src/allegedly/linking/events/en/commonness.json")
LEAST = 5  # documents a stem must be met in; a rarer one may be somebody's name


def stories(corpora: Path) -> Iterator[Story]:
    """News of several years and places: a title and a lead each."""
    for row in _rows(corpora / "attribution" / "polnear.train.jsonl"):
        yield Story(id=row["id"], title=row["title"] or "", text=row["text"])
    for row in _rows(corpora / "wikinews" / "geovirus.jsonl"):
        yield Story(id=row["id"], title=row.get("title") or "", text=row["text"])
    with gzip.open(corpora / "claims" / "fnc1.bodies.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Story(id=str(row["body_id"]), title="", text=row["text"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    """Command line: the folder of the corpora."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    found = counted_stories(stories(parser.parse_args().corpora))
    kept = {stem: n for stem, n in found.stems.items() if n >= LEAST and stem.isalpha()}
    made = {"documents": found.documents, "stems": kept}
    OUT.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
