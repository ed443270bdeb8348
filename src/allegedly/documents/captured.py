"""A document with where and as what it was met: what every reader gives."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from allegedly.documents.header import read_header
from allegedly.documents.language import looks_english
from allegedly.documents.limits import DEFAULT, Limits
from allegedly.documents.stored_text import stored_text
from allegedly.records import Capture, Document, Rejected, Zone, content_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_CHARACTERS: Final = 20_000_000
TOO_LONG: Final = f"too long: more than {MOST_CHARACTERS:,} characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the caller knows better than the text; None leaves it to the text."""

    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


NOTHING_KNOWN: Final = Overrides()


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One document, and the capture that says where it was met, when, and what read it."""

    document: Document
    capture: Capture


Found = Captured | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """How inputs are read: what the caller knows, the columns of tables, and the limits.

    `columns` says which column of a table holds what: text or html, and title, publisher,
    published, updated, byline, uri, language, retrieved_at.
    """

    overrides: Overrides = NOTHING_KNOWN
    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where some bytes lie: what complaints call it, and what its carrier tells of it.

    `uri` is the address under which they were published, `archive` a pointer to where they are
    kept: the file, and in it the member, record, offset or row; `address` stands in a document for
    an address that nothing tells. `charset` is the carrier's label, `digest` the SHA-256 of bytes
    that are not at hand, `depth` how many archives lie around it.
    """

    name: str
    address: str | None = None
    uri: str | None = None
    archive: str | None = None
    retrieved_at: str | None = None
    charset: str | None = None
    digest: str | None = None
    depth: int = 0

    def within(
        self, part: str, *, uri: str | None = None, retrieved_at: str | None = None
    ) -> Place:
        """A place inside this one; `part` is what follows the # of its pointer."""
        joint = "&" if "#" in (self.archive or "") else "#"
        pointer = None if self.archive is None else f"{self.archive}{joint}{part}"
        return replace(
            self,
            name=f"{self.name}#{part}",
            archive=pointer,
            address=pointer,
            uri=uri,
            retrieved_at=retrieved_at or self.retrieved_at,
            charset=None,
            digest=None,
        )

    def known(self, *, uri: str | None = None, retrieved_at: str | None = None) -> Place:
        """The same place with what its carrier tells of it, where it tells anything."""
        return replace(self, uri=uri or self.uri, retrieved_at=retrieved_at or self.retrieved_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a format tells of one document, before it is stored: everything but the text may lack.

    `text` is stored text already and `marks` count in it.
    """

    text: str
    marks: tuple[Zone, ...] = ()
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    uri: str | None = None
    language: str | None = None


def captured(  # noqa: PLR0913  # what was parsed, and what is known of it
    parsed: Parsed,
    place: Place,
    raw: bytes,
    *,
    reader: str,
    media_type: str,
    overrides: Overrides = NOTHING_KNOWN,
) -> Found:
    """The document and capture of what was parsed; Rejected where there is no text in it.

    `raw` are the bytes whose digest is recorded, unless the place knows it.
    """
    if not parsed.text.strip():
        return Rejected(uri=place.name, reason="empty")
    if len(parsed.text) > MOST_CHARACTERS:
        return Rejected(uri=place.name, reason=TOO_LONG)
    document = _document(parsed, place, overrides)
    capture = Capture(
        document=document.id,
        sha256=place.digest or sha256(raw).hexdigest(),
        uri=overrides.uri or place.uri or parsed.uri or place.archive,
        media_type=media_type,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        retrieved_at=place.retrieved_at,
        archive=place.archive,
        byline=parsed.byline,
        updated=parsed.updated,
        reader=reader,
    )
    return Captured(document=document, capture=capture)


def _document(parsed: Parsed, place: Place, overrides: Overrides) -> Document:
    published = (
        overrides.published or parsed.published or read_header(parsed.text[:4_000]).published
    )
    foreign = parsed.language if parsed.language != "en" else None
    return Document(
        id=content_id("document", parsed.text),
        text=parsed.text,
        uri=overrides.uri or parsed.uri or place.uri or place.address,
        title=overrides.title or clean(parsed.title),
        publisher=overrides.publisher or clean(parsed.publisher),
        published=published,
        language="en" if looks_english(parsed.text) else foreign,
        marks=parsed.marks,
    )


def clean(value: str | None) -> str | None:
    """A field of metadata as stored text on one line; None where nothing is left."""
    return " ".join(stored_text(value).split())[:1_000] or None if value else None


@cache
def reader_name(name: str, *libraries: str) -> str:
    """A reader with its version and those of the libraries that it stands on, for the record."""
    parts = [f"allegedly {_version('allegedly')} {name}"]
    return "; ".join([*parts, *(f"{library} {_version(library)}" for library in libraries)])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def paragraphs(text: str) -> str:
    """A text of a format without layout as stored text, trimmed."""
    return stored_text(text).strip()


def rejected(place: Place, reason: str) -> Iterator[Found]:
    """One rejection, as a reader gives it."""
    yield Rejected(uri=place.name, reason=reason)
