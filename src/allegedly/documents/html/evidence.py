"""The table of evidence: what speaks for a block of a page being part of its article."""

from __future__ import annotations

import math
import re
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from allegedly.documents.html.cues import says
from allegedly.documents.html.layout import SENTENCE_END, holder, share_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from allegedly.documents.html.blocks import Block
    from allegedly.documents.html.layout import Layout

    Evidence = Callable[[Block, int, Layout], float]

_AROUND: Final = (
    *("nav", "footer", "aside", "header", "form", "figure", "table", "ul", "ol", "article"),
    *("main", "section", "blockquote"),
)
_OWN: Final = (
    *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "blockquote"),
    *("div", "span", "a", "dd", "dt", "pre", "body"),
)
_FAMILIES: Final = (
    *("body", "article", "caption", "byline", "share", "related", "comment", "advert", "menu"),
    *("newsletter", "topics", "side", "foot", "about", "title", "embed"),
)
_FARTHEST: Final = 8  # boxes outwards whose labels are looked at
_DEEPEST: Final = 12
_KEPT: Final = 0.6  # share of a block's runs from which on it counts as kept by another reader
_FUNCTION_WORD: Final = re.compile(
    r"\b(?:the|of|and|to|a|in|is|was|that|for|on|with|as|it|by|at|from|he|she|they|be|are|were|has"
    r"|have|had|its|his|her|this|but|not|der|die|das|und|de|la|que|el|en|les|des|et|du|o|da|do)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_FEW: Final = 6


def kept(block: Block, page: Layout) -> bool:
    """Whether trafilatura keeps the block."""
    if len(block.words) < 3:  # noqa: PLR2004  # too short for a run of three
        return " ".join(block.words) in page.lines
    return share_in(block.words, page.kept) > _KEPT


def _own(tag: str, block: Block, _place: int, _page: Layout) -> float:
    return float(block.box.tag == tag)


def _around(tag: str, block: Block, _place: int, _page: Layout) -> float:
    return float(any(box.tag == tag for box in block.box.up()))


def _near(family: str, block: Block, _place: int, _page: Layout) -> float:
    above = block.box.above
    return float(
        says(family, block.box.labels) or (above is not None and says(family, above.labels))
    )


def _far(family: str, block: Block, _place: int, _page: Layout) -> float:
    outer = list(block.box.up())[2:_FARTHEST]
    return float(any(says(family, box.labels) for box in outer))


def _core_distance(block: Block, _place: int, page: Layout) -> float:
    levels = (level for level, box in enumerate(block.box.up()) if box is page.core)
    return min(next(levels, _DEEPEST), _DEEPEST) / _DEEPEST


def _meets_core(block: Block, _place: int, page: Layout) -> float:
    """How far out of the core the first box lies that has both."""
    levels = (page.around_core[box] for box in block.box.up() if box in page.around_core)
    return min(next(levels, 10), 10) / 10


def _title_share(block: Block, _place: int, page: Layout) -> float:
    own = {word.lower() for word in block.words}
    return len(own & page.title) / max(len(own | page.title), 1)


def _share_beside(block: Block, _place: int, page: Layout) -> float:
    return page.direct.get(holder(block), 0) / page.total


def _share_around(block: Block, _place: int, page: Layout) -> float:
    above = holder(block).above
    return 1.0 if above is None else page.within.get(above, 0) / page.total


def _misses_body(block: Block, _place: int, page: Layout) -> float:
    missing = share_in(block.words, page.told) < 0.2  # noqa: PLR2004  # a fifth
    return float(bool(page.told) and len(block.words) > 4 and missing)  # noqa: PLR2004


# Each is a number from about 0 to 1 of a block, its place among the blocks, and the page.
EVIDENCE: Final[dict[str, Evidence]] = {
    "words": lambda b, _, __: math.log1p(len(b.words)),
    "words under 4": lambda b, _, __: float(len(b.words) < 4),  # noqa: PLR2004
    "words under 10": lambda b, _, __: float(len(b.words) < 10),  # noqa: PLR2004
    "words over 25": lambda b, _, __: float(len(b.words) > 25),  # noqa: PLR2004
    "words over 50": lambda b, _, __: float(len(b.words) > 50),  # noqa: PLR2004
    "linked": lambda b, _, __: b.linked / len(b.text),
    "linked mostly": lambda b, _, __: float(b.linked > 0.6 * len(b.text)),
    "emphasised": lambda b, _, __: b.emphasised / len(b.text),
    "emphasised wholly": lambda b, _, __: float(b.emphasised > 0.9 * len(b.text)),
    "ends a sentence": lambda b, _, __: float(SENTENCE_END.search(b.text) is not None),
    "ends with a colon": lambda b, _, __: float(b.text.endswith(":")),
    "commas": lambda b, _, __: min(b.text.count(","), 5) / 5,
    "function words": lambda b, _, __: len(_FUNCTION_WORD.findall(b.text)) / max(len(b.words), 1),
    "capitalised": lambda b, _, __: sum(w[0].isupper() for w in b.words) / max(len(b.words), 1),
    "all capitals": lambda b, _, __: float(b.text.isupper()),
    "quotation marks": lambda b, _, __: float(any(mark in b.text for mark in '“”"«»')),
    "numbers": lambda b, _, __: sum(w[0].isdigit() for w in b.words) / max(len(b.words), 1),
    "prose": lambda _, place, page: float(page.prosaic[place]),
    "after a line break": lambda b, _, __: float(b.broken),
    "twice on the page": lambda b, _, page: float(page.copies[b.text] > 1),
    "marks of menus": lambda b, _, __: float(any(mark in b.text for mark in "|©»")),
    "a year": lambda b, _, __: float(len(b.words) < 15 and _YEAR.search(b.text) is not None),  # noqa: PLR2004
    **{f"is {tag}": partial(_own, tag) for tag in _OWN},
    **{f"in {tag}": partial(_around, tag) for tag in _AROUND},
    **{f"near {family}": partial(_near, family) for family in _FAMILIES},
    **{f"far {family}": partial(_far, family) for family in _FAMILIES},
    "prose beside": _share_beside,
    "prose beside, much": lambda b, i, page: float(_share_beside(b, i, page) > 0.3),  # noqa: PLR2004
    "prose with": lambda b, _, page: page.within.get(holder(b), 0) / page.total,
    "prose around": _share_around,
    "prose alike": lambda b, _, page: page.alike[b.box.tag, b.box.labels] / page.total,
    "in the core": lambda b, _, page: float(any(box is page.core for box in b.box.up())),
    "levels to the core": _core_distance,
    "levels from the core": _meets_core,
    "before the prose": lambda _, place, page: float(place < page.first),
    "after the prose": lambda _, place, page: float(place > page.last),
    "blocks before": lambda _, place, page: min(max(page.first - place, 0), 20) / 20,
    "blocks after": lambda _, place, page: min(max(place - page.last, 0), 20) / 20,
    "in the told body": lambda b, _, page: float(share_in(b.words, page.told) > _KEPT),
    "not in the told body": _misses_body,
    "title": _title_share,
    "is the title": lambda b, i, page: float(_title_share(b, i, page) > 0.6),  # noqa: PLR2004
    "kept": lambda b, _, page: float(kept(b, page)),
    "kept, short": lambda b, _, page: float(len(b.words) < _FEW and kept(b, page)),
}


def evidence(page: Layout) -> npt.NDArray[np.float64]:
    """The evidence of every block of a page, shape (blocks, kinds of evidence)."""
    rows = [
        [weigh(block, place, page) for weigh in EVIDENCE.values()]
        for place, block in enumerate(page.blocks)
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(EVIDENCE))
