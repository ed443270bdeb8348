"""The clauses of a window's sentences: each predicate with what belongs to it and no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.encoder import Tree

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
OPENERS = frozenset({"mark", "cc", "punct", "advmod"})
"""What stands before a clause and joins it to another, and is no word of it."""
APART = frozenset({"conj", "advcl", "parataxis", "acl", "ccomp", "dep", "list", "discourse"})
"""Relations by which one clause hangs on another and can be told without it."""
PREDICATES = frozenset({"VERB", "AUX"})
BREAKS = frozenset({"PUNCT", "SCONJ", "CCONJ"})
SENTENCE_END = frozenset(".!?")


def base(relation: str) -> str:
    """A relation without its subtype (*nsubj* of *nsubj:pass*)."""
    return relation.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words [start, end) of a window that say one thing.

    `head` is its predicate, `subject` the head of its subject or None, `above` the predicate of
    the clause that it hangs on.
    """

    head: int
    start: int
    end: int
    subject: int | None
    above: int | None


def clauses(tree: Tree, start: int, end: int) -> Iterator[Clause]:
    """The clauses within words [start, end), a sentence or a part of one, in the order of heads."""
    heads = [i for i in range(start, end) if _predicates(tree, i, start, end)]
    found = []
    for head in heads:
        others = {i for i in heads if i != head and base(tree.relations[i]) in APART}
        found.append((head, *_extent(tree, head, others, start, end)))
    for head, low, high in found:
        taken = {i for h, a, b in found if h != head and not a <= head < b for i in range(a, b)}
        yield Clause(
            head=head,
            start=_reach(tree, low, range(low - 1, start - 1, -1), taken),
            end=_reach(tree, high - 1, range(high, end), taken) + 1,
            subject=_subject(tree, head),
            above=next((i for i in _up(tree, head) if i in heads), None),
        )


def _reach(tree: Tree, edge: int, beyond: range, taken: set[int]) -> int:
    """How far a clause goes on: to the next mark, joining word or other clause.

    The parser hangs each word on its own, so that a phrase may hang outside the clause it ends.
    """
    for word in beyond:
        if word in taken or tree.tags[word] in BREAKS:
            break
        edge = word
    return edge


def _predicates(tree: Tree, word: int, start: int, end: int) -> bool:
    """Whether a word heads a clause: it has a subject, or is the verb a sentence rests on."""
    if _subject(tree, word) is not None:
        return True
    up = int(tree.heads[word])
    rests = up == word or not start <= up < end
    return rests and tree.tags[word] in PREDICATES


def _subject(tree: Tree, word: int) -> int | None:
    return next((i for i in tree.children[word] if base(tree.relations[i]) in SUBJECTS), None)


def _up(tree: Tree, word: int) -> Iterator[int]:
    seen = {word}
    while (up := int(tree.heads[word])) not in seen:
        seen.add(up)
        yield up
        word = up


def _extent(tree: Tree, head: int, others: set[int], start: int, end: int) -> tuple[int, int]:
    """The words about a predicate that hang on it and on no clause apart, without a gap."""
    inside, fresh = {head}, [head]
    while fresh:
        below = [i for up in fresh for i in tree.children[up]]
        fresh = [i for i in below if i not in others and i not in inside and start <= i < end]
        inside.update(fresh)
    low = high = head
    while low - 1 in inside:
        low -= 1
    while high + 1 in inside:
        high += 1
    while low < head and _opens(tree, low, head):
        low += 1
    while high > head and base(tree.relations[high]) in {"punct", "cc"}:
        high -= 1
    return low, high + 1


def _opens(tree: Tree, word: int, head: int) -> bool:
    if base(tree.relations[word]) not in OPENERS:
        return False
    return base(tree.relations[word]) != "advmod" or int(tree.heads[word]) != head
