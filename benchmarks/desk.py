"""How fast the desk is on a large ledger, what it sends, and whether it loses a decision.

    python -m benchmarks.desk ../shared/stories --claims 100000 --cases 200 --minutes 5 --floor

A ledger of repeated real readings is served by a process of its own, shared. Every page is asked
for by one visitor; then in Chromium, where it is installed; then fifty visitors come at once, ten
of whom decide. `--floor` leaves with 1 where a promise is missed. `--ledger` is a path or a
PostgreSQL URL: the ledger is made there once and taken up again; `--minutes 0` leaves the visitors
out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx2

from allegedly.ledger import Ledger
from allegedly.records import Case, Membership
from allegedly.store import LedgerMissingError
from allegedly.web import Settings
from allegedly.web.security.shared import Shared
from benchmarks.store_speed import RUN, fill, repeated, templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegedly.store import Role

PAGE_P95, LOAD_P95 = 100.0, 300.0  # ms
LARGEST, USABLE = 300_000, 1.5  # bytes, seconds
ROUNDS = 100  # of 25, the slowest alone would be most of the p95
USERS, WRITERS = 50, 10
PAUSE = 4.0  # seconds that a visitor looks at a page, on average
CHROMIUM = Path("/usr/bin/chromium")
PORT = 8397
HERE = f"http://127.0.0.1:{PORT}"


@dataclass
class Figures:
    """What was measured; times in ms by page, complaints as they came."""

    pages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bytes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[str] = field(default_factory=list)

    def check(self, ok: bool, what: str) -> None:  # noqa: FBT001  # what is promised
        """Keep a promise that was missed."""
        if not ok:
            self.missed.append(what)


def prepared(where: str, stories: Path, claims: int, cases: int) -> None:
    """Make the ledger unless it is there: readings repeated, cases of neighbouring documents."""
    with suppress(LedgerMissingError), Ledger.open(where):
        return
    told = templates(stories)
    with Ledger.open(where, create=True) as ledger:
        made, spent = fill(ledger, repeated(told, claims), claims)
        print(f"{made:,} claims in {spent:.0f} s")
        documents = [found.id for found in ledger.documents()]
        each = max(1, len(documents) // cases)
        for number in range(cases):
            inside = documents[number * each : (number + 1) * each]
            case = Case(name=f"case-{number}", title=f"Case {number}", seeds=tuple(inside[:1]))
            ledger.record_case(case, RUN)
            ledger.record_collected(RUN, memberships=[_member(case.id, name) for name in inside])
        ledger.people.prepare()
        for number in range(USERS):
            role: Role = "reviewer" if number < WRITERS else "reader"
            ledger.people.add(f"visitor {number}", role, datetime.now(UTC), password="none")  # noqa: S106


def _member(case: str, document: str) -> Membership:
    return Membership(case=case, document=document, belongs=True, probability=0.9, method="made")


@contextmanager
def served(where: str) -> Iterator[int]:
    """The desk, in a process of its own; gives its number."""
    command = ["allegedly", "serve", "--shared", "--address", HERE, "--port", str(PORT)]
    program = Path(sys.executable).with_name(command[0])
    running = subprocess.Popen([program, *command[1:], "--ledger", where])
    try:
        for _ in range(200):
            time.sleep(0.1)
            try:
                httpx2.get(HERE, timeout=30)
                break
            except httpx2.TransportError:
                continue
        yield running.pid
    finally:
        running.terminate()
        running.wait(20)


def busy(process: int) -> float:
    """The seconds of processor that a process has had, nan where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def sessions(ledger: Ledger) -> tuple[str, list[str]]:
    """The cookie's name and a session for each visitor."""
    settings = Settings(origins=(HERE,))
    keeper = Shared(
        people=ledger.people,
        idle=settings.idle,
        longest=settings.longest,
        token_lasts=settings.token_lasts,
        now=lambda: datetime.now(UTC),
    )
    return settings.cookie, [keeper.begin(f"visitor {number}") for number in range(USERS)]


