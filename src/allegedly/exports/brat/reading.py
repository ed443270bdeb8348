"""What an annotator left in a brat folder, as records beside the ledger's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.brat import types
from allegedly.exports.brat.standoff import Standoff, StandoffError, parse
from allegedly.exports.returning.differences import Refused, Returned
from allegedly.exports.returning.moved import Moved
from allegedly.store import NotInLedgerError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.exports.brat.standoff import Mark
    from allegedly.store import View

LARGEST: Final = 64 * 1024 * 1024  # bytes of one file
_PLAIN: Final = ("Act", "Form", "Polarity", "Modality")


def read(view: View, path: Path) -> Iterator[Returned | Refused]:
    """The claims, assessments and silences of a folder's .ann files, or of one.

    A file is about the document whose id, or the beginning of it, it is called by. Where the .txt
    beside it is not the ledger's text, every span is found again by its words.
    """
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
    if not files:
        yield Refused(where=str(path), reason="there is no .ann file in it")
    for file in files:
        try:
            yield from _File.opened(view, file).records()
        except (StandoffError, NotInLedgerError, RefusedError, OSError, UnicodeError) as error:
            yield Refused(where=file.name, reason=str(error))


@dataclass(slots=True)
class _File:
    """One .ann file with the text that it was made on."""

    name: str
    document: str
    text: Moved
    marks: Standoff
    used: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, view: View, file: Path) -> _File:
        """Read a file and the text beside it."""
        kind, document = view.find(file.stem)
        if kind != "document":
            raise StandoffError(f"{file.stem} is the id of a {kind}")
        ours = view.text(document)
        beside = file.with_suffix(".txt")
        theirs = _content(beside) if beside.exists() else ours
        marks = parse(_content(file), theirs)
        return cls(file.name, document, Moved(theirs, ours), marks)

    def records(self) -> Iterator[Returned | Refused]:
        """What the file tells, mark by mark."""
        yield from (Refused(where=f"{self.name} {n}", reason=r) for n, r in self.marks.wrong)
        for mark in self.marks.of("Claim"):
            yield self._returned(mark, "claim", self._claim)
        for mark in self.marks.of("Assessment"):
            yield self._returned(mark, "assessment", self._assessment)
        for mark in self.marks.of("Silence"):
            yield self._returned(mark, "silence", self._silence)

    def _returned(self, mark: Mark, kind: str, fields: Any) -> Returned | Refused:  # noqa: ANN401
        where = f"{self.name} {mark.name}"
        try:
            read = json.loads(self.marks.note(mark.name, types.READ) or "{}")
            return Returned(
                where=where,
                document=self.document,
                kind=kind,
                record=read.get("id"),
                fields=fields(mark),
                verdict=self.marks.attribute(mark.name, "Verdict"),
                note=self.marks.note(mark.name, types.REASON),
            )
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            return Refused(where=where, reason=str(error))

    def _claim(self, mark: Mark) -> dict[str, Any]:
        told = {name.lower(): self.marks.attribute(mark.name, name) for name in _PLAIN}
        found: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        found["content"] = self.text.place(mark.pairs)
        cues = self.marks.related(mark.name, types.PARTS["Cue"])
        found["cue"] = self.text.place([pair for cue in cues for pair in cue.pairs])
        found["sources"] = self._sources(mark)
        if hedges := self.marks.related(mark.name, types.PARTS["Hedge"]):
            found["hedges"] = self.text.place([pair for hedge in hedges for pair in hedge.pairs])
        return found

    def _sources(self, claim: Mark) -> list[dict[str, Any]]:
        """The chain in the order of the hops; a source without words stands in a note."""
        hops: list[tuple[int, dict[str, Any]]] = []
        for mark in self.marks.related(claim.name, types.PARTS["Source"]):
            hop = int(self.marks.attribute(mark.name, "Hop") or 9)
            source = {
                "spans": self.text.place(mark.pairs),
                "name": self.marks.note(mark.name, types.NAME),
                "kind": self.marks.attribute(mark.name, "Kind") or "person",
                "role": self.marks.note(mark.name, types.ROLE),
            }
            hops.append((hop, source))
        for note in self.marks.notes(claim.name, "Source"):
            source = json.loads(note)
            hops.append((source.pop("hop"), source | {"spans": []}))
        return [source for _, source in sorted(hops, key=lambda pair: pair[0])]

    def _assessment(self, mark: Mark) -> dict[str, Any]:
        kind = self.marks.attribute(mark.name, "Standing")
        return {"spans": self.text.place(mark.pairs)} | ({"kind": kind} if kind else {})

    def _silence(self, mark: Mark) -> dict[str, Any]:
        return {"spans": self.text.place(mark.pairs)}


def _content(file: Path) -> str:
    """A file's text with its newlines as they are."""
    with file.open("rb") as opened:
        raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise StandoffError(f"{file.name}: larger than {LARGEST:,} bytes")
    return raw.decode("utf-8").replace("\r\n", "\n")
