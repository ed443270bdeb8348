"""Exported lines go into a ledger as they were: same documents, readings, decisions, same ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.jsonl.checking import CAPTURED
from allegedly.records import Capture, LinkDecision, Run
from allegedly.records.ledger_json import from_dict
from allegedly.store import (
    ClaimLinks,
    NotInLedgerError,
    OvertakenError,
    RefusedError,
    link_recording,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegedly.exports.jsonl.checking import Checked, Line
    from allegedly.records import Reading
    from allegedly.store import Store, StoredDecision

    # `review.decide`, which is on this level and so is handed in.
    Decide = Callable[..., StoredDecision]
    # `links.bring`, which is above.
    Join = Callable[[Store, LinkDecision], object]

UNKNOWN: Final = Run(code="ledger JSON from elsewhere", model="not told")


@dataclass(slots=True, kw_only=True)
class Brought:
    """What came of a file: how many were new, how many were known, and what was refused and why.

    `decided` has the time at which each new decision was recorded where the file came from.
    """

    documents: int = 0
    readings: int = 0
    decisions: int = 0
    known: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    decided: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where the file is: the runs it has told, captures that wait for their document's reading."""

    store: Store
    decide: Decide
    brought: Brought
    told_runs: frozenset[str]
    join: Join | None = None
    runs: dict[str, Run] = field(default_factory=dict)
    waiting: dict[str, list[Capture]] = field(default_factory=dict)
    last: dict[tuple[str, str], str | None] = field(default_factory=dict)
    joined: dict[str, _Said] = field(default_factory=dict)


@dataclass(slots=True)
class _Said:
    """What people said here of two claims before the file came, and how much of it was met."""

    here: list[tuple[str, str, str]]
    met: int = 0


def replay(  # noqa: PLR0913  # what comes, and who may take which part of it
    store: Store,
    told: Iterable[Line],
    checked: Checked,
    decide: Decide,
    *,
    progress: Callable[[int], None] | None = None,
    join: Join | None = None,
) -> Brought:
    """Put what a file tells into a ledger; what the ledger has already adds nothing.

    A decision is brought in as the same person's, under the same id. It is refused where the ledger
    has decisions on its subject that the file does not know, and so is a reading where the ledger
    has another's: theirs must not be overruled unseen. The same holds for words on two claims,
    which are brought in with `join`.
    An entry of kind `import` keeps the file's digest and when each decision had been taken.
    """
    place = _Place(store, decide, Brought(), checked.runs, join)
    for line in told:
        try:
            _HANDLERS[line.kind](place, line.body)
        except (RefusedError, NotInLedgerError) as error:
            place.brought.refused.append((f"line {line.number}", str(error)))
        if progress is not None:
            progress(line.number)
    brought = place.brought
    if brought.readings or brought.decisions:
        with store.writing() as end:
            end.put("import", {"sha256": checked.sha256, "decided": brought.decided})
    return brought


def _skip(_place: _Place, _body: dict[str, Any]) -> None:
    """A line that tells about the file alone."""


def _run(place: _Place, body: dict[str, Any]) -> None:
    run = Run(code=body["code"], model=body["model"], settings=body["settings"])
    if run.id != body["id"]:
        raise RefusedError(f"run {body['id']} has another run's id")
    place.runs[run.id] = run


def _capture(place: _Place, body: dict[str, Any]) -> None:
    said: dict[str, Any] = {name: body.get(name) for name in CAPTURED}
    capture = Capture(**said)
    if capture.id != body["id"]:
        raise RefusedError(f"capture {body['id']} has another capture's id")
    if place.store.now.was_captured(capture.id):
        place.brought.known += 1
        return
    try:
        place.store.now.document(capture.document)
    except NotInLedgerError:
        place.waiting.setdefault(capture.document, []).append(capture)
    else:
        place.store.record_capture(capture)


def _reading(place: _Place, body: dict[str, Any]) -> None:
    run = place.runs.get(body["run"])
    if run is None:
        raise RefusedError(f"the file does not tell run {body['run']}")
    _record(place, from_dict(body["ledger"]), run)


def _plain(place: _Place, body: dict[str, Any]) -> None:
    _record(place, from_dict(body), UNKNOWN)


