"""Every name of a document with its fullest form."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from allegedly.claims.naming.lists import names, singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.claims.mentions import Gender, Mention, MentionKind

# A text with more names that share a word than this is a list, not a story.
_MANY = 60
_BOTH = 2


@dataclass(slots=True, kw_only=True)
class Entry:
    """One name in its fullest form with what its mentions tell together."""

    name: str
    kind: MentionKind = "other"
    gender: Gender | None = None
    roles: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Directory:
    """Finds the fullest form of a name; built once for a document."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_word: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._acronyms: dict[str, str] = {}
        self._initials: dict[str, str] = {}
        self._people: set[str] = set()
        self._titled: dict[str, Counter[Gender]] = defaultdict(Counter)
        self.entries: dict[str, Entry] = {}
        for mention in mentions:
            self._note(mention)
        for mention in mentions:
            self._gather(mention)

    def _note(self, mention: Mention) -> None:
        if mention.acronym:
            self._acronyms.setdefault(_bare(mention.acronym), mention.name)
        parts = mention.name.split()
        if mention.gender and len(parts) == 1:
            self._titled[mention.name][mention.gender] += 1
        if len(parts) > 1:
            if mention.kind == "person":
                self._people.add(mention.name)
            initials = "".join(part[0] for part in parts if part[0].isupper())
            self._initials.setdefault(initials, mention.name)
            for word in {parts[0].lower(), parts[-1].lower()}:
                self._by_word[word][mention.name].append(mention.span.start)

    def _gather(self, mention: Mention) -> None:
        name = self.full(mention.name, mention.span.start, mention.gender)
        entry = self.entries.setdefault(name, Entry(name=name))
        if entry.kind == "other" or mention.kind == "person":
            entry.kind = mention.kind
        entry.gender = entry.gender or mention.gender
        entry.places.append(mention.span.start)
        if mention.role and mention.role not in entry.roles[:_MANY]:
            entry.roles.append(mention.role)

    @cached_property
    def lone(self) -> dict[Gender | None, list[str]]:
        """By gender, the surnames that belong to somebody of whom no given name is known."""
        surnames = {name.rsplit(maxsplit=1)[-1] for name in self.entries if " " in name}
        found: dict[Gender | None, list[str]] = defaultdict(list)
        for name, entry in self.entries.items():
            if name in surnames and entry.kind == "person":
                found[entry.gender].append(name)
        return found

    def by_role(self) -> dict[str, list[Entry]]:
        """The named people by each word of their roles, singular and lower case."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            words = {_whole(word) for role in entry.roles for word in role.lower().split()}
            for word in words:
                found[word].append(entry)
        return found

    def full(self, name: str, at: int, gender: Gender | None = None) -> str:
        """The fullest form of a name seen at an offset; the name itself where none is fuller."""
        bare = _bare(name)
        if bare in self._acronyms:
            return self._acronyms[bare]
        fuller = self._fuller(name)
        if name.lower() in names().places:
            # Paris may be the city or Ms Paris: a person of that name in the story decides.
            fuller = [found for found in fuller if found[0] in self._people]
            return _nearest(fuller, at) or name
        if gender:
            # Mrs Kong is nobody's city, and of two people the one whose gender agrees.
            fuller = [f for f in fuller if f[0].lower() not in names().places]
            agreeing = [f for f in fuller if self._gender(f[0]) in {None, gender}]
            # Where Mr and Ms of one surname both occur, they are two people.
            fuller = agreeing or (fuller if len(self._titled[name]) < _BOTH else [])
        return _nearest(fuller, at) or self._spelled(name) or name

    def _gender(self, name: str) -> Gender | None:
        first = name.split(maxsplit=1)[0].lower()
        if first in names().female_names:
            return "female"
        if first in names().male_names:
            return "male"
        titled = self._titled.get(name.rsplit(maxsplit=1)[-1])
        if not titled or len(titled) < _BOTH:
            return None
        (most, count), (_, other) = titled.most_common(2)
        return most if count > other else None

    def _fuller(self, name: str) -> list[tuple[str, list[int]]]:
        """Longer names that end with this one, else those that begin with it."""
        parts = [part.lower() for part in name.split()]
        longer = [
            (other, places)
            for other, places in islice(self._by_word.get(parts[-1], {}).items(), _MANY)
            if len(other) > len(name)
        ]
        split = [([part.lower() for part in other.split()], other, p) for other, p in longer]
        ending = [(other, p) for words, other, p in split if _ends(words, parts)]
        if ending or len(parts) > 1:
            return ending
        return [(other, p) for words, other, p in split if self._begins(words, other, parts[0])]

    def _begins(self, words: Sequence[str], other: str, first: str) -> bool:
        """A given name alone, a firm by its first word, or a ministry without its complement."""
        if words[0] != first:
            return False
        firm = words[-1].rstrip(".") in names().firms and first not in names().heads
        return firm or other in self._people or words[1] in {"of", "for"}

    def _spelled(self, name: str) -> str | None:
        """A full name whose initials the acronym is made of."""
        if not (name.isupper() and 1 < len(_bare(name)) < 8):  # noqa: PLR2004
            return None
        return self._initials.get(_bare(name))


def _whole(word: str) -> str:
    """A word of a role as a description would have it: *Gov.* as *governor*."""
    return names().short_titles.get(word.rstrip("."), singular(word))


def _bare(acronym: str) -> str:
    return acronym.replace(".", "")


def _ends(words: Sequence[str], parts: Sequence[str]) -> bool:
    """Whether a longer name is the same one: same end, and the same given name if it has one."""
    heads = names().heads
    if len(parts) == 1 and parts[0] not in heads and any(word in heads for word in words[:-1]):
        return False
    complete = len(parts) > 1 and parts[0] in names().first_names
    if words[-len(parts) :] == list(parts) and not complete:
        return not (words[0] in names().places and len(parts) == 1 and words[-1] in names().plain)
    middle = len(parts) > 1 and words[0] == parts[0] and words[-1] == parts[-1]
    return middle and len(words) > len(parts)


def _nearest(found: Iterable[tuple[str, list[int]]], at: int) -> str | None:
    """The name last seen before an offset, else the first one after it."""
    ranked = []
    for name, places in found:
        seen = bisect_right(places, at)
        distance = at - places[seen - 1] if seen else (1 << 40) + places[0]
        # The story's main bearer of a surname is who is named in full most often.
        unknown = name.split(maxsplit=1)[0].lower() not in names().first_names
        ranked.append((unknown, -len(places), distance, -len(name), name))
    return min(ranked)[-1] if ranked else None
