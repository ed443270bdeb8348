"""FollowTheMoney entities, one a line: articles, who speaks in them, and notes of what they say."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.records import content_id, words
from allegedly.store import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim, Source, SourceKind
    from allegedly.store import StoredDecision

Entity = dict[str, Any]
SCHEMATA: Final[dict[SourceKind, str]] = {
    "person": "Person",
    "government": "PublicBody",
    "military": "PublicBody",
    "organisation": "Organization",
    "media": "Organization",
    "social_account": "UserAccount",
    "document": "Document",
    "footage": "Video",
    "witnesses": "LegalEntity",
    "anonymous": "LegalEntity",
    "group": "LegalEntity",
}
# The model asks files for a name of theirs; a statement or a recording has the one it is called by.
_NAMED_BY: Final = {"UserAccount": "username", "Document": "fileName", "Video": "fileName"}
MACHINE: Final = "read by a machine"
PERSON: Final = "decided by a person"


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write entities; a Note of a machine's and a Note of a person's never share one.

    One name and kind is one entity, as in the ledger, which does not tell namesakes apart.
    """
    given: set[str] = set()
    for entity in _entities(snapshot):
        if entity["id"] not in given:
            given.add(entity["id"])
            out.write(f"{json.dumps(entity, ensure_ascii=False)}\n".encode())


def _entities(snapshot: Snapshot) -> Iterator[Entity]:
    spoke: dict[str, str] = {}
    for story in snapshot.stories():
        yield _article(story)
        for claim in story.claims:
            yield from _claim(snapshot, story, claim)
            spoke |= {folded(s.name): _speaker_id(s) for s in claim.sources if s.name}
        yield from _others(snapshot, story)
        left = {c.id for c in story.reading.claims} - {c.id for c in story.claims}
        for word in story.decisions:
            if word.current and word.verdict != "undo" and word.subject not in left:
                yield _decision(word, _subject(story, word))
    for word in snapshot.words_on_sources():
        if word.current and word.verdict != "undo" and word.subject in spoke:
            yield _decision(word, spoke[word.subject])


def _entity(schema: str, identity: str, /, **properties: str | list[str] | None) -> Entity:
    """An entity; properties that are None or empty are left out."""
    listed = {k: [v] if isinstance(v, str) else v for k, v in properties.items() if v}
    return {"id": identity, "schema": schema, "properties": listed}


def _article(story: Story) -> Entity:
    document = story.document
    return _entity(
        "Article",
        document.id,
        title=story.title,
        publisher=document.publisher,
        publishedAt=_utc(document.published),
        sourceUrl=story.web_address,
        language=_languages().get((document.language or "").split("-")[0].lower()),
        bodyText=document.text.strip(),
    )


@cache
def _languages() -> dict[str, str]:
    """Languages of two letters in three, as FollowTheMoney writes them."""
    return tomllib.loads((files("allegedly.exports") / "languages.toml").read_text("utf-8"))


def _utc(published: str | None) -> str | None:
    """A date as it is, a time in UTC: FollowTheMoney keeps no offsets."""
    try:
        when = datetime.fromisoformat(published or "")
    except ValueError:
        return published
    if when.tzinfo is None:
        return published
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _speaker_id(source: Source) -> str:
    return content_id("speaker", SCHEMATA[source.kind], folded(source.name or ""))


def _speaker(source: Source) -> Entity:
    schema = SCHEMATA[source.kind]
    named = {_NAMED_BY.get(schema, "name"): source.name}
    return _entity(schema, _speaker_id(source), keywords=source.kind, **named)


def _claim(snapshot: Snapshot, story: Story, claim: Claim) -> Iterator[Entity]:
    text, document = story.document.text, story.document.id
    for source in claim.sources:
        if source.name:
            yield _speaker(source)
            yield _entity(
                "Documentation",
                content_id("documentation", document, _speaker_id(source), source.role),
                document=document,
                entity=_speaker_id(source),
                role=source.role or "source",
            )
    chain = [wording.hop(source, text)[0] for source in claim.sources]
    speakers = [_speaker_id(source) for source in claim.sources if source.name]
    said = words(text, claim.content)
    marks = [f"act: {claim.act}", f"form: {claim.form}", f"polarity: {claim.polarity}"]
    marks += [f"modality: {claim.modality}", f"zone: {claim.zone}"]
    told = [wording.moment(claim.time)] if claim.time else []
    told += [f"cue: {words(text, claim.cue)}"] if claim.cue else []
    told += [f"source: {words(text, source.spans)}" for source in claim.sources if source.spans]
    told += [f"hedge: {words(text, (span,))}" for span in claim.hedges]
    told += [*map(wording.where, claim.places), *map(wording.amount, claim.quantities)]
    yield _entity(
        "Note",
        claim.id,
        name=f"{' › '.join(chain) or wording.NOBODY} {wording.ACTS[claim.act]}",
        description=said,
        entity=list(dict.fromkeys([document, *speakers])),
        keywords=[MACHINE, "claim", *marks],
        namesMentioned=[place.name for place in claim.places],
        notes=[
            *told,
            f"probability of the reading: {claim.probability:.3f}",
            _read(snapshot, story, claim.id),
        ],
        publisher=story.document.publisher,
    )
    for target in story.links(claim):
        yield _entity(
            "UnknownLink",
            content_id("link", claim.id, target.relation, target.claim),
            subject=claim.id,
            object=target.claim,
            role=target.relation,
        )


def _read(snapshot: Snapshot, story: Story, record: str) -> str:
    run = snapshot.run(story.runs[record])
    return f"read by {run['code']}, {run['model']}"


def _others(snapshot: Snapshot, story: Story) -> Iterator[Entity]:
    """Assessments and silences of the story."""
    text, document = story.document.text, story.document
    chosen = {claim.id for claim in story.claims}
    for assessment in story.reading.assessments:
        by = wording.judge(assessment, document)
        yield _entity(
            "Note",
            assessment.id,
            name=f"{wording.ASSESSMENTS[assessment.kind]} ({by})",
            description=words(text, assessment.spans),
            entity=[document.id, *(claim for claim in assessment.about if claim in chosen)],
            keywords=[MACHINE, "assessment", assessment.kind],
            notes=_read(snapshot, story, assessment.id),
        )
    for silence in story.reading.silences:
        yield _entity(
            "Note",
            silence.id,
            name=f"{wording.who(silence, text)} is silent: {silence.about or 'no matter named'}",
            description=words(text, silence.spans),
            entity=document.id,
            keywords=[MACHINE, "silence"],
            notes=_read(snapshot, story, silence.id),
        )


def _subject(story: Story, word: StoredDecision) -> str:
    """The record that a decision is about now, else the document."""
    for record, stands in story.stands.items():
        if word.id in stands.decisions:
            return record
    return word.subject if word.subject in story.runs else story.stored.id


def _decision(word: StoredDecision, subject: str) -> Entity:
    value = ""
    if word.value is not None:
        told = word.value if isinstance(word.value, str) else json.dumps(word.value)
        value = f" {told}"
    return _entity(
        "Note",
        word.id,
        name=f"{word.reviewer}: {word.verdict}{value if len(value) < 9 else ''}",  # noqa: PLR2004  # a grade
        description=f"{word.verdict}{value}: {word.reason}",
        entity=subject,
        keywords=[PERSON, word.verdict],
        modifiedAt=word.recorded_at[:19],
    )
