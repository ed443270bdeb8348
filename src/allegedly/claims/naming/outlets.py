"""Outlets and agencies by their names: media whose words are other people's words passed on."""

from __future__ import annotations

import re
from functools import cache

from allegedly.claims.naming.lists import table
from allegedly.records import Span

_CAPITAL = r"[A-Z0-9][\w&’'.-]*"
_NAME = re.compile(
    rf"(?P<front>(?:(?:the|an?|its|his|her|their|our|local|state|state-run|state-owned|private"
    rf"|public|national|independent|[a-z]{{2,20}}(?:an|ish|ese)) ){{0,4}})"
    rf"(?P<noun>(?:[a-z-]{{1,20}} ){{0,3}}?)"
    rf"(?P<name>{_CAPITAL}(?: (?:(?:of|de|du|la|le|and|&|for|on|the) )?{_CAPITAL}){{0,6}})"
    rf"(?P<after>(?: (?:news|press|wire|state|radio|television|tv|daily|weekly|online|local"
    rf"|agency|newspaper|magazine|channel|station|network|website|broadcaster|site|outlet|service"
    rf"|show|programme|program|podcast)){{0,3}})"
)
# Outlets without a name: state television, local media, the Norvian press.
_UNNAMED = re.compile(
    r"(?:the )?(?:(?:state|local|national|public|independent|foreign|domestic|pro-\w{2,20}"
    r"|state-(?:run|owned|controlled)|[A-Z]\w{1,20}(?:an|ish|ese|i)) ){1,3}"
    r"(?:news )?(?:media|television|tv|TV|radio|press|agency|agencies|broadcasters?|newspapers?"
    r"|outlets?|channels?)\b"
)
_LONGEST = 160
_SHORTEST = 3


def outlet_at(text: str, at: int, end: int) -> Span | None:
    """The outlet whose name stands at an offset, article and nouns included, or None.

    It is one by its own name (*Halm Post*, *Radio Selme*) or by a noun beside it (*the newspaper
    Izvel*, *the Tanla news agency*).
    """
    unnamed = _UNNAMED.match(text, at, end)
    match = _NAME.match(text, at, min(end, at + _LONGEST))
    if match is None or unnamed:
        return Span(*unnamed.span()) if unnamed else None
    name, stop = match["name"], match.end()
    if not match["after"]:
        name = re.sub(r"(?:\.|[’']s)$", "", name)
        stop = match.start("name") + len(name)
    beside = {*match["noun"].split(), *match["after"].split()}
    if beside & _beside() or is_outlet(name) or _speaks(name):
        return Span(at, stop)
    return None


@cache
def _beside() -> frozenset[str]:
    listed = table("organisations")["nouns"]["media"]
    return frozenset({*listed, "television", "radio", "tv", "news"}) - {"site"}


def _speaks(name: str) -> bool:
    """Whether a name that may be anything's is an outlet's where it hears or quotes."""
    return name.lower().rsplit(maxsplit=1)[-1] in table("outlets")["speaking"]


def is_outlet(name: str) -> bool:
    """Whether a name by itself is an outlet's or an agency's."""
    heads = table("outlets")
    words = name.lower().split()
    if not words:
        return False
    if name.lower() in _known() or (len(words) == 1 and words[0] in heads["alone"]):
        return True
    if len(words) == 1:
        return len(name) > _SHORTEST and name.isupper() and name.endswith(("TV", "FM"))
    agency = words[-1] in {"agency", "agencies", "service"} and words[-2] in heads["before_agency"]
    return agency or words[-1] in heads["last"] or words[0] in heads["first"]


def is_outlet_by_front(name: str) -> bool:
    """Whether only its first word makes a name an outlet's: Radio Selme, Channel 9."""
    words = name.lower().split()
    known = name.lower() in _known() or words[-1] in table("outlets")["last"]
    return words[0] in table("outlets")["first"] and not known


@cache
def _known() -> frozenset[str]:
    return frozenset(name.lower() for name in table("outlets")["names"])
