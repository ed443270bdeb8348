"""The text of a PDF, page by page, with its hidden and rotated rubbish left to the file."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from allegedly.documents.captured import Parsed
from allegedly.documents.stored_text import stored_text
from allegedly.documents.wire import Answer
from allegedly.records import Span, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2

_DATE: Final = re.compile(
    r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?"
)
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad\ufffe]$")
_BULLET: Final = re.compile(r"\s*(?:[•▪‣◦*–—]|\d{1,2}[.)])\s")
_ENDED: Final = re.compile(r"[.!?:…][\"”’»)\]]*$")
_SHORT: Final = 0.75  # of the usual line: where a paragraph ends
_FILE_NAME: Final = re.compile(
    r"\.(?:docx?|indd|pdf|pptx?|xlsx?|tex|qxd)$|^(?:untitled|microsoft word)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d+")
_EDGES: Final = 2  # lines at the top and foot of a page that may be its running heads
_FEWEST_PAGES: Final = 3
_MOST_CHARACTERS: Final = 20_000_000


def read_pdf(raw: bytes, most_pages: int) -> Answer:
    """The text of a PDF with its lines joined to paragraphs.

    A line `[page 2]` stands before each page from the second on, marked as boilerplate, as are the
    heads and feet that run through the pages.
    """
    import pypdfium2  # noqa: PLC0415  # only where there is a PDF
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        return Answer(problem="a PDF that wants a password" if locked else "a damaged PDF")
    count = len(pdf)
    if count > most_pages:
        return Answer(problem=f"too large: a PDF may have {most_pages:,} pages at most")
    pages = list(_pages(pdf, count))
    if not any(page for page in pages):
        return Answer(problem="a PDF without text: a scan wants text recognition first")
    text, marks = _joined(pages)
    meta = pdf.get_metadata_dict()
    return Answer(
        parsed=Parsed(
            text=text,
            marks=marks,
            title=_title(meta.get("Title", "")),
            byline=meta.get("Author") or None,
            published=_iso(meta.get("CreationDate", "")),
            updated=_iso(meta.get("ModDate", "")),
        )
    )


def _pages(pdf: pypdfium2.PdfDocument, count: int) -> Iterator[list[str]]:
    """The lines of each page."""
    import pypdfium2  # noqa: PLC0415

    length = 0
    for number in range(count):
        try:
            page = pdf[number]
            words = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            yield []  # one damaged page; the others are read
            continue
        length += len(words)
        if length > _MOST_CHARACTERS:
            return
        yield [line.strip() for line in stored_text(words).split("\n") if line.strip()]


def _joined(pages: Sequence[list[str]]) -> tuple[str, tuple[Zone, ...]]:
    running = _running(pages)
    pieces: list[str] = []
    marks: list[Zone] = []
    length = 0
    for number, lines in enumerate(pages, 1):
        head = [(f"[page {number}]", True)] if number > 1 else []
        for text, marked in (*head, *_paragraphs(lines, running)):
            gap = "\n\n" if pieces else ""
            start = length + len(gap)
            pieces += [gap, text]
            length = start + len(text)
            if marked:
                marks.append(Zone(span=Span(start=start, end=length), kind="boilerplate"))
    return "".join(pieces), tuple(marks)


def _paragraphs(lines: list[str], running: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a page, and whether each is a head or foot that runs through all."""
    widths = sorted(len(line) for line in lines)
    usual = widths[len(widths) * 3 // 4] if widths else 0
    edges = {*range(_EDGES), *range(len(lines) - _EDGES, len(lines))}
    collected = ""
    for place, line in enumerate(lines):
        if place in edges and _shape(line) in running:
            if collected:
                yield collected, False
            collected = ""
            yield line, True
            continue
        if collected and _parted(collected, lines[place - 1], line, usual):
            yield collected, False
            collected = ""
        collected = _glued(collected, line)
    if collected:
        yield collected, False


def _parted(collected: str, before: str, line: str, usual: int) -> bool:
    """Whether a paragraph ends between two lines."""
    short = len(before) < _SHORT * usual
    ended = _ENDED.search(collected) is not None
    starts = line[0].isupper() or not line[0].isalpha()
    return (short and (ended or starts)) or _BULLET.match(line) is not None


def _glued(collected: str, line: str) -> str:
    if not collected:
        return line
    if _HYPHEN.search(collected) and line[0].islower():
        return collected[:-1] + line
    return f"{collected} {line}"


def _shape(line: str) -> str:
    return _NUMBER.sub("#", line)


def _running(pages: Sequence[list[str]]) -> frozenset[str]:
    """The lines that stand at the edge of most pages, but for the numbers in them."""
    if len(pages) < _FEWEST_PAGES:
        return frozenset()
    edges = Counter(
        shape for page in pages for shape in {_shape(x) for x in (*page[:_EDGES], *page[-_EDGES:])}
    )
    return frozenset(shape for shape, count in edges.items() if 2 * count > len(pages))


def _title(value: str) -> str | None:
    """The title of the metadata, unless a program left a file's name there."""
    rubbish = _FILE_NAME.search(value)
    return None if rubbish or len(value.split()) < 2 else value  # noqa: PLR2004  # a word is no title


def _iso(value: str) -> str | None:
    match = _DATE.match(value)
    if match is None or match[2] is None or match[3] is None:
        return None
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] is None:
        return day
    zone = "+00:00" if match[7] else f"{match[8]}:{match[9] or '00'}" if match[8] else ""
    return f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{zone}"
