"""The process in which web pages and PDFs are parsed.

It is run as `python -m allegedly.documents.parsing_process`. Its memory is bounded, it can write no
file, and it is ended from outside when it takes too long.
"""

from __future__ import annotations

import os
import sys

from allegedly.documents.isolation import read, write
from allegedly.documents.parsers import PARSERS
from allegedly.documents.wire import Answer, Task, answer_to_bytes, task_from_bytes


def main() -> None:
    """Answer tasks until the asking side goes away."""
    _confine(int(sys.argv[1]))
    # Libraries print warnings; the answers' pipe is not theirs.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.setrecursionlimit(3_000)
    while True:
        try:
            task = task_from_bytes(read(sys.stdin.buffer))
        except EOFError:
            return
        write(answers, answer_to_bytes(_answer(task)))


def _answer(task: Task) -> Answer:
    try:
        return PARSERS[task.kind](task)
    except (MemoryError, RecursionError):
        return Answer(problem="nested too deeply or too large for the parser's memory")
    except Exception as error:  # noqa: BLE001  # a parser may raise what it likes
        return Answer(problem=f"cannot be parsed: {type(error).__name__}: {str(error)[:200]}")


def _confine(memory: int) -> None:
    """Bound what this process may take and write, where the system can."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0)):
        try:
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most, hard))
        except (OSError, ValueError):  # macOS knows no bound on address space
            continue


if __name__ == "__main__":
    main()
