"""Rebuild thirty hand-read Wikinews stories from the corpora and the offsets kept here.

Usage: python -m benchmarks.annotated WIKINEWS_FOLDER OUT

`annotated/development.json` holds sixteen stories for work on the rules, `annotated/held_out.json`
fourteen that nobody who writes rules looks at. They hold offsets into the corpora's texts and no
text; OUT gets NAME/story.txt and NAME/gold.json under `development` and `held_out`, in the format
of the other hand-read stories, for `python -m benchmarks.stories OUT/held_out/*/`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "annotated"
SETS = ("development", "held_out")


def texts(folder: Path) -> dict[str, str]:
    """The corpora's texts by their ids."""
    found = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found[row["id"]] = row["text"]
    return found


def written_out(value: Any, text: str) -> Any:  # noqa: ANN401 - JSON of any depth
    """The same value with the words in place of `{"at": spans}`."""
    if isinstance(value, dict):
        if set(value) == {"at"}:
            return " … ".join(text[start:end] for start, end in value["at"])
        return {key: written_out(part, text) for key, part in value.items()}
    return [written_out(part, text) for part in value] if isinstance(value, list) else value


def story(text: str, breaks: list[int]) -> str:
    """The text with an empty line for the blank at each of the given places."""
    parts, start = [], 0
    for place in breaks:
        parts.append(text[start:place].strip())
        start = place
    return "\n\n".join([*parts, text[start:].strip()]) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wikinews", type=Path)
    parser.add_argument("out", type=Path)
    a = parser.parse_args()
    known = texts(a.wikinews)
    for name in SETS:
        for row in json.loads((HERE / f"{name}.json").read_text("utf-8")):
            folder = a.out / name / row["name"]
            folder.mkdir(parents=True, exist_ok=True)
            text = known[row["id"]]
            (folder / "story.txt").write_text(story(text, row["breaks"]), "utf-8")
            gold = written_out(row["gold"], text)
            (folder / "gold.json").write_text(
                json.dumps(gold, ensure_ascii=False, indent=1), "utf-8"
            )


if __name__ == "__main__":
    main()
