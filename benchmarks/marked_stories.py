"""Short stories whose attributions are marked in the text, with who each source is.

`[a=…]` marks the source of the attribution a, `<a=…>` its cue and `{a=…}` its content; an
attribution whose source stands inside another's content lies within it. An attribution without a
marked content has the rest of its line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from allegedly.claims.cited import with_cited
from allegedly.claims.hops import chain, depth
from allegedly.claims.relays import is_relay
from allegedly.claims.sources import resolve_sources
from allegedly.records import Attribution, Document, Span, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allegedly.records import Source, Spans

FOLDER = Path(__file__).parent / "source_stories"
_OPEN = re.compile(r"([\[<{])(\w)=")
_CLOSE = {"[": "]", "<": ">", "{": "}"}
_ANY, _NONE = "*", "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStory:
    """One story; `who` and `chains` are what each label's source and chain should be."""

    about: str
    text: str
    marks: Mapping[tuple[str, str], list[Span]]
    who: Mapping[str, str] = field(default_factory=dict)
    chains: Mapping[str, list[str]] = field(default_factory=dict)

    def spans(self, mark: str, label: str) -> Spans:
        """The marked spans of one label, in order."""
        return tuple(self.marks.get((mark, label), ()))


def marked_stories(folder: Path = FOLDER) -> Iterator[MarkedStory]:
    """All stories of the TOML files of a folder, by file name."""
    for path in sorted(folder.glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["story"]:
            text, marks = _unmark(row.pop("text").strip())
            yield MarkedStory(**row, text=text, marks=marks)


def _unmark(marked: str) -> tuple[str, dict[tuple[str, str], list[Span]]]:
    """The text without its marks, and where they stood."""
    plain: list[str] = []
    held: list[tuple[str, str, int]] = []
    marks: dict[tuple[str, str], list[Span]] = {}
    at = 0
    while at < len(marked):
        opened = _OPEN.match(marked, at)
        if opened:
            held.append((opened[1], opened[2], len(plain)))
            at = opened.end()
        elif held and marked[at] == _CLOSE[held[-1][0]]:
            mark, label, start = held.pop()
            marks.setdefault((mark, label), []).append(Span(start, len(plain)))
            at += 1
        else:
            plain.append(marked[at])
            at += 1
    return "".join(plain), marks


def planted(story: MarkedStory) -> list[Attribution]:
    """The attributions that the marks give, outer ones before those within them."""
    labels = sorted({label for _, label in story.marks})
    made: dict[str, Attribution] = {}

    def make(label: str) -> Attribution:
        if label not in made:
            outer = _outer(story, label, labels)
            made[label] = _attribution(story, label, make(outer) if outer else None)
        return made[label]

    for label in labels:
        make(label)
    return list(made.values())


def _outer(story: MarkedStory, label: str, labels: Sequence[str]) -> str | None:
    own = story.spans("[", label)
    holding = [
        (len(part), other)
        for other in labels
        if other != label and own
        for part in story.spans("{", other)
        if part.contains(own[0])
    ]
    return min(holding)[1] if holding else None


def _attribution(story: MarkedStory, label: str, outer: Attribution | None) -> Attribution:
    source, content = story.spans("[", label), story.spans("{", label)
    if not content:
        end = story.text.find("\n", source[0].end)
        content = (Span(source[0].end, end if end > 0 else len(story.text)),)
    return Attribution(
        source=source,
        cue=story.spans("<", label),
        content=content,
        zone=Zone(span=Span(0, len(story.text)), kind="story"),
        within=outer,
        score=1.0,
        method=label,
    )


def resolved(story: MarkedStory) -> dict[str, list[Source]]:
    """The chain of each label, outermost first, from the marks alone, without the encoder."""
    read = sorted(with_cited(story.text, planted(story)), key=depth)
    found = resolve_sources(Document(id="d", text=story.text), read)
    who = {id(a): source for a, source in zip(read, found, strict=True)}
    return {a.method: list(chain(a, who)) for a in read if not is_relay(a)}


def agrees(wanted: str, source: Source | None) -> bool:
    """Whether a source is as wanted: name / kind / role, where - is none and * is anything."""
    if source is None:
        return False
    name, kind, *role = wanted.split(" / ")
    named = name in {_ANY, source.name or _NONE}
    return named and kind in {_ANY, source.kind} and role in ([], [_ANY], [source.role or _NONE])
