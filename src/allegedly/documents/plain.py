"""Plain text, as bytes, characters or a file, becomes a Document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from allegedly.documents.captured import (
    MOST_CHARACTERS,
    NOTHING_KNOWN,
    TOO_LONG,
    Overrides,
    Parsed,
    Place,
    captured,
    reader_name,
)
from allegedly.documents.decoding import NotText, decode
from allegedly.documents.header import read_header
from allegedly.documents.stored_text import stored_text
from allegedly.records import Rejected

if TYPE_CHECKING:
    from allegedly.records import Document

_MOST_BYTES: Final = 4 * MOST_CHARACTERS


def parsed_text(raw: bytes | str) -> Parsed | Rejected:
    """A story's text and what its first lines tell; Rejected, without a place, where it is none."""
    if len(raw) > (_MOST_BYTES if isinstance(raw, bytes) else MOST_CHARACTERS):
        return Rejected(uri="", reason=TOO_LONG)
    decoded = decode(raw) if isinstance(raw, bytes) else raw
    if isinstance(decoded, NotText):
        return Rejected(uri="", reason=decoded.reason)
    if len(decoded) > MOST_CHARACTERS:
        return Rejected(uri="", reason=TOO_LONG)
    text = stored_text(decoded)
    header = read_header(text)
    return Parsed(
        text=text[header.length :],
        title=header.title,
        publisher=header.publisher,
        published=header.published,
        uri=header.uri,
        language=header.language,
    )


def read_document(raw: bytes | str, *, overrides: Overrides = NOTHING_KNOWN) -> Document | Rejected:
    """A story as stored, with what its first lines tell about it.

    Empty, binary and overlong input is Rejected; `uri` is then "" where none is known. Never
    raises.
    """
    parsed = parsed_text(raw)
    if isinstance(parsed, Rejected):
        return replace(parsed, uri=overrides.uri or "")
    found = captured(
        parsed,
        Place(name=overrides.uri or ""),
        b"",
        reader=reader_name("text"),
        media_type="text/plain",
        overrides=overrides,
    )
    return found if isinstance(found, Rejected) else found.document


def read_file(path: str | Path, *, overrides: Overrides = NOTHING_KNOWN) -> Document | Rejected:
    """The story in a file; its URI is the path as given unless the caller knows another.

    A file that cannot be read, whatever the reason, is Rejected.
    """
    known = Overrides(
        uri=overrides.uri or str(path),
        title=overrides.title,
        publisher=overrides.publisher,
        published=overrides.published,
    )
    try:
        raw = _bytes(Path(path))
    except FileNotFoundError:
        return _rejected("no such file", known)
    except IsADirectoryError:
        return _rejected("a directory, not a file", known)
    except PermissionError:
        return _rejected("no permission to read the file", known)
    except (OSError, ValueError) as error:
        return _rejected(f"cannot be read: {error}", known)
    return read_document(raw, overrides=known)


def _bytes(path: Path) -> bytes:
    # One byte beyond the limit is enough for read_document to see that there is too much.
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _rejected(reason: str, overrides: Overrides) -> Rejected:
    return Rejected(uri=overrides.uri or "", reason=reason)