def _record(place: _Place, reading: Reading, run: Run) -> None:
    name = reading.document.id
    _check_run(place, name, run)
    first, *others = place.waiting.pop(name, None) or [_met(place, reading)]
    done = place.store.record(reading, first, run)
    for capture in others:
        place.store.record_capture(capture)
    brought = place.brought
    brought.documents += done.new_document
    brought.readings += done.new_reading
    brought.known += not done.new_reading


def _check_run(place: _Place, document: str, run: Run) -> None:
    """A reading that the ledger has and the file does not know must not be superseded by it."""
    changes = place.store.now.log(document)
    here = next((change.run for change in changes if change.kind == "reading"), None)
    if here is not None and here != run.id and here not in place.told_runs:
        raise RefusedError(
            f"document {document} was read here by run {here[:12]}, which the file does not know: "
            "that reading stays; changes come in by `import annotations`"
        )


def _met(place: _Place, reading: Reading) -> Capture:
    """Where the document was met: as the ledger has it, else the file itself."""
    document = reading.document
    try:
        known = place.store.now.captures(place.store.now.document(document.id).id)
    except NotInLedgerError:
        known = []
    if known:
        return Capture(**{name: getattr(known[0], name) for name in CAPTURED})
    return Capture(
        document=document.id,
        sha256=sha256(document.text.encode()).hexdigest(),
        uri=document.uri,
        title=document.title,
        publisher=document.publisher,
        published=document.published,
    )


def _decision(place: _Place, body: dict[str, Any]) -> None:
    key = (body["about"], body["subject"])
    try:
        place.store.now.decision(body["id"])
    except NotInLedgerError:
        _decide(place, body, place.last.get(key))
    else:
        place.last[key] = body["id"]
        place.brought.known += 1


def _decide(place: _Place, body: dict[str, Any], before: str | None) -> None:
    about, name = body["about"], body["subject"]
    subject = f"source:{name}" if about == "source" else name
    if body["verdict"] == "undo":
        subject = body["supersedes"]
    said = {field: body[field] for field in ("reviewer", "reason", "value")}
    try:
        found = place.decide(place.store, subject, body["verdict"], seen=before, **said)
    except OvertakenError as error:
        word = error.word
        raise RefusedError(
            f"{word.reviewer} has decided about {about} {name} here otherwise "
            f"({word.verdict}: {word.reason})"
        ) from error
    place.last[about, name] = found.id
    place.brought.decisions += 1
    recorded = body.get("recorded") or {}
    place.brought.decided.append((found.id, str(recorded.get("at", ""))))
    if found.id != body["id"]:
        place.brought.refused.append((f"decision {body['id']}", f"recorded as {found.id}"))


def _link_decision(place: _Place, body: dict[str, Any]) -> None:
    """A word on two claims: known where it is the next that was said here, else put after all."""
    if place.join is None:
        raise RefusedError("words on links are not taken here")
    for document in body["documents"]:
        place.store.now.document(document)
    said = LinkDecision(**{name: body[name] for name in _LINK})
    if link_recording.matter_of(said) != body["id"]:
        raise RefusedError(f"a word on links has another's id, {body['id']}")
    word = (said.verdict, said.reviewer, said.reason)
    past = place.joined.setdefault(body["id"], _Said(_said_here(place.store, body)))
    if past.met < len(past.here):
        if past.here[past.met] != word:
            raise RefusedError("somebody joined or parted the two here otherwise")
        past.met += 1
        place.brought.known += 1
        return
    place.join(place.store, said)
    place.brought.decisions += 1
    place.brought.decided.append((body["id"], str((body.get("recorded") or {}).get("at", ""))))


def _said_here(store: Store, body: dict[str, Any]) -> list[tuple[str, str, str]]:
    words = ClaimLinks(store.now).words([body["left"]])
    return [(w.verdict, w.reviewer, w.reason) for w in reversed(words) if w.id == body["id"]]


_LINK: Final = ("left", "right", "relation", "verdict", "reviewer", "reason")
_HANDLERS: Final = {
    "export": _skip,
    "end": _skip,
    "run": _run,
    "capture": _capture,
    "reading": _reading,
    "plain": _plain,
    "decision": _decision,
    "link_decision": _link_decision,
}
