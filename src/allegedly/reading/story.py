"""The Python face: a text goes in, a reading comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allegedly import records
from allegedly.documents import Overrides
from allegedly.exports import ledger_json, page, terminal, wording
from allegedly.pipeline import read_stories, read_story

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

LONGEST_PATH = 1000  # characters; a longer str is surely a text
FRAME = (
    '<iframe title="{title}" sandbox="allow-scripts" srcdoc="{page}"'
    ' style="width:100%;height:44rem;border:1px solid #bbb;border-radius:4px"></iframe>'
)


class ReadingError(ValueError):
    """A text that could not be read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reading(records.Reading):
    """What was read out of one document, with the ways it leaves the program.

    `print` shows the record; a notebook shows the page.
    """

    @classmethod
    def of(cls, reading: records.Reading) -> Self:
        """The same reading with its exports at hand."""
        return cls(**{field.name: getattr(reading, field.name) for field in fields(reading)})

    def to_dict(self) -> dict[str, Any]:
        """The ledger under the schema `allegedly/1` as plain lists, dicts and strings."""
        return ledger_json.to_dict(self)

    def to_json(self, indent: int | None = 2) -> str:
        """The ledger as JSON text, letters beyond ASCII as they are; on one line for None."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_html(self) -> str:
        """One self-contained page; see `allegedly.exports.page.to_html`."""
        return page.to_html(self)

    def _repr_html_(self) -> str:
        """The page in a sandboxed frame, so that it and a notebook cannot touch each other."""
        return FRAME.format(title=escape(wording.title(self)), page=escape(self.to_html()))

    def __str__(self) -> str:
        """The record as plain text, 80 columns wide."""
        return terminal.plain(self)

    def __repr__(self) -> str:
        return f"<Reading {wording.title(self)!r}: {wording.counts(self)}>"


def read(
    text_or_path: str | bytes | Path,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    uri: str | None = None,
) -> Reading:
    """Read one story: a str is its text, a Path a file, bytes are decoded first.

    A str of one line that is the path of a file means the file. What is given here is believed
    over what the text says; `published` is an ISO 8601 date or date and time. Raises ReadingError
    for what cannot be read, a file that is not there among it.
    """
    overrides = Overrides(uri=uri, title=title, publisher=publisher, published=published)
    outcome = read_story(_raw(text_or_path), overrides=overrides)
    if isinstance(outcome, records.Rejected):
        raise ReadingError(outcome.reason)
    return Reading.of(outcome)


def read_all(
    texts_or_paths: Iterable[str | bytes | Path],
    *,
    publisher: str | None = None,
    published: str | None = None,
) -> Iterator[Reading | records.Rejected]:
    """Read many stories, in their order, several at a time; see `read`.

    One that cannot be read is Rejected with the reason, and the others go on. No more than a few
    are held in memory.
    """
    overrides = Overrides(publisher=publisher, published=published)
    for outcome in read_stories(map(_raw, texts_or_paths), overrides=overrides):
        yield outcome if isinstance(outcome, records.Rejected) else Reading.of(outcome)


def _raw(text_or_path: str | bytes | Path) -> str | bytes | Path:
    """The path where a str is one, else what was given."""
    if not isinstance(text_or_path, str) or len(text_or_path) > LONGEST_PATH:
        return text_or_path
    try:
        is_path = "\n" not in text_or_path and Path(text_or_path).is_file()
    except (OSError, ValueError):  # a NUL, or a name that no file system takes
        is_path = False
    return Path(text_or_path) if is_path else text_or_path
