"""Every address, for everybody: what is not allowed is refused in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.store import stories
from tests.web.conftest import PAGE

from allegedly.web.security.visitors import RANKS
from allegedly.web.table import ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient
    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger
    from allegedly.web.app.routing import Route

ASKED = {"/search": "?q=bell", "/api/search": "?q=bell", "/api/search/documents": "?q=bell"}
ELSEWHERE = {
    "page",
    "moment",
    "case-at",
    "people",
    "brief-file",
    "record",
}  # no page, or none of a desk of one
ASKED["/cases/{name}/at"] = "?step=0"


def address(route: Route, ledger: Ledger) -> str:
    """An address that the route answers."""
    parts = {
        "documents": ledger.documents()[0].id,
        "claims": stories.taken().id,
        "records": stories.taken().id,
        "assessments": stories.whole().assessments[0].id,
        "silences": stories.whole().silences[0].id,
        "decisions": "f" * 32,
        "sources": "warden",
        "cases": "orrin",
    }
    kind = route.path.removeprefix("/api").split("/")[1]
    path = re.sub(r"{(id|name|seq)}", parts.get(kind, "desk.css"), route.path)
    return path.replace("{digest}", "0") + ASKED.get(route.path, "")


@pytest.mark.parametrize("role", ["stranger", "reader", "reviewer", "admin"])
def test_who_may_do_what(
    role: str,
    ledger: Ledger,
    let_in: Callable[[str], Visitor],
    door: Callable[[], TestClient],
) -> None:
    headers = {"origin": "https://desk.example", "accept": "application/json"}
    for route in ROUTES:
        client = door() if role == "stranger" else let_in(role).client
        where = address(route, ledger)
        body: dict[str, str] | None = {} if route.method == "POST" else None
        answer = client.request(
            route.method, where, headers=headers, follow_redirects=False, json=body
        )
        assert answer.status_code in _expected(route, role), where


def _expected(route: Route, role: str) -> set[int]:
    """Let in, a POST lacks the form's word still, so that it is refused for that."""
    if route.needs == "nobody":
        return {404} if route.name.startswith("openid") else {200, 303, 403, 422}
    if role == "stranger":
        return {401}
    enough = RANKS[role] >= RANKS[route.needs]  # type: ignore[index]  # roles are needs
    return {200, 303} if enough and route.method == "GET" else {403}


@pytest.mark.parametrize("moment", [None, "4", "published:2001-01-01", "2031-05-06"])
def test_every_page_at_every_moment(moment: str | None, ledger: Ledger, ana: Visitor) -> None:
    pages = [r for r in ROUTES if r.method == "GET" and r.needs != "nobody"]
    for route in pages:
        if route.path.startswith("/api/") or route.name in ELSEWHERE:
            continue
        where = address(route, ledger)
        joint = "&" if "?" in where else "?"
        found = ana.get(where + (f"{joint}as_of={moment}" if moment else ""))
        assert found.status_code in ({200} if moment is None else {200, 404}), where
        assert found.text.count("<h1") == 1
        if moment and found.status_code == 200:
            _is_of_the_past(found.text)


def _is_of_the_past(page: str) -> None:
    links = re.findall(r'href="(/[^"]*)"', page.split("</header>")[1])
    assert [link for link in links if "as_of=" not in link and link != "/review"] == []
    assert 'action="/api/decisions"' not in page


def test_a_page_s_own_link_shows_the_same_thing_later(ana: Visitor, ledger: Ledger) -> None:
    page = ana.get("/claims").text
    stable = re.findall(r'href="([^"]*)" data-copy', page)[0]
    before = ana.get(stable).text
    ledger.decide(stories.taken().id, "reject", reviewer="ben", reason="no")
    main = "<main.*?</main>"
    assert re.findall(main, ana.get(stable).text, re.DOTALL) == re.findall(main, before, re.DOTALL)
    assert "rejected" in ana.get("/claims").text.split("<main")[1].split("live-list")[1]


def test_who_is_not_signed_in_is_sent_to_the_door(stranger: TestClient) -> None:
    found = stranger.get("/claims?act=deny", headers=PAGE, follow_redirects=False)
    assert found.status_code == 303
    assert found.headers["location"] == "/sign-in?next=%2Fclaims%3Fact%3Ddeny"
    assert "allegedly serve" in stranger.get("/sign-in", headers=PAGE).text


def test_an_empty_ledger_says_what_to_do(tmp_path: object) -> None:
    from starlette.testclient import TestClient  # noqa: PLC0415

    from allegedly.ledger import Ledger  # noqa: PLC0415
    from allegedly.web import Desk, alone, application  # noqa: PLC0415

    with Ledger.open(f"{tmp_path}/new.ledger", create=True) as ledger:
        desk = Desk.of(ledger, alone("ana", 8321))
        with TestClient(application(desk), base_url="http://localhost:8321") as client:
            token = desk.keeper.token()  # type: ignore[union-attr]  # a desk of one
            page = client.get("/enter", params={"token": token}, headers=PAGE)
            assert "allegedly add" in page.text
            for path in ("/documents", "/claims", "/sources", "/review", "/log"):
                assert client.get(path, headers=PAGE).status_code == 200


def test_an_admin_sees_and_ends_sessions(let_in: Callable[[str], Visitor], ledger: Ledger) -> None:
    admin, reviewer = let_in("admin"), let_in("reviewer")
    page = admin.get("/people").text
    assert page.count("browser, used") == 2
    assert admin.send("/people/revoke", {"name": "reviewer"}).status_code == 303
    assert reviewer.client.get("/claims").status_code == 401
    assert "reviewer sessions ended · by admin" in admin.get("/people").text
    assert ledger.now.entries(["audit"])[-1].body["sessions"] == 1
    assert admin.ask("/people/revoke", {"name": "nobody"}).status_code == 404


def test_a_desk_of_one_has_no_accounts(ana: Visitor) -> None:
    assert ana.get("/people").status_code == 404
