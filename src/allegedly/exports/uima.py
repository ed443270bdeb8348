"""Documents as UIMA CAS XMI for INCEpTION: ID.xmi each, and the type system that they share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cassis import Cas, TypeSystem

from allegedly.exports import wording

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim, Spans

# INCEpTION shows as layers what is named so; a string a feature.
PACKAGE: Final = "webanno.custom."
CLAIM: Final = f"{PACKAGE}Claim"
PART: Final = f"{PACKAGE}ClaimPart"
LINK: Final = f"{PACKAGE}ClaimLink"
ASSESSMENT: Final = f"{PACKAGE}Assessment"
SILENCE: Final = f"{PACKAGE}Silence"
DECISION: Final = f"{PACKAGE}Decision"
LAYERS: Final = {
    CLAIM: "record fragment act form polarity modality zone source probability run",
    PART: "record part hop name kind role detail",
    ASSESSMENT: "record standing by about",
    SILENCE: "record who about",
    DECISION: "record subject verdict value reviewer reason recorded",
}


def type_system() -> TypeSystem:
    """The layers: spans with features of text, and links from one claim to another."""
    made = TypeSystem()
    types = {name: made.create_type(name) for name in LAYERS}
    for name, features in LAYERS.items():
        for feature in features.split():
            made.create_feature(types[name], feature, "uima.cas.String")
    link = made.create_type(LINK)
    for end in ("Governor", "Dependent"):
        made.create_feature(link, end, types[CLAIM])
    made.create_feature(link, "relation", "uima.cas.String")
    return made


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write a file a document and TypeSystem.xml.

    UIMA has no broken spans: a claim of several is as many annotations, numbered in `fragment`.
    What people decided is a layer of its own.
    """
    types = type_system()
    (folder / "TypeSystem.xml").write_text(types.to_xml(), "utf-8")
    for story in snapshot.stories():
        _File(snapshot, story, types).made().to_xmi(folder / f"{story.stored.id}.xmi")


class _File:
    """The CAS of one document."""

    def __init__(self, snapshot: Snapshot, story: Story, types: TypeSystem) -> None:
        self._snapshot, self._story, self._types = snapshot, story, types
        self._cas = Cas(types)
        self._cas.sofa_mime = "text/plain"
        self._cas.sofa_string = story.document.text
        if story.document.language:
            self._cas.document_language = story.document.language
        self._firsts: dict[str, Any] = {}

    def made(self) -> Cas:
        """All annotations: claims and their parts, links, assessments, silences, decisions."""
        story = self._story
        for claim in story.claims:
            self._claim(claim)
        for claim in story.claims:
            for target in story.links(claim):
                self._link(claim, target.relation, self._firsts[target.claim])
        for assessment in story.reading.assessments:
            about = ", ".join(claim for claim in assessment.about if claim in self._firsts)
            told = {"standing": assessment.kind, "by": assessment.by, "about": about}
            self._record(ASSESSMENT, assessment.id, assessment.spans, **told)
        for silence in story.reading.silences:
            who = wording.who(silence, story.document.text)
            self._record(SILENCE, silence.id, silence.spans, who=who, about=silence.about)
        for record, first in list(self._firsts.items()):
            self._decisions(record, first)
        return self._cas

    def _record(self, layer: str, name: str, spans: Spans, /, **features: str | None) -> None:
        self._firsts[name] = self._spans(layer, spans, record=name, **features)

    def _spans(self, layer: str, spans: Spans, /, **features: str | None) -> Any:  # noqa: ANN401
        """An annotation a span; gives the first."""
        made = [self._add(layer, span.start, span.end, **features) for span in spans]
        return made[0]

    def _add(self, layer: str, start: int, end: int, /, **features: Any) -> Any:  # noqa: ANN401
        known = {name: value for name, value in features.items() if value is not None}
        made = self._types.get_type(layer)(begin=start, end=end, **known)
        self._cas.add(made)
        return made

    def _claim(self, claim: Claim) -> None:
        text, run = self._story.document.text, self._snapshot.run(self._story.runs[claim.id])
        chain = " › ".join(wording.hop(source, text)[0] for source in claim.sources)
        plain = {name: getattr(claim, name) for name in ("act", "form", "polarity", "modality")}
        told = {**plain, "zone": claim.zone, "source": chain or wording.NOBODY}
        told |= {"probability": str(claim.probability), "run": f"{run['code']}, {run['model']}"}
        for number, span in enumerate(claim.content, start=1):
            fragment = f"{number}/{len(claim.content)}"
            made = self._add(
                CLAIM, span.start, span.end, record=claim.id, fragment=fragment, **told
            )
            self._firsts.setdefault(claim.id, made)
        self._parts(claim)

    def _parts(self, claim: Claim) -> None:
        name = claim.id
        for part, spans in (("cue", claim.cue), ("hedge", claim.hedges)):
            for span in spans:
                self._add(PART, span.start, span.end, record=name, part=part)
        for hop, source in enumerate(claim.sources, start=1):
            told = {"hop": str(hop), "name": source.name, "kind": source.kind, "role": source.role}
            for span in source.spans:
                self._add(PART, span.start, span.end, record=name, part="source", **told)
        told_of: list[tuple[str, Any]] = [("time", claim.time)] if claim.time else []
        told_of += [("place", place) for place in claim.places]
        told_of += [("quantity", quantity) for quantity in claim.quantities]
        for part, told_part in told_of:
            span, detail = told_part.span, _detail(told_part)
            self._add(PART, span.start, span.end, record=name, part=part, detail=detail)

    def _link(self, claim: Claim, relation: str, other: Any) -> None:  # noqa: ANN401
        # INCEpTION draws a relation at its dependent, the end that it points to.
        ends = {"Governor": self._firsts[claim.id], "Dependent": other}
        self._add(LINK, other.begin, other.end, relation=relation, **ends)

    def _decisions(self, record: str, first: Any) -> None:  # noqa: ANN401
        for word in self._story.words_on(record):
            value = None if word.value is None else json.dumps(word.value, ensure_ascii=False)
            self._add(
                DECISION,
                first.begin,
                first.end,
                record=word.id,
                subject=record,
                verdict=word.verdict,
                value=value,
                reviewer=word.reviewer,
                reason=word.reason,
                recorded=word.recorded_at,
            )


def _detail(record: Any) -> str:  # noqa: ANN401  # a time, a place or a quantity
    names = [name for name in type(record).__slots__ if name != "span"]
    told = {name: getattr(record, name) for name in names}
    known = {name: value for name, value in told.items() if value is not None}
    return json.dumps(known, ensure_ascii=False)
