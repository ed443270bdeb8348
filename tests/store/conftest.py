"""A ledger on each database."""

from __future__ import annotations

import warnings
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from tests.store.stories import Clock

from allegedly.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL for as long as the tests run; it need not outlive a power cut."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a run-time folder that we do not use
        pgserver = pytest.importorskip("pgserver")
    running = pgserver.get_server(mkdtemp(prefix="allegedly-pg-"), cleanup_mode="delete")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a ledger that is not there yet, once on each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "news.ledger")
        return
    running = request.getfixturevalue("server")
    name = f"t{uuid4().hex}"
    with psycopg.connect(running, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    yield f"{running}&options=-csearch_path%3D{name}"
    with psycopg.connect(running, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Store]:
    with Store.open(url, create=True, clock=clock) as store:
        yield store
