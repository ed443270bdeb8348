"""Words around the words of the record: who, does what, quotation marks."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from datetime import datetime
from typing import TYPE_CHECKING, Final

from allegedly.brief.quoting import MARKS, paired
from allegedly.linking.lexicon import is_title
from allegedly.linking.record import UNNAMED
from allegedly.linking.speakers import party_alone
from allegedly.linking.standing import affirming, rejects_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.records import Act, ToldClaim, Voice

LONGEST: Final = 200  # characters of a quotation; a brief is one or two pages
LONG_NAME: Final = 60  # characters of a name; what is longer has taken more in than a name
NOBODY: Final = "Nobody named"
_INITIAL: Final = re.compile(r"\b[A-Z]\.$")  # of a name or of *U.S.*, whose full stop belongs to it
_OWNED: Final = re.compile(r"['’]s?$")
# In the past tense, which is the same for one and for many.
_WORDS: Final = 4  # of a cue that is a verb with its auxiliaries, and tells no more
_VERBS: Final[dict[Act, str]] = {
    "assert": "said",
    "accuse": "said",
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
# An accusation without a clause of its own: *Selm of the fire*, *the mayor for the delay*.
_BLAMED: Final = re.compile(r"^((?:\S+ ){1,12}?)(?:of|for) (?:\w+ing|an?|the)\b")
_AMONG: Final = frozenset({"the", "a", "an", "and", "of", "each", "other", "both"})
_PARTS: Final = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
# *May* is a verb as well.
_CALENDAR: Final = frozenset(
    name.lower() for name in (*day_name, *month_name) if name not in {"", "May"}
)
_POINTING: Final = frozenset({"it", "that", "this", "these", "those", "which", "them", "so"})


def quoted(words: str) -> str:
    """The words of the record in quotation marks, cut after a word where they are many."""
    bare = re.sub(r"\s+", " ", words).strip(MARKS)
    if bare.endswith(".") and not _INITIAL.search(bare):
        bare = bare.rstrip(".")
    if len(bare) > LONGEST:
        bare = bare[:LONGEST].rsplit(" ", 1)[0].rstrip(MARKS) + " …"
    return f"“{paired(bare, words)}”"


def plain(words: str) -> str:
    """Words that stand in a line of their own: without the marks around them and their *that*."""
    return paired(re.sub(r"\s+", " ", words).strip(MARKS).removeprefix("that "), words)


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as people list them, the last ones as a number where they are many."""
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} others"
    if any(" and " in name for name in names):  # *Kyiv and Washington* are one of them
        return ", ".join(names)
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def named(voices: Sequence[Voice], most: int = 3) -> str:
    """The names of some voices; those that nobody names come last."""
    return listed(list(map(called, apart(voices))), most)


def apart(voices: Sequence[Voice]) -> list[Voice]:
    """Voices without two who speak as one where each of them is among the others by itself.

    *Peru, Chile, Lima and Santiago* are two and no three.
    """
    alone = {party_alone(voice.name) for voice in voices}
    return [voice for voice in voices if not _joint(voice.name) or not _joint(voice.name) <= alone]


def _joint(name: str) -> frozenset[str]:
    """The parties that a name of two or more of them joins, none for any other name."""
    both = [party_alone(part) for part in name.split(" and ")]
    known = frozenset(party for party in both if party)
    return known if len(both) == len(known) > 1 else frozenset()


def called(voice: Voice) -> str:
    """What somebody is called in a list of names."""
    return name_of(voice.name, first=False)


def who(claim: ToldClaim, *, first: bool = True) -> str:
    """Who speaks, with what the story calls them; nobody where nobody is named."""
    if claim.own_voice:
        return claim.outlet.name
    if claim.source is None:
        return NOBODY if first else NOBODY.lower()
    name = name_of(claim.source, first=first)
    known = claim.role is None or claim.role.casefold() in name.casefold()
    return name if known else f"{name} ({claim.role})"


def name_of(words: str, *, first: bool = True) -> str:
    """A name as a sentence begins with it, without the ending of *Moscow's claim*."""
    bare = "somebody not named" if words == UNNAMED else _OWNED.sub("", words)
    if len(bare) > LONG_NAME:
        bare = bare[:LONG_NAME].rpartition(" ")[0] + " …"
    address = "." in bare.partition(" ")[0][:-1]  # www.paper.example is written so
    return bare[:1].upper() + bare[1:] if first and not address else bare


def said_by(claim: ToldClaim, *, first: bool = True) -> str:
    """Who said what in one story, without an end; `first` where a sentence begins with it.

    In the story's own cue where it stands between source and content, else in the act's verb.
    """
    name, words = who(claim, first=first), re.sub(r"\s+", " ", claim.words).strip(MARKS)
    cue = _cue(claim) if claim.source else ""
    act = claim.act if rejects_itself(claim) else affirming(claim.act)
    verb = "reported" if claim.own_voice else cue or _VERBS[act]
    opens, _, rest = words.partition(" ")
    if claim.act == "deny" and opens.casefold() in _POINTING and len(rest.split()) <= 1:
        return f"{name} denied it"
    if opens == "that" and rest:
        return f"{name} {verb} that {quoted(rest)}"
    blamed = _BLAMED.match(words) if claim.act == "accuse" and not cue else None
    if blamed and all(map(_is_name, blamed[1].split())):
        return f"{name} accused {quoted(words)}"
    if opens == "of" and rest and not cue:
        return f"{name} spoke of {quoted(rest)}"
    return f"{name} {verb} {quoted(words)}" if cue else f"{name} {verb}: {quoted(words)}"


def _cue(claim: ToldClaim) -> str:
    """The cue as it stands within a sentence, where it is a verb with its auxiliaries alone."""
    said = claim.cue.split()
    titled = len(said) if claim.zone == "headline" else 1  # words whose capital is no name's
    small = (w if w.lower() in _CALENDAR else w.lower() for w in said[:titled])
    return " ".join([*small, *said[titled:]]) if len(said) <= _WORDS else ""


def _is_name(word: str) -> bool:
    """Whether a word is of those that name whom an accusation is made against."""
    return word[:1].isupper() or word in _AMONG or is_title(word)


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


def date_of(published: str | None) -> str:
    """The day on which something was published, without its hour."""
    return day(published[:10] if published else None)
