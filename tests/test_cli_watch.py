from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from benchmarks import reader_inputs
from tests.documents.fetching.site import Site, served
from typer.testing import CliRunner

import allegedly
from allegedly.cli import app
from allegedly.documents.fetching import getting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(getting.Fetcher, "_be_patient", lambda *_: None)
    with served() as found:
        yield found


def watch(site: Site, folder: Path, *options: str) -> Result:
    opml = folder / "feeds.opml"
    opml.write_text(
        f'<opml version="2.0"><body><outline xmlUrl="{site.root}/feed"/></body></opml>', "utf-8"
    )
    command = ["watch", str(opml), "--once", "--ledger", str(folder / "a.ledger"), *options]
    return CliRunner().invoke(app, command)


def titles(folder: Path) -> set[str | None]:
    with allegedly.Ledger.open(str(folder / "a.ledger")) as ledger:
        return {document.title for document in ledger.documents()}


def test_a_feed_is_stored_and_asked_for_again_with_its_etag(site: Site, tmp_path: Path) -> None:
    conditions: list[str | None] = []

    def feed(request: BaseHTTPRequestHandler) -> None:
        conditions.append(request.headers["If-None-Match"])
        known = conditions[-1] == '"1"'
        request.send_response(304 if known else 200)
        request.send_header("ETag", '"1"')
        request.end_headers()
        if not known:
            request.wfile.write(reader_inputs.rss())

    site.pages["/feed"] = feed
    done = watch(site, tmp_path, "--allow-private")
    assert done.exit_code == 0, done.stderr
    assert "2 added" in done.stderr
    assert f"{site.root}/feed › {reader_inputs.ADDRESS}" in done.stdout
    assert titles(tmp_path) == {reader_inputs.TITLE, "Bread runs short"}
    assert "not due" in watch(site, tmp_path, "--allow-private").stderr
    assert conditions == [None]
    state = tmp_path / "a.ledger-feeds.json"
    kept = json.loads(state.read_text("utf-8"))
    kept["feeds"][f"{site.root}/feed"]["due"] = 0
    state.write_text(json.dumps(kept), "utf-8")
    assert watch(site, tmp_path, "--allow-private").exit_code == 0
    assert conditions == [None, '"1"']
    assert site.asked.count("/robots.txt") == 2


def test_a_private_address_is_refused(site: Site, tmp_path: Path) -> None:
    done = watch(site, tmp_path)
    assert done.exit_code == 1
    assert site.asked == []


def test_robots_are_heeded(site: Site, tmp_path: Path) -> None:
    site.page("/robots.txt", b"User-agent: allegedly\nDisallow: /")
    site.page("/feed", reader_inputs.rss())
    done = watch(site, tmp_path, "--allow-private")
    assert (done.exit_code, site.asked) == (1, ["/robots.txt"])
    assert "robots.txt" in done.stderr


def test_a_feed_that_is_a_page_says_so(site: Site, tmp_path: Path) -> None:
    site.page("/feed", b"", status=503)
    done = watch(site, tmp_path, "--allow-private")
    assert done.exit_code == 1
    assert "503" in done.stderr


def test_a_list_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text("words", "utf-8")
    done = CliRunner().invoke(app, ["watch", str(path), "--once"])
    assert done.exit_code == 2
