"""Whatever is changed behind the ledger's back is named."""

from __future__ import annotations

import tempfile
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from tests.store.stories import FIRST, SECOND, capture, decide, denied, read, taken, whole

from allegedly.records import Case, Membership
from allegedly.store import LedgerError, comparing, counting, projector, schema, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.store import Store


@pytest.fixture
def filled(ledger: Store) -> Store:
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    decide(ledger, taken())
    newer = read(taken(act="accuse"), denied())
    ledger.record(newer, capture(newer, "elsewhere"), SECOND)
    return ledger


def change(store: Store, statement: str, *, unguarded: bool = False) -> None:
    """Change the database as somebody would who wants nobody to know."""
    with store.database.engine.connect() as connection, connection.begin():
        if unguarded and connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER entries_no_update"))
            connection.execute(text("DROP TRIGGER entries_no_delete"))
        elif unguarded:
            connection.execute(text("DROP TRIGGER entries_never_change ON entries"))
        connection.execute(text(statement))


def test_an_untouched_ledger_is_sound(filled: Store) -> None:
    report = filled.verify()
    assert report.sound
    assert report.head == filled.now.head().hash


@pytest.mark.parametrize("statement", ["UPDATE entries SET kind = 'x'", "DELETE FROM entries"])
def test_the_database_itself_refuses_to_change_entries(filled: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        change(filled, statement)


@pytest.mark.parametrize(
    ("statement", "seq", "what"),
    [
        ("UPDATE entries SET body = replace(body, 'warden', 'mayor') WHERE seq = 2", 2, "changed"),
        ("UPDATE entries SET recorded_at = '1999' WHERE seq = 5", 5, "changed"),
        ("UPDATE entries SET run = NULL WHERE seq = 5", 5, "changed"),
        ("DELETE FROM entries WHERE seq = 6", 6, "missing"),
        ("UPDATE entries SET previous = hash WHERE seq = 4", 4, "does not follow"),
    ],
)
def test_the_first_wrong_entry_is_named(filled: Store, statement: str, seq: int, what: str) -> None:
    change(filled, statement, unguarded=True)
    report = filled.verify()
    assert report.chain
    assert report.problems[0].seq == seq
    assert what in str(report.problems[0])


def test_an_end_cut_off_is_known_by_the_head_kept_elsewhere(filled: Store) -> None:
    kept = filled.now.head()
    assert filled.verify(head=kept.hash).sound
    assert filled.verify(head=filled.as_of(3).head().hash).sound
    change(filled, f"DELETE FROM entries WHERE seq = {kept.seq}", unguarded=True)
    filled.rebuild()
    assert filled.verify().sound
    report = filled.verify(head=kept.hash)
    assert "its end is lost" in str(report.problems[0])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims SET act = 'praise' WHERE act = 'deny'",
        "UPDATE claims SET seq_to = NULL",
        "DELETE FROM silences",
        "UPDATE documents SET captures = 9",
        "UPDATE sources SET name = 'nobody'",
        "UPDATE speakers SET claims = 9",
        "UPDATE decisions SET reviewer = 'somebody else'",
        "UPDATE standings SET status = 'accepted'",
        "DELETE FROM chains",
        "UPDATE captures SET publisher = 'Another'",
        "UPDATE readings SET claims = 0",
        "UPDATE runs SET model = 'none'",
    ],
)
def test_a_projection_changed_is_told_and_rebuilt(filled: Store, statement: str) -> None:
    change(filled, statement)
    report = filled.verify()
    assert not report.sound
    assert not report.chain
    filled.rebuild()
    assert filled.verify().sound


