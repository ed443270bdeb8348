"""`allegedly read`: stories become records, ledger JSON or pages."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from allegedly.cli.program import (
    ALL_DONE,
    NONE_DONE,
    PIPE_CLOSED,
    SOME_REJECTED,
    STDIN,
    app,
    complain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from allegedly.reading import Reading

LONG = 200_000  # bytes of a story that takes long enough for a sign of life
DEMO = "demo.txt"
Outcome = TypeVar("Outcome")
EPILOG = (
    "Exit status: 0 every story was read; 1 none could be read, or a page not written; "
    "2 wrong usage; 3 some were rejected, the others are printed; 130 interrupted; "
    "141 the reader of the output went away. "
    "What is rejected is named on standard error with the reason."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What to read: a path or bytes, and the name that it is complained about by."""

    name: str
    raw: Path | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where readings go; `page` is a file or, where `folder` says so, holds one page each."""

    as_json: bool
    page: Path | None
    folder: bool
    several: bool
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the caller knows better than the texts."""

    title: str | None
    publisher: str | None
    published: str | None


@app.command(epilog=EPILOG)
def read(  # noqa: PLR0913  # one argument per option is how typer is told
    stories: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Stories to read; - is standard input."),
    ] = None,
    *,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print the ledger: one story as indented JSON, several as JSON Lines.",
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="Write a page too: a file, or for several stories a folder; "
            "-q leaves just the page.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title of the one story.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the stories.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When they were published, ISO 8601.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Read an invented story.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No record and no progress; errors still show.")
    ] = False,
) -> None:
    """Read stories and print who says what in them, through whom, and who denies it."""
    names = _names(stories or [], demo=demo)
    several = len(names) > 1
    if several and title is not None:
        raise typer.BadParameter("one title cannot stand for several stories")
    check_date(published)
    folder = _is_folder(html, several=several)
    output = Output(as_json=as_json, page=html, folder=folder, several=several, quiet=quiet)
    known = Known(title=title, publisher=publisher, published=published)
    raise typer.Exit(_until_closed(names, output, known, demo=demo))


def _names(given: list[str], *, demo: bool) -> list[str]:
    if demo and given:
        raise typer.BadParameter("give files or --demo, not both")
    if not demo and not given:
        raise typer.BadParameter("nothing to read: give files, - or --demo")
    if given.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once")
    return [DEMO] if demo else given


def check_date(published: str | None) -> None:
    """Refuse a --published that is no ISO 8601 date or time."""
    try:
        datetime.fromisoformat(published or "2000-01-01")
    except ValueError as error:
        raise typer.BadParameter(f"--published {published}: not an ISO 8601 date") from error


def _is_folder(page: Path | None, *, several: bool) -> bool:
    """Whether pages go into a folder; several stories need one."""
    if page is None or not (several or page.is_dir()):
        return False
    if page.exists() and not page.is_dir():
        raise typer.BadParameter(f"--html {page}: several stories need a folder, this is a file")
    return True


def _until_closed(names: list[str], output: Output, known: Known, *, demo: bool) -> int:
    """Read and print; a reader that goes away, as `head` does, is no error worth a word."""
    try:
        status = _run(_stories(names, demo=demo), output, known)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        complain(str(error.filename or "output"), error.strerror or str(error))
        return NONE_DONE
    return status


def _stories(names: list[str], *, demo: bool) -> list[Story]:
    return [Story(name=name, raw=_raw(name, demo=demo)) for name in names]


def _raw(name: str, *, demo: bool) -> Path | bytes:
    if demo:
        return (files("allegedly.documents") / name).read_bytes()
    return sys.stdin.buffer.read() if name == STDIN else Path(name)


