"""In how many rows of a search index each word is, counted in a process of its own.

Folding and counting words is a quarter of the work of a proof, and nothing else in it waits for the
counts: on two cores they cost no time.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from itertools import chain
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Final

import msgspec

from allegedly.store.errors import LedgerError
from allegedly.store.words import indexed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.store.databases import Words

    Counts = dict[str, Counter[str]]

FEW: Final = (
    2_500  # rows that are counted here: below, Python takes longer to come up than to count
)
_MANY: Final = 2 * FEW  # rows for which a process is worth starting before there are any
WAITING: Final = 32  # batches that may wait for a slower process, some ten megabytes
_PROGRAM: Final = "from allegedly.store.counting import main; main()"


def count(counts: Counts, name: str, rows: Iterable[tuple[str, str]]) -> None:
    """Add rows of texts and folded names to the counts of an index."""
    each = (set(f"{indexed(text)} {names}".split()) for text, names in rows)
    counts.setdefault(name, Counter()).update(chain.from_iterable(each))


class WordCounter:
    """Takes the rows of search indexes; gives the counts at the end.

    The first rows are counted here, all others in a process of its own, if one can be started.
    """

    def __init__(self, expected: int = 0) -> None:
        """Nothing is counted yet; where many rows are expected the process starts at once."""
        self._counts: Counts = {}
        self._here = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: Queue[bytes | None] = Queue(WAITING)
        self._feeder = Thread(target=self._feed, name="counting words", daemon=True)
        if expected > _MANY:
            self._start()

    def add(self, name: str, rows: Iterable[Words]) -> None:
        """Take rows of an index; where a process counts, returns at once unless it lags far."""
        taken = [(text, names) for _, text, names in rows]
        if self._here >= FEW and self._process is None:
            self._start()
        if self._process is None:
            self._here += len(taken)
            count(self._counts, name, taken)
        else:
            self._waiting.put(msgspec.json.encode([name, taken]) + b"\n")

    def counts(self) -> Counts:
        """The counts of each index; nothing can be added after. Raises LedgerError."""
        if self._process is None:
            return self._counts
        self._waiting.put(None)
        written = self._process.stdout.read() if self._process.stdout else b""
        if self._process.wait():
            raise LedgerError("the words could not be counted: the process that does it ended")
        for name, others in msgspec.json.decode(written).items():
            self._counts.setdefault(name, Counter()).update(others)
        return self._counts

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._waiting.put(None)
        self._feeder.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _start(self) -> None:
        self._here = 0  # where none can be started, the next attempt is as far away
        if sys.executable:  # else Python is part of another program
            with suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603  # this very Python
                    [sys.executable, "-c", _PROGRAM],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    start_new_session=True,  # who interrupts the proof need not interrupt this too
                )
                self._feeder.start()

    def _feed(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        there = True
        for line in iter(self._waiting.get, None):
            try:
                if there:
                    self._process.stdin.write(line)
            except OSError:  # it ended: `counts` tells
                there = False
        with suppress(OSError):
            self._process.stdin.close()


def main() -> None:
    """Count what comes on standard input, a batch of an index a line; print the counts."""
    sys.stdout.buffer.write(msgspec.json.encode(_counted(sys.stdin.buffer)))


def _counted(lines: IO[bytes]) -> Counts:
    counts: Counts = {}
    decode = msgspec.json.Decoder().decode
    for line in lines:
        name, rows = decode(line)
        count(counts, name, rows)
    return counts
