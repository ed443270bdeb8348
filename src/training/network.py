"""The encoder and its heads in torch, for training only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, pad, scaled_dot_product_attention

from allegedly.encoder.tokens import CASE_MARKS, GAP_MARKS, QUOTE_MARKS

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of a BERT-like encoder; the defaults are those of MiniLM-L6-H384."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    dropout: float = 0.1
    epsilon: float = 1e-12
    relative: bool = False


TEACHER = Shape(width=768, layers=12, inner=3072, epsilon=1e-5, relative=True)
"""Sizes of all-mpnet-base-v2, whose attention also has a bias by relative position."""


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al. 2017, as in BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_heads = shape.attention_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm_attention = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.norm_output = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Shapes: x (batch, pieces, width), mask (batch, 1, 1, pieces) boolean."""
        batch, pieces, width = x.shape
        qkv = self.qkv(x).view(batch, pieces, 3, self.attention_heads, -1)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, pieces, width)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        return self.norm_output(x + self.dropout(self.narrow(gelu(self.widen(x)))))


class Encoder(nn.Module):
    """Pieces with their marks become vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.compute = torch.float32
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.case = nn.Embedding(CASE_MARKS, shape.width)
        self.gap = nn.Embedding(GAP_MARKS, shape.width)
        self.quote = nn.Embedding(QUOTE_MARKS, shape.width)
        for marks in (self.case, self.gap, self.quote):
            nn.init.normal_(marks.weight, std=0.005)
        if shape.relative:
            self.distances = nn.Embedding(32, shape.attention_heads)
            # Frozen: its gradient would cost the fused attention kernel.
            self.distances.weight.requires_grad_(requires_grad=False)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Shapes: ids (batch, pieces), marks (batch, pieces, 3), mask (batch, pieces) boolean."""
        x, bias = self.embed(ids, marks, mask)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def embed(self, ids: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What goes into the first layer, and the bias of every layer's attention."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]]
        x = x + self.case(marks[..., 0]) + self.gap(marks[..., 1]) + self.quote(marks[..., 2])
        x = self.dropout(self.norm(x))
        bias = torch.zeros(mask.shape, dtype=self.compute, device=mask.device)
        bias = bias.masked_fill(~mask, -1e4)[:, None, None, :]
        if self.shape.relative:
            near = self.distances(distance_buckets(ids.shape[1]).to(ids.device)).permute(2, 0, 1)
            bias = bias + near.to(self.compute)
        return x, bias

    def load_base(self, path: Path) -> None:
        """Read the weights of all-MiniLM-L6-v2 or, with `relative`, all-mpnet-base-v2."""
        raw = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
        own = self.state_dict()
        words = raw["embeddings.word_embeddings.weight"]
        places = raw["embeddings.position_embeddings.weight"]
        if self.shape.relative:
            # MPNet's vocabulary is BERT's moved up by four, with its own special tokens before.
            own["distances.weight"] = raw["encoder.relative_attention_bias.weight"]
            words = words[4 : 4 + self.shape.vocabulary].clone()
            own_special = raw["embeddings.word_embeddings.weight"]
            words[0], words[101], words[102] = own_special[1], own_special[0], own_special[2]
            places = places[2:]
        else:
            # The segment embedding is the same for every piece, so it joins the positions.
            places = places + raw["embeddings.token_type_embeddings.weight"][0]
        own["pieces.weight"], own["positions.weight"] = words, places
        for end in ("weight", "bias"):
            own[f"norm.{end}"] = raw[f"embeddings.LayerNorm.{end}"]
            for i in range(self.shape.layers):
                for ours, theirs in self._names(i, end).items():
                    own[ours] = torch.cat([raw[name] for name in theirs])
        self.load_state_dict(own)

    def _names(self, layer: int, end: str) -> dict[str, list[str]]:
        theirs, ours = f"encoder.layer.{layer}", f"layers.{layer}"
        attention = f"{theirs}.attention"
        if self.shape.relative:
            qkv = [f"{attention}.attn.{n}.{end}" for n in "qkv"]
            out, norm = f"{attention}.attn.o.{end}", f"{attention}.LayerNorm.{end}"
        else:
            qkv = [f"{attention}.self.{n}.{end}" for n in ("query", "key", "value")]
            out, norm = f"{attention}.output.dense.{end}", f"{attention}.output.LayerNorm.{end}"
        return {
            f"{ours}.qkv.{end}": qkv,
            f"{ours}.out.{end}": [out],
            f"{ours}.norm_attention.{end}": [norm],
            f"{ours}.widen.{end}": [f"{theirs}.intermediate.dense.{end}"],
            f"{ours}.narrow.{end}": [f"{theirs}.output.dense.{end}"],
            f"{ours}.norm_output.{end}": [f"{theirs}.output.LayerNorm.{end}"],
        }


def distance_buckets(pieces: int) -> Tensor:
    """Bucket of each (from, to) distance, as in MPNet (T5's scheme: 32 buckets, 128 far)."""
    place = torch.arange(pieces)
    ahead = place[None, :] - place[:, None]
    far = ahead.abs()
    near = 8  # distances that have a bucket each
    log = near + (torch.log(far.clamp(min=1) / near) / math.log(128 / near) * near).long()
    return (ahead > 0).long() * 16 + torch.where(far < near, far, log.clamp(max=15))


class AttributionHeads(nn.Module):
    """Vectors become pairwise label scores and link vectors.

    The label scores are those of a linear-chain CRF whose transition scores depend on the word:
    one score for each (label before, label) pair and word. The link vectors are four projections
    side by side: cue seeking a source, cue seeking a content, source, content.
    """

    def __init__(self, width: int, labels: int, link: int) -> None:
        super().__init__()
        self.labels = labels
        self.dropout = nn.Dropout(0.1)
        self.score = nn.Linear(width, labels)
        self.pair = nn.Linear(width, labels * labels)
        nn.init.zeros_(self.pair.weight)
        nn.init.zeros_(self.pair.bias)
        self.link = nn.Linear(width, 4 * link)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Shapes: x (…, width) to scores (…, labels, labels) and links (…, 4 * link)."""
        x = self.dropout(x)
        pairs = self.pair(x).unflatten(-1, (self.labels, self.labels))
        return pairs + self.score(x)[..., None, :], self.link(x)


def chain_nll(scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood of label sequences under a CRF, one value a sequence.

    Shapes: scores (batch, words, labels, labels), labels and mask (batch, words). The label
    before the first word is 0 (outside).
    """
    return partition(scores, mask) - chosen(scores, labels, mask)


def chain_cross_entropy(scores: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy of a teacher's label chain under a CRF, one value a sequence.

    The target holds the teacher's posterior of each (label before, label) pair, so this is, up to
    a constant, the divergence of the two distributions over whole sequences. Shapes: scores and
    target (batch, words, labels, labels), mask (batch, words).
    """
    return partition(scores, mask) - expected(scores, target, mask)


def chosen(scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    """Summed score of label sequences, one value a sequence."""
    batch, words = labels.shape
    before = pad(labels, (1, 0))[:, :-1]
    index = torch.arange(batch, device=labels.device)[:, None]
    place = torch.arange(words, device=labels.device)[None]
    return (scores[index, place, before, labels] * mask).sum(1)


def expected(scores: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    """Mean summed score under a teacher's pair posteriors, one value a sequence."""
    inner = (scores * target)[:, 1:].sum((2, 3)) * mask[:, 1:]
    return inner.sum(1) + (scores[:, 0, 0] * target[:, 0].sum(1)).sum(1)


def partition(scores: Tensor, mask: Tensor) -> Tensor:
    """Log of the summed weight of all label sequences, one value a sequence."""
    first, *rest = scores.unbind(1)  # one view each would cost a whole gradient each
    alpha = first[:, 0]
    for score, inside in zip(rest, mask.unbind(1)[1:], strict=True):
        step = torch.logsumexp(alpha[:, :, None] + score, dim=1)
        alpha = torch.where(inside[:, None], step, alpha)
    return torch.logsumexp(alpha, dim=1)


def scaled(link: int) -> float:
    """The divisor of a link score, as in dot-product attention."""
    return math.sqrt(link)
