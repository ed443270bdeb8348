"""Which source and which contents belong to a cue: the training side of the link head."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from allegedly.attributions.assembly import gap_bucket
from training.network import scaled

Segment = tuple[int, int, int, int]
"""Role, first word, word after the last, number of the attribution."""

GAPS = 12


def link_loss(gaps: Tensor, none: Tensor, links: Tensor, windows: list[list[Segment]]) -> Tensor:
    """Cross-entropy of each content choosing its cue and each cue its source or none."""
    link = links.shape[-1] // 4
    losses = []
    for vectors, segments in zip(links, windows, strict=True):
        cues = [s for s in segments if s[0] == 1]
        if not cues:
            continue
        for role in (0, 2):
            others = [s for s in segments if s[0] == role]
            if not others:
                continue
            k = 0 if role == 0 else 1
            seek = torch.stack(
                [vectors[a:b, k * link : (k + 1) * link].mean(0) for _, a, b, _ in cues]
            )
            found = torch.stack(
                [vectors[a:b, (2 + k) * link : (3 + k) * link].mean(0) for _, a, b, _ in others]
            )
            scores = (
                seek @ found.T / scaled(link) + gaps[k][gap_table(cues, others).to(gaps.device)]
            )
            if role == 0:
                scores = torch.cat([scores, none.expand(len(cues), 1)], 1)
                want = [
                    next((j for j, o in enumerate(others) if o[3] == c[3]), len(others))
                    for c in cues
                ]
                losses.append(
                    cross_entropy(
                        scores, torch.tensor(want, device=scores.device), reduction="none"
                    )
                )
            else:
                chosen = [
                    (j, next((i for i, c in enumerate(cues) if c[3] == o[3]), -1))
                    for j, o in enumerate(others)
                ]
                chosen = [(j, i) for j, i in chosen if i >= 0]
                if chosen:
                    rows = scores.T[[j for j, _ in chosen]]
                    want = [i for _, i in chosen]
                    losses.append(
                        cross_entropy(
                            rows, torch.tensor(want, device=scores.device), reduction="none"
                        )
                    )
    return torch.cat(losses).mean() if losses else links.sum() * 0


def gap_table(cues: list[Segment], others: list[Segment]) -> Tensor:
    """Buckets of every (cue, other) pair; shape (cues, others)."""
    starts = [c[1] for c in cues]
    table = []
    for _, a, b, _ in cues:
        row = []
        for _, x, y, _ in others:
            low, high = (b, x) if x >= b else (y, a)
            between = sum(low <= s < high for s in starts)
            row.append(gap_bucket((a, b), (x, y), between))
        table.append(row)
    return torch.tensor(table)
