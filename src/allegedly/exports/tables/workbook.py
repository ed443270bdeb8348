"""Claims as an Excel workbook that an editor can sort, filter and write into."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from allegedly.exports import wording
from allegedly.exports.formats import loss_lines
from allegedly.exports.tables.rows import COLUMNS, rows
from allegedly.exports.tables.safe import would_calculate
from allegedly.records import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.exports.tables.rows import Cell, Origin
    from allegedly.store import StoredDecision

LONGEST: Final = 32_767  # characters that a cell of a workbook can hold
MOST_ROWS: Final = 1_048_576
MOST_LINKS: Final = 60_000  # of a sheet; Excel's own limit is a little above
LONGEST_LINK: Final = 2_079
FIRST_YEAR: Final = 1900  # Excel knows no earlier date
_DATES: Final = ("published", "when (UTC)")
_FILL: Final[dict[Origin, str]] = {"read": "#DCE6F1", "decided": "#FCE4D6", "story": "#E7E6E6"}

Heading = tuple[str, int, "Origin"]
_DOCUMENTS: Final[tuple[Heading, ...]] = (
    ("title", 60, "story"),
    ("publisher", 24, "story"),
    ("published", 26, "story"),
    ("address", 50, "story"),
    ("claims", 8, "read"),
    ("language", 9, "story"),
    ("decided: credibility", 11, "decided"),
    ("decided: notes", 40, "decided"),
    ("document", 34, "story"),
)
_ASSESSMENTS: Final[tuple[Heading, ...]] = (
    ("by", 26, "read"),
    ("says", 22, "read"),
    ("words", 70, "read"),
    ("about claims", 16, "read"),
    ("decided: status", 14, "decided"),
    ("story", 40, "story"),
    ("assessment", 34, "read"),
    ("document", 34, "story"),
)
_SILENCES: Final[tuple[Heading, ...]] = (
    ("who", 26, "read"),
    ("words", 60, "read"),
    ("about", 40, "read"),
    ("decided: status", 14, "decided"),
    ("story", 40, "story"),
    ("silence", 34, "read"),
    ("document", 34, "story"),
)
_DECISIONS: Final[tuple[Heading, ...]] = (
    ("when (UTC)", 18, "decided"),
    ("by", 16, "decided"),
    ("verdict", 12, "decided"),
    ("value", 30, "decided"),
    ("about", 12, "decided"),
    ("words", 60, "read"),
    ("reason", 50, "decided"),
    ("stands", 8, "decided"),
    ("subject", 34, "decided"),
    ("decision", 34, "decided"),
)


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write sheets of claims, documents, assessments, silences, decisions, and what is not here.

    Every text is a text cell and never a formula; dates are dates; a cell holds 32,767 characters
    at most and says so where it was cut.
    """
    # Rows go to temporary files, so that a large ledger does not fill the memory.
    book = xlsxwriter.Workbook(
        buffer := io.BytesIO(),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": "Claims", "comments": f"allegedly, as of {snapshot.moment}"})
    sheets = _Book(book)
    for story in snapshot.stories():
        sheets.story(snapshot, story)
    for word in snapshot.words_on_sources():
        sheets.decision(word, word.subject)
    sheets.about(snapshot)
    book.close()
    out.write(buffer.getbuffer())


class _Sheet:
    """A table that goes on in a second sheet when the first is full."""

    def __init__(self, book: _Book, name: str, headings: Sequence[Heading], frozen: int) -> None:
        self._book, self._name, self._headings, self._frozen = book, name, headings, frozen
        self._numbers = count(2)
        self._begin(name)

    def _begin(self, name: str) -> None:
        self._sheet = self._book.book.add_worksheet(name)
        self._row = 1
        self._links = 0
        self._sheet.freeze_panes(1, self._frozen)
        self._sheet.set_row(0, 30)
        for column, (heading, width, origin) in enumerate(self._headings):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, heading, self._book.headings[origin])

    def put(self, cells: Iterable[Cell], *, dimmed: bool = False) -> None:
        """Write the next row; a rejected claim's is dimmed."""
        if self._row == MOST_ROWS:
            self.finish()
            self._begin(f"{self._name} ({next(self._numbers)})")
        for column, value in enumerate(cells):
            self._put(column, value, self._headings[column][0], dimmed=dimmed)
        self._row += 1

    def _put(self, column: int, value: Cell, heading: str, *, dimmed: bool) -> None:
        sheet, place = self._sheet, (self._row, column)
        if value is None:
            return
        if not isinstance(value, str):
            sheet.write_number(*place, value, self._book.style(dimmed=dimmed))
        elif heading == "address" and self._may_link(value):
            self._links += 1
            sheet.write_url(*place, value, self._book.link, value)
        elif heading in _DATES and (when := _date(value)) is not None:
            style = "day" if isinstance(when, date) and not isinstance(when, datetime) else "time"
            sheet.write_datetime(*place, when, self._book.dates[style])
        else:
            quoted = would_calculate(value)
            sheet.write_string(*place, _cut(value), self._book.style(dimmed=dimmed, quoted=quoted))

    def _may_link(self, value: str) -> bool:
        web = value.startswith(("http://", "https://")) and "\n" not in value
        return web and len(value) <= LONGEST_LINK and self._links < MOST_LINKS

    def finish(self) -> None:
        """Let the columns be filtered."""
        self._sheet.autofilter(0, 0, max(1, self._row - 1), len(self._headings) - 1)


