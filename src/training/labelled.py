"""Texts with labels of several kinds at once, as training windows see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

IGNORED = -100
ENTITIES = ("O", *(f"{b}-{k}" for k in ("person", "organisation", "place", "other") for b in "BI"))
"""Labels of the entity head: names and what they are names of."""
MENTIONS = ("none", "person", "organisation", "place", "other")
"""Labels of the mention head: what the word is the head of a mention of."""

NO_SPACE_BEFORE = frozenset([*".,;:!?)]}%…’”", "'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d"])
NO_SPACE_AFTER = frozenset("([{$£€#“‘")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One text as words with whatever is known of them; an absent array is not trained on.

    Shapes: entities (words, labels) boolean, the labels a word may have; mentions, heads,
    relations, tags and clusters (words,), IGNORED where nothing is known; heads count words of
    the text, a root's is itself; clusters number what a mention's head word refers to, -1 for a
    word that is no mention's head; factuality (words,) from -3 to 3, NaN where nothing is known;
    choices are (pronoun's word, words that are its antecedent, words that are not).
    """

    id: str
    tokens: Tokens
    words: NDArray[np.int64]
    entities: NDArray[np.bool_] | None = None
    mentions: NDArray[np.int64] | None = None
    heads: NDArray[np.int64] | None = None
    relations: NDArray[np.int64] | None = None
    tags: NDArray[np.int64] | None = None
    clusters: NDArray[np.int64] | None = None
    factuality: NDArray[np.float32] | None = None
    choices: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...] = field(default=())

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where each word starts in the text; shape (words,)."""
        return self.tokens.start[self.words]


@dataclass(frozen=True, slots=True)
class Laid:
    """A tokenised text and the ranges of its words that given character spans cover."""

    tokens: Tokens
    words: NDArray[np.int64]

    @classmethod
    def of(cls, tokenizer: Tokenizer, text: str) -> Laid:
        """Cut a text into words."""
        tokens = tokenize(tokenizer, text)
        return cls(tokens, np.flatnonzero(tokens.first))

    def __len__(self) -> int:
        return len(self.words)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The words [low, high) that start within [start, end) of the text."""
        low, high = np.searchsorted(self.tokens.start[self.words], [start, end])
        return int(low), int(high)


def spaced(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens joined as people write them, and where each one stands.

    Where a corpus exists as tokens alone, words joined by blanks would teach the model a typography
    that no story has.
    """
    parts: list[str] = []
    offsets = []
    length, before, quoted = 0, "", False
    for word in tokens:
        mark = word == '"'
        glued = not parts or word in NO_SPACE_BEFORE or before in NO_SPACE_AFTER
        glued = glued or (quoted and (mark or before == '"'))
        if not glued:
            parts.append(" ")
            length += 1
        quoted ^= mark
        offsets.append((length, length + len(word)))
        parts.append(word)
        length += len(word)
        before = word
    return "".join(parts), offsets


def entity_mask(
    size: int, spans: Sequence[tuple[int, int, str]], rest: Sequence[str]
) -> NDArray[np.bool_]:
    """The labels each word may have, from word spans (low, high, kind); `rest` for the others.

    The kind "any" leaves the words of a span open.
    """
    allowed = np.zeros((size, len(ENTITIES)), dtype=np.bool_)
    allowed[:, [ENTITIES.index(label) for label in rest]] = True
    for low, high, kind in spans:
        mark(allowed, low, high, kind)
    return allowed


def mark(allowed: NDArray[np.bool_], low: int, high: int, kind: str) -> None:
    """Let a range of words be one name of a kind, no name for "O", whatever it likes for "any"."""
    allowed[low:high] = kind == "any"
    if kind == "O":
        allowed[low:high, 0] = True
    elif kind != "any":
        allowed[low : low + 1, ENTITIES.index(f"B-{kind}")] = True
        allowed[low + 1 : high, ENTITIES.index(f"I-{kind}")] = True
