"""Attacks on the desk, each of which must fail: docs/desk.md lists them."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.store import stories
from tests.web.conftest import HERE, PAGE, PASSWORD, THERE

from allegedly.records import Source
from allegedly.web import Desk, alone, application
from allegedly.web.security.headers import POLICY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.web.conftest import Now, Visitor

    from allegedly.ledger import Ledger

ON_BOTH = {
    "test_one_visitor_s_word_is_no_other_s",
    "test_a_session_is_not_fixed_by_who_chose_its_cookie",
    "test_passwords_cannot_be_guessed_quickly",
    "test_sessions_end",
    "test_a_program_s_token_is_no_cookie_and_a_cookie_no_token",
}
CLAIM = stories.taken().id
EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><svg onload=alert(1)>",
    "{{ 7777 * 7 }}{% raw %}",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    "\u202eevil\u202c",
)
HOSTILE = " ".join(EVIL)
DRAWN = {"viewbox", "role", "aria-label", "class", "width", "height"}  # of our own pictures


class Elements(HTMLParser):
    """Every element and attribute that a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def is_harmless(page: str) -> None:
    for tag, attributes in Elements(page).found:
        assert tag not in {"img", "iframe", "object", "embed", "base", "style"}, tag
        assert tag != "script" or (attributes.get("src") or "").startswith("/assets/")
        assert tag != "svg" or set(attributes) <= DRAWN, attributes
        for name, value in attributes.items():
            assert not name.startswith("on"), name
            assert name != "style"
            if name in {"href", "src", "action", "formaction"}:
                assert re.match(r"(/(?!/)|#|\?|https?://)", value or ""), value
    assert str(7777 * 7) not in page


@pytest.fixture
def poisoned(ledger: Ledger) -> Ledger:
    """A ledger in which every text field of a story is an attack."""
    text = f"{HOSTILE} said that {HOSTILE} fell."
    claim = stories.claim(text, f"that {HOSTILE} fell", None, "said")
    hop = Source(spans=stories.at(text, EVIL[0]), name=HOSTILE, kind="person", role=HOSTILE)
    claim = replace(claim, sources=(hop,))
    reading = stories.read(claim, text=text, title=HOSTILE, publisher=HOSTILE, published=HOSTILE)
    uri = f"javascript:alert(1)//{HOSTILE}"
    ledger.record(reading, stories.capture(reading, uri=uri), stories.FIRST)
    ledger.decide(claim.id, "note", reviewer=HOSTILE, reason=HOSTILE)
    ledger.decide(
        claim.id, "correct", reviewer=HOSTILE, reason="x", value={"source": HOSTILE + "!"}
    )
    ledger.decide(f"source:{HOSTILE}", "note", reviewer=HOSTILE, reason=HOSTILE)
    return ledger


def pages(ledger: Ledger) -> Iterator[str]:
    claim, document = ledger.claims(limit=1)[0], ledger.documents(limit=1)[0]
    yield from ("/", "/documents", "/claims", "/sources", "/log", "/review")
    yield from (f"/documents/{document.id}", f"/documents/{document.id}/readings")
    yield from (f"/claims/{claim.id}", f"/claims/{claim.id}/same?q=fell", "/search?q=fell")
    yield from (f"/sources/{part(source.id)}" for source in ledger.sources())


def part(name: str) -> str:
    return quote(name, safe="")


def test_no_markup_of_a_story_or_a_person_reaches_a_page(poisoned: Ledger, ana: Visitor) -> None:
    for path in pages(poisoned):
        found = ana.get(path)
        assert found.status_code == 200, path
        is_harmless(found.text)


@pytest.mark.parametrize("evil", EVIL)
def test_no_markup_of_a_query_reaches_a_page(ana: Visitor, evil: str) -> None:
    for path in ("/search", "/claims", "/documents"):
        for field in ("q", "source", "publisher", "act", "status", "since", "as_of", "offset"):
            found = ana.get(path, params={field: evil})
            assert found.status_code in {200, 422}
            is_harmless(found.text)
    is_harmless(ana.get(f"/claims/{part(evil)}").text)


def test_every_answer_says_what_a_browser_may_do(ana: Visitor) -> None:
    for path in ("/", "/api/claims", "/nothing", "/assets/0/desk.js", "/api/claims/../../x"):
        headers = ana.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
    assert "unsafe" not in POLICY


def test_links_to_other_sites_tell_them_nothing(ledger: Ledger, ana: Visitor) -> None:
    reading = stories.read(stories.taken(), text=stories.TEXT + "Again.")
    ledger.record(reading, stories.capture(reading, uri="https://paper.example/a"), stories.FIRST)
    page = ana.get(f"/documents/{reading.document.id}").text
    [link] = [a for tag, a in Elements(page).found if a.get("href") == "https://paper.example/a"]
    assert {"noreferrer", "noopener"} <= set((link["rel"] or "").split())


