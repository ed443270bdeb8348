"""How a record stands: a machine's suggestion and a person's decision, never one for the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.page.families import family
from allegedly.records import Span, words
from allegedly.web.pages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.store import Stands, Status, StoredClaim, StoredDecision, View
    from allegedly.web.pages.naming import Names

SIGNS: Final[dict[Status, str]] = {
    "suggested": "○",
    "accepted": "✓",
    "rejected": "✗",
    "corrected": "✎",
    "reopened": "↻",
}
SAID: Final[dict[Status, str]] = {
    "suggested": "suggested",
    "accepted": "accepted",
    "rejected": "rejected",
    "corrected": "corrected",
    "reopened": "to be looked at again",
}
VERDICTS: Final = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "reliability": "rated the source",
    "credibility": "rated the item",
    "note": "noted",
    "undo": "took back a decision",
    "in": "put in",
    "out": "took out",
    "merge": "merged it into",
    "split": "split off",
}
SPANS: Final = frozenset({"content", "cue", "hedges", "spans"})
LONG: Final = 420  # characters of a content that a list shows


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView:
    """A record's standing: `machine` is true while only a machine has spoken."""

    status: str
    sign: str
    said: str
    machine: bool
    probability: str | None
    credibility: str | None
    corrections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredView:
    """The claim that another answers, and how."""

    relation: str
    id: str
    chain: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list: as read, with how it stands beside it.

    `answered` tells what words too few to say it (*it*, *the accusation*) answer.
    """

    id: str
    document: str
    act: str
    family: str
    chain: str
    content: str
    story: str
    publisher: str | None
    published: str | None
    state: StateView
    answered: AnsweredView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What a person decided, in words; `undoable` while it stands, at the address `undo`.

    `other` is the address of the other end of a decision about two, `other_words` what to call it.
    """

    id: str
    reviewer: str
    when: str
    said: str
    value: str | None
    reason: str
    kind: str
    subject: str
    document: str | None
    stands: bool
    undoable: bool
    seq: int
    undo: str
    other: str | None = None
    other_words: str | None = None


def state(stands: Stands, probability: float | None = None, text: str | None = None) -> StateView:
    """How a record stands; the words of corrected spans are cut from the text where it is given."""
    corrected = stands.corrected or {}
    return StateView(
        status=stands.status,
        sign=SIGNS[stands.status],
        said=SAID[stands.status],
        machine=stands.status == "suggested",
        probability=None if probability is None else say.percent(probability),
        credibility=stands.credibility,
        corrections=tuple((field, value(field, now, text)) for field, now in corrected.items()),
    )


def rows(claims: Iterable[StoredClaim], names: Names) -> tuple[ClaimRow, ...]:
    """Claims for a list."""
    found = list(claims)
    names.prefetch((claim.document, claim.title) for claim in found)
    answered = answered_views(names.view, [c for c in found if wording.says_little(c.content)])
    return tuple(row(claim, names, answered.get(claim.id)) for claim in found)


def answered_views(view: View, claims: Sequence[StoredClaim]) -> dict[str, AnsweredView]:
    """What some claims answer, by their ids."""
    found = view.answered(claims) if claims else {}
    return {
        name: AnsweredView(
            relation=each.relation,
            id=each.claim.id,
            chain=each.claim.chain or wording.NOBODY,
            content=_cut(each.claim.content),
        )
        for name, each in found.items()
    }


def _cut(content: str) -> str:
    return content if len(content) <= LONG else content[:LONG].rstrip() + " …"


def row(claim: StoredClaim, names: Names, answered: AnsweredView | None = None) -> ClaimRow:
    """A claim for a list."""
    spans = SPANS.intersection(claim.stands.corrected or ())
    text = names.text(claim.document) if spans else None
    return ClaimRow(
        id=claim.id,
        document=claim.document,
        act=wording.ACTS[claim.act],
        family=family(claim.act).key,
        chain=claim.chain or wording.NOBODY,
        content=_cut(claim.content),
        story=names.of(claim.document, claim.title),
        publisher=claim.publisher,
        published=claim.published,
        state=state(claim.stands, claim.probability, text),
        answered=answered,
    )


def decision(found: StoredDecision, text: str | None = None) -> DecisionView:
    """A decision in words."""
    stands = found.current and found.verdict != "undo"
    return DecisionView(
        id=found.id,
        reviewer=found.reviewer,
        when=say.clock(found.recorded_at),
        said=VERDICTS.get(found.verdict, found.verdict),
        value=_value_said(found.value, text),
        reason=found.reason,
        kind=found.kind,
        subject=found.subject,
        document=found.document,
        stands=stands,
        undoable=stands,
        seq=found.seq,
        undo=f"/api/decisions/{found.id}/undo",
    )


def about_story(found: StoredDecision, titles: Mapping[str, str]) -> DecisionView:
    """A decision about a case in words, the story that it puts in or takes out by its title."""
    shown = decision(found)
    if found.verdict not in {"in", "out"}:
        return shown
    name = str(found.value)
    called = titles.get(name, f"story {name[:12]}")
    return replace(shown, value=None, other=f"/documents/{name}", other_words=called)


def titles_of(found: Iterable[StoredDecision], names: Names) -> dict[str, str]:
    """What the stories are called that some decisions put into a case or take out."""
    return names.called({str(word.value) for word in found if word.verdict in {"in", "out"}})


def told_of(found: Sequence[StoredDecision], names: Names) -> tuple[DecisionView, ...]:
    """Decisions in words, the stories that some put into a case or take out by their titles."""
    titles = titles_of(found, names)
    return tuple(about_story(word, titles) for word in found)


def value(field: str, now: Any, text: str | None) -> str:  # noqa: ANN401  # any JSON value
    """A field's value as a person reads it."""
    if now in (None, []):
        return "none"
    if field in SPANS and text is not None:
        return f"“{words(text, tuple(Span(*pair) for pair in now))}”"
    if isinstance(now, list):
        return _SEVERAL.get(field, ", ").join(_one(field, each, text) for each in now)
    return _one(field, now, text)


_SEVERAL: Final = {"sources": " › "}  # what stands between several values
_IN_WORDS: Final[dict[str, dict[str, str]]] = {
    "act": {str(act): said for act, said in wording.ACTS.items()},
    "kind": {str(kind): said for kind, said in wording.ASSESSMENTS.items()},
}


def _one(field: str, now: Any, text: str | None) -> str:  # noqa: ANN401  # any JSON value
    if field == "sources":
        return _source(now, text)
    if field == "targets":
        return f"{now['relation']} {now['claim'][:8]}"
    if isinstance(now, dict):
        return str(now.get("value") or now.get("name") or now)
    return _IN_WORDS.get(field, {}).get(str(now), str(now))


def _source(source: dict[str, Any], text: str | None) -> str:
    if source.get("name"):
        return str(source["name"])
    spans = tuple(Span(*pair) for pair in source["spans"])
    return words(text, spans) if text and spans else "nobody named"


def _value_said(found: object, text: str | None) -> str | None:
    if isinstance(found, dict):
        return "; ".join(f"{name} → {value(name, now, text)}" for name, now in found.items())
    return None if found is None else str(found)
