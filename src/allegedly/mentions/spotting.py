"""Mentions are spotted while windows pass by, and joined to chains when the text has ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder import Head, chains, names, softmax, tree
from allegedly.records import ENTITY_KINDS, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from allegedly.encoder import Encoded, Heads, Name, Pack, Tree
    from allegedly.records import EntityKind, MentionForm

NO_MENTION = "none"
PRONOUNS = frozenset({"PRON", "DET"})
LOOSE = frozenset(
    """acl:relcl acl appos parataxis punct conj cc case advcl cop aux nsubj mark advmod discourse
    list dep""".split()  # noqa: SIM905 - easier to read
)
"""What hangs on a noun without being part of the words that describe somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spotted:
    """A mention whose chain is not known yet; its head word may stand for it in two places."""

    span: Span
    head: Span
    form: MentionForm
    kind: EntityKind
    probability: float
    vector: Head


class Spotter:
    """Collects the mentions of one document.

    `watch` passes windows on unchanged, so that the heads' output of a long text is never held
    whole: of each mention little more than its vector is kept.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._spotted: list[_Spotted] = []
        self._words = 0

    def watch(self, windows: Iterable[Encoded]) -> Iterator[Encoded]:
        """The same windows, their mentions taken note of on the way."""
        for window in windows:
            if window.heads is not None:
                self._spotted += self._of_window(window, window.heads)
            self._words += len(window.start)
            yield window

    def mentions(self) -> tuple[Mention, ...]:
        """What the windows seen so far speak of, in the order of the text."""
        found = sorted(self._spotted, key=lambda s: (s.vector.place, s.span))
        joined = chains([s.vector for s in found], self._pack.heads)
        return tuple(
            Mention(
                span=s.span,
                head=s.head,
                form=s.form,
                kind=s.kind,
                entity=entity,
                probability=round(s.probability, 4),
                reference=None if reference is None else round(reference, 4),
            )
            for s, (entity, reference) in zip(found, joined, strict=True)
        )

    def _of_window(self, window: Encoded, heads: Heads) -> Iterator[_Spotted]:
        labels = self._pack.heads
        syntax = tree(heads, labels)
        taken: set[int] = set()
        for name in names(heads.entities, labels.entities, window.stretch):
            taken.update(range(name.start, name.end))
            yield self._name(window, heads, name, syntax)
        shares = softmax(heads.mentions)
        none = labels.mentions.index(NO_MENTION)
        for word in np.flatnonzero(shares.argmax(1) != none).tolist():
            if word not in taken:
                yield self._described(window, heads, word, syntax, shares[word])

    def _name(self, window: Encoded, heads: Heads, name: Name, syntax: Tree) -> _Spotted:
        inside = range(name.start, name.end)
        head = next((i for i in inside if int(syntax.heads[i]) not in inside), name.end - 1)
        return _Spotted(
            span=Span(int(window.start[name.start]), int(window.end[name.end - 1])),
            head=Span(int(window.start[head]), int(window.end[head])),
            form="name",
            kind=_kind(name.kind),
            probability=name.probability,
            vector=self._vector(window, heads, head),
        )

    def _described(
        self,
        window: Encoded,
        heads: Heads,
        word: int,
        syntax: Tree,
        shares: NDArray[np.float32],
    ) -> _Spotted:
        """The pronoun or description that a word heads; shares (mention labels,)."""
        labels = self._pack.heads.mentions
        pronoun = syntax.tags[word] in PRONOUNS
        low, high = (word, word + 1) if pronoun else syntax.subtree(word, LOOSE)
        if window.stretch[low] != window.stretch[high - 1]:
            low, high = word, word + 1
        return _Spotted(
            span=Span(int(window.start[low]), int(window.end[high - 1])),
            head=Span(int(window.start[word]), int(window.end[word])),
            form="pronoun" if pronoun else "description",
            kind=_kind(labels[int(shares.argmax())]),
            probability=1 - float(shares[labels.index(NO_MENTION)]),
            vector=self._vector(window, heads, word),
        )

    def _vector(self, window: Encoded, heads: Heads, word: int) -> Head:
        return Head(
            place=self._words + word,
            piece=int(window.piece[word]),
            vector=heads.antecedents[word].copy(),
        )


def _kind(label: str) -> EntityKind:
    return next(kind for kind in ENTITY_KINDS if kind == label)
