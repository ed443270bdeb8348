"""Documents as brat standoff: ID.txt, ID.ann, and the project's annotation.conf."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.brat import types

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Assessment, Claim, Place, Quantity, Silence, Source, Spans, Time
    from allegedly.store import StoredDecision

_BROKEN: Final = str.maketrans("\n\t\r", "   ")  # what would end a line or a field


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write two files a document; spans count code points of the .txt, parted at line breaks.

    What a machine read is annotated; what people decided stands in notes called Decided. The
    attribute Verdict is left for the annotator.
    """
    (folder / "annotation.conf").write_text(types.annotation_conf(), "utf-8")
    for story in snapshot.stories():
        name = story.stored.id
        (folder / f"{name}.txt").write_bytes(story.document.text.encode())
        (folder / f"{name}.ann").write_bytes(_Standoff(snapshot, story).made().encode())


class _Standoff:
    """The lines of one .ann file."""

    def __init__(self, snapshot: Snapshot, story: Story) -> None:
        self._snapshot, self._story = snapshot, story
        self._text = story.document.text
        self._numbers: Counter[str] = Counter()
        self._lines: list[str] = []
        self._claims: dict[str, str] = {}

    def made(self) -> str:
        """All of them, the claims first."""
        story = self._story
        for claim in story.claims:
            self._claims[claim.id] = self._mark("Claim", claim.content)
        for claim in story.claims:
            self._claim(claim, self._claims[claim.id])
        for assessment in story.reading.assessments:
            self._assessment(assessment)
        for silence in story.reading.silences:
            self._silence(silence)
        return "".join(f"{line}\n" for line in self._lines)

    def _claim(self, claim: Claim, mark: str) -> None:
        run = self._snapshot.run(self._story.runs[claim.id])
        read = {"id": claim.id, "zone": claim.zone, "probability": claim.probability}
        self._note(types.READ, mark, read | {"code": run["code"], "model": run["model"]})
        for name in ("Act", "Form", "Polarity", "Modality"):
            self._attribute(name, mark, getattr(claim, name.lower()))
        if claim.cue:
            self._relate(types.PARTS["Cue"], mark, self._mark("Cue", claim.cue))
        for hop, source in enumerate(claim.sources, start=1):
            self._source(mark, hop, source)
        for span in claim.hedges:
            self._relate(types.PARTS["Hedge"], mark, self._mark("Hedge", (span,)))
        self._told(mark, claim)
        for target in self._story.links(claim):
            self._relate(types.LINKS[target.relation], mark, self._claims[target.claim])
        self._decided(mark, self._story.words_on(claim.id))

    def _source(self, claim: str, hop: int, source: Source) -> None:
        if not source.spans:
            self._note("Source", claim, {"hop": hop, **asdict(source)})
            return
        mark = self._mark("Source", source.spans)
        self._relate(types.PARTS["Source"], claim, mark)
        self._attribute("Kind", mark, source.kind)
        self._attribute("Hop", mark, str(hop))
        for name, value in ((types.NAME, source.name), (types.ROLE, source.role)):
            if value is not None:
                self._note(name, mark, value)

    def _told(self, claim: str, of: Claim) -> None:
        told: list[tuple[str, Time | Place | Quantity]] = [("Place", p) for p in of.places]
        told += [("Quantity", quantity) for quantity in of.quantities]
        told += [("Time", of.time)] if of.time is not None else []
        for name, record in told:
            mark = self._mark(name, (record.span,))
            self._relate(types.TELLS, claim, mark)
            fields = asdict(record)
            del fields["span"]
            self._note(types.DETAIL, mark, {k: v for k, v in fields.items() if v is not None})

    def _assessment(self, assessment: Assessment) -> None:
        mark = self._mark("Assessment", assessment.spans)
        self._note(types.READ, mark, {"id": assessment.id, "by": assessment.by})
        self._attribute("Standing", mark, assessment.kind)
        for claim in assessment.about:
            if claim in self._claims:
                self._relate(types.ABOUT, mark, self._claims[claim])
        self._decided(mark, self._story.words_on(assessment.id))

    def _silence(self, silence: Silence) -> None:
        mark = self._mark("Silence", silence.spans)
        read = {"id": silence.id, "name": silence.name, "about": silence.about}
        self._note(types.READ, mark, read)
        if silence.name_spans:
            self._relate(types.KEPT_BY, mark, self._mark("Silent", silence.name_spans))
        self._decided(mark, self._story.words_on(silence.id))

    def _decided(self, mark: str, decisions: tuple[StoredDecision, ...]) -> None:
        for word in decisions:
            value = "" if word.value is None else f" {json.dumps(word.value, ensure_ascii=False)}"
            when = word.recorded_at[:19]
            told = f"{word.reviewer}, {when}: {word.verdict}{value}: {word.reason}"
            self._note(types.DECIDED, mark, told)

    def _mark(self, kind: str, spans: Spans) -> str:
        """A text-bound annotation; brat takes none across a line break, so it is parted there."""
        parts = [part for span in spans for part in _lines_of(self._text, span.start, span.end)]
        places = ";".join(f"{start} {end}" for start, end in parts)
        said = " ".join(self._text[start:end] for start, end in parts)
        return self._put("T", f"{kind} {places}\t{said.translate(_BROKEN)}")

    def _attribute(self, name: str, mark: str, value: str) -> None:
        self._put("A", f"{name} {mark} {value}")

    def _relate(self, name: str, one: str, two: str) -> None:
        self._put("R", f"{name} Arg1:{one} Arg2:{two}")

    def _note(self, name: str, mark: str, value: str | dict[str, Any]) -> None:
        told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self._put("#", f"{name} {mark}\t{told.translate(_BROKEN)}")

    def _put(self, kind: str, rest: str) -> str:
        self._numbers[kind] += 1
        name = f"{kind}{self._numbers[kind]}"
        self._lines.append(f"{name}\t{rest}")
        return name


def _lines_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span without its line breaks and the blanks beside them."""
    found, at = [], start
    for line in text[start:end].split("\n"):
        inner = line.strip()
        if inner:
            begin = at + line.index(inner)
            found.append((begin, begin + len(inner)))
        at += len(line) + 1
    return found or [(start, end)]
