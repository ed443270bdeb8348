"""The Python face of a ledger: stories go in, and what was said can be asked as of any moment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, Unpack

from allegedly import review
from allegedly.documents import MOST_CHARACTERS, Overrides, read_document
from allegedly.exports import jsonl, leaving
from allegedly.exports.formats import returned
from allegedly.exports.returning import decide_all
from allegedly.exports.selecting import select
from allegedly.records import Capture, Rejected, Run
from allegedly.store import ANYTHING, Filter, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from importlib.resources.abc import Traversable
    from typing import BinaryIO

    from allegedly.exports.jsonl import Brought
    from allegedly.exports.leaving import Left
    from allegedly.exports.returning import Annotated, Wanted
    from allegedly.records import Document, Reading
    from allegedly.store import (
        Change,
        Hit,
        Moment,
        Recorded,
        Status,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredSource,
    )

    When = Moment | str | int | datetime | date | None

# What a reading depends on: change any of it and it is another run.
_READS: Final = ("documents", "zones", "attributions", "claims", "pipeline.py")
_MOST_BYTES: Final = 4 * MOST_CHARACTERS
Passed = Literal["data", "hidden"]  # why a file of a folder is not read
# Files in a folder that hold data about stories, or the ledger itself, and no story.
_DATA: Final = (
    *(".json", ".jsonl", ".csv", ".tsv", ".xml", ".yaml", ".yml", ".toml", ".ini", ".py"),
    *(".sql", ".db", ".sqlite", ".ledger", ".log"),
    *("-wal", "-shm", "-journal"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads documents: what it is, for the record, and the function that reads one."""

    run: Run
    read: Callable[[Document], Reading]


class Asked(TypedDict, total=False):
    """The fields of `Filter`, by name."""

    document: str | None
    source: str | None
    act: str | None
    publisher: str | None
    status: Status | None
    since: str | None
    until: str | None


class RejectedError(ValueError):
    """A story that could not be added; the message says why."""


class Ledger(Store):
    """A ledger that is open; use it in a `with` block.

    >>> with allegedly.Ledger.open("news.ledger", create=True) as ledger:
    ...     ledger.add(Path("story.txt"), publisher="Selme Courier")
    ...     ledger.claims(act="deny", as_of="published:2031-03-12")

    Every read takes `as_of`: the number of an entry, a date or time of recording, or
    `published:DATE` for the world's clock; see `Store.as_of`.
    """

    reader: Reader | None = None  # another than the one that ships; see `Reader`

    def add(  # what the caller knows better than the text
        self,
        story: str | bytes | Path,
        *,
        uri: str | None = None,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
    ) -> Recorded:
        """Read one story and record it; when it returns, the story will not be lost.

        A Path is a file, a str a text, bytes are decoded first. A story that the ledger has, from
        the same place and read by the same code and model, adds nothing and is not read again.
        Raises RejectedError for what cannot be read, and LedgerErrors.
        """
        raw, place = _raw(story)
        overrides = Overrides(uri=uri, title=title, publisher=publisher, published=published)
        document = read_document(raw, overrides=overrides)
        if isinstance(document, Rejected):
            raise RejectedError(document.reason)
        capture = _capture(document, raw, document.uri or place)
        reader = self.reader or shipped_reader()
        if self.now.was_read(document.id, reader.run.id):
            known = self.now.was_captured(capture.id)
            return self.unchanged(document.id) if known else self.record_capture(capture)
        return self.record(reader.read(document), capture, reader.run)

    def add_all(
        self, stories: Iterable[str | bytes | Path], **known: str | None
    ) -> Iterator[Recorded | Rejected]:
        """Add many stories, each kept as soon as it is yielded; what cannot be read is Rejected."""
        for story in stories:
            try:
                yield self.add(story, **known)
            except RejectedError as error:
                name = str(story) if isinstance(story, Path) else ""
                yield Rejected(uri=name, reason=str(error))

    def documents(
        self,
        *,
        as_of: When = None,
        limit: int | None = None,
        offset: int = 0,
        **asked: Unpack[Asked],
    ) -> list[StoredDocument]:
        """Documents, the latest first, narrowed by the fields of `Filter`."""
        return self.as_of(as_of).documents(Filter(**asked), **_window(limit, offset))

    def claims(
        self,
        *,
        as_of: When = None,
        limit: int | None = None,
        offset: int = 0,
        **asked: Unpack[Asked],
    ) -> list[StoredClaim]:
        """Claims, the latest first, narrowed by the fields of `Filter`."""
        return self.as_of(as_of).claims(Filter(**asked), **_window(limit, offset))

    def search(
        self,
        query: str,
        *,
        as_of: When = None,
        limit: int = 20,
        **asked: Unpack[Asked],
    ) -> list[Hit]:
        """Claims that answer a query, the best first: words, "phrases", prefix*, -without, OR."""
        return self.as_of(as_of).search(query, Filter(**asked), limit=limit)

    def search_documents(
        self,
        query: str,
        *,
        as_of: When = None,
        limit: int = 20,
        **asked: Unpack[Asked],
    ) -> list[Hit]:
        """Documents that answer a query, the best first."""
        return self.as_of(as_of).search_documents(query, Filter(**asked), limit=limit)

    def sources(self, *, as_of: When = None, limit: int | None = None) -> list[StoredSource]:
        """Who is made to say things by name, who speaks most first."""
        return self.as_of(as_of).sources(**_window(limit))

    def decisions(self, subject: str | None = None, *, as_of: When = None) -> list[StoredDecision]:
        """What people decided, the latest first."""
        return self.as_of(as_of).decisions(subject)

    def log(
        self, document: str | None = None, *, as_of: When = None, limit: int | None = None
    ) -> list[Change]:
        """What was recorded, the latest first, and what each reading changed."""
        return self.as_of(as_of).log(document, **_window(limit))

    def decide(  # noqa: PLR0913  # a decision's own fields
        self,
        subject: str,
        verdict: str,
        *,
        reviewer: str,
        reason: str,
        value: object = None,
        seen: str | None = ANYTHING,
    ) -> StoredDecision:
        """Record a person's decision; see `review.decide`."""
        return review.decide(
            self, subject, verdict, reviewer=reviewer, reason=reason, value=value, seen=seen
        )

    def export(
        self,
        name: str,
        target: Path | BinaryIO,
        *,
        search: str | None = None,
        as_of: When = None,
        force: bool = False,
        **asked: Unpack[Asked],
    ) -> Left:
        """Write the ledger, or what answers a search and the fields of `Filter`, in a format.

        See `exports.leaving.export`, and docs/formats.md for the names of the formats.
        """
        view = self.as_of(as_of)
        selection = select(view, Filter(**asked), search)
        moment = "now" if as_of is None else str(as_of)
        return leaving.export(view, name, target, selection=selection, moment=moment, force=force)

    def import_jsonl(self, path: Path, *, progress: Callable[[int], None] | None = None) -> Brought:
        """Bring back an export in JSON lines, or ledger JSON a line; see `exports.jsonl.replay`.

        Nothing is brought in unless the whole file holds: raises `exports.jsonl.DamagedError`.
        """
        with path.open("rb") as file:
            checked = jsonl.check_lines(file)
            file.seek(0)
            return jsonl.replay(self, jsonl.lines(file), checked, review.decide, progress)

    def import_annotations(self, name: str, path: Path, wanted: Wanted) -> Annotated:
        """Take what an annotator made of an export as that person's decisions.

        `name` is `brat`, `webannotation` or `jsonl`; `wanted` tells who annotated and why. Words
        are found again where the text has moved; what does not hold is refused with the reason.
        """
        return decide_all(self, returned(name, self.now, path), wanted, review.decide)


