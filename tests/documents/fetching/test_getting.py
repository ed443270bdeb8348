from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest
from tests.documents.fetching.site import Site, served

from allegedly.documents.fetching import Fetcher, FetchError, Manners, Robots
from allegedly.documents.fetching.addresses import RefusedAddressError, parts_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler

HOME = Manners(private=True, pause=0.0, seconds=2.0, wait=1.0, most=100_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as found:
        yield found


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",  # noqa: S104  # an address to be refused
        "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::",
        "localhost",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(RefusedAddressError, match="private"):
        resolve(address, 80, private=False)
    assert resolve(address, 80, private=True)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111"])
def test_public_addresses_are_not(address: str) -> None:
    assert resolve(address, 443, private=False) == [address]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://quay.example/", "gopher://x", "http://", "//quay.example",
        "http://user:word@quay.example/", "http://quay.example/a b", "http://quay.example:99999/",
        "http://quay.example/\r\nX-Evil: 1", "http://[::1",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        parts_of(address)


def test_an_answer(site: Site) -> None:
    site.page("/feed?x=1", b"words", ETag='"1"')
    answer = Fetcher(HOME).get(f"{site.root}/feed?x=1")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"words", '"1"')
    assert answer.moved is None
    agent = next(iter(site.agents))
    assert agent.startswith("allegedly/")


def test_who_can_be_turned_to_is_told(site: Site) -> None:
    site.page("/", b"")
    Fetcher(Manners(private=True, contact="desk@quay.example")).get(site.root)
    assert "desk@quay.example" in next(iter(site.agents))


def test_a_private_site_is_refused_unless_allowed(site: Site) -> None:
    with pytest.raises(FetchError, match="private address"):
        Fetcher(Manners(pause=0.0)).get(site.root)
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = site.root.replace("127.0.0.1", "localhost")
    site.page("/", b"", status=302, Location=f"{inner}/secret")
    site.page("/secret", b"inside")

    real = resolve

    def told(host: str, port: int, *, private: bool) -> list[str]:
        return real(host, port, private=host == "127.0.0.1" or private)

    monkeypatch.setattr("allegedly.documents.fetching.getting.resolve", told)
    with pytest.raises(FetchError, match="private address"):
        Fetcher(Manners(pause=0.0)).get(site.root)
    assert site.asked == ["/"]


def test_lasting_redirects_are_told_and_passing_ones_not(site: Site) -> None:
    site.page("/old", status=301, Location="/new")
    site.page("/for-now", status=302, Location="/new")
    site.page("/new", b"words")
    assert Fetcher(HOME).get(f"{site.root}/old").moved == f"{site.root}/new"
    answer = Fetcher(HOME).get(f"{site.root}/for-now")
    assert (answer.body, answer.moved) == (b"words", None)


def test_redirects_end(site: Site) -> None:
    site.page("/", status=302, Location="/")
    with pytest.raises(FetchError, match="redirects"):
        Fetcher(HOME).get(site.root)
    assert len(site.asked) == HOME.redirects + 1


def test_a_redirect_to_a_file_is_refused(site: Site) -> None:
    site.page("/", status=302, Location="file:///etc/passwd")
    with pytest.raises(FetchError, match="not a web address"):
        Fetcher(HOME).get(site.root)


def test_an_answer_without_end_is_cut(site: Site) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"<item/>" * 1000)

    site.pages["/"] = endless
    with pytest.raises(FetchError, match="more than 100 kB"):
        Fetcher(HOME).get(site.root)


def test_an_answer_that_drips_is_cut(site: Site) -> None:
    def dripping(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b".")
            time.sleep(0.02)

    site.pages["/"] = dripping
    hasty = Manners(private=True, pause=0.0, seconds=0.3)
    began = time.monotonic()
    with pytest.raises(FetchError, match="seconds"):
        Fetcher(hasty).get(site.root)
    assert time.monotonic() - began < 2


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(site: Site) -> None:
    site.page("/", gzip.compress(b"words"), Content_Encoding="gzip")
    site.page("/bomb", gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")
    assert Fetcher(HOME).get(site.root).body == b"words"
    with pytest.raises(FetchError, match="more than"):
        Fetcher(HOME).get(f"{site.root}/bomb")


def test_one_host_is_not_asked_twice_within_the_pause(site: Site) -> None:
    site.page("/", b"")
    fetcher = Fetcher(Manners(private=True, pause=0.2))
    began = time.monotonic()
    fetcher.get(site.root)
    fetcher.get(site.root)
    assert time.monotonic() - began >= 0.2


def test_robots(site: Site) -> None:
    rules = b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: other\nDisallow: /"
    site.page("/robots.txt", rules)
    robots = Robots(Fetcher(HOME))
    assert robots.allows(f"{site.root}/feed")
    assert not robots.allows(f"{site.root}/private/feed")
    assert robots.pause(f"{site.root}/feed") == 3
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_a_site_without_rules_allows_and_one_that_fails_does_not(
    site: Site, status: int, *, allowed: bool
) -> None:
    site.page("/robots.txt", status=status)
    assert Robots(Fetcher(HOME)).allows(f"{site.root}/feed") is allowed
