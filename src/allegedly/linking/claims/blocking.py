"""Keys by which claims that may say the same find each other, however many others there are."""

from __future__ import annotations

from hashlib import blake2b
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.linking.claims.profiles import Profile

TELLING: Final = 4
"""Words of a content that make keys, two by two: six keys. The longest: they are the rarest."""
SETTING: Final = 3  # words of the headline that make keys with the content's most telling one
WEEK: Final = 7  # days that share a key


def keys(own: Profile) -> tuple[int, ...]:
    """The keys that a claim is kept under, as signed whole numbers of 64 bits, each once.

    Two claims share a key where their contents share two telling words, or one and one of the
    headline's, in one week.
    """
    return _under(own, (_week(own),))


def asked(own: Profile) -> tuple[int, ...]:
    """The keys that a claim is looked for under: those of its week and of the weeks beside it."""
    week = _week(own)
    return _under(own, (week,) if week is None else (week - 1, week, week + 1))


def _week(own: Profile) -> int | None:
    return None if own.day is None else own.day // WEEK


def _under(own: Profile, weeks: Sequence[int | None]) -> tuple[int, ...]:
    telling = sorted(own.terms, key=lambda term: (-len(term), term))[:TELLING]
    setting = sorted(own.setting - set(telling), key=lambda term: (-len(term), term))[:SETTING]
    pairs = [*combinations(sorted(telling), 2), *((t, s) for t in telling[:1] for s in setting)]
    if not telling:  # *it*, *the claim*: by what the story is about
        pairs = list(combinations(sorted(setting), 2))
    made = (_number(*sorted(pair), str(week)) for pair in pairs for week in weeks)
    return tuple(dict.fromkeys(made))


def _number(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
