"""Signing in through a provider, on each database: let in, bound, and every lie refused."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient
from tests.web import provider as local
from tests.web.browser import Person, chromium, needs_chromium, served
from tests.web.conftest import PAGE, PASSWORD, THERE, Now

from allegedly.store import Identities
from allegedly.web import Desk, Settings, application
from allegedly.web.app.problems import ProblemError
from allegedly.web.security.openid import LASTS, Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2
    from tests.web.provider import LocalProvider

    from allegedly.ledger import Ledger

ON_BOTH = {
    "test_somebody_signs_in",
    "test_an_account_is_a_subject_s_from_the_first_sign_in",
    "test_an_admin_may_name_the_subject",
    "test_a_state_and_a_code_are_good_once",
    "test_a_closed_account_stays_closed",
}
EMAIL = "reviewer@paper.example"


@pytest.fixture(scope="module")
def running() -> Iterator[LocalProvider]:
    with local.provider() as found:
        yield found


@pytest.fixture
def idp(running: LocalProvider) -> LocalProvider:
    """The provider, honest again."""
    running.claims, running.header, running.metadata = {}, {}, {}
    running.signs_with, running.status = None, 200
    running.codes.clear()
    running.asked.clear()
    return running


@pytest.fixture
def identities(ledger: Ledger) -> Identities:
    found = Identities(ledger.database)
    found.prepare()
    found.give("reviewer", email="Reviewer@Paper.example")
    return found


@pytest.fixture
def openid_desk(ledger: Ledger, idp: LocalProvider, now: Now, identities: Identities) -> Desk:
    assert identities.all()["reviewer"].email == EMAIL
    asked = Provider(issuer=idp.issuer, client=local.CLIENT, secret=local.SECRET, name="The Paper")
    settings = Settings(origins=(THERE,), openid=asked, sign_ins_a_minute=1_000)
    return Desk.of(ledger, settings, now)


@pytest.fixture
def another(openid_desk: Desk) -> Iterator[Callable[[], TestClient]]:
    app, opened = application(openid_desk), []

    def make() -> TestClient:
        opened.append(TestClient(app, base_url=THERE, headers=PAGE, follow_redirects=False))
        return opened[-1]

    with TestClient(app, base_url=THERE):
        yield make
    for client in opened:
        client.close()


@pytest.fixture
def browser(another: Callable[[], TestClient]) -> TestClient:
    return another()


def go(browser: TestClient, onwards: str = "/claims") -> str:
    """The address at the provider to which a browser is sent."""
    answer = browser.get("/openid/start", params={"next": onwards})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def come_back(browser: TestClient, idp: LocalProvider, **changed: str | None) -> httpx2.Response:
    """Say yes at the provider and come back; `changed` are fields of the address that lie."""
    address = urlsplit(idp.authorise(go(browser)))
    asked = dict(parse_qsl(address.query)) | changed
    kept = {name: value for name, value in asked.items() if value is not None}
    return browser.get(f"{address.path}?{urlencode(kept)}")


def is_nobody(browser: TestClient) -> bool:
    return browser.get("/api/me", headers={"accept": "application/json"}).status_code == 401


def test_somebody_signs_in(browser: TestClient, idp: LocalProvider, ledger: Ledger) -> None:
    page = browser.get("/sign-in?next=%2Fclaims%3Fact%3Ddeny").text
    assert "Sign in with The Paper" in page
    assert "/openid/start?next=%2Fclaims%3Fact%3Ddeny" in page.replace("/claims%3F", "%2Fclaims%3F")
    address = go(browser, "/claims?act=deny")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(idp.issuer + "/authorize?")
    assert asked["client_id"] == local.CLIENT
    assert asked["redirect_uri"] == f"{THERE}/openid/back"
    assert (asked["response_type"], asked["scope"]) == ("code", "openid email")
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 40
    assert len(asked["nonce"]) >= 40
    answer = browser.get(idp.authorise(address))
    assert answer.headers["location"] == "/claims?act=deny"
    cookies = answer.headers.get_list("set-cookie")
    assert any("__Host-allegedly" in each and "HttpOnly" in each for each in cookies)
    assert browser.get("/api/me").json() == {"name": "reviewer", "role": "reviewer"}
    [(authorization, sent)] = idp.asked
    name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
    assert (unquote_plus(name), unquote_plus(secret)) == (local.CLIENT, local.SECRET)
    assert len(sent["code_verifier"]) >= 43
    events = [entry.body for entry in ledger.now.entries(["audit"])]
    assert [event["event"] for event in events] == ["account bound", "signed in"]
    assert events[-1]["by"] == idp.issuer
    assert local.SECRET not in str(events)
    assert ledger.verify().sound


def test_an_account_is_a_subject_s_from_the_first_sign_in(
    another: Callable[[], TestClient], idp: LocalProvider, identities: Identities
) -> None:
    assert come_back(another(), idp).status_code == 303
    bound = identities.all()["reviewer"]
    assert (bound.issuer, bound.subject) == (idp.issuer, "1234")
    idp.claims = {"email": "married@paper.example", "email_verified": False}
    assert come_back(another(), idp).status_code == 303, "the subject is known"
    idp.claims = {"sub": "5678"}
    late = another()
    answer = come_back(late, idp)
    assert answer.status_code == 403, "the address went to somebody else"
    assert "nobody" in answer.text
    assert is_nobody(late)


def test_an_admin_may_name_the_subject(
    browser: TestClient, idp: LocalProvider, identities: Identities
) -> None:
    identities.give("reviewer", issuer=idp.issuer, subject="s-1")
    idp.claims = {"sub": "s-1", "email": None, "email_verified": None}
    assert come_back(browser, idp).status_code == 303
    assert browser.get("/api/me").json()["name"] == "reviewer"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "x" * 43}, "begin again"),
        ({"state": None}, "begin again"),
        ({"iss": "https://evil.example"}, "another provider"),
        ({"iss": None}, "another provider"),
        ({"code": None}, "no code"),
        ({"code": "guessed"}, "did not take its own code"),
        ({"error": "access_denied", "error_description": "<b>no</b>"}, "did not sign you in"),
    ],
)
def test_an_answer_that_is_not_right_lets_nobody_in(
    browser: TestClient, idp: LocalProvider, changed: dict[str, str | None], said: str
) -> None:
    answer = come_back(browser, idp, **changed)
    assert answer.status_code in {400, 403}
    assert said in answer.text
    assert "<b>" not in answer.text
    assert is_nobody(browser)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "another-client"}, "aud"),
        ({"aud": ["the-desk", "another"], "azp": "another"}, "azp"),
        ({"aud": None}, "aud"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"exp": 1_000_000_000}, "expired"),
        ({"exp": None}, "exp"),
        ({"sub": None}, "sub"),
        ({"sub": " "}, "whose it is"),
        ({"email_verified": False}, "has not verified"),
        ({"email_verified": "true"}, "has not verified"),
        ({"email_verified": None}, "has not verified"),
        ({"email": "stranger@paper.example"}, "nobody"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    browser: TestClient, idp: LocalProvider, claims: dict[str, Any], said: str
) -> None:
    idp.claims = claims
    answer = come_back(browser, idp)
    assert answer.status_code == 403
    assert said in answer.text
    assert is_nobody(browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS384"])
def test_a_token_signed_in_another_way_lets_nobody_in(
    browser: TestClient, idp: LocalProvider, algorithm: str
) -> None:
    idp.header = {"alg": algorithm}
    assert come_back(browser, idp).status_code == 403
    assert is_nobody(browser)


def test_a_token_of_another_key_lets_nobody_in(browser: TestClient, idp: LocalProvider) -> None:
    idp.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    answer = come_back(browser, idp)
    assert answer.status_code == 403
    assert "bad_signature" in answer.text
    idp.header = {"kid": "two"}
    assert come_back(browser, idp).status_code == 403
    assert is_nobody(browser)


def test_a_state_and_a_code_are_good_once(
    another: Callable[[], TestClient], idp: LocalProvider
) -> None:
    browser = another()
    address = idp.authorise(go(browser))
    assert browser.get(address).status_code == 303
    browser.cookies.clear()
    assert browser.get(address).status_code == 403, "the state is used"
    thief = another()
    state = dict(parse_qsl(urlsplit(go(thief)).query))["state"]
    code = dict(parse_qsl(urlsplit(address).query))["code"]
    query = urlencode({"code": code, "state": state, "iss": idp.issuer})
    assert thief.get(f"/openid/back?{query}").status_code == 403, "and so is the code"
    assert is_nobody(thief)


def test_nobody_is_signed_in_to_another_s_account_unawares(
    another: Callable[[], TestClient], idp: LocalProvider
) -> None:
    """An attacker begins, says yes as themselves, and sends the last address to a victim."""
    attacker, victim = another(), another()
    address = idp.authorise(go(attacker))
    assert victim.get(address).status_code == 403
    assert is_nobody(victim)
    go(victim)
    address = idp.authorise(go(attacker))
    assert victim.get(address).status_code == 403, "a sign-in of their own does not help"
    assert is_nobody(victim)


def test_who_stays_away_too_long_begins_again(
    browser: TestClient, idp: LocalProvider, openid_desk: Desk
) -> None:
    assert openid_desk.openid is not None
    address = idp.authorise(go(browser))
    before = openid_desk.openid.clock
    openid_desk.openid.clock = lambda: before() + LASTS + 1
    assert browser.get(address).status_code == 403
    assert is_nobody(browser)


def test_onwards_is_on_this_desk(browser: TestClient) -> None:
    for evil in ("https://evil.example/", "//evil.example", "/\\evil.example", "/x\r\ny: z"):
        assert browser.get("/openid/start", params={"next": evil}).status_code == 422


def test_a_closed_account_stays_closed(
    browser: TestClient, idp: LocalProvider, ledger: Ledger, now: Now
) -> None:
    ledger.people.change("reviewer", now(), closed_at="2031-05-06T12:00:00.000000Z")
    answer = come_back(browser, idp)
    assert answer.status_code == 403
    assert is_nobody(browser)


@pytest.mark.parametrize(
    ("metadata", "status"),
    [
        ({"issuer": "https://evil.example"}, 200),
        ({"authorization_endpoint": "http://evil.example/authorize"}, 200),
        ({"authorization_endpoint": 7}, 200),
        ({}, 500),
    ],
)
def test_a_provider_that_is_not_right_is_a_problem(
    browser: TestClient, idp: LocalProvider, metadata: dict[str, Any], status: int
) -> None:
    idp.metadata, idp.status = metadata, status
    answer = browser.get("/openid/start", headers={"accept": "application/json"})
    assert answer.status_code == 502
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_provider_that_fails_while_one_is_away_is_a_problem(
    browser: TestClient, idp: LocalProvider
) -> None:
    address = idp.authorise(go(browser))
    idp.status = 503
    assert browser.get(address).status_code == 502
    assert is_nobody(browser)


def test_refusals_are_in_the_audit_log(
    browser: TestClient, idp: LocalProvider, ledger: Ledger
) -> None:
    idp.claims = {"email": "stranger@paper.example"}
    come_back(browser, idp)
    [event] = [entry.body for entry in ledger.now.entries(["audit"])]
    assert event["event"] == "refused"
    assert "stranger@paper.example" in event["why"]


def test_passwords_can_be_switched_off(
    ledger: Ledger, idp: LocalProvider, identities: Identities
) -> None:
    assert identities.all()
    asked = Provider(issuer=idp.issuer, client=local.CLIENT)
    settings = Settings(origins=(THERE,), openid=asked, passwords=False)
    app = application(Desk.of(ledger, settings))
    with TestClient(app, base_url=THERE, follow_redirects=False) as client:
        assert 'type="password"' not in client.get("/sign-in", headers=PAGE).text
        fields = {"name": "reviewer", "password": PASSWORD}
        sent = client.post("/sign-in", data=fields, headers=PAGE | {"origin": THERE})
        assert sent.status_code == 403
        assert come_back(client, idp).status_code in {200, 303}
        assert idp.asked[-1][0] == "", "without a secret it is PKCE that proves"
        assert idp.asked[-1][1]["client_id"] == local.CLIENT


def test_a_provider_without_tls_is_none() -> None:
    for issuer in ("http://idp.example", "idp.example", "https://", "https://a.example/#x"):
        with pytest.raises(ProblemError):
            Provider(issuer=issuer, client="desk")
    held = Provider(issuer="https://idp.example", client="desk", secret="s3cr3t")  # noqa: S106
    assert "s3cr3t" not in repr(held)


def test_a_desk_without_a_provider_has_no_such_door(door: Callable[[], TestClient]) -> None:
    page = door().get("/sign-in", headers=PAGE).text
    assert not re.search("Sign in with", page)
    assert door().get("/openid/start", headers=PAGE).status_code == 404
    assert door().get("/openid/back", headers=PAGE).status_code == 404


@needs_chromium
def test_a_browser_goes_there_and_comes_back(
    ledger: Ledger, idp: LocalProvider, identities: Identities
) -> None:
    asked = Provider(issuer=idp.issuer, client=local.CLIENT, secret=local.SECRET, name="The Paper")
    with served(ledger, shared=True, openid=asked) as (base, _), chromium() as opened:
        ana = Person.at(opened, base)
        page = ana.go("/claims")
        ana.picture("sign-in")
        page.get_by_role("link", name="Sign in with The Paper").click()
        page.wait_for_url(f"{base}/claims")
        assert "reviewer" in page.locator(".who").inner_text()
        assert identities.all()["reviewer"].subject == "1234"
        assert [line for line in ana.noise if idp.issuer not in line] == []
