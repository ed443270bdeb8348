"""Who is one speaker under several names: *Moscow*, *the Kremlin*; *Zelenskiy*, *Zelensky*."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from allegedly.linking.lexicon import is_title, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.linking.lexicon import Token

_ARTICLE: Final = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_OWNED: Final = re.compile(r"['’]s?$")
_SLAVIC: Final = re.compile(r"(?<=sk)(?:iy|yy|yi|ii|yj|i)\b")  # ways to write one Cyrillic ending
_NAMES: Final = 2  # a first name and a last one


def called(name: str) -> str:
    """A name as it is compared: without article, ending of *Moscow's* and capitals."""
    bare = _OWNED.sub("", _ARTICLE.sub("", name.strip())).casefold()
    return _SLAVIC.sub("y", bare)


def party_alone(name: str) -> str | None:
    """The party that a name is of, where it names nobody of it: *the Kremlin*, *US officials*."""
    return _party_alone(tokens(_bare(name)))


def _bare(name: str) -> str:
    """A name without article and the ending of *Moscow's*."""
    return _ARTICLE.sub("", _OWNED.sub("", name.strip()))


def _party_alone(found: Sequence[Token]) -> str | None:
    party = None
    for token in found:
        if not token.party:
            if not is_title(token.text.lower()):
                return None
        elif party not in {None, token.party}:
            return None
        else:
            party = token.party
    return party


def speakers(names: Iterable[str], roles: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """For each of some names what all names of the same speaker share.

    A party is one speaker with its capital, its seat of government and its officials where
    nobody of them is named; a person is one with and without title and first name, unless two
    of these have the last name, and with what stories call them (`roles`: name and role), unless
    they call two so.
    """
    keys = {name: _key(name) for name in names}
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys.values():
        if " " in key:
            whole[key.rpartition(" ")[2]].add(key)
    keys = _resolved(keys, whole)
    known: defaultdict[str, set[str]] = defaultdict(set)
    for name, role in roles:
        known[called(role)].add(keys[name])
    return _resolved(keys, known)


def _resolved(keys: Mapping[str, str], known: Mapping[str, set[str]]) -> dict[str, str]:
    """Keys by the one that each stands for, where it is one."""
    return {
        name: next(iter(known[key])) if len(known.get(key, ())) == 1 else key
        for name, key in keys.items()
    }


@lru_cache(maxsize=20_000)  # the same few names are in every case of a time
def _key(name: str) -> str:
    bare = _bare(name)
    found = tokens(bare)
    party = _party_alone(found)
    if party is not None:
        return party.casefold()
    return called(" ".join(token.text for token in _person(found)) or bare)


def _person(found: Sequence[Token]) -> Sequence[Token]:
    """The tokens without the titles before a person's first and last name."""
    titles = list(takewhile(_is_before_a_name, found))
    rest = found[len(titles) :]
    titled = any(not token.party for token in titles)
    person = titled and len(rest) >= _NAMES and all(token.text[:1].isupper() for token in rest)
    return rest if person else found


def _is_before_a_name(token: Token) -> bool:
    return token.party is not None or is_title(token.text.lower())
