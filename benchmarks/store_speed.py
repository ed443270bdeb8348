"""How fast a ledger is and how it grows, on SQLite and PostgreSQL side by side.

    python -m benchmarks.store_speed ../shared/stories --claims 200000 --floor

Real readings are repeated with changed ids and texts until there are as many claims as asked; the
encoder's time is no part of any figure. Every figure is taken twice, at a tenth of the claims and
at all of them, and the growth between the two is printed. `--floor` leaves with 1 where a figure is
below what the ledger promises: rates at all of the claims, times at both sizes, and no time that
grows faster than n log n.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count
from math import log
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING

import psutil

from allegedly.adding import stories_in
from allegedly.reading import ReadingError, read
from allegedly.records import Capture, Reading, Run, Span, content_id
from allegedly.store import Filter, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN = Run(code="benchmark", model="none")
ROUNDS = 60  # questions of each kind
APPEND = {"sqlite": 2_000, "postgresql": 1_000}  # claims/s, at least
VERIFY = 20_000  # entries/s, at least
P95 = 50.0  # ms, at most
OUTLETS, REGIONS = 40, 400


@dataclass
class Figures:
    """What was measured of one ledger at one size."""

    claims: int
    append: float = 0.0
    verify: float = 0.0
    memory: float = 0.0
    bytes_each: float = 0.0
    p95: dict[str, float] = field(default_factory=dict)


def templates(folder: Path) -> list[Reading]:
    """The stories of a folder, read once."""
    found = []
    for path in stories_in(folder):
        if path.suffix == ".txt":
            try:
                found.append(read(path))
            except ReadingError as error:
                print(f"{path}: {error}", file=sys.stderr)
    return [reading for reading in found if reading.claims]


def repeated(stories: list[Reading], claims: int) -> Iterator[Reading]:
    """Readings with texts, names and ids of their own, until there are enough claims."""
    made, copy = 0, 0
    while made < claims:
        for story in stories:
            yield _changed(story, copy)
            made += len(story.claims)
            if made >= claims:
                return
        copy += 1


def _changed(story: Reading, copy: int) -> Reading:
    """The same reading of another text: the end of it and its names are the copy's own."""
    tail = f"\nFiled from region{copy % REGIONS} as copy{copy}.\n"
    text = story.document.text + tail
    name = content_id("document", text)
    ids = {claim.id: content_id("claim", claim.id, copy) for claim in story.claims}
    last = story.zones[-1]
    end = replace(last, span=Span(last.span.start, len(text)))
    claims = [
        replace(
            claim,
            id=ids[claim.id],
            targets=tuple(replace(t, claim=ids[t.claim]) for t in claim.targets),
            sources=tuple(
                replace(s, name=s.name and f"{s.name} {copy % REGIONS}") for s in claim.sources
            ),
        )
        for claim in story.claims
    ]
    published = f"20{20 + copy % 12:02d}-{1 + copy % 12:02d}-{1 + copy % 28:02d}"
    return Reading(
        document=replace(
            story.document,
            id=name,
            text=text,
            publisher=f"Outlet {copy % OUTLETS}",
            published=published,
        ),
        zones=(*story.zones[:-1], end),
        claims=tuple(claims),
        assessments=tuple(
            replace(a, id=content_id("a", a.id, copy), about=tuple(ids[c] for c in a.about))
            for a in story.assessments
        ),
        silences=tuple(replace(s, id=content_id("s", s.id, copy)) for s in story.silences),
    )


def fill(store: Store, readings: Iterator[Reading], claims: int) -> tuple[int, float]:
    """Record readings until there are so many claims; gives their number and the seconds taken.

    Only the time inside `Store.record` counts: one story, one transaction, acknowledged.
    """
    made, spent = 0, 0.0
    while made < claims:
        reading = next(readings, None)
        if reading is None:
            break
        document = reading.document
        capture = Capture(
            document=document.id,
            sha256=sha256(document.text.encode()).hexdigest(),
            uri=f"https://example.org/{document.id}",
            publisher=document.publisher,
            published=document.published,
        )
        started = time.perf_counter()
        store.record(reading, capture, RUN)
        spent += time.perf_counter() - started
        made += len(reading.claims)
    return made, spent


