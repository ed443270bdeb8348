"""A brief put together: sections in their order, stories numbered as they are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allegedly.brief import drafts
from allegedly.brief import saying as say
from allegedly.brief.accounts import accounts
from allegedly.brief.parts import Brief, Reference, Section, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.brief.accounts import Material
    from allegedly.brief.drafts import Draft

MOST: Final = 6  # sentences of a section: eight sections fill two pages
CITED: Final = 6  # stories that a sentence cites by number; its words say how many there are


class _Numbers:
    """Numbers the stories in the order in which sentences cite them."""

    def __init__(self, material: Material) -> None:
        self._documents = {m.document.id: m.document for m in material.case.members}
        self._numbers: dict[str, int] = {}

    def sentence(self, draft: Draft) -> Sentence:
        """A draft with the numbers of its stories."""
        shown = draft.documents[:CITED]
        numbers = [self._numbers.setdefault(name, len(self._numbers) + 1) for name in shown]
        return Sentence(text=draft.text, references=tuple(sorted(numbers)), records=draft.records)

    def references(self) -> Iterator[Reference]:
        """The stories that were cited, by their numbers."""
        for name, number in self._numbers.items():
            found = self._documents[name]
            yield Reference(
                number=number,
                document=name,
                publisher=found.publisher,
                title=found.title,
                published=found.published,
                uri=found.uri,
            )


def compose(material: Material, *, as_of: str = "now") -> Brief:
    """The brief of a case; the same material gives the same brief.

    `as_of` says for which moment the material was read.
    """
    told, numbers, case = accounts(material), _Numbers(material), material.case
    planned = (
        ("What is said, and by whom", drafts.main(told)),
        ("What both sides say", drafts.agreed(told)),
        ("What is contested", drafts.contested(told)),
        ("What rests on one origin", drafts.one_origin(told, material)),
        ("Figures", drafts.figures(told, material)),
        ("Timeline", drafts.timeline(told, MOST)),
        ("What the stories say of the evidence", drafts.assessed(material)),
        ("Open questions", drafts.unanswered(told, material)),
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


def _section(heading: str, found: Iterable[Draft], numbers: _Numbers) -> Section:
    every = list(found)
    sentences = tuple(numbers.sentence(draft) for draft in every[:MOST])
    return Section(heading=heading, sentences=sentences, left_out=len(every) - len(sentences))


def summary(material: Material) -> str:
    """How much there is, counted: stories, publishers, days, texts."""
    documents = [member.document for member in material.case.members]
    outlets = {document.publisher for document in documents if document.publisher}
    days = sorted(document.published[:10] for document in documents if document.published)
    told = " to ".join(dict.fromkeys(map(say.day, (days[0], days[-1])))) if days else "undated"
    named = f" of {len(outlets)} publishers" if len(outlets) > 1 else ""
    texts = say.origins(material.case.independent)
    joined = " What is to the same effect was found by a machine." if material.linked.groups else ""
    many = say.stories(len(documents)).capitalize()
    return f"{many}{named}, {told}; by their wording {texts}.{joined}"
