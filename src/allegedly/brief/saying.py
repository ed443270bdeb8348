"""Words around the words of the record: who, does what, quotation marks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.brief.accounts import Account, Saying
    from allegedly.records import Act

LONGEST: Final = 220  # characters of a quotation; a brief is one or two pages
NOBODY: Final = "Nobody named"
_INITIAL: Final = re.compile(r"\b[A-Z]\.$")  # of a name or of *U.S.*, whose full stop belongs to it
_MARKS: Final = '“”"‘’ \n\t,;:'
# In the past tense, which is the same for one and for many.
_VERBS: Final[dict[Act, str]] = {
    "assert": "said",
    "accuse": "accused",
    "deny": "denied",
    "confirm": "confirmed",
    "announce": "announced",
    "threaten": "threatened",
    "promise": "promised",
    "demand": "demanded",
    "speculate": "thought possible",
    "condemn": "condemned",
    "praise": "praised",
    "ask": "asked",
}
_PARTS: Final = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_POINTING: Final = frozenset({"it", "that", "this", "these", "those", "which", "them", "so"})


def quoted(words: str) -> str:
    """The words of the record in quotation marks, cut after a word where they are many."""
    bare = re.sub(r"\s+", " ", words).strip(_MARKS)
    if bare.endswith(".") and not _INITIAL.search(bare):
        bare = bare[:-1]
    if len(bare) > LONGEST:
        bare = bare[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{bare}”"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as people list them, the last ones as a number where they are many."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} others"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def who(saying: Saying) -> str:
    """Who speaks, with what the story calls them; nobody where nobody is named."""
    if saying.speaker is None:
        return NOBODY
    name = name_of(saying.speaker)
    known = saying.role is None or saying.role.casefold() in name.casefold()
    return name if known else f"{name} ({saying.role})"


def name_of(words: str) -> str:
    """A name as a sentence begins with it, without the ending of *Moscow's claim*."""
    bare = re.sub(r"['’]s?$", "", words)
    return bare[:1].upper() + bare[1:]


def others(account: Account) -> str:
    """Who else says the same, as a machine compared it; empty where nobody does.

    The words that are quoted are the shown speaker's alone.
    """
    names: dict[str, str] = {}
    for name in account.speakers:
        names.setdefault(name_of(name).casefold(), name_of(name))
    names.pop(name_of(account.shown.speaker or "").casefold(), None)
    return f"; to the same effect {listed(list(names.values()))}" if names else ""


def does(act: Act) -> str:
    """The verb of an act."""
    return _VERBS[act]


def says(account: Account) -> str:
    """Who said what, and who else said so, without an end."""
    return f"{said_by(account.shown)}{others(account)}"


def said_by(saying: Saying) -> str:
    """Who said what in one story."""
    return _said(who(saying), saying)


def _said(name: str, saying: Saying) -> str:
    verb = "reported" if saying.own_voice else does(saying.claim.act)
    words = re.sub(r"\s+", " ", saying.quote).strip(_MARKS)
    first, _, rest = words.partition(" ")
    if saying.claim.act == "deny" and first.casefold() in _POINTING and len(rest.split()) <= 1:
        return f"{name} denied it"
    if first == "of" and rest:
        return f"{name} spoke of {quoted(rest)}"
    if first == "that" and rest:
        return f"{name} {verb} that {quoted(rest)}"
    return f"{name} {verb}: {quoted(words)}"


def stories(count: int) -> str:
    """A number of stories."""
    return "one story" if count == 1 else f"{count} stories"


def origins(count: int) -> str:
    """A number of origins."""
    return "one origin" if count == 1 else f"{count} origins"


def day(moment: str | None) -> str:
    """A date or time as people write it; what is no full date stays as it is."""
    if moment is None:
        return "undated"
    date, _, part = moment.partition("T")
    if part in _PARTS:
        return f"{day(date)}, {_PARTS[part]}"
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    shown = f"{found.day} {found:%B %Y}"
    return shown if len(moment) <= len("2031-05-03") else f"{shown} {found:%H:%M}"


def once(sayings: Iterable[Saying]) -> list[Saying]:
    """One saying of each speaker, the earliest."""
    found: dict[str | None, Saying] = {}
    for saying in sayings:
        found.setdefault(saying.speaker, saying)
    return list(found.values())
