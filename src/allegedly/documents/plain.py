"""Plain text, as bytes, characters or a file, becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from allegedly.documents.decoding import NotText, decode
from allegedly.documents.header import read_header
from allegedly.documents.language import looks_english
from allegedly.documents.stored_text import stored_text
from allegedly.records import Document, Rejected, content_id

MOST_CHARACTERS: Final = 20_000_000
_MOST_BYTES: Final = 4 * MOST_CHARACTERS
_TOO_LONG: Final = f"too long: more than {MOST_CHARACTERS:,} characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the caller knows better than the text; None leaves it to the text."""

    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


_NOTHING_KNOWN: Final = Overrides()


def read_document(
    raw: bytes | str, *, overrides: Overrides = _NOTHING_KNOWN
) -> Document | Rejected:
    """A story as stored, with what its first lines tell about it.

    Empty, binary and overlong input is Rejected; `uri` is then "" where none is known. Never
    raises.
    """
    if len(raw) > (_MOST_BYTES if isinstance(raw, bytes) else MOST_CHARACTERS):
        return _rejected(_TOO_LONG, overrides)
    decoded = decode(raw) if isinstance(raw, bytes) else raw
    if isinstance(decoded, NotText):
        return _rejected(decoded.reason, overrides)
    if len(decoded) > MOST_CHARACTERS:
        return _rejected(_TOO_LONG, overrides)
    return _document(stored_text(decoded), overrides)


def read_file(path: str | Path, *, overrides: Overrides = _NOTHING_KNOWN) -> Document | Rejected:
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


def _document(text: str, overrides: Overrides) -> Document | Rejected:
    header = read_header(text)
    body = text[header.length :]
    if not body.strip():
        return _rejected("empty", overrides)
    return Document(
        id=content_id("document", body),
        text=body,
        uri=overrides.uri or header.uri,
        title=overrides.title or header.title,
        publisher=overrides.publisher or header.publisher,
        published=overrides.published or header.published,
        language="en" if looks_english(body) else None,
    )


def _rejected(reason: str, overrides: Overrides) -> Rejected:
    return Rejected(uri=overrides.uri or "", reason=reason)
