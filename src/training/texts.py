"""Gather texts without labels for a teacher to label."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path

from allegedly.attributions.extract import EDGES, SHORTEST
from training.attribution_gold import read_jsonl
from training.pack import INTRODUCERS, cue_words

OPENING = re.compile(rf"^\W*(?:{'|'.join(INTRODUCERS)})\b", re.IGNORECASE)
SAFE = re.compile(r"[^A-Za-z0-9_.-]+")


def gather(corpora: Path, skip: set[str], sizes: dict[str, int], seed: int) -> list[dict[str, str]]:
    """News texts of the train splits, at most `sizes` of each kind, but for addresses in `skip`."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    with gzip.open(corpora / "claims" / "fnc1.bodies.jsonl.gz", "rt", encoding="utf-8") as f:
        bodies = [json.loads(line) for line in f]
    found: dict[str, list[dict[str, str]]] = {
        "fnc1": [{"id": f"fnc1-{r['body_id']}", "text": r["text"]} for r in bodies]
    }
    for kind, path in (
        ("lgl", "geo/lgl.jsonl"),
        ("geovirus", "wikinews/geovirus.jsonl"),
        ("gum", "wikinews/gum_news.jsonl"),
    ):
        found[kind] = [
            {"id": SAFE.sub("_", f"{kind}-{r['id']}"), "text": r["text"]}
            for r in read_jsonl(corpora / path)
            if r["split"] == "train" and r["url"] not in skip
        ]
    return [
        r for kind in sizes for r in rng.sample(found[kind], min(sizes[kind], len(found[kind])))
    ]


def contents(gold: Path, most: int, seed: int) -> list[dict[str, str]]:
    """Gold contents as texts of their own, as the product reads them again for nested ones.

    The gold marks nothing within a content, so only a teacher can say what is there.
    """
    telling = set(cue_words(gold))
    found = []
    for row in read_jsonl(gold):
        for number, attribution in enumerate(row["attributions"]):
            for part, (start, end) in enumerate(attribution["content"]):
                words = OPENING.sub("", row["text"][start:end]).strip(EDGES)
                if len(words.split()) >= SHORTEST and telling & set(words.lower().split()):
                    found.append({"id": f"{row['id']}.{number}.{part}", "text": words})
    return random.Random(seed).sample(found, min(most, len(found)))  # noqa: S311 - the same


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True, help="PolNeAR-style JSON Lines")
    parser.add_argument("--skip", type=Path, help="folder of gold stories whose texts stay unseen")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    skip: set[str] = set()
    if a.skip:
        golds = a.skip.glob("*/gold.json")
        skip = {json.loads(p.read_text("utf-8"))["source"]["url"] for p in golds}
    rows = contents(a.gold, most=6000, seed=1)
    sizes = {"fnc1": 700, "lgl": 250, "geovirus": 200, "gum": 20}
    with a.out.open("w", encoding="utf-8") as f:
        for row in rows + gather(a.corpora, skip, sizes, seed=1):
            f.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
