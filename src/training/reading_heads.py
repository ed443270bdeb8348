"""Heads beside the attribution heads: names, mentions, antecedents, syntax, factuality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, smooth_l1_loss

from training.labelled import ENTITIES, IGNORED, MENTIONS
from training.treebank_gold import RELATIONS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 12
"""Buckets of the distance between two words; the last one holds everything from 2 ** 11 on."""
SIDE = 96
"""Width of the vectors that arcs and antecedents are scored with."""
WEIGHTS = {
    "entities": 8.0,
    "mentions": 4.0,
    "antecedents": 2.0,
    "arcs": 3.0,
    "relations": 3.0,
    "tags": 2.0,
    "factuality": 4.0,
}
"""Chosen so that each loss, where it is present, pulls about as hard as the label chain's."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the words of a batch, one after the other; see `labelled.Labelled`.

    Shapes: (words,), entities (words, labels); `pieces` (words,) is each word's first piece;
    `windows` and `texts` are the word ranges [low, high) of each window and of each text, heads
    and choices count the words of the batch.
    """

    pieces: Tensor
    entities: Tensor
    mentions: Tensor
    heads: Tensor
    relations: Tensor
    tags: Tensor
    clusters: Tensor
    factuality: Tensor
    windows: list[tuple[int, int]]
    texts: list[tuple[int, int]]
    choices: list[tuple[int, tuple[int, ...], tuple[int, ...]]]


class ReadingHeads(nn.Module):
    """Dense layers over the encoder's vectors of words."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.entities = nn.Linear(width, len(ENTITIES))
        self.mentions = nn.Linear(width, len(MENTIONS))
        self.antecedents = nn.Linear(width, 2 * SIDE + 2)
        self.syntax = nn.Linear(width, 2 * SIDE + 1)
        self.relations = nn.Linear(width, len(RELATIONS))
        self.tags = nn.Linear(width, len(TAGS))
        self.factuality = nn.Linear(width, 1)
        self.near = nn.Parameter(torch.zeros(REACH))
        self.same = nn.Parameter(torch.ones(1))
        self.before = nn.Parameter(torch.zeros(2, REACH))

    def losses(self, x: Tensor, known: Known) -> Iterator[tuple[str, Tensor]]:
        """Each loss that the batch has labels for; x (words, width)."""
        x = self.dropout(x)
        open_ = known.entities.all(1) | ~known.entities.any(1)
        if not bool(open_.all()):
            scores = self.entities(x).masked_fill(~known.entities, -1e4)[~open_]
            whole = torch.logsumexp(self.entities(x)[~open_], 1)
            yield "entities", (whole - torch.logsumexp(scores, 1)).mean()
        for name in ("mentions", "relations", "tags"):
            target = getattr(known, name)
            if bool((target != IGNORED).any()):
                yield name, cross_entropy(getattr(self, name)(x), target, ignore_index=IGNORED)
        if bool((known.heads != IGNORED).any()):
            yield "arcs", self.arc_loss(self.syntax(x), known)
        found = torch.cat(list(self.antecedent_losses(self.antecedents(x), known)) or [x[:0, 0]])
        if len(found):
            yield "antecedents", found.mean()
        judged = ~known.factuality.isnan()
        if bool(judged.any()):
            guess = self.factuality(x)[judged, 0]
            yield "factuality", smooth_l1_loss(guess, known.factuality[judged])

    def antecedent_scores(self, x: Tensor, pieces: Tensor, seek: Tensor, found: Tensor) -> Tensor:
        """How well each found word serves as antecedent of each seeking one; (seek, found)."""
        scores = x[seek, :SIDE] @ x[found, SIDE : 2 * SIDE].T / SIDE**0.5 + x[None, found, -2]
        distance = (seek[:, None] - found[None, :]).abs()
        alike = pieces[seek][:, None] == pieces[found][None, :]
        return scores + self.near[bucket(distance)] + self.same * alike

    def arc_loss(self, x: Tensor, known: Known) -> Tensor:
        """Cross-entropy of each word choosing its head in its window; a root chooses itself."""
        parts = []
        for low, high in known.windows:
            target = known.heads[low:high] - low
            target = torch.where((target < 0) | (target >= high - low), IGNORED, target)
            if bool((target != IGNORED).any()):
                scores = arc_scores(x[low:high], self.before)
                parts.append(
                    cross_entropy(scores, target, ignore_index=IGNORED, reduction="none")[
                        target != IGNORED
                    ]
                )
        return torch.cat(parts).mean() if parts else x.sum() * 0

    def antecedent_losses(self, x: Tensor, known: Known) -> Iterator[Tensor]:
        """Of each mention that it refers to one of its antecedents, or to none."""
        for low, high in known.texts:
            clusters = known.clusters[low:high]
            place = torch.nonzero(clusters >= 0)[:, 0] + low
            if len(place) > 1:
                scores = self.antecedent_scores(x, known.pieces, place, place)
                order = torch.arange(len(place), device=x.device)
                earlier = order[None, :] < order[:, None]
                none = x[place, -1:]
                whole = torch.cat([none, scores.masked_fill(~earlier, -1e4)], 1)
                own = known.clusters[place]
                right = earlier & (own[None, :] == own[:, None])
                first = ~right.any(1, keepdim=True)
                allowed = torch.cat([first, right], 1)
                yield torch.logsumexp(whole, 1) - torch.logsumexp(
                    whole.masked_fill(~allowed, -1e4), 1
                )
        for pronoun, yes, no in known.choices:
            at = torch.tensor([pronoun], device=x.device)
            others = torch.tensor([*yes, *no], device=x.device)
            scores = self.antecedent_scores(x, known.pieces, at, others)[0]
            whole = torch.cat([x[pronoun, -1:], scores])
            allowed = whole[1 : 1 + len(yes)] if yes else whole[:1]
            yield (torch.logsumexp(whole, 0) - torch.logsumexp(allowed, 0))[None]


def bucket(distance: Tensor) -> Tensor:
    """Bucket of a distance in words: 0, 1, 2, 3–4, 5–8 and so on, by powers of two."""
    return (distance.clamp(min=1).float().log2().ceil().long() + (distance > 0)).clamp(
        max=REACH - 1
    )


def arc_scores(x: Tensor, before: Tensor) -> Tensor:
    """How well each word of a window serves as head of each; shape (words, words), rows choose."""
    place = torch.arange(len(x), device=x.device)
    ahead = place[None, :] - place[:, None]
    scores = x[:, :SIDE] @ x[:, SIDE : 2 * SIDE].T / SIDE**0.5 + x[None, :, -1]
    return scores + before[(ahead > 0).long(), bucket(ahead.abs())]
