"""What the template is given: every string ready to be shown, nothing left to compute."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.exports import wording
from allegedly.exports.numbering import Lines, in_text_order, numbers
from allegedly.exports.page.families import family
from allegedly.exports.page.marking import Marker, layers
from allegedly.records import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from allegedly.records import Assessment, Claim, Reading, Spans, Zone, ZoneKind

UNREAD: frozenset[ZoneKind] = frozenset({"teaser", "boilerplate", "code"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the text, with its number and its marked words."""

    line: int
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Neighbouring zones of one kind; `label` is empty for the story itself."""

    kind: ZoneKind
    label: str
    read: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One source of a chain: its name, the story's words where they differ, its role."""

    name: str
    said: str | None
    role: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim as the list shows it; `ties` are its links to other claims, both ways."""

    number: int
    act: str
    act_label: str
    family: str
    line: int
    manner: str
    source: str
    hops: tuple[Hop, ...]
    cue: str
    words: str
    facts: tuple[tuple[str, str], ...]
    ties: tuple[tuple[str, tuple[int, ...]], ...]
    notes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """An assessment or a silence: who, what of, the exact words, the claims it is about."""

    number: int
    who: str
    what: str
    words: str
    line: int
    claims: tuple[int, ...]


def blocks(reading: Reading, marker: Marker | None = None) -> tuple[Block, ...]:
    """The story zone by zone, blank lines left out and neighbours of one kind joined."""
    text = reading.document.text
    marker, lines = marker or Marker(text, layers(reading)), Lines.of(text)
    joined: list[Block] = []
    for zone in reading.zones:
        paragraphs = tuple(_paragraphs(zone, text, marker, lines))
        if not paragraphs:
            continue
        block = Block(
            kind=zone.kind,
            label=_label(zone),
            read=zone.kind not in UNREAD,
            paragraphs=paragraphs,
        )
        _join(joined, block)
    return tuple(joined)


def claims(reading: Reading) -> tuple[ClaimView, ...]:
    """The claims in the order of the text."""
    text, ties, notes = reading.document.text, wording.links(reading), _notes(reading)
    lines = Lines.of(text)
    return tuple(
        ClaimView(
            number=number,
            act=claim.act,
            act_label=wording.ACTS[claim.act],
            family=family(claim.act).key,
            line=lines.number(claim.content[0]),
            manner=" · ".join(wording.manner(claim)),
            source=wording.innermost(claim, text),
            hops=tuple(_hops(claim, text)),
            cue=words(text, claim.cue),
            words=words(text, claim.content),
            facts=tuple(_facts(claim, text)),
            ties=tuple((how, tuple(to)) for how, to in ties.get(claim.id, {}).items()),
            notes=tuple(notes.get(claim.id, ())),
        )
        for number, claim in enumerate(in_text_order(reading.claims), start=1)
    )


def assessments(reading: Reading) -> tuple[NoteView, ...]:
    """The assessments with the numbers of the claims that they are about."""
    number, lines = numbers(reading.claims), Lines.of(reading.document.text)
    return tuple(
        NoteView(
            number=index,
            who=wording.judge(each, reading.document),
            what=wording.ASSESSMENTS[each.kind],
            words=words(reading.document.text, each.spans),
            line=_line(lines, each.spans),
            claims=tuple(sorted(number[claim] for claim in each.about)),
        )
        for index, each in enumerate(reading.assessments, start=1)
    )


def silences(reading: Reading) -> tuple[NoteView, ...]:
    """The silences; each is linked to what the same source does say."""
    text, lines = reading.document.text, Lines.of(reading.document.text)
    said = _by_name(reading)
    return tuple(
        NoteView(
            number=index,
            who=wording.who(each, text),
            what=each.about or "",
            words=words(text, each.spans),
            line=_line(lines, each.spans),
            claims=tuple(said.get(each.name, ())),
        )
        for index, each in enumerate(reading.silences, start=1)
    )


def _by_name(reading: Reading) -> dict[str | None, list[int]]:
    """The numbers of the claims by the name of their innermost source."""
    found: dict[str | None, list[int]] = defaultdict(list)
    for number, claim in enumerate(in_text_order(reading.claims), start=1):
        name = claim.sources[-1].name if claim.sources else None
        if name is not None:
            found[name].append(number)
    return found


def _paragraphs(zone: Zone, text: str, marker: Marker, lines: Lines) -> Iterator[Paragraph]:
    start = zone.span.start
    for line in zone.span.cut(text).split("\n"):
        if line.strip():
            number = lines.number_at(start)
            yield Paragraph(line=number, html=marker.line(start, start + len(line)))
        start += len(line) + 1


def _label(zone: Zone) -> str:
    if zone.kind == "story":
        return ""
    parts = [wording.ZONES[zone.kind], wording.day(zone.published)]
    parts.insert(1, zone.author and f"@{zone.author}")
    if zone.kind in UNREAD:
        parts.append("not read")
    return " · ".join(filter(None, parts))


def _join(joined: list[Block], block: Block) -> None:
    last = joined[-1] if joined else None
    if last is None or (last.kind, last.label) != (block.kind, block.label):
        joined.append(block)
        return
    together = last.paragraphs + block.paragraphs
    joined[-1] = Block(kind=last.kind, label=last.label, read=last.read, paragraphs=together)


def _hops(claim: Claim, text: str) -> Iterator[Hop]:
    for source in claim.sources:
        said, role = wording.aside(source, text)
        kind = source.kind.replace("_", " ")
        yield Hop(name=wording.hop(source, text)[0], said=said, role=role, kind=kind)


def _facts(claim: Claim, text: str) -> Iterator[tuple[str, str]]:
    if claim.hedges:
        yield "Hedge", f"“{words(text, claim.hedges)}”"
    if claim.time is not None:
        yield "When", f"{wording.moment(claim.time)} · “{claim.time.span.cut(text)}”"
    for place in claim.places:
        yield "Where", wording.where(place)
    for quantity in claim.quantities:
        yield "Count", f"{wording.amount(quantity)} · “{quantity.span.cut(text)}”"


def _notes(reading: Reading) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for index, assessment in enumerate(reading.assessments, start=1):
        for claim in assessment.about:
            found.setdefault(claim, []).append((index, _verdict(assessment, reading)))
    return found


def _verdict(assessment: Assessment, reading: Reading) -> str:
    by = wording.judge(assessment, reading.document)
    return f"{wording.ASSESSMENTS[assessment.kind]} — {by}"


def _line(lines: Lines, spans: Spans) -> int:
    return lines.number(spans[0]) if spans else 1
