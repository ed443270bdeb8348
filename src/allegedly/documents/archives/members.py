"""ZIP and tar: every member is read in the stream, and nothing is ever written to disk."""

from __future__ import annotations

import posixpath
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from urllib.parse import quote

from allegedly.documents.archives.bounded import Bounded, in_memory
from allegedly.documents.captured import Place, Reads, rejected
from allegedly.documents.limits import size, too_large
from allegedly.records import Rejected

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from allegedly.documents.captured import Found

    ReadStream = Callable[[BinaryIO, Place, Reads], Iterator[Found]]

# Members that hold no story: what a page needs to look right, and what systems leave behind.
_PASSED_OVER: Final = (
    *(
        ".css",
        ".js",
        ".mjs",
        ".json.map",
        ".woff",
        ".woff2",
        ".ttf",
        ".eot",
        ".otf",
        ".ico",
        ".svg",
    ),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".mp3", ".mp4"),
    *(".m4a", ".webm", ".ogg", ".mov", ".avi", ".wav", ".cdx", ".cdxj", ".idx", ".ds_store"),
)
_OFFICE: Final = {
    "word/document.xml": "a Word document: save it as PDF or text",
    "xl/workbook.xml": "an Excel workbook: save the sheet as CSV",
    "ppt/presentation.xml": "a PowerPoint presentation: save it as PDF",
}
_ENCRYPTED: Final = 0x1


def read_zip(
    file: io.BufferedReader, place: Place, reads: Reads, read: ReadStream
) -> Iterator[Found]:
    """The documents of a ZIP's members, each by its own pointer; of a WACZ those of its WARCs."""
    whole = in_memory(file, reads.limits.file)
    if whole is None:
        return rejected(place, too_large("a ZIP that comes through a pipe", reads.limits.file))
    try:
        archive = zipfile.ZipFile(whole)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        return rejected(place, f"a damaged ZIP: {error}")
    names = set(archive.namelist())
    for name, reason in _OFFICE.items():
        if name in names:
            return rejected(place, reason)
    return _members(archive, place, reads, read, wacz=_is_wacz(names))


def _is_wacz(names: set[str]) -> bool:
    return "datapackage.json" in names and any(
        name.startswith("archive/") and name.endswith((".warc", ".warc.gz")) for name in names
    )


def _members(
    archive: zipfile.ZipFile, place: Place, reads: Reads, read: ReadStream, *, wacz: bool
) -> Iterator[Found]:
    unpacked = 0
    with archive:
        for number, member in enumerate(archive.infolist()):
            if number >= reads.limits.members or unpacked > reads.limits.unpacked:
                yield Rejected(uri=place.name, reason=_more(reads))
                return
            if not _wanted(member.filename, folder=member.filename[-1:] in ("", "/")) or (
                wacz and not member.filename.startswith("archive/")
            ):
                continue
            if member.file_size > _most(member, reads):
                reason = _bomb(member.file_size, member.compress_size)
                yield Rejected(uri=_inner(place, member.filename).name, reason=reason)
                continue
            unpacked += member.file_size
            yield from _member(archive, member, place, reads, read)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place, reads: Reads, read: ReadStream
) -> Iterator[Found]:
    inner = _inner(place, member.filename)
    if member.flag_bits & _ENCRYPTED:
        yield Rejected(uri=inner.name, reason="encrypted")
        return
    try:
        with archive.open(member) as file:
            bounded = Bounded(cast("BinaryIO", file), member.file_size, "a member of this ZIP")
            yield from read(cast("BinaryIO", bounded), inner, reads)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, OSError) as error:
        yield Rejected(uri=inner.name, reason=f"damaged or cut off: {error}")


def _most(member: zipfile.ZipInfo, reads: Reads) -> int:
    """The bytes that a member may unpack to, given how many it is packed into."""
    return max(reads.limits.free, member.compress_size * reads.limits.ratio)


def read_tar(
    file: io.BufferedReader, place: Place, reads: Reads, read: ReadStream
) -> Iterator[Found]:
    """The documents of a tar's members; links, devices and folders are passed over."""
    count = unpacked = 0
    try:
        with tarfile.open(fileobj=file, mode="r|") as archive:
            for member in archive:
                count, unpacked = count + 1, unpacked + member.size
                if count > reads.limits.members or unpacked > reads.limits.unpacked:
                    yield Rejected(uri=place.name, reason=_more(reads))
                    return
                inside = archive.extractfile(member) if member.isreg() else None
                if inside is not None and _wanted(member.name, folder=False):
                    yield from read(cast("BinaryIO", inside), _inner(place, member.name), reads)
    except (tarfile.TarError, zlib.error, OverflowError) as error:
        yield Rejected(uri=place.name, reason=f"a damaged tar: {error}")


def _inner(place: Place, name: str) -> Place:
    """The place of a member; its name is only ever shown, so that `../` in it leads nowhere."""
    return place.within(f"member={quote(name, errors='replace')}")


def _wanted(name: str, *, folder: bool) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    resource = any(part.endswith("_files") for part in parts[:-1]) or parts[0] == "__MACOSX"
    known = posixpath.basename(name).lower().endswith(_PASSED_OVER)
    return not (folder or hidden or resource or known)


def _bomb(unpacked: int, packed: int) -> str:
    return f"a zip bomb? {size(packed)} would unpack to {size(unpacked)}"


def _more(reads: Reads) -> str:
    return (
        f"an archive may have {reads.limits.members:,} members and "
        f"{size(reads.limits.unpacked)} unpacked at most; the rest is not read"
    )
