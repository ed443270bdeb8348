"""Who is meant: pronouns of GAP, chains of GUM, by the public path.

Usage: python -m benchmarks.coreference CORPORA [--floor]

GAP (validation part): F1 of saying for each of two names whether the pronoun means it, as GAP's own
scorer counts, and the ratio of feminine to masculine F1. GUM (test part): MUC, B-cubed and CEAF-e
over mentions matched by their head word, without mentions that stand alone, as CorefUD's scorer
counts; end to end from running text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from allegedly.encoder import packed_encoder
from allegedly.pipeline import mentions_of
from allegedly.records import Document, Span, Zone
from benchmarks import floors
from training.attribution_gold import read_jsonl
from training.treebank_gold import documents, head_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from allegedly.records import Mention
    from training.treebank_gold import Parsed

FEMININE = frozenset({"she", "her", "hers"})
PUBLISHED = (
    "GAP test: parallelism 66.9, Lee et al. 2017 64.0 (both Webster et al. 2018), ProBERT 92.5\n"
    "GUM test: systems of several hundred million parameters in the CorefUD shared tasks, above 70"
)
FLOORS = {"gap": 65.0, "gum": 42.0}
Chains = list[frozenset[int]]


def mentions(text: str) -> tuple[Mention, ...]:
    """What the product finds in a text."""
    document = Document(id="benchmark", text=text)
    zone = Zone(span=Span(0, len(text)), kind="story")
    return mentions_of(document, (zone,), packed_encoder())


def gap(path: Path) -> dict[str, float]:
    """F1 over all, feminine and masculine pronouns."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_jsonl(path):
        if row["split"] != "dev":
            continue
        found = mentions(row["text"])
        start, end = row["pronoun"]["span"]
        meant = {m.entity for m in found if m.span.start == start and m.span.end == end}
        sex = "feminine" if row["pronoun"]["text"].lower() in FEMININE else "masculine"
        for side in "ab":
            place = Span(*row[side]["span"])
            said = any(m.entity in meant and m.span.overlaps(place) for m in found)
            hit = said and row[side]["coref"]
            for group in ("all", sex):
                counts[group].update(hits=hit, predicted=said, gold=row[side]["coref"])
    return {g: 200 * c["hits"] / max(1, c["predicted"] + c["gold"]) for g, c in counts.items()}


def gold_chains(parsed: Parsed) -> Chains:
    """Chains of at least two head words, each given by where it starts."""
    chains: dict[str, set[int]] = defaultdict(set)
    for start, end, _, entity in parsed.mentions:
        chains[entity].add(parsed.tokens[head_of(parsed.tokens, start, end)].start)
    return [frozenset(c) for c in chains.values() if len(c) > 1]


def found_chains(text: str) -> Chains:
    """The product's chains of at least two mentions."""
    chains: dict[int | None, set[int]] = defaultdict(set)
    for m in mentions(text):
        if m.head is not None:
            chains[m.entity].add(m.head.start)
    return [frozenset(c) for c in chains.values() if len(c) > 1]


def muc(gold: Chains, other: Chains) -> tuple[float, float]:
    """Links of `gold` that `other` keeps, and all of them (Vilain et al. 1995)."""
    of = {m: i for i, chain in enumerate(other) for m in chain}
    kept = sum(
        len(c) - len({of[m] for m in c if m in of}) - sum(m not in of for m in c) for c in gold
    )
    return kept, sum(len(c) - 1 for c in gold)


def b_cubed(gold: Chains, other: Chains) -> tuple[float, float]:
    """Summed share of each mention's gold chain that is with it in `other`, and all mentions."""
    of = {m: chain for chain in other for m in chain}
    kept = sum(len(c & of.get(m, frozenset())) / len(c) for c in gold for m in c)
    return kept, sum(map(len, gold))


def ceaf(gold: Chains, other: Chains) -> float:
    """Summed similarity of the best one-to-one alignment of chains (Luo 2005, phi 4)."""
    if not gold or not other:
        return 0.0
    alike = np.array([[2 * len(g & o) / (len(g) + len(o)) for o in other] for g in gold])
    rows, columns = linear_sum_assignment(-alike)
    return float(alike[rows, columns].sum())


def f1(recalled: Sequence[tuple[float, float]], precise: Sequence[tuple[float, float]]) -> float:
    """F1 of summed (kept, all) counts of both directions."""
    r, p = (
        sum(k for k, _ in side) / max(1e-9, sum(n for _, n in side)) for side in (recalled, precise)
    )
    return 200 * r * p / max(1e-9, r + p)


def gum(path: Path) -> dict[str, float]:
    """CoNLL's three measures and their mean."""
    pairs = [(gold_chains(d), found_chains(d.text)) for d in documents(path)]
    scores = {
        "MUC": f1([muc(g, o) for g, o in pairs], [muc(o, g) for g, o in pairs]),
        "B-cubed": f1([b_cubed(g, o) for g, o in pairs], [b_cubed(o, g) for g, o in pairs]),
        "CEAF-e": f1(
            [(ceaf(g, o), float(len(g))) for g, o in pairs],
            [(ceaf(g, o), float(len(o))) for g, o in pairs],
        ),
    }
    return scores | {"CoNLL": sum(scores.values()) / 3}


def measure(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Print the figures; give those with a floor."""
    gap_scores = gap(folder / "coref" / "gap.jsonl")
    print("GAP  " + "  ".join(f"{k} {v:.1f}" for k, v in gap_scores.items()))
    print(f"     bias {gap_scores['feminine'] / max(1e-9, gap_scores['masculine']):.2f}")
    chains = gum(folder / "treebank" / "gum.test.conllu.gz")
    print("GUM  " + "  ".join(f"{k} {v:.1f}" for k, v in chains.items()))
    print(PUBLISHED)
    yield "gap", gap_scores["all"], FLOORS["gap"]
    yield "gum", chains["CoNLL"], FLOORS["gum"]


if __name__ == "__main__":
    floors.run(__doc__, measure)
