"""Syntax from running text: tags, heads and relations of EWT's and GUM's test parts.

Usage: python -m benchmarks.syntax TREEBANK_FOLDER [--floor]

Counts every syntactic word of the gold; one that our tokenizer does not begin a word at (*n't*)
counts as wrong. Nothing of the gold is given: neither sentences nor tokens.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from allegedly.encoder import packed_encoder, tree
from allegedly.encoder.tokens import lines
from benchmarks import floors
from training.treebank_gold import RELATIONS, TAGS, documents, relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from training.treebank_gold import Parsed

PUBLISHED = "Stanza 1.0 end to end on EWT test: UPOS 95.4, UAS 86.2, LAS 83.6 (Qi et al. 2020)"
FLOORS = {"ewt": 76.0, "gum": 78.0}


def parsed(text: str) -> dict[int, tuple[int, str, str]]:
    """Where each word starts: where its head starts, relation, tag."""
    encoder = packed_encoder()
    found = {}
    for window in encoder.encode(text, lines(text)):
        if window.heads is None:
            continue
        t = tree(window.heads, encoder.pack.heads)
        starts = window.start.tolist()
        for i, start in enumerate(starts):
            found[start] = (starts[t.heads[i]], t.relations[i], t.tags[i])
    return found


def counts(document: Parsed) -> Counter[str]:
    """Right tags, heads, and heads with relations of one document."""
    found = parsed(document.text)
    total: Counter[str] = Counter()
    for t in document.tokens:
        head, name, tag = found.get(t.start, (-1, "", ""))
        right = head == document.tokens[t.head].start
        wanted = RELATIONS[relation("root" if document.tokens[t.head] is t else t.relation)]
        total.update(words=1, tags=tag == (t.tag if t.tag in TAGS else "X"), heads=right)
        total.update(both=right and name == wanted)
    return total


def measure(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Print the figures; give those with a floor."""
    for name in ("ewt", "gum"):
        c: Counter[str] = Counter()
        for d in documents(folder / f"{name}.test.conllu.gz"):
            c.update(counts(d))
        tags, uas, las = (100 * c[k] / c["words"] for k in ("tags", "heads", "both"))
        print(f"{name}  UPOS {tags:.1f}  UAS {uas:.1f}  LAS {las:.1f}  ({c['words']} words)")
        yield name, las, FLOORS.get(name, 0)
    print(PUBLISHED)


if __name__ == "__main__":
    floors.run(__doc__, measure)
