"""JSON lines leave and come back: the same ids, the same records; damage is refused whole."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.exports.conftest import DOCUMENT, NEW, OLD, crossing, denial, full, met
from tests.store.stories import Clock, capture, read, taken

from allegedly import links, review
from allegedly.exports.jsonl import DamagedError, check_lines, lines, replay
from allegedly.exports.leaving import export
from allegedly.exports.snapshot import Selection
from allegedly.records import Run
from allegedly.records.ledger_json import to_dict
from allegedly.store import ClaimLinks, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.exports.jsonl import Brought


def written(store: Store, **other: Any) -> bytes:
    out = io.BytesIO()
    export(store.now, "jsonl", out, **other)
    return out.getvalue()


def bodies(data: bytes) -> list[dict[str, Any]]:
    """The lines without what depends on the ledger's clock."""
    found = [json.loads(line) for line in data.splitlines()]
    return [{k: v for k, v in body.items() if k != "recorded"} for body in found[:-1]]


def brought(store: Store, data: bytes) -> Brought:
    checked = check_lines(io.BytesIO(data))
    return replay(store, lines(io.BytesIO(data)), checked, review.decide, join=links.bring)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "empty.ledger", create=True, clock=Clock()) as store:
        yield store


def test_it_comes_back_the_same_in_ids_and_content(sheep: Store, empty: Store) -> None:
    data = written(sheep)
    done = brought(empty, data)
    assert (done.documents, done.readings, done.refused) == (1, 2, [])
    assert bodies(written(empty)) == bodies(data)
    assert empty.verify().sound


def test_what_stands_decided_is_the_same_and_still_the_reviewer_s(
    sheep: Store, empty: Store
) -> None:
    brought(empty, written(sheep))
    for claim in (crossing(), denial()):
        assert empty.now.record(claim.id).stands == sheep.now.record(claim.id).stands
    assert {word.reviewer for word in empty.now.decisions()} == {"Reva Wer"}
    assert [s.reliability for s in empty.now.sources()] == [
        s.reliability for s in sheep.now.sources()
    ]


def test_coming_back_twice_adds_nothing(sheep: Store, empty: Store) -> None:
    data = written(sheep)
    brought(empty, data)
    head = empty.now.head()
    again = brought(empty, data)
    assert (again.documents, again.readings, again.decisions, again.refused) == (0, 0, 0, [])
    assert empty.now.head() == head
    assert brought(sheep, data).refused == []


def test_when_each_decision_was_taken_is_kept(sheep: Store, empty: Store) -> None:
    done = brought(empty, written(sheep))
    times = {word.id: word.recorded_at for word in sheep.now.decisions()}
    times |= {word.id: word.recorded_at for word, _ in ClaimLinks(sheep.now).all_words()}
    assert dict(done.decided) == times


def test_an_earlier_moment_leaves_without_what_came_later(sheep: Store) -> None:
    first = next(c.seq for c in reversed(sheep.now.log()) if c.kind == "reading")
    out = io.BytesIO()
    export(sheep.as_of(first), "jsonl", out)
    kinds = [body["kind"] for body in bodies(out.getvalue())]
    assert kinds == ["export", "capture", "run", "reading"]


def test_a_selection_of_claims_leaves_as_whole_documents(sheep: Store) -> None:
    chosen = Selection(documents=(DOCUMENT,), claims=frozenset({denial().id}))
    readings = [b for b in bodies(written(sheep, selection=chosen)) if b["kind"] == "reading"]
    assert len(readings[-1]["ledger"]["claims"]) == len(full().claims)


def test_ledger_json_a_line_comes_in_as_a_run_of_its_own(empty: Store) -> None:
    data = json.dumps(to_dict(read(taken()))).encode()
    done = brought(empty, data + b"\n\n")
    assert (done.documents, done.readings) == (1, 1)
    assert empty.now.claims()[0].id == taken().id


def test_a_decision_does_not_overrule_one_that_the_file_does_not_know(
    sheep: Store, empty: Store
) -> None:
    empty.record(full(old=True), met("https://orrin.example/sheep"), OLD)
    empty.record(full(), met("https://mirra.example/second"), NEW)
    mine = review.decide(empty, denial().id, "accept", reviewer="bo", reason="heard the tape")
    done = brought(empty, written(sheep))
    otherwise = f"bo has decided about claim {denial().id} here otherwise (accept: heard the tape)"
    assert otherwise in [reason for _, reason in done.refused]
    assert empty.now.record(denial().id).stands.decisions == (mine.id,)
    assert empty.now.record(crossing().id).stands == sheep.now.record(crossing().id).stands


