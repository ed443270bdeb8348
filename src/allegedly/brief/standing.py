"""How a claim stands and what is open, in the words that brief, command and desk share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import (
        Act,
        AssessmentKind,
        ChangeKind,
        Figure,
        QuestionKind,
        Standing,
        Voice,
    )

# What is done to the words of a claim; an accusation is an assertion of what somebody did.
ACTS: Final[dict[Act, str]] = {
    "assert": "asserted by",
    "accuse": "asserted by",
    "deny": "denied by",
    "confirm": "asserted by",
    "announce": "announced by",
    "threaten": "threatened by",
    "promise": "promised by",
    "demand": "demanded by",
    "speculate": "thought possible by",
    "condemn": "condemned by",
    "praise": "praised by",
    "ask": "asked by",
}
ASSESSED: Final[dict[AssessmentKind, str]] = {
    "verified": "independently verified by",
    "could_not_verify": "could not be verified by",
    "no_evidence": "no evidence presented according to",
    "false": "called false by",
    "misleading": "called misleading by",
    "under_investigation": "under investigation according to",
}
QUESTIONS: Final[dict[QuestionKind, str]] = {
    "silence": "Kept silent",
    "unanswered": "Asked, and answered in no story",
    "unasked": "Accused, and no answer in any story",
    "one_origin": "In several stories, from one origin",
    "one_side": "Said by one side alone",
    "unverified": "Could not be verified",
}
CHANGES: Final[dict[ChangeKind, str]] = {
    "figure": "another figure",
    "negation": "the contrary",
    "update": "went back on it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a standing: what was done to the claim, and who did it."""

    what: str
    voices: tuple[Voice, ...]


def facts(stands: Standing) -> tuple[Fact, ...]:
    """How a claim stands, line by line: who says it, who rejects it, what is said of evidence."""
    return tuple(fact for fact in _facts(stands) if fact.voices)


def _facts(stands: Standing) -> Iterator[Fact]:
    yield Fact(what=ACTS[stands.act], voices=stands.asserted_by)
    yield Fact(what="told as their own by", voices=stands.own_voice_of)
    yield Fact(what="confirmed by", voices=stands.confirmed_by)
    yield Fact(what="denied by", voices=stands.denied_by)
    yield Fact(what="contradicted by", voices=stands.contradicted_by)
    for kind, what in ASSESSED.items():
        voices = tuple(voice for each, voice in stands.assessed if each == kind)
        note = " (as they say)" if kind == "verified" else ""
        yield Fact(what=f"{what}{note}", voices=voices)
    yield Fact(what="said otherwise since by", voices=stands.changed_by)


def counted(stands: Standing) -> str:
    """In how many stories it is, and of how many origins."""
    stories = "one story" if stands.stories == 1 else f"{stands.stories} stories"
    origins = "one origin" if stands.origins == 1 else f"{stands.origins} origins"
    return stories if stands.stories == 1 else f"{stories} of {origins}"


def at_the_desk(stands: Standing) -> str:
    """What the desk decided on the claims of a group, apart from the record; empty for nothing."""
    parts = (
        f"{len(decided)} {verdict}"
        for decided, verdict in (
            (stands.decided_accepted, "accepted"),
            (stands.decided_rejected, "rejected"),
        )
        if decided
    )
    return ", ".join(parts)


def span_of(figure: Figure) -> str:
    """From which to which number a figure goes, in how many tellings of how many sources."""
    sources = len({report.source for report in figure.reports})
    told = "one source" if sources == 1 else f"{sources} sources"
    count = len(figure.reports)
    times = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return f"{amount_of(figure)}, told {times} by {told}"


def amount_of(figure: Figure) -> str:
    """From which to which number a figure goes."""
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
    if low is None and high is None:
        return "no number"
    return f"up to {high:,g}" if low is None else f"from {low:,g}"