def addresses(ledger: Ledger) -> dict[str, Callable[[random.Random], str]]:
    """Every kind of page, as of now and as of then."""
    documents = [d.id for d in ledger.documents(limit=2_000)]
    claims = [c.id for c in ledger.claims(limit=2_000)]
    sources = [quote(s.id, safe="") for s in ledger.sources(limit=100)]
    cases = [c.name for c in ledger.now.listed_cases()]
    head = ledger.now.head().seq
    then = "as_of=published:2026-06-01"
    return {
        "desk": lambda _: "/",
        "desk, as of": lambda _: f"/?{then}",
        "review": lambda c: f"/review?at={c.randrange(2_000)}",
        "cases": lambda _: "/cases",
        "cases, as of": lambda _: f"/cases?{then}",
        "case": lambda c: f"/cases/{c.choice(cases)}",
        "case, as of": lambda c: f"/cases/{c.choice(cases)}?{then}",
        "brief": lambda c: f"/cases/{c.choice(cases)}/brief",
        "documents": lambda c: f"/documents?offset={50 * c.randrange(20)}",
        "document": lambda c: f"/documents/{c.choice(documents)}",
        "document, as of": lambda c: f"/documents/{c.choice(documents)}?as_of={head}",
        "readings": lambda c: f"/documents/{c.choice(documents)}/readings",
        "claims": lambda c: f"/claims?offset={50 * c.randrange(20)}",
        "claims by act": lambda c: f"/claims?act={c.choice(['deny', 'accuse', 'assert'])}",
        "claims, as of": lambda c: f"/claims?as_of={c.randrange(head // 2, head)}",
        "claim": lambda c: f"/claims/{c.choice(claims)}",
        "search": lambda c: f"/search?q={c.choice(['police', 'minister', 'two', 'govern*'])}",
        "search, as of": lambda c: f"/search?q={c.choice(['police', 'two', 'govern*'])}&{then}",
        "sources": lambda _: "/sources",
        "sources, as of": lambda c: f"/sources?as_of={c.randrange(head // 2, head)}",
        "source": lambda c: f"/sources/{c.choice(sources)}",
        "log": lambda _: "/log",
    }


def alone(
    client: httpx2.Client,
    asked: dict[str, Callable[[random.Random], str]],
    to: Figures,
    server: int,
    cookies: list[str],
) -> None:
    """Each page by a visitor of its own, one after the other; nobody asks too often by that.

    Processor time tells what other work does not touch.
    """
    chance = random.Random(7)  # noqa: S311  # the same pages every time
    client.get("/review", headers={"cookie": cookies[-1]})  # makes the queue before it is timed
    for (name, address), cookie in zip(asked.items(), cookies, strict=False):
        headers = {"accept-encoding": "gzip", "cookie": cookie}
        before = busy(server)
        for _ in range(ROUNDS):
            started = time.perf_counter()
            answer = client.get(address(chance), headers=headers)
            to.pages[name].append((time.perf_counter() - started) * 1_000)
            to.check(answer.status_code == 200, f"{name}: status {answer.status_code}")
            sent = int(answer.headers.get("content-length") or answer.num_bytes_downloaded)
            to.bytes[name] = max(to.bytes[name], sent)
        found = p95(to.pages[name])
        spent = (busy(server) - before) / ROUNDS * 1_000
        print(f"{name:18}{found:8.1f} ms p95{spent:8.1f} ms of processor{to.bytes[name]:10,} bytes")
        to.check(found <= PAGE_P95, f"{name}: {found:.0f} ms")
        to.check(to.bytes[name] <= LARGEST, f"{name}: {to.bytes[name]} bytes")


def in_browser(
    cookie: str, secret: str, asked: dict[str, Callable[[random.Random], str]], to: Figures
) -> None:
    """Every page in Chromium with nothing in its cache: until its load event, and what it took."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it can run

    chance = random.Random(7)  # noqa: S311
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, address in asked.items():
            context = browser.new_context()
            context.add_cookies([{"name": cookie, "value": secret, "url": HERE}])
            page = context.new_page()
            page.goto(HERE + address(chance), wait_until="load")
            ready, sent = page.evaluate(
                """() => {
                  const [page] = performance.getEntriesByType("navigation");
                  const parts = performance.getEntriesByType("resource");
                  return [page.loadEventStart / 1000,
                    parts.reduce((sum, part) => sum + part.transferSize, page.transferSize)];
                }"""
            )
            print(f"{name:18}{ready:8.2f} s usable{sent:10,.0f} bytes with all its parts")
            to.check(ready <= USABLE, f"{name}: usable after {ready:.2f} s")
            to.check(sent <= LARGEST, f"{name}: {sent} bytes with all its parts")
            context.close()
        browser.close()


@dataclass
class Crowd:
    """Fifty visitors: what they waited, what they decided."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    writes: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    overtaken: int = 0
    errors: list[str] = field(default_factory=list)


async def crowd(
    ledger: Ledger,
    minutes: float,
    cookie: str,
    secrets: list[str],
    asked: dict[str, Callable[[random.Random], str]],
) -> Crowd:
    """All of them for so many minutes."""
    found, until = Crowd(), time.monotonic() + 60 * minutes
    claims = [claim.id for claim in ledger.claims(limit=4_000)]
    visits = [
        _visit(
            found,
            until=until,
            number=number,
            cookies={cookie: secret},
            asked=asked,
            claims=claims,
        )
        for number, secret in enumerate(secrets)
    ]
    await asyncio.gather(*visits)
    return found


