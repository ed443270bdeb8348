"""Lines of brat's standoff format, as its manual has them, each checked against the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

_MARK: Final = re.compile(r"(\S+) (\d{1,10} \d{1,10}(?:;\d{1,10} \d{1,10})*)")
_RELATION: Final = re.compile(r"(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE: Final = re.compile(r"(\S+) (\S+)(?: (\S+))?")
_NOTE: Final = re.compile(r"(\S+) (\S+)")
# Events, equivalences and normalisations say nothing that we ask.
_PASSED_OVER: Final = ("E", "*", "N", "M")


class StandoffError(ValueError):
    """A file that is no standoff; the message says why."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A text-bound annotation."""

    name: str
    kind: str
    pairs: list[list[int]]


@dataclass(slots=True)
class Standoff:
    """The annotations of one file; `wrong` names lines that do not hold, with the reason."""

    marks: dict[str, Mark] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    _relations: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    _notes: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: str) -> list[Mark]:
        """Marks of a type, in the order of the text."""
        return sorted((m for m in self.marks.values() if m.kind == kind), key=lambda m: m.pairs)

    def related(self, name: str, relation: str) -> list[Mark]:
        """What a mark is related to."""
        found = self._relations.get((name, relation), [])
        return [self.marks[other] for other in found if other in self.marks]

    def attribute(self, name: str, attribute: str) -> str | None:
        """The value of a mark's attribute."""
        return self._attributes.get((name, attribute))

    def notes(self, name: str, kind: str) -> list[str]:
        """All notes of a kind on a mark."""
        return self._notes.get((name, kind), [])

    def note(self, name: str, kind: str) -> str | None:
        """The last note of a kind on a mark; None where it says nothing."""
        found = self.notes(name, kind)
        return (found[-1].strip() or None) if found else None

    def take(self, line: str, text: str) -> None:
        """One line; raises StandoffError for what no annotation looks like."""
        name, _, rest = line.partition("\t")
        if line.startswith("T"):
            self._take_mark(name, rest, text)
        elif line.startswith("R"):
            found = _matched(_RELATION, rest)
            self._relations[found[2], found[1]].append(found[3])
        elif line.startswith("A"):
            found = _matched(_ATTRIBUTE, rest)
            self._attributes[found[2], found[1]] = found[3] or ""
        elif line.startswith("#"):
            about, _, told = rest.partition("\t")
            found = _matched(_NOTE, about)
            self._notes[found[2], found[1]].append(told)
        elif not line.startswith(_PASSED_OVER):
            raise StandoffError("no annotation of brat's")

    def _take_mark(self, name: str, rest: str, text: str) -> None:
        places, _, said = rest.partition("\t")
        kind, spans = _matched(_MARK, places).groups()
        pairs = [[int(place) for place in span.split()] for span in spans.split(";")]
        if any(not 0 <= start < end <= len(text) for start, end in pairs):
            raise StandoffError(f"{spans} is outside a text of {len(text)}")
        cut = " ".join(text[start:end] for start, end in pairs)
        if "".join(cut.split()) != "".join(said.split()):
            raise StandoffError(f"its words are not those at {spans}: the text is another")
        self.marks[name] = Mark(name, kind, pairs)


def parse(content: str, text: str) -> Standoff:
    """The annotations of a file about a text; raises StandoffError where it is none at all.

    A file in which no line holds is no standoff.
    """
    made = Standoff()
    lines = [line for line in content.split("\n") if line.strip()]
    for line in lines:
        try:
            made.take(line, text)
        except StandoffError as error:
            made.wrong.append((line.partition("\t")[0][:20], str(error)))
    if lines and len(made.wrong) == len(lines):
        raise StandoffError(f"no line of it holds: {made.wrong[0][1]}")
    return made


def _matched(pattern: re.Pattern[str], line: str) -> re.Match[str]:
    found = pattern.fullmatch(line)
    if found is None:
        raise StandoffError("its fields are not brat's")
    return found
