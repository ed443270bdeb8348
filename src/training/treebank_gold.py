"""Treebanks become labelled texts: syntax, and in GUM mentions, coreference and names as well."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from training.labelled import ENTITIES, IGNORED, MENTIONS, Labelled, Laid, mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

TAGS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON"),
    *("PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
RELATIONS = (
    *("root", "nsubj", "nsubj:pass", "csubj", "obj", "iobj", "ccomp", "xcomp", "obl", "obl:agent"),
    *("obl:tmod", "advcl", "advmod", "acl", "acl:relcl", "nmod", "nmod:poss", "appos", "nummod"),
    *("amod", "compound", "compound:prt", "flat", "fixed", "det", "case", "mark", "cc", "conj"),
    *("aux", "aux:pass", "cop", "expl", "parataxis", "punct", "vocative", "discourse", "list"),
    *("dep", "goeswith"),
)
"""Universal Dependencies' relations; a subtype that is not here counts as its main type, and
goeswith also joins the parts of a token that our tokenizer cuts."""
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
TITLES = frozenset(
    """mr mrs ms miss dr sir lord lady president minister senator secretary governor mayor judge
    justice general colonel major captain sergeant professor prince princess king queen pope
    saint st rev chancellor director chairman representative congressman""".split()  # noqa: SIM905 - easier to read
)
LINKS = frozenset(["of", "for", "the", "and", "&", "in", "on"])
"""Small words inside names."""
PROPER = frozenset(["NNP", "NNPS"])
BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")


@dataclass(slots=True)
class Token:
    """One syntactic word of a sentence, and where it stands in the document's text."""

    form: str
    tag: str
    head: int
    relation: str
    misc: str
    proper: bool
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Parsed:
    """One document: its text, its words with heads counted over the document, its mentions."""

    id: str
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    mentions: list[tuple[int, int, str, str]] = field(default_factory=list)
    """First word, word after the last, GUM's entity type, number of the entity."""


def documents(path: Path) -> Iterator[Parsed]:
    """Read a CoNLL-U file document by document; sentences joined by blanks, paragraphs by lines."""
    found: Parsed | None = None
    rows: list[list[str]] = []
    text, paragraph = "", False
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for raw in f:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc"):
                if found:
                    yield with_mentions(found)
                found = Parsed(line.split("id = ")[-1])
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows and found:
                add_sentence(found, text, rows, "\n" if paragraph else " ")
                rows, paragraph = [], False
    if found:
        yield with_mentions(found)


def add_sentence(found: Parsed, text: str, rows: list[list[str]], gap: str) -> None:
    """Append a sentence, its words placed in the document's text by search."""
    if found.text:
        found.text += gap
    begin, at = len(found.text), 0
    found.text += text
    first = len(found.tokens)
    until, covered = 0, (0, 0)
    for row in rows:
        if "-" in row[0]:  # a written word of several syntactic ones
            place = text.find(row[1], at)
            covered = (place, place + len(row[1])) if place >= 0 else (at, at)
            until = int(row[0].split("-")[1])
            continue
        if "." in row[0]:
            continue
        place = text.find(row[1], at)
        inside = int(row[0]) <= until
        if place < 0 or (inside and place >= covered[1]):
            place, stop = covered
        else:
            stop = place + len(row[1])
        at = max(at, stop)
        head = first + int(row[6]) - 1 if row[6] != "0" else len(found.tokens)
        found.tokens.append(
            Token(
                form=row[1],
                tag=row[3],
                head=head,
                relation=row[7],
                misc=row[9],
                proper=row[4] in PROPER,
                start=begin + place,
                end=begin + stop,
            )
        )


def with_mentions(found: Parsed) -> Parsed:
    """Read the brackets of GUM's Entity field; a mention in several pieces is left out."""
    open_: dict[str, list[tuple[int, str]]] = {}
    for i, token in enumerate(found.tokens):
        field_ = next((x[7:] for x in token.misc.split("|") if x.startswith("Entity=")), "")
        for part in BRACKET.findall(field_):
            opens, closes = part.startswith("("), part.endswith(")")
            name = part.strip("()").split("-")
            if "[" in name[0]:
                continue
            if opens:
                open_.setdefault(name[0], []).append((i, name[1] if len(name) > 1 else ""))
            if closes and open_.get(name[0]):
                start, kind = open_[name[0]].pop()
                found.mentions.append((start, i + 1, kind, name[0]))
    return found


def head_of(tokens: list[Token], low: int, high: int) -> int:
    """The word of a span that hangs on a word outside of it."""
    for i in range(low, high):
        if not low <= tokens[i].head < high or tokens[i].head == i:
            return i
    return high - 1


