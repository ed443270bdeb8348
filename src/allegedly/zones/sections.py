"""What a line's neighbours say about it: source lists, menus and the text under a card."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from allegedly.zones import cues
from allegedly.zones.evidence import HIGH, quoting, saying, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.records import ZoneKind
    from allegedly.zones.blocks import Block
    from allegedly.zones.pages import Page

_PROSE_LENGTH: Final = 250
_MENU_LINES: Final = 4
_MENU_WORDS: Final = 3
_DEK_WORDS: Final = 40


def smoothed(page: Page, kinds: Sequence[ZoneKind]) -> list[ZoneKind]:
    """The kinds of all blocks once each has seen its neighbours."""
    out = list(kinds)
    _close_source_lists(page, out)
    _fill_menus(page, out)
    _join_deks(page, out)
    return out


def _close_source_lists(page: Page, kinds: list[ZoneKind]) -> None:
    """A heading such as Sources rules until prose comes back."""
    ruled = False
    for block in page.blocks:
        if cues.SOURCE_HEADING.match(block.head) and page.standalone(block) and block.place:
            ruled = _list_follows(page, block)
        elif ruled and _prose(block) and not cues.SOURCE_ENTRY.match(block.head):
            ruled = False
        if ruled:
            kinds[block.place] = "boilerplate"


def _list_follows(page: Page, heading: Block) -> bool:
    after = page.neighbour(heading, 1)
    entry = after is not None and cues.SOURCE_ENTRY.match(after.head) is not None
    return after is None or entry or not _prose(after)


def _prose(block: Block) -> bool:
    told = block.terminated and cues.VERBAL.search(block.head) is not None
    return told and (block.sentences > 1 or len(block.text) > _PROSE_LENGTH)


def _fill_menus(page: Page, kinds: list[ZoneKind]) -> None:
    """Many very short unfinished lines in a row are a menu."""
    run: list[int] = []
    for block in (*page.blocks, None):
        if block is not None and _menu_item(block):
            run.append(block.place)
            continue
        if len(run) >= _MENU_LINES:
            for place in run:
                kinds[place] = "boilerplate"
        run = []


def _menu_item(block: Block) -> bool:
    closed = block.terminated or block.text[-1] in ':;,"”’'
    return len(block.words) <= _MENU_WORDS and not closed and block.text[0].isupper()


def _join_deks(page: Page, kinds: list[ZoneKind]) -> None:
    """The sentence under the title of a related-story card goes with the card.

    Only under a title that is printed twice and does not end as a sentence does: a card whose
    title is a sentence has no text of its own.
    """
    for above, block in pairwise(page.blocks):
        titled = kinds[above.place] == "teaser" and page.repeated(above) and not above.terminated
        if titled and kinds[block.place] == "story" and _dek(block, page):
            kinds[block.place] = "teaser"


def _dek(block: Block, page: Page) -> bool:
    short = len(block.words) <= _DEK_WORDS and block.sentences == 1 and page.standalone(block)
    own = page.overlap(block) <= HIGH
    others = quoting(block, page) or spoken(block, page) or saying(block, page)
    return short and own and not others
