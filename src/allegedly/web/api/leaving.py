"""What a page shows leaves in any format of `allegedly export`, as of the page's moment."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from allegedly.exports.formats import FORMATS, MissingExtraError
from allegedly.exports.leaving import LOSSES, ExportError, export
from allegedly.exports.selecting import of_claims, select
from allegedly.store import RefusedError
from allegedly.web.api.exporting import safe_name
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.lists import Asked

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.exports.formats import Format
    from allegedly.exports.snapshot import Selection
    from allegedly.web.app.routing import Call

# What one request may ask for; more is a matter for the command line, which has all the time.
MOST_DOCUMENTS: Final = 1_000
MOST_CLAIMS: Final = 10_000
WAITING: Final = 500  # of the queue
AT_ONCE: Final = 2  # exports that are written at a time; they would only slow each other down
PATIENCE: Final = 20.0  # seconds that one waits for its turn
MEDIA: Final = {
    ".jsonl": "application/x-ndjson",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".zip": "application/zip",
}
_writing = BoundedSemaphore(AT_ONCE)

Words = Annotated[str, msgspec.Meta(max_length=500)]
Name = Annotated[str, msgspec.Meta(max_length=400)]


class Export(Asked, frozen=True, kw_only=True):
    """What leaves, and how: what narrows a list of claims, a search, a case, a claim, the queue.

    `format` is one of `allegedly export list`. With `losses` it comes as a ZIP, beside it what the
    format could not carry; formats that are folders come as a ZIP anyway. `of` is "documents"
    where only documents are narrowed. `at` is a place in the queue.
    """

    format: Annotated[str, msgspec.Meta(max_length=20)] = "csv"
    q: Words = ""
    case: Name | None = None
    claim: Name | None = None
    waiting: bool = False
    at: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 0
    losses: bool = False
    as_of: Name | None = None


def leave(call: Call) -> Response:
    """A file of what was asked for."""
    asked = call.asked(Export)
    wanted = FORMATS.get(asked.format)
    if wanted is None:
        raise ProblemError(422, f"{asked.format!r} is no format: {', '.join(FORMATS)}.")
    if not _writing.acquire(timeout=PATIENCE):
        problem = ProblemError(503, "Others are exporting; try again in a moment.")
        problem.headers["retry-after"] = "10"
        raise problem
    folder = Path(mkdtemp(prefix="allegedly-export-"))
    try:
        made = _written(call, asked, wanted, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        _writing.release()
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    media = MEDIA[made.suffix]
    return FileResponse(made, media_type=media, filename=made.name, background=gone)


def _written(call: Call, asked: Export, wanted: Format, folder: Path) -> Path:
    target = folder / f"{_called(call, asked)}{wanted.suffix}"
    moment = call.moment or "now"
    try:
        export(call.view, wanted.name, target, selection=_selection(call, asked), moment=moment)
    except MissingExtraError as error:
        raise ProblemError(422, f"This desk cannot write it: {error}.") from error
    except ExportError as error:
        raise ProblemError(422, str(error)) from error
    if wanted.shape != "folder" and not asked.losses:
        return target
    return _zipped(target, folder / f"{_called(call, asked)}-{wanted.name}.zip")


def _zipped(target: Path, into: Path) -> Path:
    """A file or folder with what was left behind, names as they were written, no times of ours."""
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        files = sorted(target.rglob("*")) if target.is_dir() else [target]
        for file in files:
            if file.is_file():
                archive.write(file, file.relative_to(target.parent))
        archive.write(target.with_name(target.name + LOSSES), target.name + LOSSES)
    return into


def _selection(call: Call, asked: Export) -> Selection:
    if asked.claim is not None:
        return of_claims(call.view, [call.view.find(asked.claim)[1]], f"claim {asked.claim}")
    if asked.waiting:
        return _of_queue(call, asked.at)
    query = asked.q.strip() or None
    found = select(call.view, asked.filter(), query, case=asked.case, most=MOST_CLAIMS)
    documents = call.view.totals().documents if found.documents is None else len(found.documents)
    if documents > MOST_DOCUMENTS:
        raise RefusedError(
            f"that is {documents:,} stories, and at most {MOST_DOCUMENTS:,} leave at once here: "
            "narrow the list, or run `allegedly export` beside the ledger"
        )
    return found


def _of_queue(call: Call, at: int) -> Selection:
    """The claims that wait, in a page of now."""
    if call.moment is not None:
        raise RefusedError("the queue is as of now")
    items, _ = call.desk.queue.window(at, WAITING)
    return of_claims(call.view, [item.id for item in items], "what waits for a person")


def _called(call: Call, asked: Export) -> str:
    """The file's name: what was asked for and as of when, in letters that are safe anywhere."""
    if asked.document:
        what = asked.document[:12]
    else:
        said = (asked.case, asked.q, asked.source, asked.act, asked.publisher, asked.status)
        parts = [part for part in said if part]
        what = " ".join(parts) or ("waiting" if asked.waiting else asked.claim or "claims")
    named = safe_name(what)
    return f"{named}-as-of-{safe_name(call.moment)}" if call.moment else named
