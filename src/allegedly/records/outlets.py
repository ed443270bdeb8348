"""What outlets are called where people read of them: *paper.example*, not *www.paper.example*."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Web addresses without path, or with one that is thrown away; a name with a blank is none.
_HOST: Final = re.compile(
    r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:/\S*)?", re.IGNORECASE
)
# Of one outlet's several addresses; whatever else stands first may be another outlet's (a blog's).
_SAME: Final = re.compile(r"^(?:(?:www\d*|m|mobile|amp|edition|rss|feeds)\.)+(?=.*\.)")
# *.example*, or *.co.example* and *.com.example*
_ENDING: Final = re.compile(r"\.(?:\w{2,3}\.[a-z]{2}|\w+)$")
_LETTERS: Final = re.compile(r"[\W_]")
_THE: Final = "the"


def outlet_name(publisher: str) -> str:
    """What an outlet is called: a web address without *www.*, any other name as it stands."""
    host = _HOST.fullmatch(publisher.strip())
    return _SAME.sub("", host[1].lower()) if host else publisher


def outlet_names(publishers: Iterable[str | None]) -> dict[str, str]:
    """What each of some publishers is called, one outlet under several spellings by one.

    *The Paper*, *the paper* and *ThePaper.example* are one, unless another address has these
    letters too. The name that most have is shown, and any name rather than an address.
    """
    known = [publisher for publisher in publishers if publisher]
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sites: defaultdict[str, set[str]] = defaultdict(set)
    for publisher in known:
        name = outlet_name(publisher)
        if _HOST.fullmatch(name):
            sites[_letters(name)].add(name)
        else:
            named[_letters(name)][name] += 1
    most = {key: min(names, key=lambda n: (-names[n], n)) for key, names in named.items()}

    def called(name: str) -> str:
        alone = not _HOST.fullmatch(name) or len(sites[_letters(name)]) == 1
        return most.get(_letters(name), name) if alone else name

    return {publisher: called(outlet_name(publisher)) for publisher in known}


def _letters(name: str) -> str:
    """What spellings of one outlet share: its letters, of an address those before its ending."""
    site = _ENDING.sub("", name) if _HOST.fullmatch(name) else name
    bare = _LETTERS.sub("", site.casefold())
    return bare.removeprefix(_THE) or bare
