"""The columns that people see, one row a claim: what was read first, what was decided beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from allegedly.exports import wording
from allegedly.exports.numbering import Lines, numbers
from allegedly.records import words
from allegedly.store import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim
    from allegedly.store import Stands, StoredDecision

Cell = str | int | float | None
Origin = Literal["read", "decided", "story"]
_SHOWN_APART: Final = frozenset({"act", "sources"})  # corrections with a column of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim with its story, its number there, and what was decided."""

    story: Story
    claim: Claim
    number: int
    line: int
    links: Mapping[str, list[int]]
    standing: tuple[str, ...]
    words: tuple[StoredDecision, ...]
    reliability: str | None

    @property
    def text(self) -> str:
        """The text of the document."""
        return self.story.document.text

    @property
    def stands(self) -> Stands:
        """How people left the claim."""
        return self.story.standing(self.claim.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, who its words are, its width in characters, and its cell of a row."""

    name: str
    about: str
    origin: Origin
    width: int
    cell: Callable[[Row], Cell]


def rows(snapshot: Snapshot, story: Story) -> Iterator[Row]:
    """The selected claims of a story, in the order of the text."""
    number, lines = numbers(story.reading.claims), Lines.of(story.document.text)
    links = wording.links(story.reading)
    standing = _standing(story)
    for claim in story.claims:
        yield Row(
            story=story,
            claim=claim,
            number=number[claim.id],
            line=lines.number(claim.content[0]),
            links=links.get(claim.id, {}),
            standing=tuple(standing.get(claim.id, ())),
            words=story.words_on(claim.id),
            reliability=_reliability(snapshot, claim),
        )


def _standing(story: Story) -> dict[str, list[str]]:
    """What the story, or somebody in it, says about the standing of each claim."""
    found: dict[str, list[str]] = {}
    for assessment in story.reading.assessments:
        said = wording.ASSESSMENTS[assessment.kind]
        by = wording.judge(assessment, story.document)
        for claim in assessment.about:
            found.setdefault(claim, []).append(f"{said} ({by})")
    return found


def _reliability(snapshot: Snapshot, claim: Claim) -> str | None:
    """The rating that a person gave the innermost source; the name is the machine's."""
    name = claim.sources[-1].name if claim.sources else None
    word = snapshot.ratings.get(folded(name)) if name else None
    return None if word is None else str(word.value)


def _source(row: Row) -> Cell:
    return wording.innermost(row.claim, row.text)


def _through(row: Row) -> Cell:
    outer = row.claim.sources[:-1]
    return " › ".join(wording.hop(source, row.text)[0] for source in outer) or None


def _innermost(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.claim.sources[-1], name) if row.claim.sources else None


def _said(name: str) -> Callable[[Row], Cell]:
    return lambda row: words(row.text, getattr(row.claim, name)) or None


def _source_words(row: Row) -> Cell:
    return words(row.text, row.claim.sources[-1].spans) or None if row.claim.sources else None


def _plain(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.claim, name)


def _links(row: Row) -> Cell:
    told = (
        f"{relation} {', '.join(f'#{number}' for number in found)}"
        for relation, found in row.links.items()
    )
    return "; ".join(told) or None


def _document(name: str) -> Callable[[Row], Cell]:
    return lambda row: getattr(row.story.document, name)


def _decided_source(row: Row) -> Cell:
    sources = (row.stands.corrected or {}).get("sources")
    return (sources[-1]["name"] if sources else "nobody") if sources is not None else None


def _decided_act(row: Row) -> Cell:
    act = (row.stands.corrected or {}).get("act")
    return None if act is None else str(act)


def _decided_else(row: Row) -> Cell:
    told = []
    for field, value in (row.stands.corrected or {}).items():
        if field == "content":
            told.append(f"content: {' … '.join(row.text[start:end] for start, end in value)}")
        elif field not in _SHOWN_APART:
            told.append(f"{field}: {value if isinstance(value, str) else json.dumps(value)}")
    return "; ".join(told) or None


def _status(row: Row) -> Cell:
    return row.stands.status if row.stands.status != "suggested" else None


def _reasons(row: Row) -> Cell:
    return "; ".join(f"{word.verdict}: {word.reason}" for word in row.words) or None


def _reviewers(row: Row) -> Cell:
    return ", ".join(dict.fromkeys(word.reviewer for word in row.words)) or None


def _column(
    name: str, origin: Origin, width: int, cell: Callable[[Row], Cell], about: str
) -> Column:
    return Column(name=name, about=about, origin=origin, width=width, cell=cell)


COLUMNS: Final = (
    _column("no", "read", 6, lambda row: row.number, "number of the claim in its story"),
    _column("source", "read", 26, _source, "who answers for it: the innermost source"),
    _column("act", "read", 11, _plain("act"), "assert, accuse, deny …"),
    _column("content", "read", 70, _said("content"), "the exact words; … where they are broken"),
    _column("through", "read", 22, _through, "through whom, outermost first"),
    _column("links", "read", 20, _links, "what it denies or is denied by, by number in the story"),
    _column(
        "standing in the story",
        "read",
        26,
        lambda row: "; ".join(row.standing) or None,
        "what the story, or somebody in it, says of it",
    ),
    _column("decided: status", "decided", 12, _status, "accepted, rejected, corrected, reopened"),
    _column("decided: act", "decided", 11, _decided_act, "a person's correction"),
    _column("decided: source", "decided", 20, _decided_source, "a person's correction"),
    _column("decided: other", "decided", 26, _decided_else, "a person's other corrections"),
    _column(
        "decided: credibility",
        "decided",
        11,
        lambda row: row.stands.credibility,
        "1 to 6, a person's rating of the claim",
    ),
    _column(
        "decided: reliability",
        "decided",
        11,
        lambda row: row.reliability,
        "A to F, a person's rating of the source",
    ),
    _column("decided: by", "decided", 14, _reviewers, "who decided"),
    _column("decided: reasons", "decided", 32, _reasons, "each verdict with its reason"),
    _column("publisher", "story", 20, _document("publisher"), "who published the story"),
    _column("published", "story", 12, _document("published"), "when, as the story has it"),
    _column("story", "story", 40, lambda row: row.story.title, "title or headline"),
    _column("address", "story", 30, lambda row: row.story.address, "where the story was met"),
    _column("role", "read", 24, _innermost("role"), "what the story calls the source"),
    _column("source kind", "read", 13, _innermost("kind"), "person, government, document …"),
    _column("words for the source", "read", 24, _source_words, "the exact words"),
    _column("cue", "read", 16, _said("cue"), "the words that make the attribution"),
    _column("form", "read", 9, _plain("form"), "direct, mixed, indirect"),
    _column("polarity", "read", 9, _plain("polarity"), "positive, negative"),
    _column("modality", "read", 11, _plain("modality"), "certain, probable, possible …"),
    _column("hedges", "read", 16, _said("hedges"), "the words that show it"),
    _column(
        "time",
        "read",
        20,
        lambda row: wording.moment(row.claim.time) if row.claim.time else None,
        "when it is said to have happened",
    ),
    _column(
        "places",
        "read",
        30,
        lambda row: "; ".join(map(wording.where, row.claim.places)) or None,
        "where, with the radius of certainty",
    ),
    _column(
        "quantities",
        "read",
        24,
        lambda row: "; ".join(map(wording.amount, row.claim.quantities)) or None,
        "how many of what",
    ),
    _column("zone", "read", 11, _plain("zone"), "story, headline, caption, social_post"),
    _column("line", "read", 6, lambda row: row.line, "line of the text where the words begin"),
    _column(
        "probability",
        "read",
        10,
        lambda row: round(row.claim.probability, 3),
        "the model's own, that this was said there so",
    ),
    _column("claim", "read", 34, _plain("id"), "id of the claim"),
    _column("document", "story", 34, lambda row: row.story.stored.id, "id of the document"),
)