@pytest.mark.parametrize("index", ["claim_index", "document_index"])
def test_a_search_index_without_a_row_is_told_and_rebuilt(
    filled: Store, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if index == "claim_index":  # one of them by a process of its own
        monkeypatch.setattr(counting, "FEW", 0)
    if filled.database.engine.dialect.name == "sqlite":
        change(filled, f"INSERT INTO {index}({index}) VALUES ('delete-all')")
    else:
        change(filled, f"DELETE FROM {index}")
    assert index in str(filled.verify().problems[0])
    filled.rebuild()
    assert filled.verify().sound


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries, rows and states at a time, so that a small ledger has many parts."""
    monkeypatch.setattr(schema, "BATCH", 3)
    monkeypatch.setattr(comparing, "_ROWS", 2)
    monkeypatch.setattr(projector, "REMEMBERED", 0)


@pytest.mark.usefixtures("in_small_parts")
@pytest.mark.parametrize(
    ("statement", "seq", "what"),
    [
        ("UPDATE entries SET body = '{}' WHERE seq = 4", 4, "changed"),
        ("DELETE FROM entries WHERE seq = 7", 7, "missing"),
        (
            "UPDATE claims SET content = 'x' WHERE seq = (SELECT max(seq) FROM claims)",
            13,
            "content",
        ),
        ("DELETE FROM chains WHERE claim = 5", 5, "chains"),
        ("UPDATE sources SET name = 'x' WHERE id = 'warden'", 9, "another name"),
        ("DELETE FROM claims WHERE seq = 13", 13, "lacks a row"),
        ("INSERT INTO sources VALUES ('zed', 99, 'Zed', 'person')", 99, "a row too many"),
        ("UPDATE claims SET seq_to = NULL WHERE seq = 5", 5, "another seq_to"),
        ("UPDATE claims SET seq_to = seq_to + 1 WHERE seq = 5", 5, "another seq_to"),
        ("UPDATE claims SET seq_to = seq_to - 1 WHERE seq = 5", 5, "another seq_to"),
        ("UPDATE claims SET seq_to = 99 WHERE seq = 13", 13, "another seq_to"),
        ("UPDATE claims SET act = 'x', seq_to = seq_to + 1 WHERE seq = 5", 5, "another seq_to"),
        ("UPDATE claims SET seq_to = 7, act = CASE seq WHEN 13 THEN 'x' ELSE act END", 5, "seq_to"),
    ],
)
def test_what_is_wrong_is_named_in_whatever_part(
    filled: Store, statement: str, seq: int, what: str
) -> None:
    assert filled.verify().sound
    change(filled, statement, unguarded="entries" in statement)
    [problem] = filled.verify().problems
    assert (problem.seq, what in str(problem)) == (seq, True), problem


def test_a_proof_is_of_one_moment(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    later = read(text="The clerk said that the bell was back.\n")
    kind, head = type(filled.database), filled.now.head()
    vocabulary = kind.vocabulary

    def while_somebody_writes(*asked: Any) -> Iterator[tuple[str, int]]:
        filled.record(later, capture(later, "later"), FIRST)
        return vocabulary(*asked)

    monkeypatch.setattr(kind, "vocabulary", while_somebody_writes)
    report = filled.verify()
    assert report.sound, report.problems
    assert report.head == head.hash != filled.now.head().hash


@pytest.mark.usefixtures("in_small_parts")
def test_an_interrupted_proof_leaves_nothing_behind(
    filled: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = list(tmp_path.iterdir())

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.verify(progress=interrupt)
    ours = ("ahead", "vocabulary", "counting words")
    assert [t.name for t in threading.enumerate() if t.name.startswith(ours)] == []
    assert list(tmp_path.iterdir()) == before
    assert filled.verify().sound


@pytest.mark.usefixtures("in_small_parts")
@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE cases SET seq_to = NULL", "cases"),
        ("UPDATE memberships SET seq_to = NULL", "memberships"),
        ("UPDATE memberships SET seq_to = 99 WHERE seq_to IS NULL", "memberships"),
        ("DELETE FROM memberships WHERE seq_to IS NULL", "memberships"),
    ],
)
def test_what_a_later_entry_replaces_is_compared(filled: Store, statement: str, table: str) -> None:
    document = filled.now.documents()[0].id
    case = Case(name="bell", title="The bell", seeds=(document,))
    member = Membership(
        case=case.id, document=document, belongs=True, probability=0.5, method="seed"
    )
    for n, belongs in enumerate((True, False, True)):  # in it, out of it, in it again
        filled.record_case(replace(case, title=f"The bell, {n}"))
        filled.record_collected(FIRST, memberships=[replace(member, belongs=belongs)])
    assert filled.verify().sound
    change(filled, statement)
    [problem] = filled.verify().problems
    assert str(problem).split()[2] == table, problem


def test_text_is_ordered_by_code_points_whatever_the_server_s_language(ledger: Store) -> None:
    """In many languages, Øst comes before Zoe; the projections made anew lie in SQLite."""
    database, t = ledger.database, tables.sources
    rows = select(t.c.id).order_by(database.ordered(t.c.id))
    assert ("COLLATE" in str(rows.compile(database.engine))) == (
        database.engine.dialect.name == "postgresql"
    )
    named = [replace(taken().sources[0], name=name) for name in ("Zoe", "Øst", "Ann")]
    told = read(replace(taken(), sources=tuple(named)))
    ledger.record(told, capture(told), FIRST)
    with database.reading() as connection:
        assert list(connection.execute(rows).scalars()) == ["ann", "zoe", "øst"]
    assert ledger.verify().sound


def test_a_wrong_entry_is_named_though_a_projection_cannot_be_read(filled: Store) -> None:
    change(filled, "DROP TABLE chains")
    with pytest.raises(LedgerError, match="chains"):
        filled.verify()
    change(filled, "UPDATE entries SET run = NULL WHERE seq = 5", unguarded=True)
    assert [problem.seq for problem in filled.verify().problems] == [5]
