"""What can happen to a ledger: a clear error, nothing acknowledged lost, a way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from tests.store.stories import FIRST, TEXT, Clock, capture, denied, read, taken

from allegedly.store import (
    ClockError,
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerMissingError,
    LedgerUnreachableError,
    LedgerVersionError,
    RefusedError,
    Store,
)

if TYPE_CHECKING:
    from pathlib import Path


def add(store: Store, number: int = 0, length: int = 1) -> str:
    words = f"Story {number}. {TEXT * length}"
    reading = read(taken(words), denied(words), text=words)
    return store.record(reading, capture(reading), FIRST).document


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger of fifty stories in one file, closed."""
    path = tmp_path / "fifty.ledger"
    with Store.open(path, create=True) as store:
        for number in range(50):
            add(store, number)
    return path


def test_a_ledger_that_is_not_there_is_told(url: str) -> None:
    with pytest.raises(LedgerMissingError, match="allegedly init"):
        Store.open(url)


@pytest.mark.parametrize("address", ["mysql://news", "http://example.org/x"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(LedgerError, match="no ledger's address"):
        Store.open(address)


def test_a_file_that_is_no_ledger_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.ledger"
    path.write_text("These are notes and not a database, at some length. " * 40, "utf-8")
    with pytest.raises(LedgerDamagedError, match="not a ledger"):
        Store.open(path)
    assert path.read_text("utf-8").startswith("These are notes")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError, match="a folder"):
        Store.open(tmp_path)


def test_a_truncated_file_is_told_and_what_proves_is_saved(file: Path, tmp_path: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.truncate(size * 6 // 10)
    with pytest.raises(LedgerDamagedError, match="Ways back"):
        Store.open(file)
    copied = Store.copy(file, tmp_path / "saved.ledger")
    assert copied.problem is not None
    with Store.open(tmp_path / "saved.ledger") as saved:
        report = saved.verify()
        assert report.sound
        assert report.entries == copied.entries


def test_a_flipped_bit_in_an_entry_is_named(file: Path, tmp_path: Path) -> None:
    raw = bytearray(file.read_bytes())
    at = raw.rindex(b'"Story 20. The warden') + 3
    raw[at] ^= 0x04
    file.write_bytes(raw)
    with Store.open(file) as store:
        report = store.verify()
    assert not report.sound
    assert report.chain
    assert report.problems[0].seq is not None
    copied = Store.copy(file, tmp_path / "saved.ledger")
    assert copied.entries == report.problems[0].seq - 1
    with Store.open(tmp_path / "saved.ledger") as saved:
        assert saved.verify(head=copied.head).sound


def test_any_flipped_bit_is_noticed_or_harmless(file: Path) -> None:
    """Wherever a bit flips, verify says so or finds every entry, row and word as it should be."""
    whole = file.read_bytes()
    with Store.open(file) as store:
        head = store.now.head().hash
        claims = store.now.claims()
    for at in range(5000, len(whole), len(whole) // 12):
        raw = bytearray(whole)
        raw[at] ^= 0x10
        file.write_bytes(raw)
        try:
            with Store.open(file) as store:
                sound = store.verify(head=head).sound
                assert not sound or store.now.claims() == claims
        except LedgerError:
            pass


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    with Store.open(tmp_path / "small.ledger", create=True) as store:
        kept = [add(store)]
        with store.database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        from sqlalchemy import event  # noqa: PLC0415

        store.database.close()
        limit = f"PRAGMA max_page_count = {pages + 30}"
        event.listen(store.database.engine, "connect", lambda c, _: c.execute(limit))
        with pytest.raises(LedgerFullError, match="no room left"):  # at one of them
            kept.extend(add(store, number) for number in range(1, 100))
        report = store.verify()
        assert report.sound
        assert sorted(d.id for d in store.now.documents()) == sorted(kept)


def test_a_read_only_folder_can_be_read_and_says_what_it_is(file: Path) -> None:
    """As nobody, because root may write anywhere."""
    if os.geteuid() != 0:
        pytest.skip("needs root to become somebody else")
    folder = file.parent
    for place in (folder, *folder.parents):
        if place.owner() == "root" and place.name.startswith(("pytest", "test")):
            place.chmod(0o755)
    file.chmod(0o444)
    code = (
        "import os\n"
        "from allegedly.store import Store, LedgerReadOnlyError\n"
        f"with Store.open({str(file)!r}) as store: store.verify(); store.now.documents()\n"
        "os.setuid(65534)  # only now: nobody may not read where Python itself lies\n"
        f"store = Store.open({str(file)!r})\n"
        "assert len(store.now.documents()) == 50\n"
        "assert store.verify().sound\n"
        "try:\n    store.rebuild()\nexcept LedgerReadOnlyError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "cannot be written" in done.stdout


def test_a_writer_that_never_ends_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allegedly.store.sqlite.PATIENCE", 0)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.open(file) as store:
        with pytest.raises(LedgerBusyError, match="another writer"):
            add(store, 99)
        assert len(store.now.documents()) == 50
        other.execute("ROLLBACK")
        add(store, 99)
    other.close()


def test_a_lost_connection_loses_nothing_acknowledged(server: str) -> None:
    name = "lost"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {name}")
        with Store.open(f"{server}&options=-csearch_path%3D{name}", create=True) as store:
            kept = add(store)

            def lose() -> None:
                with store.writing() as end:
                    end.put("note", {"text": "never acknowledged"})
                    end.flush()
                    pid = end.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
                    admin.execute("SELECT pg_terminate_backend(%s)", (pid,))

            with pytest.raises(LedgerUnreachableError, match="run the command again"):
                lose()
            assert [d.id for d in store.now.documents()] == [kept]
            add(store, 2)
            assert store.verify().sound
        admin.execute(f"DROP SCHEMA {name} CASCADE")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(LedgerUnreachableError, match="could not be made") as told:
        Store.open("postgresql://nobody:secret@127.0.0.1:1/news")
    assert "secret" not in str(told.value)


def test_a_clock_a_little_behind_is_carried_on(url: str) -> None:
    clock = Clock()
    with Store.open(url, create=True, clock=clock) as store:
        add(store, 1)
        before = store.now.head().recorded_at
        clock.now -= timedelta(seconds=100)
        add(store, 2)
        assert store.now.head().recorded_at == before
        assert store.verify().sound


def test_a_clock_far_behind_is_told_and_can_be_allowed(url: str) -> None:
    clock = Clock()
    with Store.open(url, create=True, clock=clock) as store:
        add(store, 1)
        before = store.now.head()
        clock.now -= timedelta(hours=3)
        with pytest.raises(ClockError, match="Nothing was written"):
            add(store, 2)
        assert store.now.head() == before
    with Store.open(url, clock=clock, clock_may_lag=True) as store:
        add(store, 2)
        assert store.now.head().recorded_at == before.recorded_at
        clock.now = datetime(2040, 1, 1, tzinfo=UTC)
        add(store, 3)
        assert store.now.head().recorded_at.startswith("2040-01-01")


def test_a_newer_ledger_is_refused_and_left_alone(ledger: Store, url: str) -> None:
    add(ledger)
    with ledger.database.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE allegedly_schema SET version_num = '9999'"))
    for attempt in (Store.open, Store.init):
        with pytest.raises(LedgerVersionError, match="newer allegedly"):
            attempt(url)
    with pytest.raises(LedgerVersionError, match="newer allegedly"):
        Store.copy(url, "sqlite:////nowhere/at/all")


def test_a_copy_goes_nowhere_where_there_is_a_ledger(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ledger"
    shutil.copy(file, other)
    with pytest.raises(RefusedError, match="there is a ledger already"):
        Store.copy(file, other)


def test_a_file_moves_to_a_server_with_its_hashes(file: Path, url: str) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("once is enough")
    copied = Store.copy(file, url)
    assert copied.problem is None
    with Store.open(file) as old, Store.open(url) as new:
        assert new.now.head() == old.now.head()
        assert new.verify(head=old.now.head().hash).sound
        assert [c.id for c in new.now.claims()] == [c.id for c in old.now.claims()]
        add(new, 77)
