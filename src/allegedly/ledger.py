"""The Python face of a ledger: stories go in, and what was said can be asked as of any moment."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from allegedly import cases, links, review
from allegedly.adding import shipped_reader
from allegedly.documents import (
    Overrides,
    Place,
    Reads,
    read_bytes,
    read_path,
    read_stream,
    read_text,
)
from allegedly.exports import jsonl, leaving
from allegedly.exports.formats import returned
from allegedly.exports.returning import decide_all
from allegedly.exports.selecting import select
from allegedly.records import Rejected
from allegedly.side_by_side import side_by_side
from allegedly.store import ANYTHING, CaseKeys, Filter, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from typing import BinaryIO

    from allegedly.adding import Reader
    from allegedly.documents import Captured
    from allegedly.exports.jsonl import Brought
    from allegedly.exports.leaving import Left
    from allegedly.exports.returning import Annotated, Wanted
    from allegedly.linking.events import Encode
    from allegedly.links import Linked
    from allegedly.records import (
        Document,
        LinkRelation,
        LinkVerdict,
        Reading,
    )
    from allegedly.store import (
        Change,
        Hit,
        Moment,
        Recorded,
        Seen,
        Status,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredLinkDecision,
        StoredSource,
    )

    When = Moment | str | int | datetime | date | None


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


class Ledger(cases.CaseStore):
    """A ledger that is open; use it in a `with` block.

    >>> with allegedly.Ledger.open("news.ledger", create=True) as ledger:
    ...     ledger.add(Path("story.txt"), publisher="Selme Courier")
    ...     ledger.claims(act="deny", as_of="published:2031-03-12")

    Every read takes `as_of`: the number of an entry, a date or time of recording, or
    `published:DATE` for the world's clock; see `Store.as_of`.
    """

    reader: Reader | None = None  # another than the one that ships; see `adding.Reader`
    # Sentence vectors by which stories find their cases; None compares by words alone.
    encode: Encode | None = cases.ShippedVectors()

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
        return self._put(found[0], self.reader or shipped_reader())

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
        for _, done in self.add_named([("", story)], columns=columns, **known):
            yield done

    def put_each(
        self, name: str, stories: Iterable[Captured | Rejected]
    ) -> Iterator[tuple[str, Recorded | Rejected]]:
        """Read and record what readers gave, each kept once it is yielded with its name."""
        return self._put_named((_called(name, found), found) for found in stories)

    def add_all(
        self, stories: Iterable[str | bytes | Path], **known: str | None
    ) -> Iterator[Recorded | Rejected]:
        """Add many stories, each kept as soon as it is yielded; what cannot be read is Rejected."""
        for _, done in self.add_named((("", story) for story in stories), columns=None, **known):
            yield done

    def add_named(
        self,
        stories: Iterable[tuple[str, str | bytes | Path | BinaryIO]],
        *,
        columns: Mapping[str, str] | None = None,
        **known: str | None,
    ) -> Iterator[tuple[str, Recorded | Rejected]]:
        """Add all that many files hold, what comes of each with the name its file is given by.

        Of a file that holds several, the name goes on with which story it is.
        Several stories are read at a time; they are recorded in their order. See `add_each`.
        """
        reads = Reads(overrides=Overrides(**known), columns=columns or {})
        found = (
            (_called(name, each), each) for name, story in stories for each in _found(story, reads)
        )
        return self._put_named(found)

    def _put_named(
        self, found: Iterable[tuple[str, Captured | Rejected]]
    ) -> Iterator[tuple[str, Recorded | Rejected]]:
        found = iter(found)
        first = list(islice(found, 2))
        reader = self.reader or shipped_reader()
        beside = reader.beside if len(first) > 1 else None  # one story may have every core
        yield from self._put_all(chain(first, found), reader, beside)

    def _put_all(
        self,
        found: Iterable[tuple[str, Captured | Rejected]],
        reader: Reader,
        beside: Callable[[Document], Reading] | None,
    ) -> Iterator[tuple[str, Recorded | Rejected]]:
        def read(
            asked: tuple[str, Captured | Rejected, Document | None],
        ) -> tuple[str, Captured | Rejected, Reading | None]:
            name, each, document = asked
            return name, each, (beside or reader.read)(document) if document else None

        # Only this thread asks the ledger; the others read.
        asked = ((name, each, self._unread(each, reader)) for name, each in found)
        threads = None if beside else 1
        for name, each, reading in side_by_side(read, asked, threads=threads):
            yield name, self._kept(each, reader, reading)

    def _unread(self, found: Captured | Rejected, reader: Reader) -> Document | None:
        """The document, where there is one and the reader has not read it yet."""
        if isinstance(found, Rejected) or self.now.was_read(found.document.id, reader.run.id):
            return None
        return found.document

    def _kept(
        self, found: Captured | Rejected, reader: Reader, reading: Reading | None
    ) -> Recorded | Rejected:
        if isinstance(found, Rejected):
            return found
        try:
            return self._put(found, reader, reading)
        except RefusedError as error:
            return Rejected(uri=found.document.uri or "", reason=str(error))

    def _put(self, found: Captured, reader: Reader, reading: Reading | None = None) -> Recorded:
        document, capture = found.document, found.capture
        if self.now.was_read(document.id, reader.run.id):
            known = self.now.was_captured(capture.id)
            return self.unchanged(document.id) if known else self.record_capture(capture)
        done = self.record(reading or reader.read(document), capture, reader.run)
        if not done.new_document or not CaseKeys(self.now).any():
            return done
        cases.place(self, document.id, encode=self.encode)
        head = self.now.head()
        return replace(done, seq=head.seq, head=head.hash)

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

    def link(
        self, *, most: int | None = None, progress: Callable[[int, int], None] | None = None
    ) -> Linked:
        """Compare the claims of new stories with what they may match; see `links.link`."""
        return links.link(self, most=most, progress=progress)

    def decide_link(  # noqa: PLR0913 - a decision's own fields
        self,
        left: str,
        right: str,
        verdict: LinkVerdict,
        *,
        relation: LinkRelation = "same",
        reviewer: str,
        reason: str,
        seen: Seen = ANYTHING,
    ) -> StoredLinkDecision:
        """Record that two claims are linked so, or are not; see `links.decide`."""
        said = {"reviewer": reviewer, "reason": reason}
        return links.decide(self, left, right, verdict, relation=relation, seen=seen, **said)

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
        seen: Seen = ANYTHING,
    ) -> StoredDecision:
        """Record a person's decision; see `review.decide`.

        What follows from one about a case is recorded with it.
        """
        with self.writing() as end:
            found = review.put(
                end, subject, verdict, reviewer=reviewer, reason=reason, value=value, seen=seen
            )
            if found.kind == "case":
                cases.put_origins(end, found.subject)
        return found

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
            told = jsonl.lines(file)
            return jsonl.replay(
                self, told, checked, review.decide, progress=progress, join=links.bring
            )

    def import_annotations(self, name: str, path: Path, wanted: Wanted) -> Annotated:
        """Take what an annotator made of an export as that person's decisions.

        `name` is `brat`, `webannotation` or `jsonl`; `wanted` tells who annotated and why. Words
        are found again where the text has moved; what does not hold is refused with the reason.
        """
        return decide_all(self, returned(name, self.now, path), wanted, review.decide)


def _called(name: str, found: Captured | Rejected) -> str:
    """What a story is called where people are told of it: its file, and which in it."""
    if isinstance(found, Rejected):
        return name
    document, capture = found.document, found.capture
    _, inside, part = (capture.archive or "").partition("#")
    if not inside:
        return name
    web = document.uri if (document.uri or "").startswith(("http:", "https:")) else None
    return f"{name} › {web or document.title or part}"


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