def test_a_reading_does_not_supersede_one_that_the_file_does_not_know(
    sheep: Store, empty: Store
) -> None:
    newest = Run(code="codename-newest", model="modelname-newest")
    empty.record(full(), met("https://orrin.example/sheep"), newest)
    done = brought(empty, written(sheep))
    assert done.readings == 0
    assert "was read here by run" in done.refused[0][1]
    assert {change.run for change in empty.now.log() if change.kind == "reading"} == {newest.id}
    # Claims have their ids from their content, so people's words on them come in all the same.
    assert empty.now.record(denial().id).stands.status == "rejected"
    plain = json.dumps(to_dict(full(old=True))).encode()
    assert "import annotations" in brought(empty, plain).refused[0][1]


def damaged(data: bytes, complaint: str) -> None:
    with pytest.raises(DamagedError, match=complaint):
        check_lines(io.BytesIO(data))


def test_a_file_that_was_cut_off_is_refused(sheep: Store) -> None:
    data = written(sheep)
    whole = data.splitlines(keepends=True)
    damaged(b"".join(whole[:-1]), "cut off")
    damaged(data[: len(data) // 2], "cut off")
    damaged(b"".join(whole[:3] + whole[4:]), "lines were lost or changed")
    damaged(b"".join([*whole, whole[3]]), "follows the last line")
    damaged(b"", "empty")


def test_a_file_that_was_changed_is_refused(sheep: Store) -> None:
    damaged(written(sheep).replace(b"acceptreason", b"rejectreason"), "lost or changed")


def test_a_file_of_another_version_is_refused(sheep: Store) -> None:
    damaged(written(sheep).replace(b"allegedly/export/1", b"allegedly/export/9", 1), "export/9")
    plain = to_dict(read(taken())) | {"schema": "allegedly/2"}
    damaged(json.dumps(plain).encode(), "written in allegedly/2")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"hello", "line 1: no JSON"),
        (b"[1]", "line 1: not an object"),
        (b"\xff\xfe", "line 1: no JSON"),
        (b"[" * 100_000, "line 1"),
        (b'{"kind":"reading"}', "line 1: no field"),
        (b'{"kind":"recipe"}', "recipe"),
        (b'{"kind":["reading"]}', "line 1"),
        (b'{"schema":"allegedly/1"}', "no field"),
        (b'{"kind":"run","id":1,"code":2,"model":3,"settings":4}', "line 1"),
        (b'{"kind":"end","lines":1,"sha256":[]}', "line 1"),
    ],
)
def test_nonsense_is_refused_with_its_line(line: bytes, complaint: str) -> None:
    damaged(line, complaint)


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allegedly.exports.jsonl.checking.LONGEST", 1000)
    damaged(b'{"kind":"' + b"x" * 2000, "longer than 1,000 bytes")


def test_what_does_not_fit_is_refused_and_the_rest_comes_in(empty: Store) -> None:
    reading = read(taken())
    empty.record(reading, capture(reading), OLD)
    words: list[dict[str, Any]] = [
        {"about": "claim", "subject": "f" * 32, "verdict": "accept", "value": None},
        {"about": "claim", "subject": taken().id, "verdict": "correct", "value": {"act": "sing"}},
        {"about": "claim", "subject": taken().id, "verdict": "burn", "value": None},
        {"about": "claim", "subject": taken().id, "verdict": "note", "value": None},
    ]
    rest: dict[str, Any] = {
        "kind": "decision",
        "document": reading.document.id,
        "matter": "x",
        "reviewer": "ana",
    }
    rest |= {"reason": "r", "supersedes": None, "stands": True, "id": "e" * 32}
    data = "\n".join(json.dumps(rest | word | {"id": f"{i}" * 32}) for i, word in enumerate(words))
    done = brought(empty, data.encode())
    reasons = [reason for _, reason in done.refused]
    assert "nothing begins with" in reasons[0]
    assert "does not hold" in reasons[1]
    assert "no verdict" in reasons[2]
    assert done.decisions == 1
    assert "recorded as" in reasons[3]