def test_another_page_cannot_send_our_forms(ana: Visitor, ledger: Ledger) -> None:
    fields = {"subject": CLAIM, "verdict": "accept", "reason": "x"}
    word = ana.word()
    for headers, csrf in (
        ({"origin": "https://evil.example"}, word),
        ({"origin": "null"}, word),
        ({"origin": "http://127.0.0.1:9999"}, word),
        ({}, word),
        ({"origin": HERE, "sec-fetch-site": "cross-site"}, word),
        ({"origin": HERE}, ""),
        ({"origin": HERE}, "A" * 88),
        ({"origin": HERE}, "é"),
    ):
        sent = ana.client.post("/api/decisions", data=fields | {"csrf": csrf}, headers=headers)
        assert sent.status_code == 403, headers
        sent = ana.client.post("/api/decisions", json=fields, headers=headers)
        assert sent.status_code == 403, headers
    assert ledger.decisions() == []


def test_one_visitor_s_word_is_no_other_s(let_in: Callable[[str], Visitor], ledger: Ledger) -> None:
    word = let_in("admin").word()
    sent = let_in("reviewer").send(
        "/api/decisions", {"subject": CLAIM, "verdict": "accept", "reason": "x", "csrf": word}
    )
    assert sent.status_code == 403
    assert ledger.decisions() == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80", "127.0.0.1.evil:8321", ""])
def test_another_host_name_is_not_answered(stranger: TestClient, host: str) -> None:
    assert stranger.get("/", headers={"host": host}).status_code == 421


def test_the_token_opens_once(stranger: TestClient, desk: Desk) -> None:
    token = desk.keeper.token()  # type: ignore[union-attr]  # a desk of one
    assert stranger.get("/enter?token=" + "x" * 43, headers=PAGE).status_code == 403
    first = stranger.get("/enter", params={"token": token}, follow_redirects=False)
    assert first.status_code == 303
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    stranger.cookies.clear()
    again = stranger.get("/enter", params={"token": token}, headers=PAGE)
    assert again.status_code == 403
    assert stranger.get("/claims").status_code == 401


def test_a_session_is_not_fixed_by_who_chose_its_cookie(
    door: Callable[[], TestClient], shared_desk: Desk
) -> None:
    name = shared_desk.settings.cookie
    browser = door()
    browser.cookies.set(name, "chosen-by-somebody-else")
    fields = {"name": "reviewer", "password": PASSWORD, "next": "/claims"}
    headers = PAGE | {"origin": THERE}
    answer = browser.post("/sign-in", data=fields, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/claims"
    cookie = answer.headers["set-cookie"]
    assert "chosen" not in cookie
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    other = door()
    other.cookies.set(name, "chosen-by-somebody-else")
    assert other.get("/claims").status_code == 401


def test_passwords_cannot_be_guessed_quickly(
    door: Callable[[], TestClient], ledger: Ledger
) -> None:
    headers = PAGE | {"origin": THERE}
    statuses = [
        door()
        .post("/sign-in", data={"name": "admin", "password": f"guess {n}"}, headers=headers)
        .status_code
        for n in range(9)
    ]
    assert set(statuses[:6]) == {403}
    assert statuses[-1] == 429
    told = ledger.now.entries(["audit"])
    assert 1 <= len(told) <= 6
    assert all(entry.body["event"] == "refused" for entry in told)


def test_sessions_end(
    let_in: Callable[[str], Visitor], ledger: Ledger, now: Now, shared_desk: Desk
) -> None:
    idle, old, out, shut, again = (let_in("reviewer") for _ in range(5))
    assert out.send("/sign-out", {}).status_code == 303
    assert out.client.get("/claims").status_code == 401
    ledger.people.change("reviewer", now(), role="reader")
    assert shut.client.get("/claims").status_code == 401
    del idle, old, again
    later = let_in("admin")
    now.go_on(hours=3)
    assert later.client.get("/claims").status_code == 200
    now.go_on(hours=3)
    assert later.client.get("/claims").status_code == 200, "in use"
    now.go_on(hours=5)
    assert later.client.get("/claims").status_code == 401, "idle"
    busy = let_in("admin")
    for _ in range(5):
        now.go_on(hours=3)
        busy.client.get("/claims")
    assert busy.client.get("/claims").status_code == 401, "as long as a session may be"
    closed = let_in("admin")
    ledger.people.change("admin", now(), closed_at="2031-05-06T12:00:00.000000Z")
    assert closed.client.get("/claims").status_code == 401
    assert shared_desk.settings.shared


def test_a_program_s_token_is_no_cookie_and_a_cookie_no_token(
    door: Callable[[], TestClient], shared_desk: Desk, ledger: Ledger
) -> None:
    keeper: Any = shared_desk.keeper
    token, session = keeper.begin("reviewer", "token"), keeper.begin("reviewer")
    program = door()
    assert program.get("/api/me", headers={"authorization": f"Bearer {token}"}).json() == {
        "name": "reviewer",
        "role": "reviewer",
    }
    assert program.get("/api/me", headers={"authorization": f"Bearer {session}"}).status_code == 401
    body = {"subject": CLAIM, "verdict": "accept", "reason": "a program may"}
    headers = {"authorization": f"bearer {token}"}
    assert program.post("/api/decisions", json=body, headers=headers).status_code == 201
    assert ledger.decisions()[0].reviewer == "reviewer"
    program.cookies.set(shared_desk.settings.cookie, token)
    assert program.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/assets/0/..%2f..%2fpyproject.toml",
        "/assets/0/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f/desk.css",
        "/assets/0/__init__.py",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%2e%2e",
    ],
)
def test_no_path_leads_out(ana: Visitor, path: str) -> None:
    assert ana.client.get(path).status_code == 404


