"""What the columns of a table hold: as the caller says, else by their names."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from allegedly.documents.captured import Parsed, Place, Reads, captured, clean, reader_name
from allegedly.documents.dates import iso_moment
from allegedly.documents.html_reading import read_fragment, read_html
from allegedly.documents.platforms import account_of, as_post, on_platform
from allegedly.documents.stored_text import stored_text
from allegedly.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from allegedly.documents.captured import Found

FIELDS: Final = (
    *("text", "html", "title", "publisher", "published", "updated", "byline", "uri", "language"),
    *("retrieved_at", "archive"),
)
_DELIMITERS: Final = (",", "\t", ";", "|")
_NAME: Final = re.compile(r"[\s_-]+")
_LONGEST_NAME: Final = 60
_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """The names of columns by what they hold."""
    table = tomllib.loads((files(__package__) / "columns.toml").read_text("utf-8"))
    return {field: tuple(names) for field, names in table.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line of a table: its cells, and what separates them."""

    cells: tuple[str, ...]
    delimiter: str


def folded(name: object) -> str:
    """A column's name as it is compared."""
    return _NAME.sub("_", str(name).strip().lower())


def columns_of(names: Iterable[str], asked: Mapping[str, str]) -> dict[str, str]:
    """Which of the columns holds each field; what the caller says is believed over names."""
    found = {folded(name): name for name in reversed(list(names))}
    chosen = {}
    for field, aliases in known_names().items():
        wanted = (folded(asked[field]),) if field in asked else aliases
        name = next((found[alias] for alias in wanted if alias in found), None)
        if name is not None:
            chosen[field] = name
    return chosen


def header_of(text: str, columns: Mapping[str, str] | None = None) -> Header | None:
    """The header of a table in characters; None where the text is no table with texts in it."""
    lines = text.split("\n", 2)
    for delimiter in _DELIMITERS:
        cells = _cells(lines[0], delimiter)
        if len(cells) < 2 or not all(0 < len(c) <= _LONGEST_NAME for c in cells):  # noqa: PLR2004
            continue
        if _is_table(cells, columns or {}) and len(lines) > 1:
            return Header(cells=tuple(cells), delimiter=delimiter)
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [
            cell.strip().lstrip("\ufeff")
            for cell in next(csv.reader([line.rstrip("\r")], delimiter=delimiter), [])
        ]
    except csv.Error:
        return []


def _is_table(cells: list[str], asked: Mapping[str, str]) -> bool:
    """Whether columns of these names hold stories: a text, and something about it."""
    chosen = columns_of(cells, asked)
    named = {"text", "html"} & chosen.keys()
    archived = {"archive_status", "link"} <= {folded(cell) for cell in cells}
    stored = [folded(cell) for cell in cells] == ["status", "metadata", "media"]
    return archived or stored or (bool(named) and len(chosen) > 1) or bool(asked and named)


def read_row(  # noqa: PLR0913  # a row, and what is known of it
    row: Mapping[str, Any],
    columns: Mapping[str, str],
    place: Place,
    raw: bytes,
    reads: Reads,
    *,
    reader: str,
    media_type: str,
) -> Found:
    """One row of a table as a document; a post where its address is one of a social platform."""
    told = {field: row.get(name) for field, name in columns.items()}
    uri = _text(told.get("uri"))
    here = place.known(uri=uri, retrieved_at=_iso(told.get("retrieved_at")))
    stored_copy = _text(told.get("archive"))
    here = replace(here, archive=stored_copy or here.archive)
    about = Parsed(
        text=stored_text(_text(told.get("text")) or ""),
        title=clean(_text(told.get("title"))),
        publisher=clean(_text(told.get("publisher"))),
        byline=clean(_text(told.get("byline"))),
        published=_iso(told.get("published")),
        updated=_iso(told.get("updated")),
        language=_text(told.get("language")),
    )
    markup = _text(told.get("html"))
    kind = {"reader": reader_name(reader), "media_type": media_type}
    if not about.text.strip() and markup:
        if _PAGE.search(markup[:2_000]):
            return read_html(markup.encode("utf-8", "replace"), here, reads, about=about, raw=raw)
        return read_fragment(markup, about, here, raw, reads, **kind)
    if not about.text.strip():
        return Rejected(uri=place.name, reason="a row without a text")
    if on_platform(uri):
        about = as_post(about, account_of(uri))
    return captured(about, here, raw, overrides=reads.overrides, **kind)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = ", ".join(part for part in value[:20] if isinstance(part, str))
    return value if isinstance(value, str) and value.strip() else None


def _iso(value: object) -> str | None:
    if value is None:
        return None
    return iso_moment(str(value))