def stories_in(path: Path) -> Iterator[Path]:
    """The files of a folder and its folders in the order of their names; a file is itself.

    Hidden files and files of data are left out; `files_in` names them.
    """
    return (file for file, passed in files_in(path) if passed is None)


def files_in(path: Path) -> Iterator[tuple[Path, Passed | None]]:
    """Each file of a folder and its folders, and why it is passed over if it is no story.

    A hidden folder is passed over as one.
    """
    if not path.is_dir():
        yield path, None
        return
    for folder, folders, names in os.walk(path):
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*hidden, *names]):
            yield Path(folder) / name, _passed(name)


def _passed(name: str) -> Passed | None:
    if name.startswith("."):
        return "hidden"
    return "data" if name.lower().endswith(_DATA) else None


@cache
def shipped_reader() -> Reader:
    """The reader that the package ships; the model is loaded when the first story is read."""
    return Reader(run=_shipped_run(), read=_read)


def _read(document: Document) -> Reading:
    # The model takes a while to load, and a story that is known needs none.
    from allegedly.encoder import packed_encoder  # noqa: PLC0415
    from allegedly.pipeline import read_stored  # noqa: PLC0415

    return read_stored(document, packed_encoder())


def _shipped_run() -> Run:
    package = files("allegedly")
    pack = (package / "encoder" / "pack" / "pack.json").read_bytes()
    code = blake2b(digest_size=6)
    for part in _READS:
        for name, content in _contents(package / part):
            code.update(f"{name}\n".encode())
            code.update(content)
    return Run(
        code=f"allegedly {version('allegedly')}+{code.hexdigest()}",
        model=f"pack {sha256(pack).hexdigest()[:16]}",
    )


def _contents(place: Traversable) -> Iterator[tuple[str, bytes]]:
    """Code and word lists under a place, in the order of their names."""
    if place.is_file():
        if place.name.endswith((".py", ".toml")):
            yield place.name, place.read_bytes()
        return
    for inner in sorted(place.iterdir(), key=lambda found: found.name):
        if inner.name != "__pycache__":
            yield from _contents(inner)


def _raw(story: str | bytes | Path) -> tuple[bytes | str, str | None]:
    """The bytes or characters of a story, and the place of a file."""
    if not isinstance(story, Path):
        return story, None
    try:
        with story.open("rb") as file:
            return file.read(_MOST_BYTES + 1), story.resolve().as_uri()
    except FileNotFoundError:
        raise RejectedError("no such file") from None
    except IsADirectoryError:
        raise RejectedError("a directory, not a file") from None
    except PermissionError:
        raise RejectedError("no permission to read the file") from None
    except (OSError, ValueError) as error:
        raise RejectedError(f"cannot be read: {error}") from error


def _capture(document: Document, raw: bytes | str, uri: str | None) -> Capture:
    content = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    return Capture(
        document=document.id,
        sha256=sha256(content).hexdigest(),
        uri=uri,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
    )


def _window(limit: int | None, offset: int = 0) -> dict[str, int]:
    return ({} if limit is None else {"limit": limit}) | ({"offset": offset} if offset else {})
