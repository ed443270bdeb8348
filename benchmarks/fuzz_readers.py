"""Mutated inputs over all readers: no crash, no hang, no file written.

Usage: python -m benchmarks.fuzz_readers [--inputs N] [--seed N] [--seconds S]

Takes a valid input of every format (`benchmarks.reader_inputs`), mutates it (bytes flipped, cut,
repeated, spliced with another format's, tags and lengths changed; within archives, too) and reads
the result. A crash is any exception that leaves the reader, or a parsing process that died of its
own; a hang is an input that takes longer than the parsing limit allows. What is read must be sound:
marks within the text, text that is stored text already. Runs in an empty folder that must be empty
afterwards. Prints the counts of each format; exit status 1 where anything went wrong, with the seed
of the input.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from allegedly.documents import Captured, Limits, Place, Reads, read_bytes, stored_text
from allegedly.documents.opening import FAULT
from benchmarks import reader_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

CRASHED: Final = "the parser crashed"
SLACK: Final = 5.0  # seconds beyond the parsing limit, for a machine that is busy
TOKENS: Final = (
    *(b"<", b">", b"</p>", b"<![CDATA[", b"]]>", b"<!--", b"&#0;", b"&a;", b"\x00", b"\xff\xfe"),
    *(b"\r\n\r\n", b"'", b'"', b"{", b"}", b"[[[[", b"null", b"-1", b"1e999", b"9" * 30, b"%PDF-"),
    *(
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"\x1f\x8b\x08",
        b"WARC/1.0\r\n",
        b"charset=utf-7",
        b"\xed\xa0\x80",
    ),
    *(
        b"Content-Length: 99999999999\r\n",
        b"Content-Encoding: gzip\r\n",
        b"--b\r\n",
        b"=?utf-8?b?/?=",
    ),
    *(
        b'<script type="application/ld+json">',
        b"<table><tr><td>",
        b"<b>" * 500,
        b"endobj",
        b"stream",
    ),
)


def flip(raw: bytearray, chance: random.Random) -> None:
    """Change single bytes."""
    for _ in range(chance.choice((1, 2, 8, 40))):
        if raw:
            raw[chance.randrange(len(raw))] = chance.randrange(256)


def cut(raw: bytearray, chance: random.Random) -> None:
    """Take a stretch out, or cut the end off."""
    start = chance.randrange(len(raw) + 1)
    del raw[start : start + chance.choice((1, 10, 200, len(raw)))]


def repeat(raw: bytearray, chance: random.Random) -> None:
    """Repeat a stretch many times."""
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.choice((1, 4, 60))]
    raw[start:start] = piece * chance.choice((2, 20, 400))


def insert(raw: bytearray, chance: random.Random) -> None:
    """Put in something that means something to a parser."""
    for _ in range(chance.choice((1, 3))):
        start = chance.randrange(len(raw) + 1)
        raw[start:start] = chance.choice(TOKENS)


def lie(raw: bytearray, chance: random.Random) -> None:
    """Change a number written in digits or bytes."""
    digits = [i for i, byte in enumerate(raw) if 48 <= byte <= 57]
    if digits and chance.random() < 0.7:
        raw[chance.choice(digits)] = chance.choice(b"0123456789-e")
    elif len(raw) > 4:
        start = chance.randrange(len(raw) - 4)
        raw[start : start + 4] = chance.choice((b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff"))


MUTATIONS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (
    flip,
    cut,
    repeat,
    insert,
    lie,
)


def mutated(seeds: list[bytes], first: bytes, chance: random.Random) -> bytes:
    """One input, changed once or a few times; sometimes within what is packed."""
    raw = bytearray(first)
    packed = first.startswith(b"\x1f\x8b") and chance.random() < 0.6
    if packed:
        try:
            raw = bytearray(gzip.decompress(first))
        except (OSError, zlib.error, EOFError):
            packed = False
    if chance.random() < 0.1:
        other = chance.choice(seeds)
        at = chance.randrange(len(raw) + 1)
        raw[at:] = other[chance.randrange(len(other)) :]
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice(MUTATIONS)(raw, chance)
    return gzip.compress(bytes(raw), 1, mtime=0) if packed else bytes(raw)


def wrong(raw: bytes, reads: Reads, counts: Counter[str]) -> str | None:
    """What went wrong with one input; None where all is well."""
    began = time.perf_counter()
    try:
        for found in read_bytes(raw, reads, place=Place(name="fuzz", archive="file:///fuzz")):
            problem = unsound(found) if isinstance(found, Captured) else died(found.reason)
            counts["documents" if isinstance(found, Captured) else "rejected"] += 1
            if problem:
                return problem
    except Exception as error:  # noqa: BLE001  # which one is what we want to know
        return f"{type(error).__name__}: {error}"
    spent = time.perf_counter() - began
    if spent > reads.limits.seconds + SLACK:
        return f"took {spent:.1f} s"
    return None


def unsound(found: Captured) -> str | None:
    """What is wrong with a document."""
    text = found.document.text
    if stored_text(text) != text or not text.strip():
        return "text that is not stored text"
    edges = [edge for mark in found.document.marks for edge in (mark.span.start, mark.span.end)]
    if edges != sorted(edges) or (edges and edges[-1] > len(text)):
        return "marks outside the text"
    return None


def died(reason: str) -> str | None:
    """The reason, where it tells of a crash; a parser that was ended in time is no fault."""
    return reason if CRASHED in reason or FAULT in reason else None


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="the parsing limit")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that went wrong")
    a = parser.parse_args()
    formats = reader_inputs.every_format()
    names, seeds = list(formats), list(formats.values())
    reads = Reads(limits=Limits(seconds=a.seconds))
    counts: Counter[str] = Counter()
    failures = 0
    began = time.perf_counter()
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as empty:
        os.chdir(empty)
        for number in range(a.inputs):
            chance = random.Random(f"{a.seed}/{number}")  # noqa: S311  # the same each time
            name = names[number % len(names)]
            raw = mutated(seeds, formats[name], chance)
            problem = wrong(raw, reads, counts)
            if problem:
                failures += 1
                print(f"{name}, seed {a.seed}/{number}: {problem}", flush=True)
                if a.keep:
                    a.keep.mkdir(exist_ok=True)
                    (a.keep / f"{a.seed}-{number}").write_bytes(raw)
        left = [str(path) for path in Path(empty).rglob("*")]
        os.chdir(home)
    print(
        f"{a.inputs:,} inputs of {len(names)} formats in {time.perf_counter() - began:.0f} s: "
        f"{counts['documents']:,} documents, {counts['rejected']:,} rejections, "
        f"{failures} went wrong, {len(left)} files written"
    )
    if failures or left:
        sys.exit(1)


if __name__ == "__main__":
    main()
