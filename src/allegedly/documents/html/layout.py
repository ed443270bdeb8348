"""What can be seen of a page's blocks only together: where its prose is, and how deep."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.documents.html.blocks import Block, Box

SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।][\"”’»'）)\]」]*$")
_PROSE_WORDS: Final = 12
_LONG_PROSE: Final = 25
_PROSE_LINKED: Final = 0.3
# Boxes that hold a paragraph rather than paragraphs.
_LINES: Final = frozenset(
    {
        *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "blockquote", "ul", "ol"),
        *("dd", "dt", "em", "strong", "figcaption", "figure"),
    }
)
_HALVED: Final = 0.5  # each level further out counts half, as in readability
_RUN: Final = 3  # words that are compared with other texts at a time

Runs = frozenset[tuple[str, ...]]


def prose(block: Block) -> bool:
    """Whether a block reads as running text: long enough, few links, sentences."""
    count = len(block.words)
    ended = SENTENCE_END.search(block.text) is not None or count >= _LONG_PROSE
    return count >= _PROSE_WORDS and block.linked < _PROSE_LINKED * len(block.text) and ended


def holder(block: Block) -> Box:
    """The box that holds the block beside its neighbours."""
    box = block.box
    while box.above is not None and box.tag in _LINES:
        box = box.above
    return box


def runs(words: Sequence[str]) -> Runs:
    """The runs of three words of a text."""
    return frozenset(zip(*(words[i:] for i in range(_RUN)), strict=False))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The blocks of one page and what they tell together.

    `kept` has the runs of words that trafilatura keeps and `lines` its lines, `told` those of an
    article body that the page's metadata spell out; both may be empty. `title` has the words of
    the title in lower case. `direct`, `within` and `alike` are words of prose right in a box,
    anywhere in it, and in boxes of one tag and label; `core` is the box around the prose.
    """

    blocks: list[Block]
    kept: Runs
    lines: frozenset[str]
    told: Runs
    title: frozenset[str]
    prosaic: list[bool] = field(default_factory=list)
    total: int = 1
    direct: dict[Box, int] = field(default_factory=dict)
    within: dict[Box, int] = field(default_factory=dict)
    alike: Counter[tuple[str, str]] = field(default_factory=Counter)
    core: Box | None = None
    around_core: dict[Box, int] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    copies: Counter[str] = field(default_factory=Counter)


def layout_of(blocks: list[Block], *, kept: str, told: str, title: str) -> Layout:
    """The layout of a page; the texts are compared with it by runs of words."""
    prosaic = [prose(block) for block in blocks]
    good = [block for block, is_prose in zip(blocks, prosaic, strict=True) if is_prose]
    direct, within = _weighed(good)
    core = _core(direct)
    inner = [
        place
        for place, block in enumerate(blocks)
        if prosaic[place] and any(box is core for box in block.box.up())
    ]
    alike: Counter[tuple[str, str]] = Counter()
    for block in good:
        alike[block.box.tag, block.box.labels] += len(block.words)
    return Layout(
        blocks=blocks,
        kept=runs(_WORD.findall(kept)),
        lines=frozenset(" ".join(_WORD.findall(line)) for line in kept.splitlines()),
        told=runs(_WORD.findall(told)),
        title=frozenset(word.lower() for word in _WORD.findall(title)),
        prosaic=prosaic,
        total=sum(len(block.words) for block in good) or 1,
        direct=direct,
        within=within,
        alike=alike,
        core=core,
        around_core={box: level for level, box in enumerate(core.up())} if core else {},
        first=inner[0] if inner else 0,
        last=inner[-1] if inner else len(blocks),
        copies=Counter(block.text for block in blocks),
    )


_WORD: Final = re.compile(r"\w+")


def _weighed(good: Iterable[Block]) -> tuple[dict[Box, int], dict[Box, int]]:
    """Words of prose right in each box, and anywhere in it."""
    direct: defaultdict[Box, int] = defaultdict(int)
    within: defaultdict[Box, int] = defaultdict(int)
    for block in good:
        direct[holder(block)] += len(block.words)
        for box in block.box.up():
            within[box] += len(block.words)
    return dict(direct), dict(within)


def _core(direct: dict[Box, int]) -> Box | None:
    """The box that prose speaks for most, that of its inner boxes less with every level."""
    scores: defaultdict[Box, float] = defaultdict(float)
    for box, count in direct.items():
        weight = float(count)
        for outer in box.up():
            scores[outer] += weight
            weight *= _HALVED
    return max(scores, key=lambda box: scores[box]) if scores else None


def share_in(words: Sequence[str], found: Runs) -> float:
    """The share of a block's runs of words that another text has; 0 for fewer than three words."""
    own = list(zip(*(words[i:] for i in range(_RUN)), strict=False))
    return sum(run in found for run in own) / len(own) if own else 0.0
