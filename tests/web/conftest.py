"""A desk on a small ledger, opened by one person or shared by several."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient
from tests.store import stories

from allegedly.ledger import Ledger
from allegedly.records import Case
from allegedly.store import ROLES
from allegedly.web import Desk, Settings, alone, application
from allegedly.web.security.shared import Shared, hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx2

PAGE = {"accept": "text/html"}
HERE = "http://127.0.0.1:8321"
THERE = "https://desk.example"
PASSWORD = "a long enough word"  # noqa: S105  # of accounts that live for one test


@dataclass
class Now:
    """A clock that tests move."""

    now: datetime = datetime(2031, 5, 6, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Visitor:
    """A browser's side: sends the word of its forms, and comes from our own pages."""

    def __init__(self, client: TestClient, origin: str) -> None:
        self.client, self.origin = client, origin

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.client.get(path, headers=PAGE | more.pop("headers", {}), **more)

    def word(self) -> str:
        found: str = self.get("/claims").text.split('data-csrf="')[1].split('"')[0]
        return found

    def send(self, path: str, fields: dict[str, Any], **headers: str) -> httpx2.Response:
        """Send a form as a page does; the answer is not followed."""
        fields = {"csrf": self.word(), **fields}
        sent = PAGE | {"origin": self.origin} | headers
        return self.client.post(path, data=fields, headers=sent, follow_redirects=False)

    def ask(self, path: str, body: dict[str, Any], **headers: str) -> httpx2.Response:
        """Send JSON as a page's script does."""
        sent = {"origin": self.origin, "x-csrf-token": self.word()} | headers
        return self.client.post(path, json=body, headers=sent)


@pytest.fixture
def clock() -> stories.Clock:
    return stories.Clock()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say ON_BOTH, or the tests in it, run on SQLite and on PostgreSQL."""
    both = getattr(metafunc.module, "ON_BOTH", ())
    asked = both is True or metafunc.function.__name__ in (both or ())
    if asked and "ledger" in metafunc.fixturenames:
        metafunc.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def kept() -> str:
    """The accounts' password as it is kept, hashed once."""
    return hashed(PASSWORD)


def fill(made: Ledger, kept: str) -> None:
    """One story and three accounts."""
    reading = stories.whole()
    made.record(reading, stories.capture(reading), stories.FIRST)
    made.record_case(Case(name="orrin", title="Orrin", seeds=(reading.document.id,)))
    made.people.prepare()
    for role in ROLES:
        made.people.add(role, role, Now().now, password=kept)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, kept: str) -> Path:
    """A ledger with one story and three accounts, made once and copied."""
    path = tmp_path_factory.mktemp("filled") / "news.ledger"
    with Ledger.open(path, create=True, clock=stories.Clock()) as made:
        fill(made, kept)
    return path


@pytest.fixture
def ledger(
    request: pytest.FixtureRequest, filled: Path, kept: str, tmp_path: Path, clock: stories.Clock
) -> Iterator[Ledger]:
    """That ledger; on PostgreSQL where a test asks for it."""
    if getattr(request, "param", "sqlite") == "postgresql":
        with Ledger.open(request.getfixturevalue("schema"), create=True, clock=clock) as opened:
            fill(opened, kept)
            clock.now += timedelta(hours=1)
            yield opened
        return
    clock.now += timedelta(hours=1)
    path = shutil.copy(filled, tmp_path / "news.ledger")
    with Ledger.open(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def desk(ledger: Ledger, now: Now) -> Desk:
    return Desk.of(ledger, alone("ana", 8321, links=False), now)


@pytest.fixture
def stranger(desk: Desk) -> Iterator[TestClient]:
    """A browser that has not been let in."""
    with TestClient(application(desk), base_url=HERE) as client:
        yield client


@pytest.fixture
def ana(desk: Desk, stranger: TestClient) -> Visitor:
    """The one person of a desk, let in."""
    stranger.get("/enter", params={"token": desk.keeper.token()}, headers=PAGE)  # type: ignore[union-attr]  # a desk of one
    return Visitor(stranger, HERE)


@pytest.fixture
def shared_desk(ledger: Ledger, now: Now) -> Desk:
    return Desk.of(ledger, Settings(origins=(THERE,), links=False), now)


@pytest.fixture
def door(shared_desk: Desk) -> Iterator[Callable[[], TestClient]]:
    """Makes browsers that stand before a shared desk."""
    app, opened = application(shared_desk), []

    def another() -> TestClient:
        client = TestClient(app, base_url=THERE)
        opened.append(client)
        return client

    with TestClient(app, base_url=THERE):
        yield another
    for client in opened:
        client.close()


@pytest.fixture
def let_in(shared_desk: Desk, door: Callable[[], TestClient]) -> Callable[[str], Visitor]:
    """Lets somebody in by name, without the cost of a password."""

    def enter(name: str) -> Visitor:
        assert isinstance(shared_desk.keeper, Shared)
        client = door()
        client.cookies.set(shared_desk.settings.cookie, shared_desk.keeper.begin(name))
        return Visitor(client, THERE)

    return enter
