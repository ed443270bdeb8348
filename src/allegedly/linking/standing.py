"""How claims stand by the record alone, who changed their story, and what is still open.

Nothing here weighs anybody's word: who asserts, denies, confirms or could not verify is counted and
named with the claims that show it, and what the desk decided stands beside it, never in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allegedly.linking.lexicon import reverses
from allegedly.records import OpenQuestion, Standing, StoryChange, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from allegedly.records import (
        AssessmentKind,
        ChangeKind,
        Claim,
        ClaimGroup,
        Link,
        Reading,
        Reason,
        Statement,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that is said of a case, by id; made by `record_of`.

    `origin` maps a document to the origin that it shares with others, itself where it has none;
    `decided` maps a claim to what the desk decided on it (*accepted*, *rejected*).
    """

    readings: Mapping[str, Reading]
    claims: Mapping[str, Claim]
    statements: Mapping[str, Statement]
    document: Mapping[str, str]
    group: Mapping[str, str]
    origin: Mapping[str, str] | None = None
    decided: Mapping[str, str] = field(default_factory=dict)

    def source(self, name: str) -> str | None:
        """Who says a claim or a part of one; None where the outlet speaks for itself."""
        claim = self.claims.get(name) or self.claims.get(self.statements[name].of or "")
        if claim is None:
            return None
        if not claim.sources:
            return "unnamed"
        source = claim.sources[-1]
        return source.name or "unnamed"

    def publisher(self, name: str) -> str:
        """The outlet that a claim or statement stands in."""
        document = self.readings[self.document[name]].document
        return document.publisher or document.uri or document.id

    def published(self, name: str) -> str:
        """When it was published; empty where nothing tells."""
        return self.readings[self.document[name]].document.published or ""


def record_of(
    told: Iterable[tuple[Reading, Sequence[Statement]]],
    groups: Iterable[ClaimGroup],
    *,
    origin: Mapping[str, str] | None = None,
    decided: Mapping[str, str] | None = None,
) -> Record:
    """The record of some stories with their statements and the groups that they are in."""
    pairs = list(told)
    claims = {claim.id: claim for reading, _ in pairs for claim in reading.claims}
    statements = {s.id: s for _, further in pairs for s in further}
    document = {c.id: r.document.id for r, _ in pairs for c in r.claims}
    document |= {s.id: s.document for s in statements.values()}
    return Record(
        readings={reading.document.id: reading for reading, _ in pairs},
        claims=claims,
        statements=statements,
        document=document,
        group={member: group.id for group in groups for member in group.members},
        origin=origin,
        decided=decided or {},
    )


def standing(group: ClaimGroup, record: Record, links: Sequence[Link]) -> Standing:
    """How a group stands: who asserts, denies, contradicts and confirms it, and on what word.

    Claims of the group that nobody in the record holds are left out. Assessments and confirmations
    are those of the group's own documents; links reach over all of them.
    """
    members = [member for member in group.members if member in record.document]
    said = [m for m in members if record.source(m) is not None]
    own = [m for m in members if record.source(m) is None]
    against = [link for link in links if record.group.get(link.right, link.right) == group.id]
    return Standing(
        group=group.id,
        asserted_by=_voices((record.source(m) or "", m) for m in said),
        origins=_origins(members, record),
        own_voice_of=_voices((record.publisher(m), m) for m in own),
        denied_by=_voices(_speakers(against, "denies", record)),
        contradicted_by=_voices(_speakers(against, "contradicts", record)),
        confirmed_by=_voices(_confirming(members, record)),
        assessed=_assessed(frozenset(members), record),
        changed_by=_voices(_speakers(against, "updates", record)),
        decided_accepted=tuple(m for m in members if record.decided.get(m) == "accepted"),
        decided_rejected=tuple(m for m in members if record.decided.get(m) == "rejected"),
    )


def changes(record: Record, links: Sequence[Link]) -> list[StoryChange]:
    """Who says now what does not go with what they said before, the latest first.

    A link between two claims of one source, or a claim that itself tells of a reversal.
    """
    found = []
    for link in links:
        ends = sorted((link.left, link.right), key=_when(record))
        if not set(ends) <= record.document.keys():
            continue
        sources = {record.source(end) for end in ends}
        if len(sources) == 1 and None not in sources and "unnamed" not in sources:
            found.append(_change(record, ends, link.reason))
    return sorted(found, key=lambda change: _when(record)(change.later), reverse=True)


