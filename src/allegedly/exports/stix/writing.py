"""A snapshot as one STIX bundle, written object by object."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.stix import objects
from allegedly.exports.stix.objects import Makes, identity, stix_id
from allegedly.records import words
from allegedly.records.ledger_json import to_dict
from allegedly.store import Moment, View, folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim, Source
    from allegedly.store import StoredDecision

Body = dict[str, Any]
RATINGS: Final = ("credibility", "reliability")


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write a bundle; every object that a machine made names its run as creator, a person's them.

    The confidence of a claim's note is the model's probability that this was said there, by them;
    of a person's rating it is what STIX has for the Admiralty's credibility.
    """
    name = stix_id("bundle", snapshot.head.hash, snapshot.selection.asked, snapshot.moment)
    out.write(f'{{"type": "bundle", "id": {json.dumps(name)}, "objects": ['.encode())
    first = True
    for made in _Bundle(snapshot).objects():
        out.write(f"{'' if first else ','}\n{json.dumps(made, ensure_ascii=False)}".encode())
        first = False
    out.write(b"\n]}\n")


class _Bundle:
    """The objects of a bundle, each once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._given: set[str] = set()
        # Identities and what does not belong to a story are as old as the ledger.
        self._first = View(snapshot.view.database, Moment(seq=1)).head().recorded_at

    def objects(self) -> Iterator[Body]:
        """The program, its extension, then story by story, then ratings of sources."""
        program = identity("allegedly", "system", self._first)
        yield from self._once(program)
        yield objects.extension_definition(Makes(by=program["id"], when=self._first))
        spoke: dict[str, str] = {}
        for story in self._snapshot.stories():
            yield from self._story(story, program["id"], spoke)
        for word in self._snapshot.words_on_sources():
            if word.current and word.verdict != "undo" and word.subject in spoke:
                yield from self._decision(word, spoke[word.subject])

    def _once(self, made: Body) -> Iterator[Body]:
        if made["id"] not in self._given:
            self._given.add(made["id"])
            yield made

    def _story(self, story: Story, program: str, spoke: dict[str, str]) -> Iterator[Body]:
        when = self._read_at(story)
        makers: dict[str, Makes] = {}
        for run in dict.fromkeys(story.runs.values()):
            told = self._snapshot.run(run)
            name = f"{told['code']}, {told['model']}"
            who = identity(name, "system", self._first, roles=["reads stories"])
            makers[run] = Makes(by=who["id"], when=when)
            yield from self._once(who)
        refs: list[str] = []
        bodies = to_dict(story.reading)
        report = stix_id("report", story.stored.id)
        for claim, body in zip(story.reading.claims, bodies["claims"], strict=True):
            if claim in story.claims:
                for made in self._claim(story, claim, body, makers[story.runs[claim.id]], report):
                    refs += [] if made["id"] in refs else [made["id"]]
                    yield from self._once(made)
                spoke |= {folded(s.name): _identity_of(s) for s in claim.sources if s.name}
        for made in self._others(story, bodies, makers, report):
            refs.append(made["id"])
            yield made
        for word in self._standing_words(story):
            yield from self._decision(word, self._subject(story, word, report))
        yield from self._report(story, Makes(by=program, when=when), refs)

    def _read_at(self, story: Story) -> str:
        """When the reading that counts was recorded."""
        changes = self._snapshot.view.log(story.stored.id)
        return next(change.recorded_at for change in changes if change.kind == "reading")

    def _claim(
        self, story: Story, claim: Claim, body: Body, makes: Makes, report: str
    ) -> Iterator[Body]:
        text = story.document.text
        named = [source for source in claim.sources if source.name]
        for source in named:
            yield identity(str(source.name), objects.CLASSES[source.kind], self._first)
        chain = [wording.hop(source, text)[0] for source in claim.sources]
        yield makes.made(
            "note",
            claim.id,
            abstract=f"{' › '.join(chain) or wording.NOBODY} {wording.ACTS[claim.act]}",
            content=words(text, claim.content),
            authors=chain or None,
            object_refs=list(dict.fromkeys([*map(_identity_of, named)])) or [report],
            confidence=round(claim.probability * 100),
            labels=["claim", *_marks(claim)],
            lang=_language(story),
            external_references=_references(story),
            extensions=objects.extension(body | {"words": _words(claim, text)}),
        )
        for target in story.links(claim):
            yield makes.made(
                "relationship",
                f"{claim.id}|{target.relation}|{target.claim}",
                relationship_type=target.relation,
                source_ref=stix_id("note", claim.id),
                target_ref=stix_id("note", target.claim),
            )

    def _others(
        self, story: Story, bodies: Body, makers: dict[str, Makes], report: str
    ) -> Iterator[Body]:
        """Assessments and silences of the story."""
        text, chosen = story.document.text, {claim.id for claim in story.claims}
        for assessment, body in zip(story.reading.assessments, bodies["assessments"], strict=True):
            by = wording.judge(assessment, story.document)
            about = [stix_id("note", c) for c in assessment.about if c in chosen]
            yield makers[story.runs[assessment.id]].made(
                "note",
                assessment.id,
                abstract=f"{wording.ASSESSMENTS[assessment.kind]} ({by})",
                content=words(text, assessment.spans),
                authors=[by],
                object_refs=about or [report],
                labels=["assessment", assessment.kind],
                extensions=objects.extension(body),
            )
        for silence, body in zip(story.reading.silences, bodies["silences"], strict=True):
            who = wording.who(silence, text)
            yield makers[story.runs[silence.id]].made(
                "note",
                silence.id,
                abstract=f"{who} is silent: {silence.about or 'no matter named'}",
                content=words(text, silence.spans),
                object_refs=[report],
                labels=["silence"],
                extensions=objects.extension(body),
            )

    def _report(self, story: Story, makes: Makes, refs: list[str]) -> Iterator[Body]:
        document = story.document
        published = _timestamp(document.published)
        publisher: list[str] = []
        if document.publisher:
            who = identity(document.publisher, "organization", self._first)
            publisher = [who["id"]]
            yield from self._once(who)
        yield makes.made(
            "report",
            story.stored.id,
            name=story.title,
            published=published or makes.when,
            object_refs=[*publisher, *refs] or [makes.by],
            labels=["news story"] if published else ["news story", "undated"],
            lang=_language(story),
            external_references=_references(story),
        )

    def _standing_words(self, story: Story) -> Iterator[StoredDecision]:
        """Decisions that stand, about the document or a record that leaves."""
        left = {c.id for c in story.reading.claims} - {c.id for c in story.claims}
        for word in story.decisions:
            if word.current and word.verdict != "undo" and word.subject not in left:
                yield word

    def _subject(self, story: Story, word: StoredDecision, report: str) -> str:
        if word.kind == "document":
            return report
        for record, stands in story.stands.items():
            if word.id in stands.decisions:
                return stix_id("note", record)
        known = word.subject in story.runs
        return stix_id("note", word.subject) if known else report

    def _decision(self, word: StoredDecision, subject: str) -> Iterator[Body]:
        """A person's word: an opinion where it accepts or rejects, else a note."""
        who = identity(word.reviewer, "individual", self._first, roles=["reviewer"])
        yield from self._once(who)
        makes = Makes(by=who["id"], when=word.recorded_at)
        if word.verdict in objects.OPINIONS:
            yield makes.made(
                "opinion",
                word.id,
                opinion=objects.OPINIONS[word.verdict],
                explanation=f"{objects.EXPLAINED[word.verdict]}: {word.reason}",
                authors=[word.reviewer],
                object_refs=[subject],
                labels=["decision", word.verdict],
            )
            return
        value = None if word.value is None else str(word.value)
        markings = None
        if word.verdict in RATINGS and value is not None:
            marking = objects.admiralty(word.verdict, value, makes)
            markings = [marking["id"]]
            yield marking
        yield makes.made(
            "note",
            word.id,
            abstract=_told(word, value),
            content=word.reason,
            authors=[word.reviewer],
            object_refs=[subject],
            confidence=objects.CONFIDENCE.get(value or "") if markings else None,
            labels=["decision", word.verdict],
            object_marking_refs=markings,
            extensions=_corrected(word),
        )


