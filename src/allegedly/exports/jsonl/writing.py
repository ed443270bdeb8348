"""A snapshot as JSON lines: runs, captures, readings and decisions in the order of recording.

The first line tells what was exported, the last how many lines there are and their digest, so that
a file that was cut off is known for one. What depends on the ledger's clock stands in `recorded`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.jsonl.checking import SCHEMA
from allegedly.records.ledger_json import to_dict
from allegedly.store import Moment, View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.store import Change, StoredCapture, StoredDecision, StoredLinkDecision

Body = dict[str, Any]
_CLOCKED: Final = ("seq", "recorded_at")


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write a snapshot; a selection of claims leaves as their whole documents."""
    digest, count = sha256(), 0
    for body in _bodies(snapshot):
        line = _line(body)
        digest.update(line)
        out.write(line)
        count += 1
    out.write(_line({"kind": "end", "lines": count, "sha256": digest.hexdigest()}))


def _line(body: Body) -> bytes:
    return f"{json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _bodies(snapshot: Snapshot) -> Iterator[Body]:
    head = snapshot.head
    yield {
        "kind": "export",
        "schema": SCHEMA,
        "asked": snapshot.selection.asked,
        "as_of": snapshot.moment,
        "recorded": {"seq": head.seq, "at": head.recorded_at, "head": head.hash},
    }
    runs: set[str] = set()
    for story in snapshot.stories():
        yield from _story(snapshot, story, runs)
    whole = snapshot.selection.documents is None
    words = snapshot.on_sources if whole else snapshot.words_on_sources()
    yield from map(_decision, words)
    for word, documents in snapshot.words_on_links():
        yield _link_word(word, documents)


def _story(snapshot: Snapshot, story: Story, runs: set[str]) -> Iterator[Body]:
    """What was recorded about a document, in the order of recording."""
    captures = {capture.id: capture for capture in story.captures}
    changes = sorted(snapshot.view.log(story.stored.id), key=lambda change: change.seq)
    last = max((change.seq for change in changes if change.kind == "reading"), default=0)
    for change in changes:
        if change.kind == "capture":
            yield _capture(captures[change.id])
        elif change.decision is not None:
            yield _decision(change.decision)
        elif change.kind == "reading" and change.run is not None:
            if change.run not in runs:
                runs.add(change.run)
                yield {"kind": "run", **snapshot.run(change.run)}
            yield _reading(snapshot, story, change, current=change.seq == last)


def _reading(snapshot: Snapshot, story: Story, change: Change, *, current: bool) -> Body:
    then = View(snapshot.view.database, Moment(seq=change.seq))
    return {
        "kind": "reading",
        "id": change.id,
        "run": change.run,
        "current": current,
        "recorded": {"seq": change.seq, "at": change.recorded_at},
        "ledger": to_dict(then.reading(story.stored.id)),
    }


def _capture(capture: StoredCapture) -> Body:
    return {"kind": "capture", "recorded": {"seq": capture.seq}, **_without_clock(asdict(capture))}


def _decision(word: StoredDecision) -> Body:
    said = asdict(word)
    said["about"] = said.pop("kind")
    said["stands"] = said.pop("current")
    clock = {"seq": word.seq, "at": word.recorded_at}
    return {"kind": "decision", "recorded": clock, **_without_clock(said)}


def _link_word(word: StoredLinkDecision, documents: tuple[str, str]) -> Body:
    said = asdict(word)
    said["stands"] = said.pop("current")
    clock = {"seq": word.seq, "at": word.recorded_at}
    body = {"documents": list(documents), **_without_clock(said)}
    return {"kind": "link_decision", "recorded": clock, **body}


def _without_clock(body: Body) -> Body:
    return {name: value for name, value in body.items() if name not in _CLOCKED}
