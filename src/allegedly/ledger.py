"""The Python face of a ledger: stories go in, and what was said can be asked as of any moment."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, Unpack

from allegedly import cases, review
from allegedly.documents import (
    Overrides,
    Place,
    Reads,
    holds_stories,
    read_bytes,
    read_path,
    read_stream,
    read_text,
)
from allegedly.exports import jsonl, leaving
from allegedly.exports.formats import returned
from allegedly.exports.returning import decide_all
from allegedly.exports.selecting import select
from allegedly.records import Rejected, Run
from allegedly.store import ANYTHING, CaseKeys, Filter, RefusedError, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from importlib.resources.abc import Traversable
    from typing import BinaryIO

    from allegedly.documents import Captured
    from allegedly.exports.jsonl import Brought
    from allegedly.exports.leaving import Left
    from allegedly.exports.returning import Annotated, Wanted
    from allegedly.linking.events import Encode
    from allegedly.records import Document, Reading
    from allegedly.store import (
        Change,
        Hit,
        Moment,
        Recorded,
        Status,
        StoredCase,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredSource,
    )

    When = Moment | str | int | datetime | date | None

# What a reading depends on: change any of it and it is another run.
_READS: Final = ("documents", "zones", "attributions", "claims", "pipeline.py")
Passed = Literal["data", "hidden"]  # why a file of a folder is not read
# Files in a folder that hold data about stories, or the ledger itself, and no story; those
# whose content is a feed, a table of texts and the like are read all the same.
_DATA: Final = (
    *(".json", ".jsonl", ".csv", ".tsv", ".xml", ".yaml", ".yml", ".toml", ".ini", ".py"),
    *(".sql", ".db", ".sqlite", ".ledger", ".log", ".parquet", ".opml"),
    *("-wal", "-shm", "-journal", "-feeds.json"),
    # What a saved page needs to look right.
    *(".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".woff", ".woff2"),
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
    encode: Encode | None = None  # sentence vectors for cases; None compares by words alone

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

        A Path is a file, a str a text, bytes are what a file would hold. A story that the ledger
        has, from the same place and read by the same code and model, adds nothing and is not read
        again. Raises RejectedError for what cannot be read or holds several stories, which is
        `add_each`'s to read, and LedgerErrors.
        """
        known = Overrides(uri=uri, title=title, publisher=publisher, published=published)
        found = list(islice(_found(story, Reads(overrides=known)), 2))
        if len(found) != 1:
            raise RejectedError("it holds several stories: add_each takes them all")
        if isinstance(found[0], Rejected):
            raise RejectedError(found[0].reason)
        return self._put(found[0])

    def add_each(
        self,
        story: str | bytes | Path | BinaryIO,
        *,
        columns: Mapping[str, str] | None = None,
        **known: str | None,
    ) -> Iterator[Recorded | Rejected]:
        """Add all that a file holds, as an archive or a feed does, each kept once it is yielded.

        `columns` says which column of a table holds what: text, title, publisher, published, uri
        and so on; `known` as for `add`. What cannot be read is Rejected.
        """
        reads = Reads(overrides=Overrides(**known), columns=columns or {})
        yield from self.put_each(_found(story, reads))

    def put_each(self, stories: Iterable[Captured | Rejected]) -> Iterator[Recorded | Rejected]:
        """Read and record what readers gave, each kept once it is yielded."""
        for found in stories:
            if isinstance(found, Rejected):
                yield found
                continue
            try:
                yield self._put(found)
            except RefusedError as error:
                yield Rejected(uri=found.document.uri or "", reason=str(error))

    def _put(self, found: Captured) -> Recorded:
        document, capture = found.document, found.capture
        reader = self.reader or shipped_reader()
        if self.now.was_read(document.id, reader.run.id):
            known = self.now.was_captured(capture.id)
            return self.unchanged(document.id) if known else self.record_capture(capture)
        done = self.record(reader.read(document), capture, reader.run)
        if not done.new_document or not CaseKeys(self.now).any():
            return done
        cases.place(self, document.id, encode=self.encode)
        head = self.now.head()
        return replace(done, seq=head.seq, head=head.hash)

    def add_all(
        self, stories: Iterable[str | bytes | Path], **known: str | None
    ) -> Iterator[Recorded | Rejected]:
        """Add many stories, each kept as soon as it is yielded; what cannot be read is Rejected."""
        for story in stories:
            yield from self.add_each(story, columns=None, **known)

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

    def cases(self, *, as_of: When = None) -> list[StoredCase]:
        """Cases with their members, the latest first; see `cases.as_of` for times."""
        return cases.as_of(self, as_of).cases()

    def case(self, name: str, *, as_of: When = None) -> StoredCase:
        """A case by its name or id, or the beginning of one; raises NotInLedgerError."""
        return cases.as_of(self, as_of).case(name)

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

    def export(  # noqa: PLR0913  # what leaves, how and where to
        self,
        name: str,
        target: Path | BinaryIO,
        *,
        search: str | None = None,
        case: str | None = None,
        as_of: When = None,
        force: bool = False,
        **asked: Unpack[Asked],
    ) -> Left:
        """Write the ledger, or what answers a case, a search and the fields of `Filter`.

        See `exports.leaving.export`, and docs/formats.md for the names of the formats.
        """
        view = self.as_of(as_of)
        selection = select(view, Filter(**asked), search, case=case)
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
        beside = {name for name in folders if _of_a_page(name, names)}
        folders[:] = sorted(n for n in folders if not n.startswith(".") and n not in beside)
        for name in sorted([*hidden, *beside, *names]):
            yield Path(folder) / name, "data" if name in beside else _passed(folder, name)


def _of_a_page(folder: str, names: list[str]) -> bool:
    """Whether a browser made a folder for the pictures and scripts of a page saved beside it."""
    page = folder.removesuffix("_files")
    return page != folder and any(name in (f"{page}.html", f"{page}.htm") for name in names)


def _passed(folder: str, name: str) -> Passed | None:
    if name.startswith("."):
        return "hidden"
    if not name.lower().endswith(_DATA):
        return None
    return None if holds_stories(Path(folder) / name) else "data"


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


def _found(story: str | bytes | Path | BinaryIO, reads: Reads) -> Iterator[Captured | Rejected]:
    """What a text, bytes, a file or an open one hold."""
    if isinstance(story, str):
        return read_text(story, reads)
    if isinstance(story, bytes):
        return read_bytes(story, reads)
    return (
        read_path(story, reads)
        if isinstance(story, Path)
        else read_stream(story, Place(name="-"), reads)
    )


def _window(limit: int | None, offset: int = 0) -> dict[str, int]:
    return ({} if limit is None else {"limit": limit}) | ({"offset": offset} if offset else {})
