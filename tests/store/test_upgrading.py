"""Ledgers of every released version open, whole, under this one and under the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import allegedly.store
from allegedly.store import Entry, LedgerVersionError, Store, address, schema
from allegedly.store.address import database

if TYPE_CHECKING:
    from allegedly.store.databases import Database

RELEASED = {"0.1.0": "0001"}  # each release and its layout; its entries lie in ledgers/
NEXT = '''"""A layout of tomorrow."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.create_index("entries_run", "entries", ["run"])
'''


def entries(release: str) -> list[Entry]:
    path = Path(__file__).parent / "ledgers" / f"{release}.jsonl"
    return [Entry(*json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def released(url: str, release: str) -> Database:
    """A ledger as that release left it: its entries in its layout."""
    found = database(address(url), create=True)
    with found.writing() as connection:
        schema.migrate(connection, RELEASED[release])
        sql = (
            "INSERT INTO entries VALUES (:seq, :recorded_at, :run, :kind, :body, :previous, :hash)"
        )
        rows = [e._asdict() for e in entries(release)]
        connection.execute(text(sql), rows)
        schema.create_projections(found, connection)
        schema.project(found, connection, iter(entries(release)))
    return found


def check(store: Store, release: str) -> None:
    report = store.verify(head=entries(release)[-1].hash)
    assert report.sound, report.problems
    statuses = sorted(claim.stands.status for claim in store.now.claims())
    assert statuses == ["accepted", "rejected"]
    assert [d.captures for d in store.now.documents()] == [2]


@pytest.mark.parametrize("release", RELEASED)
def test_a_released_ledger_opens_whole(url: str, release: str) -> None:
    released(url, release).close()
    if RELEASED[release] != schema.HEAD:
        with pytest.raises(LedgerVersionError, match="older allegedly"):
            Store.open(url)
        Store.init(url)
    with Store.open(url) as store:
        check(store, release)


@pytest.mark.parametrize("release", RELEASED)
def test_a_released_ledger_is_brought_up_to_the_next_layout(
    url: str, release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(url, release).close()
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "9999_next.py").write_text(NEXT.replace("{head}", schema.HEAD), "utf-8")
    monkeypatch.setattr(schema, "MORE_VERSIONS", [tmp_path / "next"])
    monkeypatch.setattr(schema, "HEAD", "9999")
    with pytest.raises(LedgerVersionError, match="older allegedly"):
        Store.open(url)
    assert Store.init(url)[0] == RELEASED[release]
    with Store.open(url) as store:
        check(store, release)
        with store.database.reading() as connection:
            names = {index["name"] for index in inspect(connection).get_indexes("entries")}
        assert "entries_run" in names
    monkeypatch.undo()
    with pytest.raises(LedgerVersionError, match="newer allegedly"):
        Store.open(url)


def test_the_head_is_the_last_revision() -> None:
    folder = Path(allegedly.store.__file__).parent / "migrations"
    script: Any = ScriptDirectory(str(folder), version_locations=[str(folder / "versions")])
    assert script.get_heads() == [schema.HEAD]
