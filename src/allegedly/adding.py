"""Which files are stories, and who reads them: what happens before a ledger records anything."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b, sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from allegedly.documents import holds_stories
from allegedly.records import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.resources.abc import Traversable

    from allegedly.records import Document, Reading

# What a reading depends on: change any of it and it is another run.
_READS: Final = (
    *("documents", "zones", "encoder", "attributions", "mentions", "claims"),
    "pipeline.py",
)
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
    """Who reads documents: what it is, for the record, and the function that reads one.

    `beside` reads one of several that threads read at the same time; without it they are read one
    after the other.
    """

    run: Run
    read: Callable[[Document], Reading]
    beside: Callable[[Document], Reading] | None = None


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
    return Reader(run=_shipped_run(), read=_read, beside=partial(_read, threads=1))


def _read(document: Document, threads: int | None = None) -> Reading:
    # The model takes a while to load, and a story that is known needs none.
    from allegedly.encoder import packed_encoder  # noqa: PLC0415
    from allegedly.pipeline import read_stored  # noqa: PLC0415

    return read_stored(document, packed_encoder(threads))


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