def _run(stories: list[Story], output: Output, known: Known) -> int:
    from allegedly.encoder import PackError  # noqa: PLC0415  # --help must not wait for the model

    pages = _page_paths(stories, output)
    taken = 0
    try:
        several = _read_several(stories, known, output) if output.several else None
        for story, page in zip(stories, pages, strict=True):
            with _waiting(story, output):
                outcome = next(several) if several else _read_one(story, known)
            if isinstance(outcome, str):
                complain(story.name, outcome)
                continue
            _put(outcome, page, output)
            taken += 1
    except PackError as error:
        complain("model pack", str(error))
        return NONE_DONE
    if taken == len(stories):
        return ALL_DONE
    return SOME_REJECTED if taken else NONE_DONE


def _read_one(story: Story, known: Known) -> Reading | str:
    """The reading, or why there is none."""
    from allegedly import reading  # noqa: PLC0415  # --help must not wait for the model

    try:
        return reading.read(
            story.raw, title=known.title, publisher=known.publisher, published=known.published
        )
    except reading.ReadingError as error:
        return str(error)


def _read_several(stories: list[Story], known: Known, output: Output) -> Iterator[Reading | str]:
    """The reading of each story, or why there is none, in their order."""
    from allegedly.reading import read_all  # noqa: PLC0415  # --help must not wait for the model
    from allegedly.records import Rejected  # noqa: PLC0415  # the same

    raw = (story.raw for story in stories)
    outcomes = read_all(raw, publisher=known.publisher, published=known.published)
    for outcome in _watched(outcomes, len(stories), output):
        yield outcome.reason if isinstance(outcome, Rejected) else outcome


def _page_paths(stories: list[Story], output: Output) -> list[Path | None]:
    """A page for each story; where two files share a name, the later gets a number."""
    if output.page is None or not output.folder:
        return [output.page] * len(stories)
    taken: Counter[str] = Counter()
    paths: list[Path | None] = []
    for story in stories:
        stem = "stdin" if story.name == STDIN else Path(story.name).stem
        taken[stem] += 1
        name = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
        paths.append(output.page / f"{name}.html")
    return paths


def _put(reading: Reading, page: Path | None, output: Output) -> None:
    if page is not None:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(reading.to_html(), "utf-8")
        if not output.quiet:
            typer.echo(f"wrote {page}", err=True)
    if output.as_json:
        # Bytes, because JSON is UTF-8 whatever the terminal speaks.
        typer.echo(f"{reading.to_json(None if output.several else 2)}\n".encode(), nl=False)
    elif not output.quiet:
        print_record(reading)


def print_record(reading: Reading) -> None:
    """Print the record, coloured on a terminal unless NO_COLOR is set, plain elsewhere."""
    from rich.console import Console  # noqa: PLC0415  # --json has no use for it

    from allegedly.exports.terminal import Record  # noqa: PLC0415  # the same

    console = Console(color_system=None if "NO_COLOR" in os.environ else "auto", emoji=False)
    if console.is_terminal:
        console.print(Record(reading))
    else:
        encoding = sys.stdout.encoding or "utf-8"
        typer.echo(str(reading).encode(encoding, "replace"), nl=False)


def _watched(outcomes: Iterable[Outcome], count: int, output: Output) -> Iterable[Outcome]:
    """The outcomes, with a progress bar where it stands in nobody's way."""
    if output.quiet or sys.stdout.isatty() or not sys.stderr.isatty():
        return outcomes
    from rich.console import Console  # noqa: PLC0415  # seldom needed
    from rich.progress import track  # noqa: PLC0415  # seldom needed

    return track(outcomes, "Reading", count, console=Console(stderr=True), transient=True)


def _waiting(story: Story, output: Output) -> AbstractContextManager[object]:
    """A sign of life while one long story is read, on a terminal."""
    if output.quiet or output.several or not sys.stderr.isatty() or _size(story) < LONG:
        return nullcontext()
    from rich.console import Console  # noqa: PLC0415  # seldom needed

    return Console(stderr=True).status(f"Reading {story.name}")


def _size(story: Story) -> int:
    try:
        return len(story.raw) if isinstance(story.raw, bytes) else story.raw.stat().st_size
    except OSError:
        return 0