async def _visit(  # noqa: PLR0913  # one visitor's belongings
    found: Crowd,
    *,
    until: float,
    number: int,
    cookies: dict[str, str],
    asked: dict[str, Callable[[random.Random], str]],
    claims: list[str],
) -> None:
    chance = random.Random(number)  # noqa: S311
    headers = {"accept": "text/html", "origin": HERE}
    # Certificates are not asked for; reading them for fifty clients would hold all of them up, and
    # then let them go at once.
    async with httpx2.AsyncClient(
        base_url=HERE,
        cookies=cookies,
        timeout=60,
        verify=False,  # plain HTTP
    ) as client:
        await asyncio.sleep(PAUSE * chance.random())
        while time.monotonic() < until:
            try:
                if number < WRITERS:
                    await _decide(found, client, chance.choice(claims), headers)
                else:
                    page = chance.choice(list(asked))
                    await _look(found, client, page, asked[page](chance), headers)
            except httpx2.TransportError as error:
                found.errors.append(repr(error))
            await asyncio.sleep(chance.uniform(0.5, 1.5) * PAUSE)


async def _look(
    found: Crowd, client: httpx2.AsyncClient, page: str, path: str, headers: dict[str, str]
) -> str:
    started = time.perf_counter()
    answer = await client.get(path, headers=headers)
    found.times[page].append((time.perf_counter() - started) * 1_000)
    if answer.status_code != 200:
        found.errors.append(f"{path}: {answer.status_code}")
    return answer.text


async def _decide(
    found: Crowd, client: httpx2.AsyncClient, claim: str, headers: dict[str, str]
) -> None:
    """Look at a claim and decide on it, knowing what is seen there."""
    page = await _look(found, client, "claim", f"/claims/{claim}", headers)
    word, seen = (
        re.search(p, page) for p in (r'data-csrf="([^"]+)"', r'name="seen" value="(\w+)"')
    )
    if word is None or seen is None:
        found.errors.append(f"/claims/{claim}: no form")
        return
    body = {"subject": claim, "verdict": "note", "reason": "looked at", "seen": seen[1]}
    sent = headers | {"accept": "application/json", "x-csrf-token": word[1]}
    started = time.perf_counter()
    answer = await client.post("/api/decisions", json=body, headers=sent)
    found.writes.append((time.perf_counter() - started) * 1_000)
    if answer.status_code == 201:
        found.kept.append(answer.json()["id"])
    elif answer.status_code == 409:
        found.overtaken += 1
    else:
        found.errors.append(f"decision: {answer.status_code} {answer.text[:200]}")


def together(ledger: Ledger, minutes: float, cookie: str, secrets: list[str], to: Figures) -> None:
    """Fifty at once; afterwards every decision that was acknowledged is in the ledger."""
    asked = addresses(ledger)
    found = asyncio.run(crowd(ledger, minutes, cookie, secrets, asked))
    there = {word.id for word in ledger.decisions()}
    lost = [name for name in found.kept if name not in there]
    times = [each for page in found.times.values() for each in page]
    print(
        f"{USERS} visitors for {minutes:g} min: "
        f"{len(times):,} pages {p95(times):.0f} ms p95, "
        f"{len(found.writes):,} decisions {p95(found.writes):.0f} ms p95, "
        f"{found.overtaken} told of another's, {len(found.errors)} errors, {len(lost)} lost"
    )
    slowest = sorted(((p95(each), page) for page, each in found.times.items()), reverse=True)
    print("  slowest: " + ", ".join(f"{page} {spent:.0f} ms" for spent, page in slowest[:6]))
    for error in found.errors[:5]:
        print(f"  {error}")
    to.check(not found.errors, f"{len(found.errors)} errors")
    to.check(not lost, f"{len(lost)} decisions lost")
    to.check(p95(times) <= LOAD_P95, "pages under load")
    to.check(p95(found.writes) <= LOAD_P95, "decisions under load")


def p95(times: list[float]) -> float:
    """The time within which nineteen of twenty were done, ms."""
    return quantiles(times, n=20)[-1] if len(times) > 1 else sum(times)


def main() -> None:
    """Measure, print, and leave with 1 where a promise is missed and `--floor` asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stories", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--ledger", help="a path, or a PostgreSQL URL")
    parser.add_argument("--floor", action="store_true")
    given = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f}")
    found = Figures()
    with tempfile.TemporaryDirectory() as folder:
        where = given.ledger or str(Path(folder) / "desk.ledger")
        prepared(where, given.stories, given.claims, given.cases)
        with Ledger.open(where) as ledger, served(where) as server:
            cookie, secrets = sessions(ledger)
            asked = addresses(ledger)
            headers = {"accept": "text/html"}
            with httpx2.Client(base_url=HERE, headers=headers, timeout=60) as client:
                told = [f"{cookie}={secret}" for secret in secrets]
                alone(client, asked, found, server, told)
            if CHROMIUM.exists():
                in_browser(cookie, secrets[0], asked, found)
            if given.minutes:
                together(ledger, given.minutes, cookie, secrets, found)
    print(f"load after: {os.getloadavg()[0]:.1f}")
    for missed in found.missed:
        print(f"missed: {missed}")
    if given.floor and found.missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
