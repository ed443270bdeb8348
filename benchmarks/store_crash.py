"""Kill −9 in the middle of adding, again and again: nothing that was acknowledged may be lost.

    python -m benchmarks.store_crash --kills 200

A child process records stories and says on a pipe which ones `Store.record` has acknowledged; it is
killed at a random instant, and the ledger is opened by another process: every acknowledged story
must be there whole, the chain unbroken, and no reading half written.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from allegedly.records import Capture, Claim, Document, Reading, Run, Source, Span, Zone, content_id
from allegedly.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAIMS = 20  # of each story
FRESH = 25  # kills of one ledger before a new one is begun, so that proofs stay short
LINE = "The warden told reporters that two men took bell number {number} of {name}.\n"


def story(name: str) -> Reading:
    """A story with twenty claims, its text made from its name."""
    text, claims = "", []
    document = content_id("document", name)
    for number in range(CLAIMS):
        at = len(text)
        text += LINE.format(number=number, name=name)
        content = Span(at + len("The warden told reporters "), len(text) - 2)
        claims.append(
            Claim(
                id=content_id("claim", document, number),
                zone="story",
                content=(content,),
                cue=(Span(at + 11, at + 15),),
                sources=(Source(spans=(Span(at, at + 10),), name="warden", kind="person"),),
                act="assert",
                form="indirect",
                polarity="positive",
                modality="certain",
                probability=0.5,
            )
        )
    return Reading(
        document=Document(id=document, text=text, title=name),
        zones=(Zone(span=Span(0, len(text)), kind="story"),),
        claims=tuple(claims),
        assessments=(),
        silences=(),
    )


def child(url: str, begin: int) -> None:
    """Record stories for ever and say which are acknowledged."""
    run = Run(code="crash", model="none")
    with Store.open(url) as store:
        print("ready", flush=True)
        number = begin
        while True:
            reading = story(f"story {number}")
            capture = Capture(document=reading.document.id, sha256=f"{number:064x}")
            store.record(reading, capture, run)
            print(reading.document.id, flush=True)
            number += 1


def kill_once(url: str, begin: int, chance: random.Random) -> list[str]:
    """Start a child, kill it at a random instant; gives what it had acknowledged."""
    command = [sys.executable, "-m", "benchmarks.store_crash", "--child", url, str(begin)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        pipe = cast("IO[str]", running.stdout)
        pipe.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(running.pid, signal.SIGKILL)
        told = pipe.read().split("\n")
    # A line that was cut off was not acknowledged to anybody.
    return [line for line in told[:-1] if line]


def check(url: str, acknowledged: set[str]) -> tuple[int, list[str]]:
    """How many entries prove, and what is wrong."""
    with Store.open(url) as store:
        there = {d.id: d.claims for d in store.now.documents()}
        wrong = [f"{name} is lost" for name in acknowledged if name not in there]
        wrong += [f"{name} has {n} claims" for name, n in there.items() if n != CLAIMS]
        proof = store.verify()
        return proof.entries, wrong + [str(problem) for problem in proof.problems]


def ledgers(kind: str, folder: Path) -> Iterator[str]:
    """Addresses of ledgers that are not there yet."""
    if kind == "sqlite":
        yield from (str(folder / f"{n}.ledger") for n in range(1_000_000))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgserver.postgres_server import get_server  # noqa: PLC0415  # a development dependency
    server = get_server(folder / "pg", cleanup_mode="stop")
    for n in range(1_000_000):
        server.psql(f"CREATE SCHEMA l{n};")
        yield f"{server.get_uri()}&options=-csearch_path%3Dl{n}"


def crash(kind: str, kills: int, folder: Path) -> bool:
    """Kill, look, and print; whether nothing was wrong."""
    chance = random.Random(11)  # noqa: S311  # instants are no secret
    addresses = ledgers(kind, folder)
    url, acknowledged, done, entries, wrong = "", set[str](), 0, 0, list[str]()
    for number in range(kills):
        if number % FRESH == 0:
            url, acknowledged = next(addresses), set()
            Store.open(url, create=True).close()
        acknowledged |= set(kill_once(url, number * 100_000, chance))
        proved, found = check(url, acknowledged)
        wrong += found
        if number % FRESH == FRESH - 1 or number == kills - 1:
            done, entries = done + len(acknowledged), entries + proved
    addresses.close()  # type: ignore[attr-defined]  # a generator
    print(
        f"{kind}: killed {kills} times; {done} stories acknowledged, {entries:,} entries prove, "
        f"{len(wrong)} things wrong"
    )
    for what in wrong[:10]:
        print(f"  {what}")
    return not wrong


def main() -> None:
    """Kill on both databases; leaves with 1 where anything was lost or broken."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="store-crash-"))
    folder.chmod(0o755)
    kinds = [given.only] if given.only else ["sqlite", "postgresql"]
    try:
        sound = [crash(kind, given.kills, folder) for kind in kinds]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(0 if all(sound) else 1)


if __name__ == "__main__":
    main()