def _marks(claim: Claim) -> list[str]:
    return [f"{name}:{getattr(claim, name)}" for name in ("act", "form", "polarity", "modality")]


def _words(claim: Claim, text: str) -> Body:
    """The words of a claim's parts, for readers that do not have the text."""
    return {
        "cue": words(text, claim.cue),
        "sources": [words(text, source.spans) for source in claim.sources],
        "hedges": [words(text, (span,)) for span in claim.hedges],
    }


def _identity_of(source: Source) -> str:
    return stix_id("identity", f"{objects.CLASSES[source.kind]}|{source.name}")


def _told(word: StoredDecision, value: str | None) -> str:
    scales = {"credibility": objects.CREDIBILITY, "reliability": objects.RELIABILITY}
    if word.verdict in scales and value is not None:
        return f"{word.verdict} {value}: {scales[word.verdict][value]}"
    if word.verdict == "correct":
        return f"corrected: {', '.join(word.value)}"
    return word.verdict


def _corrected(word: StoredDecision) -> Body | None:
    return objects.extension(word.value) if word.verdict == "correct" else None


def _references(story: Story) -> list[Body] | None:
    """Where the story was met, with the digest of the bytes met there."""
    document = story.document
    reference: Body = {
        "source_name": document.publisher or "story",
        "external_id": document.id,
    }
    if story.web_address:
        reference["url"] = story.web_address
        met = [capture.sha256 for capture in story.captures if capture.uri == story.web_address]
        reference |= {"hashes": {"SHA-256": met[0]}} if met else {}
    return [reference]


def _language(story: Story) -> str | None:
    """The language, where it is written as STIX asks, by RFC 5646."""
    code = story.document.language or ""
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) else None


def _timestamp(published: str | None) -> str | None:
    """An ISO 8601 date or time as STIX writes it; a day is its midnight, UTC."""
    try:
        when = datetime.fromisoformat(published or "")
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
    except (ValueError, OverflowError):
        return None