class _Book:
    """The workbook with its sheets and styles."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        top = {"valign": "top", "text_wrap": True}
        bold = {"bold": True, "valign": "vcenter", "text_wrap": True, "bottom": 1}
        self.headings = {o: book.add_format({**bold, "bg_color": c}) for o, c in _FILL.items()}
        self.link = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        form = {"day": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm"}
        dates = {**top, "align": "left"}
        self.dates = {
            name: book.add_format({**dates, "num_format": shape}) for name, shape in form.items()
        }
        grey = {"font_color": "#8C8C8C", "font_strikeout": True}
        self._styles = {
            (dimmed, quoted): book.add_format(
                {**top, **(grey if dimmed else {}), "quote_prefix": quoted}
            )
            for dimmed in (False, True)
            for quoted in (False, True)
        }
        claims = [(column.name, column.width, column.origin) for column in COLUMNS]
        self.claims = _Sheet(self, "Claims", claims, frozen=2)
        self.documents = _Sheet(self, "Documents", _DOCUMENTS, frozen=1)
        self.assessments = _Sheet(self, "Assessments", _ASSESSMENTS, frozen=1)
        self.silences = _Sheet(self, "Silences", _SILENCES, frozen=1)
        self.decisions = _Sheet(self, "Decisions", _DECISIONS, frozen=0)

    def style(self, *, dimmed: bool = False, quoted: bool = False) -> Any:  # noqa: ANN401
        """The style of a cell; a quoted one stays text when somebody edits it."""
        return self._styles[dimmed, quoted]

    def story(self, snapshot: Snapshot, story: Story) -> None:
        """One story's rows in every sheet."""
        for row in rows(snapshot, story):
            dimmed = row.stands.status == "rejected"
            self.claims.put((column.cell(row) for column in COLUMNS), dimmed=dimmed)
        title, name = story.title, story.stored.id
        self.documents.put(_document(story, title))
        number = {claim.id: i for i, claim in enumerate(story.reading.claims, start=1)}
        for assessment in story.reading.assessments:
            about = ", ".join(f"#{number[claim]}" for claim in assessment.about)
            said = words(story.document.text, assessment.spans)
            by = wording.judge(assessment, story.document)
            kind = wording.ASSESSMENTS[assessment.kind]
            status = _status(story, assessment.id)
            self.assessments.put((by, kind, said, about, status, title, assessment.id, name))
        for silence in story.reading.silences:
            who = wording.who(silence, story.document.text)
            said = words(story.document.text, silence.spans)
            status = _status(story, silence.id)
            self.silences.put((who, said, silence.about, status, title, silence.id, name))
        said_of = _said_of(story)
        for word in story.decisions:
            self.decision(word, said_of.get(word.subject))

    def decision(self, word: StoredDecision, said: str | None) -> None:
        """One decision, with the words that it is about."""
        value = word.value
        if value is not None and not isinstance(value, str):
            value = json.dumps(value, ensure_ascii=False)
        self.decisions.put(
            (
                word.recorded_at[:19],
                word.reviewer,
                word.verdict,
                value,
                word.kind,
                said,
                word.reason,
                "yes" if word.current and word.verdict != "undo" else "no",
                word.subject,
                word.id,
            )
        )

    def about(self, snapshot: Snapshot) -> None:
        """What this is, whose words are in which columns, and what could not be brought along."""
        for table in (
            self.claims,
            self.documents,
            self.assessments,
            self.silences,
            self.decisions,
        ):
            table.finish()
        sheet = self.book.add_worksheet("About")
        sheet.set_column(0, 0, 110)
        head, asked = snapshot.head, snapshot.selection.asked
        when = f"(entry {head.seq}, recorded {head.recorded_at[:19]} UTC)"
        lines = [
            f"Exported by allegedly: {asked}, as of {snapshot.moment} {when}.",
            "Blue columns: read by a machine. Orange columns: decided by people. Grey: the story.",
            "A probability says how surely this was said there, by them; never whether it is true.",
            "",
            "Columns of Claims:",
            *(f"- {column.name}: {column.about}" for column in COLUMNS),
            "",
            "Not here, or only in part:",
            *loss_lines("xlsx", snapshot.tally),
        ]
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.style())


def _document(story: Story, title: str) -> tuple[Cell, ...]:
    document, on = story.document, story.words_on(story.stored.id)
    rated = [str(word.value) for word in on if word.verdict == "credibility"]
    notes = "; ".join(f"{word.reviewer}: {word.reason}" for word in on if word.verdict == "note")
    about = (title, document.publisher, document.published, story.address, len(story.claims))
    return (*about, document.language, rated[-1] if rated else None, notes or None, document.id)


def _said_of(story: Story) -> dict[str, str]:
    """The words of each record, and the title for the document."""
    text, reading = story.document.text, story.reading
    said = {claim.id: words(text, claim.content) for claim in reading.claims}
    said |= {each.id: words(text, each.spans) for each in reading.assessments}
    said |= {each.id: words(text, each.spans) for each in reading.silences}
    return {**said, story.stored.id: story.title}


def _status(story: Story, record: str) -> Cell:
    status = story.standing(record).status
    return None if status == "suggested" else status


def _date(value: str) -> date | datetime | None:
    """A date or the local time that is given; None where Excel could not hold it."""
    try:
        when = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)  # noqa: PLR2004
    except ValueError:
        return None
    if isinstance(when, datetime):
        when = when.replace(tzinfo=None)
    return when if when.year > FIRST_YEAR else None


def _cut(value: str) -> str:
    if len(value) <= LONGEST:
        return value
    mark = f" … (cut: {len(value):,} characters)"
    return value[: LONGEST - len(mark)] + mark
