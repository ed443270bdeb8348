"""A reading as a record on a terminal: one block per claim, legible without colour."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from allegedly.exports import wording
from allegedly.exports.numbering import Lines, in_text_order, numbers
from allegedly.records import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from allegedly.records import Act, Assessment, Claim, Reading, Silence, Spans

# Lines of prose longer than this tire the eye, however wide the window.
WIDEST = 100
PLAIN_WIDTH = 80
COLOURS: dict[Act, str] = {
    "assert": "blue",
    "announce": "blue",
    "confirm": "green",
    "praise": "green",
    "accuse": "red",
    "condemn": "red",
    "deny": "magenta",
    "threaten": "yellow",
    "demand": "yellow",
    "promise": "yellow",
    "speculate": "cyan",
    "ask": "cyan",
}
# C0, DEL and C1 could drive the terminal, so they are shown as pictures; newlines become blanks
# because a record's value is one paragraph.
VISIBLE = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
VISIBLE |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | {0x0A: 0x20, 0x09: 0x20}
# Overrides and isolates could reorder what stands around them.
VISIBLE |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


@dataclass(frozen=True, slots=True)
class Record:
    """A rich renderable of one reading: header, claims, assessments, silences."""

    reading: Reading

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The record's parts, no wider than prose should be."""
        narrow = options.update_width(min(options.max_width, WIDEST))
        for part in _parts(self.reading):
            yield from console.render(part, narrow)


def plain(reading: Reading) -> str:
    """The record as plain text, 80 columns wide, without escape codes or trailing blanks."""
    sink = StringIO()
    console = Console(file=sink, width=PLAIN_WIDTH, color_system=None, force_terminal=False)
    console.print(Record(reading))
    return "\n".join(line.rstrip() for line in sink.getvalue().splitlines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Exact words behind a bar that runs down every wrapped line."""

    text: Text
    style: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        bar = Text("│ ", style=self.style)
        for line in self.text.wrap(console, max(options.max_width - 2, 1), overflow="fold"):
            line.rstrip()
            yield Text.assemble(bar, line)


@dataclass(frozen=True, slots=True)
class _Places:
    """Line and characters of spans, and the numbers and links of claims."""

    text: str
    lines: Lines
    number: dict[str, int]
    links: dict[str, dict[str, list[int]]]

    @classmethod
    def of(cls, reading: Reading) -> _Places:
        text = reading.document.text
        return cls(text, Lines.of(text), numbers(reading.claims), wording.links(reading))

    def tell(self, spans: Spans) -> str:
        ranges = ", ".join(f"{span.start}–{span.end}" for span in spans)
        return f"line {self.lines.number(spans[0])} · {ranges}" if spans else ""

    def words(self, spans: Spans) -> str:
        return words(self.text, spans)


def _parts(reading: Reading) -> Iterator[RenderableType]:
    places = _Places.of(reading)
    yield from _header(reading)
    for claim in in_text_order(reading.claims):
        yield Text()
        yield _claim(claim, places)
    yield from _section(
        "Assessments", [_assessment(a, reading, places) for a in reading.assessments]
    )
    yield from _section("Silences", [_silence(each, places) for each in reading.silences])


def _header(reading: Reading) -> Iterator[RenderableType]:
    yield Text(_shown(wording.title(reading)), style="bold", overflow="fold")
    if particulars := wording.particulars(reading):
        yield Text(_shown(" · ".join(particulars)), overflow="fold")
    yield Text(wording.counts(reading), style="dim")
    yield Rule(style="dim")


def _section(name: str, blocks: list[RenderableType]) -> Iterator[RenderableType]:
    if not blocks:
        return
    yield Text()
    yield Rule(Text(name, style="bold"), align="left", style="dim")
    for block in blocks:
        yield Text()
        yield block


def _claim(claim: Claim, places: _Places) -> RenderableType:
    colour = COLOURS[claim.act]
    act = Text(f"#{places.number[claim.id]} ", style="bold")
    act.append(wording.ACTS[claim.act].upper(), style=f"bold {colour}")
    act.append(f"  {' · '.join(wording.manner(claim))}", style="dim")
    body: list[RenderableType] = [_chain(claim, places)]
    body.append(_Quotation(Text(_shown(places.words(claim.content))), colour))
    body.extend(_facts(claim, places))
    return Group(_heading(act, places.tell(claim.content)), Padding(Group(*body), (0, 0, 0, 3)))


def _heading(left: Text, place: str) -> Table:
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", style="dim", overflow="fold")
    grid.add_row(left, place)
    return grid


def _chain(claim: Claim, places: _Places) -> Text:
    chain = Text(overflow="fold")
    for source in claim.sources:
        chain.append(" › " if chain else "", style="dim")
        chain.append(_shown(wording.hop(source, places.text)[0]), style="bold")
        said, role = wording.aside(source, places.text)
        if noted := ", ".join(filter(None, (said and f"“{said}”", role))):
            chain.append(f" ({_shown(noted)})")
    if not chain:
        chain.append(wording.NOBODY, style="italic")
    if claim.cue:
        chain.append(" — ", style="dim").append(_shown(places.words(claim.cue)), style="italic")
    return chain


def _facts(claim: Claim, places: _Places) -> Iterator[RenderableType]:
    rows = list(_fact_rows(claim, places))
    if not rows:
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in rows:
        grid.add_row(label, Text(_shown(value)))
    yield grid


def _fact_rows(claim: Claim, places: _Places) -> Iterator[tuple[str, str]]:
    if claim.hedges:
        yield "hedge", places.words(claim.hedges)
    if claim.time is not None:
        yield "when", f"{wording.moment(claim.time)} (“{places.words((claim.time.span,))}”)"
    for place in claim.places:
        yield "where", wording.where(place)
    for quantity in claim.quantities:
        yield "count", f"{wording.amount(quantity)} (“{places.words((quantity.span,))}”)"
    for relation, tied in places.links.get(claim.id, {}).items():
        yield "link", f"{relation} {_numbered(tied)}"


def _assessment(assessment: Assessment, reading: Reading, places: _Places) -> RenderableType:
    kind = wording.ASSESSMENTS[assessment.kind].upper()
    by = _shown(wording.judge(assessment, reading.document))
    left = Text.assemble((kind, "bold"), f"  says {by}")
    if assessment.about:
        about = sorted(places.number[claim] for claim in assessment.about)
        left.append(f", about {_numbered(about)}")
    return _quoted(left, assessment.spans, places)


def _silence(silence: Silence, places: _Places) -> RenderableType:
    left = Text(_shown(wording.who(silence, places.text)), style="bold", overflow="fold")
    if silence.about:
        left.append(f"  “{_shown(silence.about)}”", style="not bold")
    return _quoted(left, silence.spans, places)


def _quoted(left: Text, spans: Spans, places: _Places) -> RenderableType:
    quotation = _Quotation(Text(_shown(places.words(spans))), "dim")
    return Group(_heading(left, places.tell(spans)), Padding(quotation, (0, 0, 0, 3)))


def _numbered(claims: list[int]) -> str:
    return ", ".join(f"#{number}" for number in claims)


def _shown(text: str) -> str:
    return text.translate(VISIBLE)
