"""A big WARC streamed: memory, and words a second beside the encoder's.

Usage: python -m benchmarks.warc_stream PAGES_FOLDER [--gigabytes G] [--plain] [--floor]

Makes a WARC by repeating the pages of a folder under changed URLs, with a comment of their own so
that no payload is met twice, among records of random bytes that are to be skipped, which are most
of it; then reads it with `read_path` and measures words and pages a second and the most memory that
this process and its parsing process held, the model loaded. The encoder reads some of the same
documents in the same run (its passes alone, with all heads); on a busy machine the ratio of the two
speeds is what counts.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from allegedly.documents import Captured, read_path
from allegedly.encoder import packed_encoder
from allegedly.pipeline import encode
from allegedly.zones import passages, zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.records import Document

MOST_MEMORY: Final = 1_000_000_000
NOISE: Final = 400_000  # bytes of a record to be skipped
SAMPLED: Final = 60  # documents that the encoder reads for comparison


def record(address: str, kind: str, body: bytes) -> bytes:
    """One response record."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode()
    lines = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-03-12T10:00:00Z\r\n"
        f"WARC-Target-URI: {address}\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(head) + len(body)}\r\n\r\n"
    )
    return lines.encode() + head + body + b"\r\n\r\n"


def records(pages: list[bytes], most: int) -> Iterator[bytes]:
    """Records up to a number of bytes: a page, then noise about three times its size."""
    noise = random.Random(1).randbytes(4 * NOISE)  # noqa: S311  # the same each time
    done = number = 0
    while done < most:
        page = pages[number % len(pages)] + f"<!-- copy {number} -->".encode()
        made = [record(f"https://site{number % 97}.example/{number}", "text/html", page)]
        for part in range(max(1, 3 * len(page) // NOISE)):
            start = (number * 7919 + part) % (3 * NOISE)
            piece = noise[start : start + NOISE]
            made.append(record(f"https://site.example/{number}/{part}.jpg", "image/jpeg", piece))
        number += 1
        for one in made:
            done += len(one)
            yield one


def write(path: Path, pages: list[bytes], most: int, *, packed: bool) -> None:
    """Make the WARC."""
    with path.open("wb") as file:
        for one in records(pages, most):
            file.write(gzip.compress(one, 1, mtime=0) if packed else one)


def resident() -> int:
    """Bytes that this process and its children hold now."""
    me = psutil.Process()
    return sum(p.memory_info().rss for p in (me, *me.children(recursive=True)))


def encoder_speed(documents: list[Document]) -> float:
    """Words a second of the encoder's passes."""
    encoder = packed_encoder()
    began = time.perf_counter()
    words = 0
    for document in documents:
        stretches = tuple(passages(document, zone(document)))
        words += sum(len(document.text[p.span.start : p.span.end].split()) for p in stretches)
        for _ in encode(document.text, stretches, encoder):
            pass
    return words / (time.perf_counter() - began)


def main() -> None:
    """Command line; exit code 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gigabytes", type=float, default=0.1)
    parser.add_argument("--plain", action="store_true", help="not gzipped")
    parser.add_argument("--floor", action="store_true", help="fail where a figure is not reached")
    a = parser.parse_args()
    pages = [gzip.decompress(path.read_bytes()) for path in sorted(a.folder.glob("*.html.gz"))]
    packed_encoder()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "big.warc"
        write(path, pages, int(a.gigabytes * 1e9), packed=not a.plain)
        stored = path.stat().st_size
        del pages
        words = count = most = 0
        sample: list[Document] = []
        began = time.perf_counter()
        for found in read_path(path):
            if isinstance(found, Captured):
                words += len(found.document.text.split())
                count += 1
                if len(sample) < SAMPLED:
                    sample.append(found.document)
            if count % 20 == 0:
                most = max(most, resident())
        seconds = time.perf_counter() - began
    speed, theirs = words / seconds, encoder_speed(sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"{stored / 1e9:.2f} GB, {count} pages, {words:,} words in {seconds:.0f} s: "
        f"{speed:,.0f} words/s, {count / seconds:.0f} pages/s, {stored / seconds / 1e6:.0f} MB/s"
    )
    print(
        f"the encoder alone: {theirs:,.0f} words/s; reading is {speed / theirs:.1f} times as fast"
    )
    print(
        f"at most {most / 1e6:.0f} MB resident with the model and the parsing process "
        f"(this process {peak / 1e6:.0f} MB)"
    )
    if a.floor and (speed < theirs or max(most, peak) > MOST_MEMORY):
        sys.exit("below the floor")


if __name__ == "__main__":
    main()