def test_no_name_becomes_a_header(poisoned: Ledger, ana: Visitor) -> None:
    document = poisoned.documents(limit=1)[0].id
    headers = ana.get(f"/documents/{document}/page").headers
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.html"', headers["content-disposition"])
    for evil in ("/x\r\nset-cookie: a=b", "/x%0d%0aset-cookie:a=b", "/\\evil.example", "/ /x"):
        fields = {"subject": CLAIM, "verdict": "note", "reason": "x", "next": evil}
        sent = ana.send("/api/decisions", fields)
        assert sent.status_code in {303, 422}
        assert "a=b" not in str(sent.headers.get("set-cookie"))
        assert "\n" not in sent.headers.get("location", "")
        assert sent.headers.get("location", "/").startswith("/x") or sent.status_code == 422


def test_large_and_odd_bodies(ana: Visitor) -> None:
    headers = {"origin": HERE, "x-csrf-token": ana.word()}
    where = "/api/decisions"
    large = b'{"reason": "' + b"x" * 100_000 + b'"}'
    json = headers | {"content-type": "application/json"}
    assert ana.client.post(where, content=large, headers=json).status_code == 413
    endless = (b"x" * 10_000 for _ in range(100))
    assert ana.client.post(where, content=endless, headers=json).status_code == 413
    for odd, status in (
        (b"[" * 5_000, 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'{"subject": "\\u0000"}', 400),
        (b'{"subject": 3, "verdict": {}}', 422),
    ):
        assert ana.client.post(where, content=odd, headers=json).status_code == status, odd
    form = headers | {"content-type": "application/x-www-form-urlencoded"}
    assert ana.client.post(where, content=b"a=b&" * 500, headers=form).status_code == 400
    assert ana.client.post(where, content=b"reason=%00", headers=form).status_code == 400
    text = headers | {"content-type": "text/plain"}
    assert ana.client.post(where, content=b"{}", headers=text).status_code == 415


def test_a_spreadsheet_runs_nothing(ledger: Ledger, ana: Visitor) -> None:
    text = "=cmd|' /C calc'!A0 said that +1+1 fell."
    claim = stories.claim(text, "+1+1 fell", "=cmd|' /C calc'!A0", "said")
    reading = stories.read(claim, text=text, title="@SUM(1)", publisher="-2")
    ledger.record(reading, stories.capture(reading), stories.FIRST)
    answer = ana.get("/api/claims.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    assert not re.search(r'(^|,)"?[=+@-]', answer.text, re.MULTILINE)


def test_who_asks_too_much_waits(ledger: Ledger) -> None:
    desk = Desk.of(ledger, alone("ana", 8321, reads_a_minute=5))
    with TestClient(application(desk), base_url=HERE) as client:
        statuses = [client.get("/api/head").status_code for _ in range(8)]
        assert statuses == [*[401] * 5, *[429] * 3]
        assert int(client.get("/api/head").headers["retry-after"]) >= 1


@pytest.fixture
def served(ledger: Ledger) -> Iterator[int]:
    """A real server, for attacks below HTTP."""
    from allegedly.web import serving  # noqa: PLC0415

    with serving.listening("127.0.0.1", 0) as listening:
        port: int = listening.getsockname()[1]
        desk = Desk.of(ledger, alone("ana", port, body_patience=0.3))
        running = serving.server(desk)
        thread = threading.Thread(target=running.run, args=([listening],))
        thread.start()
        while not running.started:
            time.sleep(0.01)
        yield port
        running.should_exit = True
        thread.join(10)


def exchange(port: int, sent: bytes, wait: float = 5) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(sent)
        found = b""
        with suppress(ConnectionResetError):  # it hung up while more was on the way
            while part := connection.recv(65536):
                found += part
        return found


def test_slow_clients_are_hung_up_on(served: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from allegedly.web import serving  # noqa: PLC0415

    monkeypatch.setattr(serving, "HEAD_PATIENCE", 0.3)
    started = time.monotonic()
    assert exchange(served, b"GET / HTTP/1.1\r\nHost: 127") == b""
    host = f"Host: 127.0.0.1:{served}\r\n".encode()
    slow = b"POST /sign-in HTTP/1.1\r\nConnection: close\r\nContent-Length: 99\r\n" + host
    assert b" 408 " in exchange(served, slow + b"\r\nname=")
    assert time.monotonic() - started < 5


def test_odd_heads_are_refused(served: int) -> None:
    large = b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"
    answer = exchange(served, large)
    assert not answer or b" 400 " in answer
    assert b" 400 " in exchange(served, b"GARBAGE\r\n\r\n")
    two = b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"
    assert exchange(served, two).split()[1] in {b"400", b"421"}
