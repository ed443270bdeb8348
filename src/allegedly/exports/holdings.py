"""What a ledger holds that an export can carry or lose, and how much of it a story has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from allegedly.exports.snapshot import Story
    from allegedly.store import StoredDecision


def _told(name: str) -> Callable[[Story], int]:
    return lambda story: int(getattr(story.document, name) is not None)


def _decided(story: Story, *verdicts: str) -> int:
    return sum(word.current and word.verdict in verdicts for word in _words(story))


def _words(story: Story) -> Iterator[StoredDecision]:
    """Decisions about the document and the records that leave."""
    left = {claim.id for claim in story.reading.claims} - {claim.id for claim in story.claims}
    return (word for word in story.decisions if word.subject not in left)


def _dangling(story: Story) -> int:
    chosen = {claim.id for claim in story.claims}
    return sum(t.claim not in chosen for claim in story.claims for t in claim.targets)


# The keys are those of losses.toml.
IN_STORY: Final[dict[str, Callable[[Story], int]]] = {
    "text": lambda _: 1,
    "title": _told("title"),
    "publisher": _told("publisher"),
    "published": _told("published"),
    "uri": lambda story: int(story.address is not None),
    "language": _told("language"),
    "captures": lambda story: len(story.captures),
    "zones": lambda story: len(story.reading.zones),
    "content": lambda story: len(story.claims),
    "spans": lambda story: len(story.claims),
    "cue": lambda story: sum(bool(claim.cue) for claim in story.claims),
    "source": lambda story: sum(bool(claim.sources) for claim in story.claims),
    "chain": lambda story: sum(len(claim.sources) > 1 for claim in story.claims),
    "source_spans": lambda story: sum(len(claim.sources) for claim in story.claims),
    "source_kind": lambda story: sum(len(claim.sources) for claim in story.claims),
    "source_role": lambda story: sum(
        source.role is not None for claim in story.claims for source in claim.sources
    ),
    "act": lambda story: len(story.claims),
    "form": lambda story: len(story.claims),
    "polarity": lambda story: len(story.claims),
    "modality": lambda story: len(story.claims),
    "hedges": lambda story: sum(len(claim.hedges) for claim in story.claims),
    "time": lambda story: sum(claim.time is not None for claim in story.claims),
    "time_bounds": lambda story: sum(
        bool(t.modifier or t.earliest or t.latest or t.edtf)
        for t in (claim.time for claim in story.claims)
        if t is not None
    ),
    "places": lambda story: sum(len(claim.places) for claim in story.claims),
    "coordinates": lambda story: sum(len(claim.places) for claim in story.claims),
    "quantities": lambda story: sum(len(claim.quantities) for claim in story.claims),
    "quantity_bounds": lambda story: sum(len(claim.quantities) for claim in story.claims),
    "targets": lambda story: sum(len(claim.targets) for claim in story.claims),
    "probability": lambda story: len(story.claims),
    "run": lambda story: len(set(story.runs.values())),
    "assessments": lambda story: len(story.reading.assessments),
    "silences": lambda story: len(story.reading.silences),
    "standing": lambda story: _decided(story, "accept", "reject"),
    "corrections": lambda story: _decided(story, "correct"),
    "credibility": lambda story: _decided(story, "credibility"),
    "notes": lambda story: _decided(story, "note"),
    "superseded": lambda story: sum(not word.current for word in _words(story)),
}
OUTSIDE: Final = "outside"
RATINGS: Final = "reliability"
LINKED: Final = "link_words"
COUNTED: Final = frozenset({*IN_STORY, OUTSIDE, RATINGS, LINKED})


def count(story: Story, tally: Counter[str]) -> None:
    """Add what a story holds to a tally."""
    for key, number in IN_STORY.items():
        tally[key] += number(story)
    tally[OUTSIDE] += _dangling(story)