def open_questions(
    record: Record, groups: Iterable[ClaimGroup], links: Sequence[Link]
) -> list[OpenQuestion]:
    """What a case leaves open: silences, questions, claims of one origin, claims of one side."""
    found = [*_silences(record), *_unanswered(record)]
    for group in groups:
        stands = standing(group, record, links)
        evidence = tuple(m for m in group.members if m in record.document)
        if stands.origins == 1 and len(evidence) > 1:
            found.append(OpenQuestion(kind="one_origin", about=group.id, evidence=evidence))
        one = len(stands.asserted_by) == 1 and not (stands.own_voice_of or stands.confirmed_by)
        if one and (stands.denied_by or stands.contradicted_by):
            found.append(OpenQuestion(kind="one_side", about=group.id, evidence=evidence))
        if any(kind in {"could_not_verify", "no_evidence"} for kind, _ in stands.assessed):
            found.append(OpenQuestion(kind="unverified", about=group.id, evidence=evidence))
    return found


def _voices(said: Iterable[tuple[str, str]]) -> tuple[Voice, ...]:
    """Names with what shows their part, whoever has the most first."""
    evidence: defaultdict[str, list[str]] = defaultdict(list)
    for name, shown in said:
        if shown not in evidence[name]:
            evidence[name].append(shown)
    ordered = sorted(evidence.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple(Voice(name=name, evidence=tuple(shown)) for name, shown in ordered)


def _origins(members: Sequence[str], record: Record) -> int | None:
    if record.origin is None:
        return None
    documents = {record.document[member] for member in members}
    return len({record.origin.get(document, document) for document in documents})


def _speakers(against: Iterable[Link], relation: str, record: Record) -> Iterator[tuple[str, str]]:
    """Who says what is linked so; every member of the group that the link speaks for."""
    for link in against:
        if link.relation == relation:
            group = record.group.get(link.left)
            same = [m for m, g in record.group.items() if g == group] if group else [link.left]
            for member in same:
                if member in record.document:
                    yield record.source(member) or record.publisher(member), member


def _confirming(members: Sequence[str], record: Record) -> Iterator[tuple[str, str]]:
    """Claims of the group by which somebody confirms it, and those that confirm one in a story."""
    for member in members:
        claim = record.claims.get(member)
        if claim is not None and claim.act == "confirm":
            yield record.source(member) or "unnamed", member
    inside = frozenset(members)
    for claim in record.claims.values():
        if any(t.relation == "confirms" and t.claim in inside for t in claim.targets):
            yield record.source(claim.id) or "unnamed", claim.id


def _assessed(members: frozenset[str], record: Record) -> tuple[tuple[AssessmentKind, Voice], ...]:
    said: defaultdict[AssessmentKind, list[tuple[str, str]]] = defaultdict(list)
    for reading in record.readings.values():
        for assessment in reading.assessments:
            if members & set(assessment.about):
                publisher = reading.document.publisher or "publisher"
                by = publisher if assessment.by == "publisher" else assessment.by
                said[assessment.kind].append((by, assessment.id))
    return tuple((kind, voice) for kind in sorted(said) for voice in _voices(said[kind]))


def _when(record: Record) -> Callable[[str], tuple[str, str]]:
    def when(name: str) -> tuple[str, str]:
        return (record.published(name) if name in record.document else "", name)

    return when


def _change(record: Record, ends: Sequence[str], reason: tuple[Reason, ...]) -> StoryChange:
    earlier, later = ends
    text = record.readings[record.document[later]].document.text
    said = record.claims.get(later) or record.statements[later]
    words = " ".join(text[span.start : span.end] for span in said.content)
    figure = any(each.slot == "quantity" for each in reason)
    kind: ChangeKind = "figure" if figure else "update" if reverses(words) else "negation"
    return StoryChange(
        source=record.source(later) or record.publisher(later),
        earlier=earlier,
        later=later,
        kind=kind,
        reason=reason,
    )


def _silences(record: Record) -> Iterator[OpenQuestion]:
    for reading in record.readings.values():
        for silence in reading.silences:
            about = f"{silence.name or 'somebody'}: {silence.about or 'no comment'}"
            yield OpenQuestion(kind="silence", about=about, evidence=(silence.id,))


def _unanswered(record: Record) -> Iterator[OpenQuestion]:
    """Questions that somebody asked and that no claim of the record answers."""
    answered = {
        target.claim
        for claim in record.claims.values()
        for target in claim.targets
        if target.relation == "answers"
    }
    for claim in record.claims.values():
        if claim.act == "ask" and claim.id not in answered:
            yield OpenQuestion(kind="unanswered", about=claim.id, evidence=(claim.id,))
