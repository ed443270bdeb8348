"""What the first lines of a plain text say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from allegedly.documents.dates import FULL_DATE, WEEKDAY, iso_date, iso_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE_HEADER: Final = re.compile(
    r"\s*date:?[ \t]+(?P<value>\d{4}-\d{2}-\d{2}(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?)(?!\S)\s*",
    re.IGNORECASE,
)
_FIELDS: Final = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "published on": "published",
    "publication date": "published",
    "pubdate": "published",
    "source": "publisher",
    "publisher": "publisher",
    "publication": "publisher",
    "outlet": "publisher",
    "url": "uri",
    "uri": "uri",
    "link": "uri",
    "language": "language",
}
# A story may well open with "Source: …"; only these keys make a header by themselves.
_SURE: Final = frozenset({"title", "published"})
_FIELD_LINE: Final = re.compile(
    r"[ \t]*(?P<key>[A-Za-z][A-Za-z ]{1,18}?)[ \t]*:[ \t]+(?P<value>\S.*)"
)
_FENCE: Final = re.compile(r"[ \t]*-{3,}[ \t]*")
_DATE_LINE: Final = re.compile(
    r"(?:(?:first )?(?:published|posted|issued|last updated|updated|date)(?: on| at)?[:\s]+)?"
    rf"(?P<date>{FULL_DATE.pattern})(?P<rest>.{{0,40}})",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"[\s,|·•–—-]*(?:at\s)?(?:\d{1,2}[:.]?\d{0,2}\s*(?:[ap]\.?m\.?|[A-Z]{2,4})?.{0,20})?"
)
_RUN_IN: Final = re.compile(rf"{WEEKDAY}\s+(?:\w+\.?\s+\d|\d+\s\w)", re.IGNORECASE)
_DASH: Final = re.compile(r"\s[—–-]+\s|[—–]|--")
_PLACE_WORD: Final = re.compile(r"(?:[^\W\d_a-z]|\(|\d)")
_JOINING: Final = frozenset({"of", "the", "de", "la", "and", "on", "upon", "near", "in", "al"})
_LINES_READ: Final = 5
_LINE_READ: Final = 400
_LONGEST_DATELINE: Final = 100
_LONGEST_TITLE: Final = 160
_LONGEST_FIELD: Final = 300
_FEWEST_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What leading metadata tells; `length` characters of it are no text of the story."""

    length: int = 0
    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


def read_header(text: str) -> Header:
    """The metadata at the start of a stored text: a `date …` header, fields, else a dateline.

    A dateline, a date line and a headline stay in the text: only the first two forms are cut.
    """
    header = _date_header(text)
    if not header.length:
        header = _fields(text)
    body = text[header.length :]
    return replace(
        header,
        published=header.published or _dateline(body),
        title=header.title or _headline(body),
    )


def _date_header(text: str) -> Header:
    match = _DATE_HEADER.match(text)
    if match is None:
        return Header()
    return Header(length=match.end(), published=iso_value(match["value"]))


def _fields(text: str) -> Header:
    found: dict[str, str] = {}
    length = place = 0
    for line in text.splitlines(keepends=True):
        field = _field(line)
        if field is None and not (line.isspace() or _FENCE.fullmatch(line.rstrip("\n"))):
            break
        place += len(line)
        if field is not None:
            found.setdefault(*field)
            length = place
        elif found and line.isspace():
            break
        elif found:
            length = place
    if not (_SURE & found.keys()):
        return Header()
    length += len(text[length:]) - len(text[length:].lstrip())
    published = iso_value(found.pop("published", ""))
    return Header(length=length, published=published, **found)


def _field(line: str) -> tuple[str, str] | None:
    match = _FIELD_LINE.match(line[:_LONGEST_FIELD])
    name = _FIELDS.get(match["key"].strip().lower()) if match else None
    if match is None or name is None or len(line) > _LONGEST_FIELD:
        return None
    value = match["value"].strip().strip("\"'")
    if not value or (name == "published" and not any(char.isdigit() for char in value)):
        return None
    return name, value


def _first_lines(text: str) -> Iterator[str]:
    """The first lines with words, stripped; long ones are cut, for only their start matters."""
    found = re.finditer(r"\S[^\n]*", text)
    cuts = (text[m.start() : min(m.end(), m.start() + _LINE_READ)] for m in found)
    return (cut.strip() for cut in islice(cuts, _LINES_READ))


def _dateline(text: str) -> str | None:
    for line in _first_lines(text):
        match = _date_alone(line) or _date_run_in(line) or _date_before_dash(line)
        if match:
            return iso_date(match)
    return None


def _date_alone(line: str) -> re.Match[str] | None:
    match = _DATE_LINE.fullmatch(line)
    return FULL_DATE.search(line) if match and _CLOCK.fullmatch(match["rest"]) else None


def _date_run_in(line: str) -> re.Match[str] | None:
    """A date line that lost its line break, before the text or after the headline."""
    match = FULL_DATE.search(line)
    if match is None or not _RUN_IN.match(line, match.start()):
        return None
    before, after = line[: match.start()], line[match.end() :]
    if not before and re.match(r"\s+[A-Z]", after):
        return match
    closes = before.endswith(" ") and not re.search(r"(?:,|\bon|\bof|\bsince)\s$", before)
    return match if closes and not after else None


def _date_before_dash(line: str) -> re.Match[str] | None:
    dash = _DASH.search(line, 0, _LONGEST_DATELINE)
    if dash is None:
        return None
    opening = line[: dash.start()]
    named = [word for word in opening.split() if word.lower() not in _JOINING]
    if not all(_PLACE_WORD.match(word) for word in named):
        return None
    return FULL_DATE.search(opening)


def _headline(text: str) -> str | None:
    lines = text.lstrip().split("\n", 2)
    gap_follows = len(lines) > _FEWEST_WORDS - 1 and not lines[1].strip() and lines[2].strip()
    first = lines[0].strip()
    if not gap_follows or len(first) > _LONGEST_TITLE or first.rstrip("\"”’'»)")[-1:] in ".,;:…。":
        return None
    dated = _date_run_in(first)
    title = first[: dated.start()].strip() if dated else first
    said = title.startswith(("By ", '"', "“")) or _date_alone(first) or _date_before_dash(first)
    return None if said or len(title.split()) < _FEWEST_WORDS else title
