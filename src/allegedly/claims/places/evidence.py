"""Whether a name that some place bears is a place here: what its neighbours tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from allegedly.claims.naming.lists import names
from allegedly.claims.places.atlas import table
from allegedly.claims.places.folding import fold
from allegedly.claims.places.names import qualifiers
from allegedly.claims.places.ranking import prominence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from allegedly.claims.places.gazetteer import Entry
    from allegedly.claims.places.toponyms import Toponym, Word

    Floats = NDArray[np.float64]

SIGNS = (
    "always",
    "prominence",
    "country",
    "region",
    "feature",
    "only_alias",
    "several_words",
    "ordinary",
    "never",
    "lower_in_text",
    "first_name",
    "surname_here",
    "surname_but_located",
    "capitals",
    "after_inside",
    "after_toward",
    "after_of",
    "after_part",
    "after_title",
    "after_first_name",
    "after_capital",
    "after_the",
    "after_stop",
    "before_capital",
    "before_area",
    "before_body",
    "after_whole",
    "before_whole",
    "before_speaking",
    "possessive",
    "before_comma_place",
    "after_comma_place",
    "container_named",
    "vouched",
    "ordinary_and_inside",
    "capital_and_prominence",
    "body_and_prominence",
)
LESS_KNOWN = 1.5  # as if thirty times fewer people lived there
_ORDINARY = (("ordinary", "words"), ("never", "never"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """Words around a name, from context.toml."""

    inside: frozenset[str]
    toward: frozenset[str]
    of: frozenset[str]
    parts: frozenset[str]
    titles: frozenset[str]
    areas: frozenset[str]
    bodies: frozenset[str]
    speaking: frozenset[str]
    wholes: frozenset[str]
    ordinary: frozenset[str]
    never: frozenset[str]


@cache
def _lists() -> _Lists:
    read = table("context")
    keys = ("inside", "toward", "of", "parts", "titles", "areas", "bodies", "speaking", "wholes")
    sets = {key: frozenset(read[key]) for key in keys}
    sets |= {new: frozenset(table("ordinary")[key].split()) for new, key in _ORDINARY}
    return _Lists(**sets)


class Signs:
    """Reads the signs of every toponym of one document."""

    def __init__(self, text: str, words: Sequence[Word], found: Sequence[Toponym]) -> None:
        self._text, self._words, self._found = text, words, found
        self._lists = _lists()
        self._qualified = qualifiers(text, found)
        self._by_name: dict[str, tuple[float, ...]] = {}
        self._lower = {w.text for w in words if w.text.islower()}
        self._surnames = self._people()
        distinct = {t.name: t for t in found}
        self._regions = Counter(e.row for t in distinct.values() for e in _strong(t))
        self._vouched = {t.name for t in found if self._before(t) in self._lists.inside}

    def table(self) -> Floats:
        """One row of signs for each toponym."""
        rows = [self._row(i) for i in range(len(self._found))]
        return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNS))

    def _people(self) -> frozenset[str]:
        """Words that follow a first name or a title somewhere in the text."""
        firsts = names().first_names
        pairs = pairwise(self._words)
        return frozenset(
            b.text
            for a, b in pairs
            if b.text[0].isupper()
            and b.start - a.tail <= len(". ")
            and (a.text.lower() in firsts or a.text.lower() in self._lists.titles)
            and a.text[0].isupper()
        )

    def _before(self, t: Toponym) -> str:
        """The word before a name in lower case, nothing where a stop lies between."""
        if t.first == 0:
            return ""
        word = self._words[t.first - 1]
        gap = self._text[word.tail : t.span.start]
        short = gap.startswith(".") and len(word.text) <= len("Sgt") + 1
        return word.text.lower() if gap.isspace() or short or gap == "-" else ""

    def _after(self, t: Toponym) -> str:
        """The word after a name, nothing where a stop or comma lies between."""
        if t.last >= len(self._words):
            return ""
        word = self._words[t.last]
        gap = self._text[t.span.end : word.start]
        return word.text if gap.isspace() and "\n" not in gap else ""

    def _row(self, i: int) -> list[float]:
        t, lists = self._found[i], self._lists
        single = t.last - t.first == 1
        low = fold(t.name)
        ordinary = single and low in lists.ordinary
        known, *kinds, container = self._meanings(t)
        before, after = self._before(t), self._after(t)
        capital_before = self._capital_before(t)
        capital_after = bool(after) and after[0].isupper()
        area, body = after.lower() in lists.areas, after.lower() in lists.bodies
        inside = before in lists.inside
        surname = single and t.name in self._surnames
        first = before in names().first_names
        alone_capital = capital_after and not area and not body
        return [
            1.0,
            known / 5,
            *kinds,
            float(not single),
            float(ordinary),
            float(single and low in lists.never),
            float(single and t.name.lower() in self._lower),
            float(single and low in names().first_names),
            float(surname),
            float(surname and (inside or before in lists.toward)),
            float(t.name.isupper() and "." not in t.name),
            float(inside),
            float(before in lists.toward),
            float(before in lists.of),
            float(before in lists.parts),
            float(before in lists.titles),
            float(first and capital_before),
            float(capital_before and before not in lists.titles | lists.parts and not first),
            float(before == "the"),
            float(not before),
            float(alone_capital),
            float(area),
            float(body),
            float(self._after_whole(t, before)),
            float(capital_after and after.lower() in lists.wholes),
            float(after in lists.speaking),
            float(self._text[t.span.end : t.span.end + 2] in {"'s", "’s"}),
            float(self._qualified[i] is not None),
            float(i > 0 and self._qualified[i - 1] is not None),
            container,
            float(t.name in self._vouched and not inside),
            float(ordinary and inside),
            alone_capital * known / 5,
            body * known / 5,
        ]

    def _meanings(self, t: Toponym) -> tuple[float, ...]:
        """What the meanings of a name tell, found once for each name."""
        found = self._by_name.get(t.name)
        if found is None:
            entries = t.entries
            found = self._by_name[t.name] = (
                max(map(_known, entries)),
                float(any(e.kind == "country" for e in entries)),
                float(any(e.kind == "region" and not e.alias for e in entries)),
                float(any(e.kind in {"feature", "continent"} for e in entries)),
                float(all(e.alias for e in entries)),
                float(any(self._regions[row] for e in entries for row in e.above)),
            )
        return found

    def _after_whole(self, t: Toponym, before: str) -> bool:
        """Whether a name is the end of another thing's (*Strait of Hale*, *Lake Placid*)."""
        n = t.first - 2 if before in self._lists.of else t.first - 1
        if not before or n < 0:
            return False
        word = self._words[n].text
        return word[0].isupper() and word.lower() in self._lists.wholes

    def _capital_before(self, t: Toponym) -> bool:
        """Whether a capitalised word that is no place stands before a name without a stop."""
        if not self._before(t):
            return False
        word = self._words[t.first - 1]
        return word.text[0].isupper() and word.text.lower() not in self._lists.inside


def _known(entry: Entry) -> float:
    """Prominence; a town by a foreign or old name is not so well known.

    Divisions are listed by their local names, so that the English one is an alias there.
    """
    return prominence(entry) - LESS_KNOWN * (entry.alias and entry.kind in {"city", "capital"})


def _strong(t: Toponym) -> list[Entry]:
    """The countries and regions that a name means by its own main name."""
    return [e for e in t.entries if e.kind in {"country", "region"} and not e.alias]
