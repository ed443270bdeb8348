"""A brief put together: sections in their order, stories numbered as they are cited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from allegedly.brief import beside, claims
from allegedly.brief import saying as say
from allegedly.brief.parts import Brief, Reference, Section, Sentence
from allegedly.records import outlet_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.brief.material import Draft, Item, Material, Writing

MOST: Final = 5  # items of a section: nine sections fill two pages
CITED: Final = 3  # stories that a sentence cites by number; its words say how many there are


class _Numbers:
    """Numbers the stories in the order in which sentences cite them."""

    def __init__(self, material: Material) -> None:
        self._documents = {m.document.id: m.document for m in material.case.members}
        self._called = outlet_names(found.publisher for found in self._documents.values())
        self._numbers: dict[str, int] = {}

    def sentence(self, draft: Draft) -> Sentence:
        """A draft with the numbers of its stories: the first, and of many those known already."""
        first, *others = draft.documents
        shown = [first, *sorted(others, key=lambda name: name not in self._numbers)][:CITED]
        numbers = [self._numbers.setdefault(name, len(self._numbers) + 1) for name in shown]
        return Sentence(
            text=draft.text,
            references=tuple(sorted(numbers)),
            records=draft.records,
            document=first,
            follows=draft.follows,
        )

    def references(self) -> Iterator[Reference]:
        """The stories that were cited, by their numbers."""
        for name, number in self._numbers.items():
            found = self._documents[name]
            yield Reference(
                number=number,
                document=name,
                publisher=self._called.get(found.publisher or ""),
                title=found.title,
                published=found.published,
                uri=found.uri,
            )


def compose(material: Material, *, as_of: str = "now") -> Brief:
    """The brief of a case; the same material gives the same brief.

    `as_of` says for which moment the material was read.
    """
    numbers, case = _Numbers(material), material.case
    contested, told = dict(claims.contested(material)), dict(claims.told(material))
    shown = [*list(contested)[:MOST], *list(told)[:MOST]]
    alone = {n: item for n, item in claims.one_origin(material) if n not in contested}
    agreed = {n: item for n, item in claims.agreed(material) if n not in alone}
    planned = (
        ("What is contested", contested.values()),
        ("What both sides say", agreed.values()),
        (
            "What is said, and by whom",
            [told[n] for n in told if n not in agreed and n not in alone],
        ),
        ("What rests on one origin", alone.values()),
        ("Figures", _written(beside.figures(material))),
        ("Who changed their story", _written(beside.changes(material))),
        ("Timeline", _written(beside.timeline(material, MOST))),
        ("What the stories say of the evidence", _written(beside.assessed(material, shown))),
        ("Open questions", _written(beside.questions(material, shown))),
    )
    made = [_section(heading, found, numbers) for heading, found in planned]
    return Brief(
        case=case.id,
        name=case.name,
        title=case.title,
        description=case.description,
        as_of=as_of,
        summary=summary(material),
        sections=tuple(section for section in made if section.sentences),
        references=tuple(numbers.references()),
    )


def _written(found: Iterable[Item]) -> Iterator[Writing]:
    """Items that are in words already, for there are few of them."""
    return (partial(tuple, item) for item in found)


def _section(heading: str, found: Iterable[Writing], numbers: _Numbers) -> Section:
    every = list(found)
    most = len(every) if heading == "Open questions" else MOST
    return Section(
        heading=heading,
        sentences=tuple(numbers.sentence(draft) for item in every[:most] for draft in item()),
        left_out=max(0, len(every) - most),
    )


def summary(material: Material) -> str:
    """How much there is, counted: stories, publishers, days, texts."""
    documents = [member.document for member in material.case.members]
    outlets = {*outlet_names(document.publisher for document in documents).values()}
    days = sorted(document.published[:10] for document in documents if document.published)
    told = " to ".join(dict.fromkeys(map(say.day, (days[0], days[-1])))) if days else "undated"
    named = f" of {len(outlets)} publishers" if len(outlets) > 1 else ""
    texts = say.origins(material.case.independent)
    joined = any(len(group.members) > 1 for group in material.told.record.groups.values())
    note = " What is to the same effect was found by a machine." if joined else ""
    many = say.stories(len(documents)).capitalize()
    return f"{many}{named}, {told}; by their wording {texts}.{note}"