def relation(name: str) -> int:
    """The number of a relation; an unknown subtype counts as its main type."""
    if name not in RELATIONS:
        name = name.split(":", maxsplit=1)[0]
    return RELATIONS.index(name if name in RELATIONS else "dep")


def labelled(tokenizer: Tokenizer, found: Parsed, *, referring: bool) -> Labelled:
    """Lay a parsed document over our words; with `referring`, its mentions and names too."""
    laid = Laid.of(tokenizer, found.text)
    size = len(laid)
    words = [laid.range(t.start, t.end) for t in found.tokens]
    heads, relations, tags = (np.full(size, IGNORED, dtype=np.int64) for _ in range(3))
    for token, (low, high) in zip(found.tokens, words, strict=True):
        if low == high:
            continue
        target = words[token.head][0]
        if words[token.head][0] < words[token.head][1]:
            heads[low] = target
            relations[low] = relation("root" if target == low else token.relation)
        tags[low] = TAGS.index(token.tag) if token.tag in TAGS else TAGS.index("X")
        heads[low + 1 : high] = low
        relations[low + 1 : high] = relation("goeswith")
        tags[low + 1 : high] = tags[low]
    entities = mentions = clusters = None
    if referring:
        mentions, clusters = mention_heads(found, words, size)
        entities = names(found, words, size)
    return Labelled(
        id=found.id,
        tokens=laid.tokens,
        words=laid.words,
        heads=heads,
        relations=relations,
        tags=tags,
        mentions=mentions,
        clusters=clusters,
        entities=entities,
    )


def mention_heads(
    found: Parsed, words: list[tuple[int, int]], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Kind and entity of every word that heads a mention; the longest mention of a head wins."""
    mentions = np.zeros(size, dtype=np.int64)
    clusters = np.full(size, -1, dtype=np.int64)
    numbers: dict[str, int] = {}
    for start, end, kind, entity in sorted(found.mentions, key=lambda m: m[1] - m[0]):
        low, high = words[head_of(found.tokens, start, end)]
        if low < high:
            mentions[low] = MENTIONS.index(KINDS.get(kind, "other"))
            clusters[low] = numbers.setdefault(entity, len(numbers))
    return mentions, clusters


def names(found: Parsed, words: list[tuple[int, int]], size: int) -> NDArray[np.bool_]:
    """What each word may be: the proper nouns about a mention's head are its name."""
    allowed = np.zeros((size, len(ENTITIES)), dtype=np.bool_)
    allowed[:, 0] = True
    tokens = found.tokens
    for token, (low, high) in zip(tokens, words, strict=True):
        if token.proper:
            allowed[low:high] = True  # a name of unknown kind, unless a mention says more
        elif token.tag == "ADJ" and token.form[:1].isupper():
            allowed[low:high, [ENTITIES.index(x) for x in ("B-other", "I-other")]] = True
    taken: list[tuple[int, int]] = []  # a place within a body's name is no name of its own
    for start, end, kind, _ in sorted(found.mentions, key=lambda m: m[0] - m[1]):
        head = head_of(tokens, start, end)
        if tokens[head].proper and not any(a <= head < b for a, b in taken):
            low, high = run(tokens, head, start, end)
            taken.append((low, high))
            label = "O" if kind == "time" else KINDS.get(kind, "other")
            mark(allowed, words[low][0], words[high - 1][1], label)
            for i in range(start, low):  # a title before a name is none
                if is_title(tokens[i]):
                    mark(allowed, *words[i], "O")
    return allowed


def is_title(token: Token) -> bool:
    """Whether a word is a title as it stands before a name."""
    return token.form.lower().strip(".") in TITLES


def run(tokens: list[Token], head: int, start: int, end: int) -> tuple[int, int]:
    """The proper nouns around a head that are one name, without a leading title.

    A name goes on over hyphens, and over a preposition to more proper nouns (*University of
    Varna*), as named-entity corpora mark it.
    """
    low = high = head
    while low > start and (tokens[low - 1].proper or tokens[low - 1].form == "-"):
        low -= 1
    i = head + 1
    while i < end and (tokens[i].proper or tokens[i].form == "-" or tokens[i].form in LINKS):
        if tokens[i].proper:
            high = i
        i += 1
    while low < head and (is_title(tokens[low]) or not tokens[low].proper):
        low += 1
    return low, high + 1


def treebank_texts(tokenizer: Tokenizer, corpora: Path, split: str = "train") -> list[Labelled]:
    """The documents of EWT (syntax) and GUM (syntax, mentions, coreference, names)."""
    folder = corpora / "treebank"
    return [
        labelled(tokenizer, d, referring=name == "gum")
        for name in ("ewt", "gum")
        for d in documents(folder / f"{name}.{split}.conllu.gz")
    ]
