"""The cue words of a language and the classes that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from allegedly.claims.lexicon.lemmas import inflections
from allegedly.claims.lexicon.phrases import Phrases
from allegedly.claims.lexicon.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from allegedly.records import Act

CueReading = Literal[
    "fixed",
    "open",
    "claim",
    "belief",
    "warning",
    "request",
    "insist",
    "pledge",
    "formula",
    "suspicion",
    "contest",
]
Factuality = Literal["asserted", "factive", "open", "weak", "counter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueClass:
    """What cues of one class do; the columns are explained in the data file."""

    name: str
    act: Act
    negated: Act | None
    reading: CueReading
    factuality: Factuality


@dataclass(frozen=True, slots=True, kw_only=True)
class CueLexicon:
    """Cue classes by name, cue rows by lemma, lemmas by inflected form."""

    classes: Mapping[str, CueClass]
    rows: Phrases
    lemmas: Mapping[str, str]
    negators: frozenset[str]
    refusals: Phrases
    speaking: frozenset[str]
    manner: frozenset[str]
    carrying: frozenset[str]

    def lemmatise(self, words: Sequence[str]) -> tuple[str, ...]:
        """The lemma of every word that has one here, the word itself otherwise."""
        return tuple(self.lemmas.get(word, word) for word in words)


@cache
def cue_lexicon(language: str = "en") -> CueLexicon:
    """The cue lexicon of a language; raises FileNotFoundError where there is none."""
    data = table("cues", language)
    classes = {
        row["name"]: CueClass(
            name=row["name"],
            act=cast("Act", row["act"]),
            negated=cast("Act | None", row.get("negated")),
            reading=row["reading"],
            factuality=row["factuality"],
        )
        for row in data["class"]
    }
    lemmas = _lemmas(data["class"], data["inflection"], frozenset(data["doubling"]))
    return CueLexicon(
        classes=classes,
        rows=_rows(data["class"], lemmas),
        lemmas=lemmas,
        negators=frozenset(data["negators"]),
        refusals=Phrases({"refusal": tuple(data["refusals"])}),
        speaking=frozenset(data["speaking"]),
        manner=frozenset(data["manner"]),
        carrying=frozenset(data["carrying"]),
    )


def _lemmas(
    rows: Sequence[Mapping[str, Sequence[str]]],
    irregular: Mapping[str, Sequence[str]],
    doubling: frozenset[str],
) -> dict[str, str]:
    """Every form of every first word of an entry, a listed lemma always standing for itself."""
    heads = {entry.split()[0] for row in rows for entry in row["words"]}
    heads |= irregular.keys() | {"decline", "refuse", "fail", "stop"}
    lemmas = {form: head for head in sorted(heads) for form in inflections(head, doubling=doubling)}
    lemmas |= {form: head for head, forms in irregular.items() for form in forms}
    return lemmas | {head: head for head in heads}


def _rows(rows: Sequence[Mapping[str, Sequence[str]]], lemmas: Mapping[str, str]) -> Phrases:
    """Entries with their first word as a lemma; the first class that lists an entry has it."""
    taken: dict[str, str] = {}
    for row in rows:
        for entry in row["words"]:
            lemma_row = " ".join(lemmas.get(word, word) for word in entry.split())
            taken.setdefault(lemma_row, str(row["name"]))
    labelled: dict[str, list[str]] = {}
    for entry, name in taken.items():
        labelled.setdefault(name, []).append(entry)
    return Phrases(labelled)