def questions(store: Store, stories: list[Reading]) -> dict[str, Callable[[random.Random], object]]:
    """What is asked of a ledger; each takes a source of chance."""
    head = store.now.head().seq
    documents = [d.id for d in store.now.documents(limit=500)]
    claims = [c.id for c in store.now.claims(limit=500)]
    contents = [w for s in stories for w in s.document.text.split() if w.isalpha() and len(w) > 4]
    names = [c.source for c in store.now.claims(limit=500) if c.source]
    pairs = [tuple(s.document.text.split()[i : i + 2]) for s in stories for i in range(20, 80, 7)]

    def some(chance: random.Random) -> int:
        return chance.randrange(head // 10, head)

    return {
        "show document": lambda r: store.now.reading(r.choice(documents)),
        "show claim": lambda r: store.now.record(r.choice(claims)),
        "list claims": lambda r: store.now.claims(limit=50, offset=r.randrange(100)),
        "list by act": lambda r: store.now.claims(
            Filter(act=r.choice(["deny", "accuse"])), limit=50
        ),
        "list by source": lambda r: store.now.claims(Filter(source=r.choice(names)), limit=50),
        "list by publisher": lambda r: store.now.claims(
            Filter(publisher=f"Outlet {r.randrange(OUTLETS)}"), limit=50
        ),
        "search word": lambda r: store.now.search(r.choice(contents)),
        "search phrase": lambda r: store.now.search('"{} {}"'.format(*r.choice(pairs))),
        "search prefix": lambda r: store.now.search(f"{r.choice(contents)[:4]}*"),
        "search common": lambda r: store.now.search(r.choice(["the", "that", "of", "to"])),
        "search by act": lambda r: store.now.search(r.choice(contents), Filter(act="deny")),
        "search documents": lambda r: store.now.search_documents(r.choice(contents)),
        "as of seq": lambda r: store.as_of(some(r)).claims(limit=50),
        "as of seq, search": lambda r: store.as_of(some(r)).search(r.choice(contents)),
        "as of published": lambda r: store.as_of(
            published=f"20{20 + r.randrange(12):02d}-06-15"
        ).claims(limit=50),
        "as of published, search": lambda r: store.as_of(
            published=f"20{20 + r.randrange(12):02d}-06-15"
        ).search(r.choice(contents)),
        "log": lambda _: store.now.log(limit=50),
    }


def measure(store: Store, stories: list[Reading], figures: Figures) -> Figures:
    """The questions' p95 in milliseconds, then the whole proof and the size."""
    chance = random.Random(7)  # noqa: S311  # which question is no secret
    for name, ask in questions(store, stories).items():
        times = []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            ask(chance)
            times.append(1000 * (time.perf_counter() - started))
        figures.p95[name] = quantiles(times, n=20)[-1]
    with _most_memory() as memory:
        started = time.perf_counter()
        report = store.verify()
        figures.verify = report.entries / (time.perf_counter() - started)
    figures.memory = memory[0] / 1e6
    if not report.sound:
        raise SystemExit(f"not sound: {report.problems}")
    with store.database.reading() as connection:
        figures.bytes_each = store.database.bytes_used(connection) / figures.claims
    return figures


@contextmanager
def _most_memory() -> Iterator[list[int]]:
    """The most bytes that the block takes beyond those before, with its processes', ten a second.

    Processes are looked for three times only, because looking takes time from what is measured.
    """
    here, most, done = psutil.Process(), [0], Event()
    before = here.memory_info().rss

    def watch() -> None:
        others: list[psutil.Process] = []
        known = here.children()
        for sample in count():
            if sample in {3, 6, 12}:
                others = [process for process in here.children() if process not in known]
            with suppress(psutil.Error):
                used = sum(process.memory_info().rss for process in (here, *others))
                most[0] = max(most[0], used - before)
            if done.wait(0.1):
                return

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def run(url: str, stories: list[Reading], claims: int) -> list[Figures]:
    """Fill and measure one database at a tenth and at the whole."""
    readings = repeated(stories, claims)
    found: list[Figures] = []
    total, spent = 0, 0.0
    with Store.open(url, create=True) as store:
        for size in (claims // 10, claims):
            made, seconds = fill(store, readings, size - total)
            total, spent = total + made, spent + seconds
            figures = Figures(claims=total, append=made / seconds)
            found.append(measure(store, stories, figures))
    return found


def below(name: str, found: list[Figures]) -> list[str]:
    """Which figures of one database miss their floor."""
    small, big = found
    log_linear = big.claims * log(big.claims) / (small.claims * log(small.claims))
    rates = (
        ("append", big.append, APPEND[name]),
        ("verify", big.verify, VERIFY),
    )
    wrong = [f"{what} {rate:,.0f}/s < {floor:,}" for what, rate, floor in rates if rate < floor]
    for figures in found:
        slow = {what: ms for what, ms in figures.p95.items() if ms > P95}
        wrong += [f"{w} {ms:.1f} ms at {figures.claims:,} claims" for w, ms in slow.items()]
    for what, ms in big.p95.items():
        if ms > log_linear * small.p95[what]:
            wrong.append(f"{what} grows by {ms / small.p95[what]:.1f}, n log n by {log_linear:.1f}")
    return [f"{name}: {what}" for what in wrong]


def report(name: str, found: list[Figures]) -> None:
    """The figures of one database as a table; growth is from the tenth to the whole."""
    small, big = found
    print(f"\n{name}: {small.claims:,} and {big.claims:,} claims")
    rows = [
        ("append, claims/s", small.append, big.append, APPEND[name]),
        ("verify, entries/s", small.verify, big.verify, VERIFY),
        ("verify, MB of memory", small.memory, big.memory, None),
        ("bytes a claim", small.bytes_each, big.bytes_each, None),
    ]
    for label, few, many, floor in rows:
        print(f"  {label:<28}{few:>12,.0f}{many:>12,.0f}   floor {floor or '—'}")
    for label, few in small.p95.items():
        many = big.p95[label]
        print(f"  {label + ', p95 ms':<28}{few:>12.1f}{many:>12.1f}   × {many / few:.1f}")


def main() -> None:
    """Measure both databases and print them one under the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--floor", action="store_true")
    given = parser.parse_args()
    stories = templates(given.stories)
    print(f"{len(stories)} stories with {sum(len(s.claims) for s in stories)} claims")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    folder, missed = Path(tempfile.mkdtemp(prefix="store-speed-")), list[str]()
    try:
        if given.only != "postgresql":
            found = run(str(folder / "speed.ledger"), stories, given.claims)
            report("sqlite", found)
            missed += below("sqlite", found)
        if given.only != "sqlite":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from pgserver.postgres_server import get_server  # noqa: PLC0415  # a development dependency
            server = get_server(folder / "pg", cleanup_mode="stop")
            found = run(server.get_uri(), stories, given.claims)
            report("postgresql", found)
            missed += below("postgresql", found)
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"load after: {os.getloadavg()[0]:.1f}")
    for what in missed:
        print(f"below the floor: {what}")
    if given.floor and missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
